"""Bodies of chapter R9: resolution, follow-up, rating, withdrawal."""

from typing import Literal

from api.schemas.base import Body, CommandBody, Evidence, Grade, Said, Tags, Text, Yes


class ResolveBody(CommandBody):
    """State what was done; evidence where the catalogue asks for it."""

    kind: Literal["resolve"]
    text: Said
    evidence: Evidence = ()


class RecordFollowUpBody(CommandBody):
    """Record the call after resolution."""

    kind: Literal["record_follow_up"]
    contacted: Yes
    solved: Yes | None = None
    grade: Grade | None = None
    text: Text = ""


class RatingBody(Body):
    """The resident's three answers."""

    contacted: Yes
    solved: Yes
    grade: Grade
    tags: Tags = ()
    text: Text = ""


class WithdrawBody(CommandBody):
    """Take the case back."""

    kind: Literal["withdraw"]
    text: Text = ""


RatingsBody = ResolveBody | RecordFollowUpBody | WithdrawBody
