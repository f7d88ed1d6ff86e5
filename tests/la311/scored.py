"""Real requests of one city, scored for January 2020: by department, and by the place they are of.

The data is no part of the repository: `REAL` is where it is looked for. Its own README says where
it comes from.
"""

import csv
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.engine import make_url

from cli.importer import identity
from cli.importer.mappings import MAPPINGS
from cli.importer.run import Result, run
from cli.publish import connected
from domain.organisation import Organisation
from domain.scores.figures import Figure, Tally, figure
from domain.scores.measures import Measure
from domain.scores.periods import parse
from domain.scores.policy import Scores
from domain.scores.ranking import Ranking, ranking
from domain.words import Stage
from settings import Settings
from store import books, sequencer
from store.scores.remaking import rebuild
from tests.la311.hanging import Hanging, hanging

REAL = Path(__file__).parents[3] / "shared" / "data" / "la311-2020.csv"
MONTH = parse("2020-01")
CITY = ZoneInfo("America/Los_Angeles")
ASKED = (Measure.RESPONSE, Measure.RESOLUTION, Measure.SATISFACTION)
K = TypeVar("K", bound=Hashable)

POSTED = """
select p.unit_id, c.area, sum(p.numerator)::int as numerator, sum(p.denominator)::int as denominator
from score_postings p join cases c using (case_id), score_keeper k
where p.measure = 'promise' and p.carrier = 'unit' and not p.proactive
 and (p.counted_at at time zone k.zone)::date between $1 and $2
group by 1, 2 having sum(p.denominator) > 0 order by 1, 2
"""
DECIDED = """
select p.case_id, c.area, p.unit_id, sum(p.numerator) > 0 as kept
from score_postings p join cases c using (case_id), score_keeper k
where p.measure = 'promise' and p.carrier = 'unit' and not p.proactive
 and (p.counted_at at time zone k.zone)::date between $1 and $2
group by 1, 2, 3 having sum(p.denominator) > 0 order by 1
"""
LATER = """
select count(*) filter (where (p.counted_at at time zone k.zone)::date > $1)
from score_postings p, score_keeper k where p.measure = 'promise' and p.denominator = 1
"""
UNANSWERED = """select sum(unanswered)::int from score_postings
where carrier = 'unit' and measure = any($1) group by measure"""
COUNTS = """
select count(*) filter (where kind = 'case.registered') as cases, count(*) as events
from events where case_id <> 'office'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What the page tells: kept promises ranked by unit; `mix` by area and department."""

    cases: int
    events: int
    still_open: int
    later: int
    departments: Ranking
    areas: Ranking
    councils: Ranking
    areas_hang: Hanging
    councils_hang: Hanging
    whole: Figure
    unplaced: Tally
    mix: Mapping[tuple[str, str], Tally]
    unanswered: frozenset[int]
    names: Mapping[str, str]
    above: Mapping[str, str]
    plans: Mapping[str, int]

    def expected(self, area: str) -> Fraction:
        """The rate if each department kept the share here that it keeps in the whole city."""
        found = {d: tally.denominator for (a, d), tally in self.mix.items() if a == area}
        rates = {place.unit_id: place.figure.rate or 0 for place in self.departments.ranked}
        kept = sum((count * rates[d] for d, count in found.items()), Fraction())
        return kept / sum(found.values())


def rows_of_file() -> list[dict[str, str]]:
    """The rows as they are."""
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def at(text: str) -> datetime | None:
    """A time of the file, in the city's own."""
    return datetime.strptime(text, "%m/%d/%y %H:%M").replace(tzinfo=CITY) if text else None


def promised(row: Mapping[str, str]) -> datetime | None:
    """The end of the planned day, unless it was over before the request came."""
    planned, created = at(row["servicedate"]), at(row["createddate"])
    if planned is None or created is None:
        return None
    end = planned.replace(hour=0, minute=0) + timedelta(days=1)
    return end if end > created else None


def plans(rows: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """Rows without a plan, with one for a day gone by, and with one that stands before them."""
    found = Counter[str]()
    for row in rows:
        planned, created = at(row["servicedate"]), at(row["createddate"])
        found["unplanned"] += planned is None
        found["past"] += planned is not None and promised(row) is None
        found["midnight"] += planned is not None and created is not None and planned < created
    return dict(found)


async def brought_in(settings: Settings) -> Result:
    """Import the file and score it as a whole."""
    result = await run(settings, REAL, MAPPINGS["la311"](), batch=200)
    async with connected(settings) as connection:
        while await sequencer.advance(connection):
            pass
        await rebuild(connection, make_url(settings.database_url or ""))
    return result


async def scored(settings: Settings, result: Result) -> Scored:
    """The figures, under the policy the requests came with."""
    async with connected(settings) as connection:
        now = await connection.fetchval("select clock_timestamp()")
        book = await books.current(connection, now)
        rows = await connection.fetch(POSTED, MONTH.first, MONTH.last)
        decided = await connection.fetch(DECIDED, MONTH.first, MONTH.last)
        later = await connection.fetchval(LATER, MONTH.last)
        unanswered = await connection.fetch(UNANSWERED, [*ASKED])
        counts = await connection.fetchrow(COUNTS)
    scores, tree = book.policies["la311"].scores, book.organisation
    found = [(row["unit_id"], row["area"], _tally(row)) for row in rows]
    areas = _ranked(_at(found, tree, Stage.STREET), scores)
    councils = _ranked(_at(found, tree, Stage.COMMUNITY), scores)
    return Scored(
        cases=counts["cases"],
        events=counts["events"],
        still_open=len(result.open_cases),
        later=later,
        departments=_ranked(((unit, tally) for unit, _, tally in found), scores),
        areas=areas,
        councils=councils,
        areas_hang=_hanging(areas, decided, (tree, Stage.STREET), scores),
        councils_hang=_hanging(councils, decided, (tree, Stage.COMMUNITY), scores),
        whole=figure(Measure.PROMISE, _total(tally for _, _, tally in found), scores),
        unplaced=_total(t for _, area, t in found if _unit(area, tree, Stage.STREET) is None),
        mix=_mix(found, tree),
        unanswered=frozenset(row[0] for row in unanswered),
        names={unit_id: unit.name for unit_id, unit in tree.units.items()},
        above={unit_id: unit.parent_id or "" for unit_id, unit in tree.units.items()},
        plans=plans(rows_of_file()),
    )


Found = list[tuple[str, str, Tally]]


def _tally(row: Mapping[str, Any]) -> Tally:
    kept, of = Fraction(row["numerator"]), Fraction(row["denominator"])
    return Tally(numerator=kept, denominator=of)


def _total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _unit(area: str, tree: Organisation, stage: Stage) -> str | None:
    return tree.unit_of(area, stage) if area in tree.units else None


def _at(found: Found, tree: Organisation, stage: Stage) -> Iterator[tuple[str, Tally]]:
    """By the unit of that rung which the case's place lies in."""
    for _, area, tally in found:
        unit = _unit(area, tree, stage)
        if unit is not None:
            yield unit, tally


def _mix(found: Found, tree: Organisation) -> Mapping[tuple[str, str], Tally]:
    placed = ((_unit(area, tree, Stage.STREET), unit, tally) for unit, area, tally in found)
    return _added(((area, unit), tally) for area, unit, tally in placed if area is not None)


def _added(pairs: Iterable[tuple[K, Tally]]) -> dict[K, Tally]:
    sums: dict[K, Tally] = {}
    for key, tally in pairs:
        sums[key] = sums.get(key, Tally()) + tally
    return sums


def _ranked(pairs: Iterable[tuple[str, Tally]], scores: Scores) -> Ranking:
    measure = Measure.PROMISE
    return ranking(measure, {u: figure(measure, t, scores) for u, t in _added(pairs).items()})


def _hanging(
    of: Ranking,
    decided: Sequence[Mapping[str, Any]],
    by: tuple[Organisation, Stage],
    scores: Scores,
) -> Hanging:
    """How far the promises of those ranked hang together, by department, type and planned day."""
    rows = {_case(row): (row["requesttype"], promised(row)) for row in rows_of_file()}
    placed = ((_unit(each["area"], *by), each) for each in decided)
    rounds = (
        (unit, (each["unit_id"], *rows[each["case_id"]]), each["kept"])
        for unit, each in placed
        if unit is not None
    )
    tallies = {place.unit_id: place.figure.tally for place in of.ranked}
    return hanging(rounds, tallies, scores)


def _case(row: Mapping[str, str]) -> str:
    return identity.case_id(identity.case_number("la311", row["srnumber"]))
