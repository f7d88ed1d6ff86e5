"""Matters within a topic: cases whose words are alike and whose places lie together. No I/O.

Each case of a matter is alike to its centre, so that one matter never runs into the next by a
chain of cases of which only neighbours have something in common.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.places import Point, metres

ALIKE = 20
"""Percent of their trigrams that two texts share at least to be on one matter."""
LEAST = 2
"""Cases that make a matter: reported again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One case. `trigrams` are those of its words with the Chinese characters set apart."""

    case_id: str
    voice: str
    title: str
    trigrams: frozenset[str]
    point: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Cases alike to the first one, its centre; the others in the order they were given in."""

    reports: tuple[Report, ...]

    @property
    def centre(self) -> Report:
        """The case that most others are alike to; its id names the matter."""
        return self.reports[0]


def likeness(one: Report, other: Report) -> int:
    """Percent of the trigrams of both that both have, rounded down."""
    common = len(one.trigrams & other.trigrams)
    both = len(one.trigrams) + len(other.trigrams) - common
    return 100 * common // both if both else 0


def together(one: Report, other: Report, most: int) -> bool:
    """Whether the words are alike and, where both have a point, at most so many metres apart."""
    if likeness(one, other) < ALIKE:
        return False
    apart = metres(one.point, other.point)
    return apart is None or apart <= most


@dataclass(slots=True)
class _Free:
    """Cases of no matter yet, by place in the order given, and whom each is together with."""

    near: list[set[int]]
    left: set[int] = field(default_factory=set)

    def centre(self) -> int:
        """The one with most others around it; of several the first."""
        return min(self.left, key=lambda n: (-len(self.near[n]), n))

    def take(self, centre: int) -> list[int]:
        """The centre's matter, which is free no longer."""
        taken = self.near[centre] | {centre}
        self.left -= taken
        for number in self.left:
            self.near[number] -= taken
        return [centre, *sorted(taken - {centre})]


def matters(reports: Sequence[Report], most: int) -> list[Matter]:
    """The matters among those cases, largest first; cases like no other are in none.

    The case that most others are together with becomes a centre and takes them; the same again
    among those left. The same cases in the same order give the same matters.
    """
    near: list[set[int]] = [set() for _ in reports]
    for number, report in enumerate(reports):
        trigrams, size = report.trigrams, len(report.trigrams)
        for before in range(number):
            other = reports[before].trigrams
            shared = len(trigrams & other)  # here, not in a function: this is where the time goes
            alike = (100 + ALIKE) * shared >= ALIKE * (size + len(other))
            if alike and together(reports[before], report, most):
                near[before].add(number)
                near[number].add(before)
    free, found = _Free(near, set(range(len(reports)))), list[Matter]()
    while free.left:
        members = free.take(free.centre())
        if len(members) < LEAST:
            break
        found.append(Matter(reports=tuple(reports[n] for n in members)))
    return found
