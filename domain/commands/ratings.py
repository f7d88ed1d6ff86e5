"""Commands of chapter R9: resolution, follow-up, rating, and the ways a case ends."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked
from domain.words import (
    ReferredTo,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve(Asked):
    """State what was done (R9.1). `evidence` holds references to photos or documents."""

    kind: Literal["resolve"] = "resolve"
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFollowUp(Asked):
    """The first-contact officer's call after resolution; never a rating (R1.4, R9.2)."""

    kind: Literal["record_follow_up"] = "record_follow_up"
    contacted: bool
    solved: bool | None = None
    grade: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Asked):
    """The resident's three answers (R9.2). `grade` is 1 (very dissatisfied) to 5."""

    kind: Literal["rate"] = "rate"
    contacted: bool
    solved: bool
    grade: int
    tags: tuple[str, ...] = ()
    text: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Asked):
    """The resident takes the case back; what staff write down of it is looked at first.

    `seen`: a receipt that staff have seen, too, says so; then it is looked at like their own word.
    """

    kind: Literal["withdraw"] = "withdraw"
    text: str = ""
    seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideWithdrawal(Asked):
    """A supervisor finds that the resident did take the case back, or did not."""

    kind: Literal["decide_withdrawal"] = "decide_withdrawal"
    approved: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep(Asked):
    """The resident says that they took nothing back."""

    kind: Literal["keep"] = "keep"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refer(Asked):
    """Record that an imported case left for another door."""

    kind: Literal["refer"] = "refer"
    to: ReferredTo
    text: str


RatingCommand = Resolve | RecordFollowUp | Rate | Withdraw | DecideWithdrawal | Keep | Refer
