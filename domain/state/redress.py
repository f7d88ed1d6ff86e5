"""What reviews and appeals remember of a case. Values only; how they change is the chapters'."""

from dataclasses import dataclass
from datetime import datetime

from domain.values import By
from domain.words.redress import ChargeKind, ExcludedBecause, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The bad ratings of a round that are looked at together; no finding while it is open."""

    round: int
    subjects: tuple[str, ...]
    finding: Finding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Something that does not count in scores, by which event, and who decided that."""

    kind: ChargeKind
    about: str
    why: ExcludedBecause
    at: datetime
    version: int
    unit_id: str
    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Something that counts against the unit, post and person who owed it when it happened.

    `post_id` and `person_id` are empty where the unit alone owed it; `appellant` until somebody
    appeals.
    """

    kind: ChargeKind
    about: str
    at: datetime
    unit_id: str
    post_id: str
    person_id: str
    appellant: str = ""

    @property
    def name(self) -> str:
        """How it is named where several kinds of things are: ``"breach/handle-1"``."""
        return charge_name(self.kind, self.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redress:
    """Reviews, exclusions, charges, and who had a part in the case.

    `hands` are the people who answered for the case, each with the round; `acted` are all members
    of staff who did or ordered something; `judged` those who appealed or ruled on it besides;
    `resolver` is who resolved it last. `reconsidered` names ratings whose resident has asked;
    `recurrence_of` is the earlier case, `recurred` are later ones.
    """

    reviews: tuple[Review, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    charges: tuple[Charge, ...] = ()
    reconsidered: tuple[str, ...] = ()
    hands: tuple[tuple[int, str], ...] = ()
    acted: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    resolver: By | None = None
    recurrence_of: str = ""
    recurred: tuple[str, ...] = ()

    def excluded(self, kind: ChargeKind, about: str) -> Exclusion | None:
        """The exclusion of that thing, if it is excluded."""
        return next((e for e in self.exclusions if (e.kind, e.about) == (kind, about)), None)

    def charge(self, kind: ChargeKind, about: str) -> Charge | None:
        """What is held against somebody under that name."""
        return next((c for c in self.charges if (c.kind, c.about) == (kind, about)), None)

    @property
    def everybody(self) -> frozenset[str]:
        """All of staff who had anything to do with it."""
        return frozenset({*self.acted, *self.judged, *(person for _, person in self.hands)})

    def handlers(self, round_: int) -> frozenset[str]:
        """Who answered for the case in that round."""
        return frozenset(person for number, person in self.hands if number == round_)


def rating_name(round_: int, subject: str) -> str:
    """How a rating is named where several kinds of things are: ``"1/reporter"``."""
    return f"{round_}/{subject}"


def charge_name(kind: ChargeKind, about: str) -> str:
    """How a charge is named where several kinds of things are: ``"breach/handle-1"``."""
    return f"{kind}/{about}"
