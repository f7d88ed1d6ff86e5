"""Other staff: a unit's posts share their time evenly among the cases they have in hand.

While a unit has more cases in hand than posts, each case moves on that much slower; none moves on
faster than one post can. What a case took of a post's own time follows from how many were in hand
beside it; under other staff it takes the same of it. Working seconds in whole millionths.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from domain.whatif.pools import Curve, curve, number
from domain.whatif.steps import Stay

FINE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A turn in the unit's working seconds. `left` is where it was taken away if not `whole`.

    `taken` is False where nobody accepted it: `accepted` is then where it left.
    """

    case_id: str
    turn: int
    entered: int
    accepted: int
    left: int
    whole: bool
    taken: bool = True
    settled: bool = True

    @property
    def key(self) -> tuple[str, int]:
        """The case and the turn."""
        return self.case_id, self.turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a turn takes of a post's own time: until acceptance, and in all (millionths)."""

    wait: int
    total: int
    whole: bool


def demands(visits: Sequence[Visit], posts: int) -> dict[tuple[str, int], Demand]:
    """What each turn took of a post's time, by how many were in hand beside it."""
    moments = sorted({m for v in visits for m in (v.entered, v.accepted, v.left)})
    ends = sorted([(v.entered, 1) for v in visits] + [(v.left, -1) for v in visits])
    spent: dict[int, int] = {}
    at, total, in_hand, place = (moments[0] if moments else 0), 0, 0, 0
    for moment in moments:
        total += (moment - at) * pace(posts, in_hand)
        spent[moment], at = total, moment
        while place < len(ends) and ends[place][0] == moment:
            in_hand += ends[place][1]
            place += 1
    return {
        v.key: Demand(
            wait=spent[v.accepted] - spent[v.entered],
            total=spent[v.left] - spent[v.entered],
            whole=v.whole,
        )
        for v in visits
    }


def pace(posts: int, in_hand: int) -> int:
    """How fast each case moves on, in millionths; nobody there, nothing moves."""
    return FINE if in_hand <= posts else FINE * posts // in_hand


def served(
    arrivals: Iterable[tuple[int, tuple[str, int]]],
    asked: Mapping[tuple[str, int], Demand],
    posts: int,
) -> dict[tuple[str, int], tuple[int, int]]:
    """When each turn is accepted and done, if it asks that of the posts: working seconds.

    Nothing is in it for turns that are never done, for there is nobody.
    """
    ahead = sorted(arrivals)
    due: list[tuple[int, int, tuple[str, int]]] = []
    found: dict[tuple[str, int], tuple[int, int]] = {}
    accepted: dict[tuple[str, int], int] = {}
    at, spent, in_hand, place = 0, 0, 0, 0
    while place < len(ahead) or due:
        speed = pace(posts, in_hand)
        if (
            due
            and speed
            and (place == len(ahead) or _over(due[0][0], at, spent, speed) <= ahead[place][0])
        ):
            goal, last, key = heappop(due)
            at, spent = max(at, _over(goal, at, spent, speed)), max(spent, goal)
            if last:
                found[key] = accepted[key], at
                in_hand -= 1
            else:
                accepted[key] = at
        elif place < len(ahead):
            moment, key = ahead[place]
            spent, at, place = spent + max(0, moment - at) * speed, max(at, moment), place + 1
            in_hand += 1
            heappush(due, (spent + asked[key].wait, 0, key))
            heappush(due, (spent + asked[key].total, 1, key))
        else:
            return found
    return found


def _over(goal: int, at: int, spent: int, speed: int) -> int:
    """When so much will be spent: whole seconds, rounded up."""
    return at + -(-max(0, goal - spent) // speed)


def completed(
    visits: Sequence[Visit], known: Mapping[tuple[str, int], Demand], fewest: int
) -> dict[tuple[str, int], Demand]:
    """The demands; of work that was cut off with a drawn one that is longer, where that is known.

    Where it is not, and where nobody had accepted, the demand stays what it was when it left.
    """
    whole = [d.total for d in known.values() if d.whole]
    if len(whole) < fewest:
        return dict(known)
    lengths = curve(whole, (d.total for d in known.values() if not d.whole))
    found = dict(known)
    for visit in visits:
        demand = known[visit.key]
        longer = None if demand.whole or not visit.taken else _longer(visit, demand, lengths)
        if longer is not None:
            found[visit.key] = Demand(wait=demand.wait, total=longer, whole=True)
    return found


def _longer(visit: Visit, demand: Demand, lengths: Curve) -> int | None:
    return lengths.draw(number(*visit.key, "demand"), demand.total)


def others(known: Mapping[tuple[str, int], Demand]) -> dict[tuple[str, int], Demand]:
    """Each turn with the demand of another one: what the model knows of a case it has not seen."""
    keys = sorted(known, key=lambda key: number(*key, "order"))
    if len(keys) < 2:  # noqa: PLR2004 - another one
        return {}
    shifted = (*keys[1:], keys[0])
    return {key: known[other] for key, other in zip(keys, shifted, strict=True)}


def stays(
    visits: Sequence[Visit],
    asked: Mapping[tuple[str, int], Demand],
    found: Mapping[tuple[str, int], tuple[int, int]],
) -> dict[tuple[str, int], Stay]:
    """How long each turn takes then, from its beginning; none where that is not known."""
    return {
        v.key: Stay(
            wait=min(found[v.key]) - v.entered,
            total=found[v.key][1] - v.entered,
            settled=v.settled,
        )
        for v in visits
        if v.key in found and v.taken and asked[v.key].whole
    }
