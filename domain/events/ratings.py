"""Events of chapter R9: resolution, follow-up, rating, and the ways a case ends."""

from dataclasses import dataclass
from typing import Annotated, Literal

from domain.sealing import FreeText, Personal, ReporterText, SaidText
from domain.values import (
    Happened,
    PutsQuestion,
    Said,
    SetsClocks,
    Told,
)
from domain.words import (
    ClosingReason,
    ReferredTo,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(SetsClocks):
    """The unit in charge says it is done; the resident is asked."""

    kind: Literal["case.resolved"] = "case.resolved"
    text: FreeText
    evidence: tuple[FreeText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedUp(Happened):
    """The officer called; spoken answers are a follow-up, never a rating."""

    kind: Literal["case.followed_up"] = "case.followed_up"
    contacted: bool
    solved: bool | None = None
    grade: int | None = None
    text: ReporterText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingAskedAgain(Happened):
    """No rating yet; the resident was asked once more."""

    kind: Literal["rating.asked_again"] = "rating.asked_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Said):
    """A resident's own three answers; `subject` says whose: the reporter's, a party's."""

    kind: Literal["case.rated"] = "case.rated"
    subject: str = "reporter"
    round: int
    contacted: bool
    solved: bool
    grade: int
    tags: tuple[SaidText, ...] = ()
    evidence: tuple[SaidText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalRecorded(PutsQuestion):
    """The resident is said to have taken the case back; a supervisor looks at it."""

    kind: Literal["withdrawal.recorded"] = "withdrawal.recorded"
    subject: str = "reporter"
    text: SaidText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalDecided(Told):
    """The supervisor found that the resident did take it back, or that they did not."""

    kind: Literal["withdrawal.decided"] = "withdrawal.decided"
    approved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalDenied(Said):
    """The resident says that they took nothing back."""

    kind: Literal["withdrawal.denied"] = "withdrawal.denied"
    subject: str = "reporter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Happened):
    """The case ended; `taken_back_by` is the resident whose words say why, empty for nobody's."""

    kind: Literal["case.closed"] = "case.closed"
    reason: ClosingReason
    referred_to: ReferredTo | None = None
    taken_back_by: str = ""
    text: Annotated[str, Personal(subject="", of="taken_back_by")] = ""


RatingEvent = (
    Resolved
    | FollowedUp
    | RatingAskedAgain
    | Rated
    | WithdrawalRecorded
    | WithdrawalDecided
    | WithdrawalDenied
    | Closed
)
