"""How long work took in past turns, where some of it was taken away before it was done.

Kaplan and Meier's estimate: a turn that was cut off says only that the work took longer. What lies
beyond the longest that was seen is not known, and `draw` says so. Whole numbers only.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

SCALE = 10**18
"""What a share of one is."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The share not done yet after each of those seconds, in parts of `SCALE`; falling."""

    seconds: tuple[int, ...]
    left: tuple[int, ...]
    seen: int

    def at(self, seconds: int) -> int:
        """The share that took longer than that."""
        place = bisect_right(self.seconds, seconds)
        return self.left[place - 1] if place else SCALE

    def draw(self, number: int, beyond: int = -1) -> int | None:
        """A length of work longer than `beyond`, by a number below 2 ** 64; None if not known."""
        upto = self.at(beyond) if beyond >= 0 else SCALE
        if not upto:
            return None
        reached = upto * number >> 64
        # The first moment at which no more than that share is left.
        place = bisect_left(self.left, -reached, key=lambda share: -share)
        return self.seconds[place] if place < len(self.seconds) else None


def curve(done: Iterable[int], cut: Iterable[int]) -> Curve:
    """The curve of lengths that were seen whole, and of those cut off at that length."""
    ends = sorted([(seconds, 0) for seconds in done] + [(seconds, 1) for seconds in cut])
    at_work, left, seen = len(ends), SCALE, 0
    seconds: list[int] = []
    shares: list[int] = []
    place = 0
    while place < len(ends):
        now = ends[place][0]
        after = bisect_left(ends, (now, 1), place)
        finished, upto = after - place, bisect_left(ends, (now, 2), place)
        if finished:
            left = left * (at_work - finished) // at_work
            seconds.append(now)
            shares.append(left)
            seen += finished
        at_work -= upto - place
        place = upto
    return Curve(seconds=tuple(seconds), left=tuple(shares), seen=seen)


def number(*about: object) -> int:
    """A number below 2 ** 64 that these values always give: the same draw on any machine."""
    text = "\x1f".join(map(str, about))
    return int.from_bytes(sha256(text.encode()).digest()[:8])


@dataclass(slots=True)
class Pool:
    """Lengths of some kind of work, as they come in; whole ones, and those cut off."""

    done: "array[int]" = field(default_factory=lambda: array("q"))
    cut: "array[int]" = field(default_factory=lambda: array("q"))
    settled: int = 0
    _curve: Curve | None = None

    def add(self, seconds: int, *, whole: bool, settled: bool = False) -> None:
        """One more; `settled` where nobody had to take it up after it."""
        (self.done if whole else self.cut).append(seconds)
        self.settled += settled

    def curve(self) -> Curve:
        """Their curve; nothing comes in once it was asked for."""
        if self._curve is None:
            self._curve = curve(self.done, self.cut)
        return self._curve


class Pools:
    """Pools by kind of work and rung, and the finer ones by matter; asked for the finest enough.

    `fewest`: of fewer whole lengths nothing is drawn.
    """

    def __init__(self, fewest: int) -> None:
        self.fewest = fewest
        self._pools: dict[tuple[str, ...], Pool] = {}

    def add(self, key: tuple[str, ...], seconds: int, *, whole: bool, settled: bool) -> None:
        """One more length: in the pool of its key, and in that of the key without its last part."""
        for name in (key, key[:-1]):
            pool = self._pools.setdefault(name, Pool())
            pool.add(seconds, whole=whole, settled=settled)

    def find(self, key: tuple[str, ...]) -> Pool | None:
        """The pool of that key, or the wider one; None where both hold too few."""
        found = (self._pools.get(name) for name in (key, key[:-1]))
        return next((p for p in found if p and len(p.done) >= self.fewest), None)
