"""Two readings of one period side by side (R12.5): what differs, by which cases, and why."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.differences import Difference
from domain.scores import comparison
from domain.scores.comparison import CarrierChange, CaseChange, Moved
from domain.scores.figures import Carrier, Scope
from store.database import Connection
from store.scores import reading
from store.scores.basis import Basis
from store.scores.cards import Cards, cards
from store.scores.reading import Whose


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Both readings of the carriers, the first known earlier or as early, and what differs."""

    before: Cards
    after: Cards
    carriers: tuple[CarrierChange, ...]
    cases: tuple[CaseChange, ...]
    numbers: tuple[Difference, ...]
    moved: tuple[Moved, ...]


async def compared(
    connection: Connection,
    was: Basis,
    now: Basis,
    carrier: Carrier,
    ids: Collection[str],
    scope: Scope = "own",
) -> Compared:
    """What is known at `now` and was not at `was`, and what weighs or lies otherwise."""
    then, whose = _whose(was, carrier, ids, scope), _whose(now, carrier, ids, scope)
    before, after = await cards(connection, was, then), await cards(connection, now, whose)
    return Compared(
        before=before,
        after=after,
        carriers=comparison.carriers(before.cards, after.cards),
        cases=await _cases(connection, was, now, whose),
        numbers=comparison.numbers(was.policy, now.policy),
        moved=comparison.moved(was.organisation, now.organisation),
    )


def _whose(basis: Basis, carrier: Carrier, ids: Collection[str], scope: Scope) -> Whose:
    if carrier == "unit":
        return Whose.units(ids, scope, basis)
    return Whose.own(carrier, ids)


async def _cases(
    connection: Connection, was: Basis, now: Basis, whose: Whose
) -> tuple[CaseChange, ...]:
    """By whatever carries: a case that lies in several areas is one change."""
    members = sorted({each for ids in whose.members.values() for each in ids})
    own = Whose.own(whose.carrier, members)
    later = await reading.later(connection, was, own)
    shared = was.scores.helper_share != now.scores.helper_share
    earlier = await reading.shared(connection, was, own) if shared else []
    strays = await reading.strays(connection, now, own)
    astray = {(each.case_id, each.unit_id) for each in strays}
    until = now.as_of
    return comparison.cases(
        (
            each
            for each in later
            if (until is None or each.known_at <= until)
            and (each.case_id, each.unit_id) not in astray
        ),
        (each for each in earlier if (each.case_id, each.unit_id) not in astray),
        was.scores,
        now.scores,
    )
