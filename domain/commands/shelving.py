"""Commands of chapter R4.7: putting a case on the shelf, looking at it there, taking it off."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelve(Asked):
    """The department asks to shelve the case; the text is the reason the resident sees (R4.7)."""

    kind: Literal["shelve"] = "shelve"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideShelving(Asked):
    """The supervisor over the department approves or has it go on."""

    kind: Literal["decide_shelving"] = "decide_shelving"
    approved: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewShelf(Asked):
    """Look at a shelved case: it stays, for the reason the resident sees, or work goes on."""

    kind: Literal["review_shelf"] = "review_shelf"
    stays: bool
    text: str


ShelvingCommand = Shelve | DecideShelving | ReviewShelf
