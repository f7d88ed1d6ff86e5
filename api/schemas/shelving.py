"""Bodies of chapter R4.7: the shelf."""

from typing import Literal

from api.schemas.base import CommandBody, Said, Yes


class ShelveBody(CommandBody):
    """Ask to shelve the case; the resident reads the text."""

    kind: Literal["shelve"]
    text: Said


class DecideShelvingBody(CommandBody):
    """Approve, or have it go on."""

    kind: Literal["decide_shelving"]
    approved: Yes
    text: Said


class ReviewShelfBody(CommandBody):
    """Leave it on the shelf for a reason the resident reads, or take it off."""

    kind: Literal["review_shelf"]
    stays: Yes
    text: Said


ShelvingBody = ShelveBody | DecideShelvingBody | ReviewShelfBody
