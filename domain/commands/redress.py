"""Commands of chapters R10 and R11: what follows a bad rating."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.commands.base import Asked
from domain.values import SameMatter
from domain.words.redress import ChargeKind, Finding, RectifyAt


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRating(Asked):
    """The supervisor above says what the bad ratings of the round are (R10.1–3)."""

    kind: Literal["review_rating"] = "review_rating"
    finding: Finding
    rectify_at: RectifyAt = RectifyAt.RESOLVER
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReconsideration(Asked):
    """A resident whose rating was excluded asks the next level to look again (R10.3)."""

    kind: Literal["ask_reconsideration"] = "ask_reconsideration"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconsider(Asked):
    """The next level upholds the exclusion or lifts it; `about` is the rating: ``"1/reporter"``."""

    kind: Literal["reconsider"] = "reconsider"
    about: str
    upheld: bool
    rectify_at: RectifyAt = RectifyAt.RESOLVER
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRecurrence(Asked):
    """Say that this is a matter that was resolved before, as the case named (R10.4)."""

    kind: Literal["mark_recurrence"] = "mark_recurrence"
    earlier: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecurrence(Asked):
    """A later case tells the earlier one that its matter was reported again (R10.4).

    `decided` says that a supervisor holds them for one matter though they differ.
    """

    kind: Literal["note_recurrence"] = "note_recurrence"
    later: str
    reported_at: datetime
    matter: SameMatter | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmarkRecurrence(Asked):
    """The earlier case answers that it is no recurrence of it (R10.4)."""

    kind: Literal["unmark_recurrence"] = "unmark_recurrence"
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal(Asked):
    """Who is concerned contests a rating, a breach or a card, once (R11).

    `about` names it: a rating ``"1/reporter"``, a clock ``"handle-1"``, an order ``"1"``, a
    recurrence by the number of the later case.
    """

    kind: Literal["appeal"] = "appeal"
    against: ChargeKind
    about: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideAppeal(Asked):
    """A supervisor who had no part in the case upholds the appeal, or refuses it (R11)."""

    kind: Literal["decide_appeal"] = "decide_appeal"
    against: ChargeKind
    about: str
    upheld: bool
    text: str


RedressCommand = (
    ReviewRating
    | AskReconsideration
    | Reconsider
    | MarkRecurrence
    | NoteRecurrence
    | UnmarkRecurrence
    | Appeal
    | DecideAppeal
)
