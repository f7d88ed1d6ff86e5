"""Events of chapters R10 and R11: what follows a bad rating."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.sealing import FreeText, SaidText
from domain.values import Happened, PutsQuestion, SameMatter, SetsClocks, Told
from domain.words.redress import ChargeKind, ExcludedBecause, Finding, RectifyAt


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOpened(PutsQuestion):
    """A bad rating is to be looked at by the unit above; further ones of the round join it."""

    kind: Literal["review.opened"] = "review.opened"
    round: int
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingLapsed(Happened):
    """The time for rating ended while a review was open; who has not rated is not asked again."""

    kind: Literal["rating.lapsed"] = "rating.lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecided(Happened):
    """What the supervisor found the bad ratings of these residents to be."""

    kind: Literal["review.decided"] = "review.decided"
    round: int
    subjects: tuple[str, ...]
    finding: Finding
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingExcluded(Happened):
    """The rating stays visible and does not count in scores."""

    kind: Literal["rating.excluded"] = "rating.excluded"
    round: int
    subject: str
    why: ExcludedBecause


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationOpened(SetsClocks):
    """A new round began; the resident's clock runs anew, and nothing of before is lost."""

    kind: Literal["rectification.opened"] = "rectification.opened"
    round: int
    rectify_at: RectifyAt


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconsiderationAsked(PutsQuestion):
    """The resident asked the next level to look at the exclusion of their rating again."""

    kind: Literal["reconsideration.asked"] = "reconsideration.asked"
    round: int
    subject: str
    text: SaidText


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconsiderationDecided(Happened):
    """The next level upheld the exclusion, or did not."""

    kind: Literal["reconsideration.decided"] = "reconsideration.decided"
    round: int
    subject: str
    upheld: bool
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRestored(Happened):
    """The rating counts again."""

    kind: Literal["rating.restored"] = "rating.restored"
    round: int
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrenceMarked(Told):
    """The matter was resolved before, as the case named; that case is told.

    `automatic` where the same resident reported it again and nobody had to say so; `decided` where
    a supervisor holds the two for one matter though category or place differ: the text says why.
    """

    kind: Literal["recurrence.marked"] = "recurrence.marked"
    earlier: str
    reported_at: datetime
    matter: SameMatter | None = None
    automatic: bool = False
    decided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrenceUnmarked(Happened):
    """The case named said that it is no recurrence; `refusal` is why."""

    kind: Literal["recurrence.unmarked"] = "recurrence.unmarked"
    earlier: str
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurred(Happened):
    """The matter was reported again as the case named; it counts against the resolution."""

    kind: Literal["case.recurred"] = "case.recurred"
    later: str
    round: int
    reported_at: datetime
    matter: SameMatter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealed(PutsQuestion):
    """A rating, a breach or a card was contested; nobody is asked by name where all had a part."""

    kind: Literal["case.appealed"] = "case.appealed"
    against: ChargeKind
    about: str
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDecided(Happened):
    """Upheld, what was contested does not count in scores; the text is the reason."""

    kind: Literal["appeal.decided"] = "appeal.decided"
    against: ChargeKind
    about: str
    upheld: bool
    text: FreeText


RedressEvent = (
    ReviewOpened
    | RatingLapsed
    | ReviewDecided
    | RatingExcluded
    | RectificationOpened
    | ReconsiderationAsked
    | ReconsiderationDecided
    | RatingRestored
    | RecurrenceMarked
    | RecurrenceUnmarked
    | Recurred
    | Appealed
    | AppealDecided
)
