"""R12.1, R12.3–R12.5: figures are read from days and postings, and what is unfair is left out."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.scores import comparison
from domain.scores.comparison import Reason
from domain.scores.fairness import Interest
from domain.scores.figures import Card, Tally
from domain.scores.measures import Measure
from domain.scores.periods import parse
from domain.words import UnitKind
from store.scores import reading
from store.scores.basis import Basis
from store.scores.cards import cards, tables
from store.scores.reading import Whose
from tests.domain.town import POLICY, TOWN
from tests.store.house import Database
from tests.store.postings import DURING, Ledger

pytestmark = pytest.mark.rule("R12.1", "R12.4", "R12.5")
GRADES = Measure.SATISFACTION
MARCH = Basis(
    period=parse("2026-03"),
    zone=ZoneInfo("Asia/Shanghai"),
    as_of=None,
    organisation=TOWN.organisation,
    policy=POLICY,
    over=True,
)
LATER = DURING + timedelta(days=30)
FIRST = datetime(2026, 2, 28, 16, tzinfo=UTC)
AFTER = datetime(2026, 3, 31, 16, tzinfo=UTC)


@pytest.fixture
async def ledger(lived: Database) -> AsyncIterator[Ledger]:
    async with lived.connection() as connection:
        transaction = connection.transaction()
        await transaction.start()
        yield Ledger(connection)
        await transaction.rollback()


async def _card(ledger: Ledger, unit_id: str = "bridge", basis: Basis = MARCH) -> Card:
    found = await cards(ledger.connection, basis, Whose.own("unit", [unit_id]))
    return found.cards[unit_id]


async def _tally(ledger: Ledger, unit_id: str = "bridge", basis: Basis = MARCH) -> Tally:
    figure = (await _card(ledger, unit_id, basis)).figures.get(GRADES)
    return Tally() if figure is None else figure.tally


def _of(numerator: int, denominator: int, unanswered: int = 0, excluded: int = 0) -> Tally:
    values = map(Fraction, (numerator, denominator, unanswered, excluded))
    return Tally(**dict(zip(("numerator", "denominator", "unanswered", "excluded"), values)))  # noqa: B905


async def test_postings_add_up_to_the_figures_of_a_unit(ledger: Ledger) -> None:
    await ledger.hits("bridge", 7, 9)
    await ledger.post("bridge", unanswered=1)
    await ledger.hits("bridge", 1, 1, measure="handling")
    await ledger.hits("orchard", 5, 5)
    await ledger.add_up()
    found = await _card(ledger)
    assert found.figures[GRADES].tally == _of(7, 9, 1)
    assert found.figures[Measure.HANDLING].tally == _of(1, 1)


async def test_days_and_postings_say_the_same(ledger: Ledger) -> None:
    for unit_id in ("bridge", "orchard", "works"):
        await ledger.hits(unit_id, 2, 3)
        await ledger.hits(unit_id, 1, 2, helpers=2)
        await ledger.hits(unit_id, 1, 2, helpers=2, role="helper", counted_at=FIRST)
    await ledger.add_up()
    whose = Whose.units(["bridge", "city"], "area", MARCH)
    days = await reading.sums(ledger.connection, MARCH, whose)
    as_known = replace(MARCH, as_of=LATER)
    postings = await reading.sums(ledger.connection, as_known, whose)
    key = repr
    assert {u: sorted(s, key=key) for u, s in days.items()} == {
        u: sorted(s, key=key) for u, s in postings.items()
    }


async def test_a_period_begins_and_ends_at_midnight_of_the_town(ledger: Ledger) -> None:
    moment = timedelta(microseconds=1)
    for counted_at in (FIRST - moment, FIRST, AFTER - moment, AFTER):
        await ledger.hits("bridge", 1, 1, counted_at=counted_at)
    await ledger.add_up()
    assert await _tally(ledger) == _of(2, 2)
    assert await _tally(ledger, basis=replace(MARCH, as_of=AFTER + timedelta(days=9))) == _of(2, 2)


async def test_days_of_another_zone_are_not_read(ledger: Ledger) -> None:
    await ledger.hits("bridge", 1, 1, counted_at=FIRST)
    await ledger.add_up()
    utc = replace(MARCH, zone=ZoneInfo("UTC"))
    assert await _tally(ledger, basis=utc) == _of(0, 0)
    assert await _tally(ledger, basis=utc.of(parse("2026-02"))) == _of(1, 1)
    assert await _tally(ledger) == _of(1, 1)


async def test_as_of_a_moment_only_what_was_known_counts(ledger: Ledger) -> None:
    case_id = await ledger.post("bridge", denominator=1, version=3)
    await ledger.post(
        "bridge",
        case_id=case_id,
        version=5,
        denominator=-1,
        excluded=1,
        corrects=3,
        because="malicious",
        known_at=LATER,
    )
    await ledger.add_up()
    assert await _tally(ledger) == _of(0, 0, 0, 1)
    before = replace(MARCH, as_of=LATER - timedelta(seconds=1))
    assert await _tally(ledger, basis=before) == _of(0, 1)
    assert await _tally(ledger, basis=replace(MARCH, as_of=LATER)) == _of(0, 0, 0, 1)


async def test_an_area_is_the_unit_and_everything_below_it(ledger: Ledger) -> None:
    await ledger.hits("bridge", 1, 1)
    await ledger.hits("orchard-1", 0, 1)
    await ledger.hits("stone-1", 1, 1)
    await ledger.add_up()
    found = await cards(ledger.connection, MARCH, Whose.units(["bridge", "east"], "area", MARCH))
    tallies = {unit: card.figures[GRADES].tally for unit, card in found.cards.items()}
    assert tallies == {"bridge": _of(1, 2), "east": _of(2, 3)}
    assert await _tally(ledger) == _of(1, 1)


async def test_what_was_found_before_anybody_asked_is_counted_apart(ledger: Ledger) -> None:
    await ledger.hits("bridge", 1, 1)
    await ledger.hits("bridge", 0, 2, proactive=True)
    await ledger.add_up()
    assert await _tally(ledger) == _of(1, 1)
    assert await _tally(ledger, basis=replace(MARCH, proactive=True)) == _of(0, 2)


async def test_a_member_of_staff_has_figures_over_all_their_units(ledger: Ledger) -> None:
    await ledger.hits("bridge", 1, 2, person_id="mei")
    await ledger.hits("orchard", 1, 1, person_id="mei")
    await ledger.hits("orchard", 1, 1, person_id="cao")
    await ledger.hits("orchard", 1, 1)
    found = await cards(ledger.connection, MARCH, Whose.own("person", ["mei", "nobody", ""]))
    assert found.cards["mei"].figures[GRADES].tally == _of(2, 3)
    assert found.cards["nobody"].empty
    assert found.cards[""].empty


async def test_a_partner_is_no_unit_of_the_same_name(ledger: Ledger) -> None:
    case_id = await ledger.case_of("bridge")
    helped: dict[str, Any] = {"measure": "help", "carrier": "partner", "case_id": case_id}
    await ledger.hits("keeper", 1, 1, **helped)
    await ledger.add_up()
    partner = await cards(ledger.connection, MARCH, Whose.own("partner", ["keeper"]))
    assert partner.cards["keeper"].figures[Measure.HELP].tally == _of(1, 1)
    assert (await _card(ledger, "keeper")).empty


async def test_an_empty_period_is_empty(ledger: Ledger) -> None:
    found = await _card(ledger, basis=MARCH.of(parse("2026-07")))
    assert found.empty
    assert found.composite.points is None


# -- fairness ---------------------------------------------------------------------


@pytest.mark.parametrize("as_of", [None, LATER])
async def test_a_unit_is_not_scored_on_a_case_it_never_had(
    ledger: Ledger, as_of: datetime | None
) -> None:
    await ledger.hits("bridge", 1, 1)
    case_id = await ledger.case_of("works")
    for _ in range(2):
        await ledger.post("hills", case_id=case_id, version=2, denominator=1)
    await ledger.post("hills", case_id="no-such-case", denominator=1)
    await ledger.add_up()
    basis = replace(MARCH, as_of=as_of)
    found = await cards(ledger.connection, basis, Whose.units(["hills", "east"], "area", basis))
    assert found.cards["hills"].empty
    assert found.cards["east"].figures[GRADES].tally == _of(1, 1)
    assert {(s.case_id, s.version, s.unit_id) for s in found.fairness["hills"].strays} == {
        (case_id, 2, "hills"),
        ("no-such-case", 1, "hills"),
    }
    assert found.fairness["east"].strays == found.fairness["hills"].strays


async def test_who_only_helped_or_was_asked_or_registered_had_a_part(ledger: Ledger) -> None:
    asked = await ledger.connection.fetch(
        """select distinct on (x.unit_id) e.case_id, x.unit_id from events e,
           lateral (select jsonb_path_query(e.data, '$.question.unit_id') #>> '{}' as unit_id
            union all select jsonb_path_query(e.data, '$.**.helper.unit_id') #>> '{}'
            union all select e.unit where e.kind = 'case.registered') x
           where x.unit_id <> '' order by 2, 1"""
    )
    assert len(asked) > 3
    units = {row["unit_id"] for row in asked}
    for row in asked:
        await ledger.post(row["unit_id"], case_id=row["case_id"], denominator=1)
    whose = Whose.own("unit", units)
    assert await reading.strays(ledger.connection, MARCH, whose) == []


async def test_an_exclusion_decided_within_the_chain_is_marked_with_its_event(
    ledger: Ledger,
) -> None:
    back: dict[str, Any] = {"denominator": -1, "corrects": 1, "because": "appeal"}
    out: dict[str, Any] = {"excluded": 1, "because": "appeal"}
    rows = await ledger.connection.fetch(
        "select case_id, version, unit from events where kind = 'rating.excluded'"
    )
    decided = {row["unit"]: row for row in rows}
    for unit_id in ("city", "east"):
        row = decided[unit_id]
        for said in (back, out):  # as the ledger has it: one taken back, one put apart
            await ledger.post("bridge", case_id=row["case_id"], version=row["version"], **said)
    await ledger.add_up()
    found = await cards(ledger.connection, MARCH, Whose.own("unit", ["bridge"]))
    (marked,) = found.fairness["bridge"].interested
    east = decided["east"]
    assert (marked.exclusion.case_id, marked.exclusion.version) == (
        east["case_id"],
        east["version"],
    )
    assert marked.interest is Interest.OWN_CHAIN
    assert (marked.exclusion.kind, marked.exclusion.by_unit) == ("rating.excluded", "east")


# -- ranking ------------------------------------------------------------------------


async def test_units_are_ranked_with_their_change_from_before(ledger: Ledger) -> None:
    await ledger.hits("orchard", 80, 80)
    await ledger.hits("orchard", 10, 60, counted_at=datetime(2026, 2, 10, tzinfo=UTC))
    await ledger.hits("orchard", 9, 10, counted_at=datetime(2025, 3, 10, tzinfo=UTC))
    await ledger.add_up()
    (table,) = await tables(ledger.connection, MARCH, UnitKind.COMMUNITY)
    (place,) = table.ranking.ranked
    assert (place.unit_id, place.best, place.worst) == ("orchard", 1, 1)
    assert table.ranking.apart == {"spring": "nothing", "stone": "nothing"}
    row = table.changes["orchard"]
    assert (row.before.trend, row.year_before.trend) == ("better", "no_clear_change")
    assert row.year_before.difference == 10


@pytest.mark.rule("R12.3")
async def test_many_ratings_of_few_cases_are_few(ledger: Ledger) -> None:
    """One case with a hundred neighbours is one case, and is not ranked on its own."""
    minimum = POLICY.scores.minimum
    case_id = await ledger.case_of("orchard")
    for number in range(minimum * 3):
        await ledger.post("orchard", case_id=case_id, denominator=1, subject=f"SW-{number}")
    await ledger.add_up()
    (table,) = await tables(ledger.connection, MARCH, UnitKind.COMMUNITY)
    assert table.ranking.apart["orchard"] == "few"
    for number in range(minimum - 1):
        await ledger.connection.execute(
            "insert into score_postings select (jsonb_populate_record(p, jsonb_build_object("
            "'case_id', 'SW-other-' || $1::int))).* from score_postings p"
            " where p.unit_id = 'orchard' and p.subject = 'SW-0' and p.case_id = $2",
            number,
            case_id,
        )
    (table,) = await tables(ledger.connection, MARCH, UnitKind.COMMUNITY)
    assert [place.unit_id for place in table.ranking.ranked] == ["orchard"]


async def test_urban_and_rural_units_are_ranked_apart_on_request(ledger: Ledger) -> None:
    settings = ("urban", "rural")
    found = await tables(ledger.connection, MARCH, UnitKind.STREET, settings=settings)
    assert {table.division.setting: dict(table.ranking.apart) for table in found} == {
        "rural": {"hills": "nothing"},
        "urban": {"bridge": "nothing"},
    }


async def test_a_closed_unit_is_ranked_only_where_something_counted(ledger: Ledger) -> None:
    units = dict(TOWN.organisation.units)
    for unit_id in ("orchard", "spring"):
        units[unit_id] = replace(units[unit_id], closed=True)
    after = replace(MARCH, organisation=replace(TOWN.organisation, units=units))
    await ledger.hits("orchard", 5, 5)
    await ledger.add_up()
    (table,) = await tables(ledger.connection, after, UnitKind.COMMUNITY)
    assert [place.unit_id for place in table.ranking.ranked] == ["orchard"]
    assert table.ranking.apart == {"stone": "nothing"}


# -- two readings ---------------------------------------------------------------------


async def test_what_was_known_later_is_what_two_readings_differ_by(ledger: Ledger) -> None:
    case_id = await ledger.post("bridge", denominator=1, version=3)
    out: dict[str, Any] = {
        "case_id": case_id,
        "corrects": 3,
        "because": "malicious",
        "known_at": LATER,
    }
    await ledger.post("bridge", version=5, denominator=-1, excluded=1, **out)
    await ledger.hits("bridge", 1, 1, known_at=LATER, counted_at=AFTER)
    asked = replace(MARCH, as_of=LATER - timedelta(days=1))
    entries = await reading.later(ledger.connection, asked, Whose.own("unit", ["bridge"]))
    (found,) = comparison.cases(entries, (), POLICY.scores, POLICY.scores)
    assert (found.case_id, found.versions, found.reasons) == (case_id, (5,), (Reason.EXCLUDED,))
    assert await reading.later(ledger.connection, MARCH, Whose.own("unit", ["bridge"])) == []


async def test_the_grades_that_are_shared_are_found(ledger: Ledger) -> None:
    await ledger.hits("bridge", 1, 1, helpers=2)
    await ledger.hits("bridge", 1, 1)
    (found,) = await reading.shared(ledger.connection, MARCH, Whose.own("unit", ["bridge"]))
    assert (found.measure, found.helpers, found.known_at) == (GRADES, 2, DURING)
