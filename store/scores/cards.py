"""Cards and rankings read from the store: the sums, what is left out of them, what is marked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from domain.organisation import Organisation
from domain.scores import fairness, figures, ranking
from domain.scores.fairness import Fairness
from domain.scores.figures import Card, Figure, Scope
from domain.scores.measures import Measure
from domain.scores.ranking import Change, Division, Ranking
from domain.words import UnitKind
from store.database import Connection
from store.scores import enough, reading
from store.scores.basis import Basis
from store.scores.reading import Whose


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """A card for every carrier that was asked for, and what is to be known of some of them."""

    cards: Mapping[str, Card]
    fairness: Mapping[str, Fairness]


async def cards(
    connection: Connection, basis: Basis, whose: Whose, measure: Measure | None = None
) -> Cards:
    """The cards; postings on units that had no part in the case are left out, and listed."""
    strays = await reading.strays(connection, basis, whose, measure)
    sums = await reading.sums(connection, basis, whose, measure=measure, without=strays)
    few = await enough.few(connection, basis, whose, sums)
    excluded = await reading.exclusions(connection, basis, whose, measure)
    marked = fairness.interested(excluded, basis.organisation)
    return Cards(
        cards={
            each: figures.card(
                whose.carrier,
                each,
                basis.period,
                sums.get(each, ()),
                basis.scores,
                version=basis.policy.version,
                scope=whose.scope,
                few=few.get(each, ()),
            )
            for each in whose.members
        },
        fairness=fairness.by_carrier(whose.carrier, whose.members, strays, marked),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A unit's figure held against the period before and the same a year earlier."""

    before: Change
    year_before: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ranking of one division: the figures, ranked or not, with the changes and what is to be
    known of its units.
    """

    division: Division
    ranking: Ranking
    figures: Mapping[str, Figure | None]
    changes: Mapping[str, Row]
    fairness: Mapping[str, Fairness]


async def tables(
    connection: Connection,
    basis: Basis,
    kind: UnitKind,
    *,
    settings: Sequence[str] = (),
    measure: Measure | None = None,
    scope: Scope = "own",
    within: Collection[str] | None = None,
) -> list[Table]:
    """The units of that kind ranked, or those of them that are `within` some; by division where
    settings are kept apart, or grids.
    """
    by = measure or basis.scores.rank_by
    found = _within(ranking.divisions(basis.organisation, kind, settings), within)
    everybody = [unit_id for members in found.values() for unit_id in members]
    whose = Whose.units(everybody, scope, basis)
    now = await cards(connection, basis, whose, by)
    before = await _figures(connection, basis.of(basis.period.before()), whose, by)
    year = await _figures(connection, basis.of(basis.period.year_before()), whose, by)
    return [
        _table(
            division, by, _ranked(members, now.cards, by, basis.organisation), now, (before, year)
        )
        for division, members in found.items()
    ]


async def _figures(
    connection: Connection, basis: Basis, whose: Whose, by: Measure
) -> dict[str, Figure]:
    """The figures alone, of those who have one, without what is astray."""
    strays = await reading.strays(connection, basis, whose, by)
    sums = await reading.sums(connection, basis, whose, measure=by, without=strays)
    found: dict[str, Figure] = {}
    for each, of in sums.items():
        for tally in figures.tallies(of, basis.scores.helper_share).values():
            found[each] = figures.figure(by, tally, basis.scores)
    return found


def _within(
    found: Mapping[Division, tuple[str, ...]], within: Collection[str] | None
) -> dict[Division, tuple[str, ...]]:
    kept = {d: tuple(u for u in ids if within is None or u in within) for d, ids in found.items()}
    return {division: units for division, units in kept.items() if units}


def _ranked(
    members: Collection[str], found: Mapping[str, Card], by: Measure, organisation: Organisation
) -> dict[str, Figure | None]:
    """The figures to rank; of closed units those in which something counted."""
    figures_ = {unit_id: found[unit_id].figures.get(by) for unit_id in members}
    return {
        unit_id: figure
        for unit_id, figure in figures_.items()
        if figure is not None or not organisation.units[unit_id].closed
    }


def _table(
    division: Division,
    by: Measure,
    ranked: Mapping[str, Figure | None],
    now: Cards,
    earlier: tuple[Mapping[str, Figure], Mapping[str, Figure]],
) -> Table:
    before, year = earlier
    changes = {
        unit_id: Row(
            before=ranking.change(figure, before.get(unit_id)),
            year_before=ranking.change(figure, year.get(unit_id)),
        )
        for unit_id, figure in ranked.items()
    }
    return Table(
        division=division,
        ranking=ranking.ranking(by, ranked),
        figures=ranked,
        changes=changes,
        fairness={unit_id: f for unit_id, f in now.fairness.items() if unit_id in ranked},
    )
