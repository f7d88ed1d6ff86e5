"""Matters within a topic: cases whose words are alike and whose places lie together. No I/O.

Each case of a matter is alike to its centre, so that one matter never runs into the next by a
chain of cases of which only neighbours have something in common.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

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
    near = _near(reports, most)
    free, found = _Free(near, set(range(len(reports)))), list[Matter]()
    while free.left:
        members = free.take(free.centre())
        if len(members) < LEAST:
            break
        found.append(Matter(reports=tuple(reports[n] for n in members)))
    return found


def _near(reports: Sequence[Report], most: int) -> list[set[int]]:
    """Of each the others whose words are alike and which lie, as far as is known, so near."""
    near: list[set[int]] = [set() for _ in reports]
    sizes, bits = [len(report.trigrams) for report in reports], _bits(reports)
    for number, mine in enumerate(bits):
        size = sizes[number]
        for before in range(number):
            # Written out and in bits: this is where the time goes.
            shared = (mine & bits[before]).bit_count()
            if shared and (100 + ALIKE) * shared >= ALIKE * (size + sizes[before]):
                apart = metres(reports[before].point, reports[number].point)
                if apart is None or apart <= most:
                    near[before].add(number)
                    near[number].add(before)
    return near


def _bits(reports: Sequence[Report]) -> list[int]:
    """The trigrams of each as bits of a number, without those that only one of them has."""
    often = Counter(chain.from_iterable(report.trigrams for report in reports))
    places = {each: n for n, each in enumerate(e for e, count in often.items() if count > 1)}
    found = list[int]()
    for report in reports:
        mine = bytearray(len(places) // 8 + 1)
        for each in report.trigrams:
            place = places.get(each)
            if place is not None:
                mine[place >> 3] |= 1 << (place & 7)
        found.append(int.from_bytes(mine, "little"))
    return found
