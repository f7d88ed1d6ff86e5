"""What is reported again and again in a unit's area (R12.5): counted, compared and drawn on a real
PostgreSQL, from cases written as residents told of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from api.topics import asking
from api.topics.routes import of_unit
from api.topics.views import report
from domain.commands import (
    Accept,
    Contact,
    EraseSubject,
    Escalate,
    HandOver,
    Place,
    RecordProgress,
    Register,
    Withdraw,
)
from domain.scores.periods import parse
from domain.topics.area import By, area
from domain.topics.matters import likeness, matters
from domain.words import CaseType, Channel, EscalationReason, Stage
from store import sequencer, topic_cases, topics
from store.duplicates import apart
from store.spans import Keeper
from store.still import still
from store.topics import COMPARED, EVERYWHERE, NOWHERE, Scope
from tests.domain.story import CLOCK, GAO, MEI, RESIDENT, by, request
from tests.domain.town import IN_ORCHARD_1, IN_STONE_1, SHANGHAI, TOWN, local
from tests.store.house import Database, House, Scribe
from tests.store.same_matter import PAIRS
from tests.store.walks import Archive

pytestmark = pytest.mark.rule("R12.5")
X, Y = IN_ORCHARD_1
MARCH = parse("2026-03").bounds(SHANGHAI)
PHONES = [f"1991234000{number}" for number in range(5)]
STEP = 1000
"""Microdegrees of the side of a cell."""


@pytest.fixture
async def database(house: House) -> Database:
    return await house.town()


async def told(database: Database, case_id: str, when: str = "03-19 09:00", **changed: Any) -> None:
    """A case as a resident told of it at Bridge's counter."""
    fields = request(**{"item_id": "lamp", "title": "楼道灯不亮", "text": "三单元", **changed})
    async with database.connection() as connection:
        await Scribe(connection).write(case_id, by(MEI, when, Register, **fields))


def scope(unit: str = "bridge", how: By = "community") -> Scope:
    """The unit's cases of March."""
    found, elsewhere = area(unit, TOWN.organisation), EVERYWHERE if how == "item" else NOWHERE
    return Scope(
        since=MARCH[0],
        until=MARCH[1],
        areas=found.areas,
        places=[elsewhere if how == "item" else place or elsewhere for place in found.places],
        units=found.units,
        elsewhere=elsewhere,
        responsible=found.responsible,
    )


async def listed(
    database: Database, asked: Scope, least: int = 1
) -> dict[tuple[str, str], Mapping[str, Any]]:
    async with database.connection() as connection:
        rows = await topics.listed(connection, asked, least=least, size=50)
    return {(row["item_id"], row["place"]): row for row in rows}


async def sizes(database: Database, asked: Scope, least: int = 1) -> dict[tuple[str, str], int]:
    return {key: row["cases"] for key, row in (await listed(database, asked, least)).items()}


def at(east: int, north: int = 0) -> Place:
    """A point in Orchard-1, so many cells away."""
    return Place(point=(X + east * STEP, Y + north * STEP))


async def test_cases_of_one_item_in_one_community_are_one_topic(database: Database) -> None:
    for number in range(3):
        await told(database, f"lamp-{number}")
    await told(database, "next-grid", place=Place(unit_id="orchard-2"))
    await told(database, "other-item", item_id="noise")
    await told(database, "other-community", place=Place(unit_id="spring"))
    await told(database, "nowhere", place=Place())
    await told(database, "elsewhere", place=Place(point=IN_STONE_1))
    assert await sizes(database, scope()) == {
        ("lamp", "orchard"): 4,
        ("noise", "orchard"): 1,
        ("lamp", "spring"): 1,
        ("lamp", NOWHERE): 1,
    }
    assert await sizes(database, scope(), least=2) == {("lamp", "orchard"): 4}
    assert await sizes(database, scope("hills")) == {("lamp", "stone"): 1}
    assert await sizes(database, scope("orchard-1")) == {
        ("lamp", "orchard"): 3,
        ("noise", "orchard"): 1,
    }


@pytest.mark.parametrize("how", ["community", "item"])
@pytest.mark.parametrize(
    "unit", ["city", "east", "bridge", "orchard", "orchard-1", "works", "water"]
)
async def test_the_counts_are_those_of_the_cases_one_by_one(
    archive: Archive, unit: str, how: By
) -> None:
    """Random lives, counted again in Python by the words of docs/scores.md."""
    of, organisation = area(unit, TOWN.organisation), TOWN.organisation
    asked = scope(unit, how)
    async with archive.database.connection() as connection:
        rows = await connection.fetch(
            "select * from cases where opened_at >= $1 and opened_at < $2", *MARCH
        )
    expected: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        mine = row["department_id"] in of.units if of.responsible else (
            row["area"] in of.areas or (row["area"] == "" and row["unit_id"] in of.units)
        )  # fmt: skip
        community = organisation.unit_of(row["area"], Stage.COMMUNITY) if row["area"] else None
        place = EVERYWHERE if how == "item" else community or NOWHERE
        if mine:
            expected.setdefault((row["item_id"], place), []).append(row)
    found = await listed(archive.database, asked, least=0)
    assert set(found) == set(expected)
    for key, cases in expected.items():
        asked_for = [case for case in cases if not case["proactive"]]
        counted = found[key]
        assert counted["cases"] == len(asked_for)
        assert counted["proactive"] == len(cases) - len(asked_for)
        assert counted["residents"] == len({c["lookup"] for c in asked_for} - {""})
        assert counted["unknown"] == sum(c["lookup"] == "" for c in asked_for)
        assert counted["breaches"] == sum(c["breaches"] for c in asked_for)
    async with archive.database.connection() as connection:
        whole = await topics.total(connection, asked)
        for key in [*expected][:3]:
            page, _ = await topic_cases.page(connection, asked, key, None, size=1000)
            assert {each["case_id"] for each in page} == {c["case_id"] for c in expected[key]}
    assert whole == sum(each["cases"] for each in found.values())


async def test_by_item_alone_the_places_are_one(database: Database) -> None:
    await told(database, "here")
    await told(database, "spring", place=Place(unit_id="spring"))
    await told(database, "nowhere", place=Place())
    assert await sizes(database, scope(how="item")) == {("lamp", EVERYWHERE): 3}


async def test_a_departments_topics_are_what_it_is_responsible_for(database: Database) -> None:
    await told(database, "lamp")
    await told(database, "far", place=Place(point=IN_STONE_1))
    await told(database, "leak", item_id="leak")
    assert await sizes(database, scope("works")) == {("lamp", "orchard"): 1, ("lamp", "stone"): 1}
    assert await sizes(database, scope("water")) == {("leak", "orchard"): 1}


async def test_only_what_was_opened_in_the_period_counts(database: Database) -> None:
    for case_id, when in (
        ("before", "02-28 23:59"),
        ("first", "03-01 00:00"),
        ("last", "03-31 23:59"),
        ("after", "04-01 00:00"),
    ):
        await told(database, case_id, when)
    async with database.connection() as connection:
        rows, _ = await topic_cases.page(connection, scope(), LAMP, None, size=10)
        assert {row["case_id"] for row in rows} == {"first", "last"}
        assert await topics.total(connection, scope()) == 2


LAMP = ("lamp", "orchard")


@pytest.mark.rule("R13")
async def test_residents_are_told_apart_by_their_numbers_and_who_was_not_asked_counts_apart(
    database: Database,
) -> None:
    for number, lookup in enumerate(("a", "a", "b", "", "")):
        await told(database, f"lamp-{number}", reporter_lookup=lookup)
    fields = request("lamp", channel=Channel.PATROL, reporter=Contact(), receipt_hash="")
    async with database.connection() as connection:
        await Scribe(connection).write("patrol", by(GAO, "03-19 10:00", Register, **fields))
    row = (await listed(database, scope()))[LAMP]
    counts = ("cases", "residents", "unknown", "proactive", "open")
    assert tuple(row[name] for name in counts) == (5, 2, 2, 1, 5)
    assert LAMP in await listed(database, scope(), least=4)
    assert LAMP not in await listed(database, scope(), least=5)


async def test_months_and_the_time_before_are_counted_by_the_towns_calendar(
    database: Database,
) -> None:
    for number, when in enumerate(("01-31 23:59", "02-01 00:00", "03-01 00:00", "03-31 23:59")):
        await told(database, f"lamp-{number}", when)
    starts = [parse(f"2026-0{month}").bounds(SHANGHAI)[0] for month in (2, 3)]
    async with database.connection() as connection:
        found = await topics.courses(
            connection, scope(), [LAMP], starts, parse("2026-01").bounds(SHANGHAI)[0]
        )
    assert found[LAMP].before == 2
    assert (found[LAMP].months[1], found[LAMP].months[2]) == (1, 2)


async def reports(
    database: Database, sight: Sequence[str] | None = None
) -> list[Mapping[str, Any]]:
    async with database.connection() as connection:
        return (await topics.reports(connection, scope(), [LAMP], sight)).get(LAMP, [])


async def test_the_likeness_of_two_texts_is_the_databases_own(database: Database) -> None:
    texts: dict[str, str] = {}
    for number, (title, text, other_title, other) in enumerate(PAIRS[:8]):
        await told(database, f"one-{number}", title=title, text=text)
        await told(database, f"two-{number}", title=other_title, text=other)
        texts |= {f"one-{number}": f"{title} {text}", f"two-{number}": f"{other_title} {other}"}
    found = [report(row) for row in await reports(database)]
    assert len(found) == 16
    async with database.connection() as connection:
        for one, other_one in combinations(found, 2):
            words = (apart(texts[each.case_id]) for each in (one, other_one))
            expected = await connection.fetchval("select similarity($1, $2)", *words)
            assert likeness(one, other_one) == int(100 * expected + 1e-4)


async def test_of_forty_matters_told_twice_in_one_place_most_are_found_and_few_are_mixed(
    database: Database,
) -> None:
    for number, (title, text, other_title, other) in enumerate(PAIRS):
        await told(database, f"one-{number}", title=title, text=text)
        await told(database, f"two-{number}", title=other_title, text=other)
    made = matters([report(row) for row in await reports(database)], 200)
    told_apart = [{each.case_id[4:] for each in matter.reports} for matter in made]
    pure = sum(len(numbers) == 1 for numbers in told_apart)
    assert pure >= 24, (pure, len(made))


@pytest.mark.rule("R7.1")
async def test_a_dispute_is_counted_and_its_words_are_read_by_nobody(database: Database) -> None:
    parties = (Contact(name="李"),)
    await told(database, "dispute", case_type=CaseType.DISPUTE, parties=parties, title="打架")
    await told(database, "lamp")
    row = (await listed(database, scope()))[LAMP]
    assert (row["cases"], row["disputes"]) == (2, 1)
    assert [each["case_id"] for each in await reports(database)] == ["lamp"]
    async with database.connection() as connection:
        assert await topics.titles(connection, scope(), None) == ["楼道灯不亮"]
        assert sum(c["cases"] for c in await topic_cases.cells(connection, scope(), LAMP)) == 1


@pytest.mark.rule("R14.4")
async def test_the_words_of_who_was_forgotten_are_gone_from_topics(database: Database) -> None:
    await told(database, "gone", "03-02 09:00", title="李家的灯", reporter_lookup="a")
    await told(database, "stays", "03-02 09:00")
    assert len(await reports(database)) == 2
    async with database.connection() as connection:
        scribe = Scribe(connection)
        await scribe.write("gone", by(RESIDENT, "03-02 09:20", Withdraw))
        forget = by(CLOCK, "03-16 09:00", EraseSubject, subject="reporter", erasure_id="erasure-1")
        assert (await scribe.write("gone", forget)).refusal is None
        assert "李家的灯" not in await topics.titles(connection, scope(), None)
        cells = await topic_cases.cells(connection, scope(), LAMP)
    assert [each["case_id"] for each in await reports(database)] == ["stays"]
    row = (await listed(database, scope()))[LAMP]
    assert (row["cases"], row["residents"], row["unknown"]) == (2, 0, 2)
    assert sum(cell["cases"] for cell in cells) == 1


async def test_words_and_cases_are_shown_within_sight_alone_and_the_rest_is_counted(
    database: Database,
) -> None:
    await told(database, "bridge")
    assert [row["case_id"] for row in await reports(database, ["bridge"])] == ["bridge"]
    assert await reports(database, ["hills"]) == []
    assert await reports(database, []) == []
    async with database.connection() as connection:
        assert await topics.titles(connection, scope(), ["hills"]) == []
        for sight, unseen in ((None, 0), (["bridge"], 0), (["hills"], 1), ([], 1)):
            rows, _ = await topic_cases.page(connection, scope(), LAMP, sight, size=10)
            assert len(rows) == 1 - unseen
            assert await topic_cases.unseen(connection, scope(), LAMP, sight) == unseen


async def test_pages_together_hold_every_case_once_newest_first(database: Database) -> None:
    for number in range(5):
        await told(database, f"lamp-{number}", f"03-0{number + 1} 09:00")
    found: list[str] = []
    cursor: str | None = None
    async with database.connection() as connection:
        for expected in (2, 2, 1):
            rows, cursor = await topic_cases.page(
                connection, scope(), LAMP, None, cursor=cursor, size=2
            )
            assert len(rows) == expected
            found += [row["case_id"] for row in rows]
        only, _ = await topic_cases.page(connection, scope(), LAMP, None, only=["lamp-3"], size=5)
    assert cursor is None
    assert found == [f"lamp-{number}" for number in (4, 3, 2, 1, 0)]
    assert [row["case_id"] for row in only] == ["lamp-3"]


async def test_cells_of_the_map_are_about_a_hundred_metres_and_name_no_door(
    database: Database,
) -> None:
    west, south = X // STEP * STEP, Y // STEP * STEP
    for number, (dx, dy) in enumerate(((1, 1), (998, 998), (500, 20), (1001, 1))):
        await told(
            database, f"lamp-{number}", place=Place(point=(west + dx, south + dy)),
            reporter_lookup=f"r{number % 2}",
        )  # fmt: skip
    async with database.connection() as connection:
        cells = await topic_cases.cells(connection, scope(), LAMP)
        areas = await topic_cases.areas(connection, scope(), LAMP)
    assert [tuple(cell.values()) for cell in cells] == [
        (west + 500, south + 500, 3, 2),
        (west + 1500, south + 500, 1, 1),
    ]
    assert [(row["area"], row["cases"], row["voices"]) for row in areas] == [("orchard-1", 4, 2)]


async def test_what_it_cost_and_who_had_it_is_told_by_the_events(database: Database) -> None:
    async with database.connection() as connection:
        scribe = Scribe(connection)
        for case_id in ("settled", "up"):
            fields = request("lamp", title="灯坏", text="灯")
            await scribe.live(
                case_id,
                [
                    by(MEI, "03-02 09:00", Register, **fields),
                    by(MEI, "03-02 09:10", HandOver),
                    by(GAO, "03-02 09:20", Accept),
                    by(GAO, "03-02 09:30", RecordProgress, text="看过"),
                ],
            )
        beyond = by(
            GAO, "03-02 09:40", Escalate, reason=EscalationReason.BEYOND_MEANS, text="没有梯子"
        )
        await scribe.live("up", [beyond])
        while await sequencer.advance(connection):
            pass
        keeper = Keeper()
        while await keeper.advance(connection):
            pass
        cost = await topic_cases.cost(connection, scope(), LAMP)
        assert (cost.escalations, cost.helpers, cost.recurrences) == (1, 0, 0)
        assert await topic_cases.had(connection, scope(), LAMP) == [
            "bridge",
            "orchard",
            "orchard-1",
        ]
        assert await topic_cases.settled(connection, scope(), LAMP) == []


async def test_words_are_compared_when_no_connection_is_held_any_more(database: Database) -> None:
    for number in range(5):
        await told(database, f"lamp-{number}", reporter=Contact(name="王五", phone=PHONES[number]))
    async with still(database.engine) as there:
        asked = await asking.of(there, TOWN, "bridge", "2026-03", None)
        read = await of_unit(asked, "community", 20)
    await database.engine.dispose()
    (shown,) = read.drawn("en").topics
    assert (shown.compared, [each.cases for each in shown.matters]) == (5, [5])


FILL = """
insert into cases (case_id, version, case_type, channel, class_id, item_id, department_id, urgency,
  stage, phase, round, stint, unit_id, person_id, post_id, officer, officer_post, title, search,
  lookup, receipt_hash, longitude, latitude, area, policy, opened_at, changed_at, breaches,
  resident_broken)
select 'x-' || n, 2, 'request', 'web', 'class-' || n % 35, 'item-' || n % 100, 'works', 'normal',
  'grid', 'in_progress', 1, 1, 'orchard-1', 'gao', 'grid-1', 'mei', 'clerk-bridge', '楼道灯不亮',
  'x-' || n || ' 楼道灯不亮 三单元', 'r' || n % 5000, '', 120000000 + (n * 7919::bigint) % 10000,
  30000000 + (n * 104729::bigint) % 10000, 'grid-' || n % 600, 'policy-1',
  '2026-04-01+08'::timestamptz - n * interval '20 minutes', now(), 0, false
from generate_series(1, 30000) n
"""


async def test_an_index_finds_a_small_units_cases_and_few_are_read_one_by_one(
    database: Database,
) -> None:
    small = replace(scope("orchard"), areas=["grid-7", "grid-8"], places=["a", "b"])
    text, values = small.query(topics.LIST, 1, 20)
    async with database.as_role("superuser") as connection:
        await connection.execute(FILL)
        await connection.execute("analyze cases")
        plan = await connection.fetch(f"explain {text}", *values)
        assert "cases_area" in "\n".join(row[0] for row in plan)
        everything = [f"grid-{n}" for n in range(600)]
        whole = replace(scope(how="item"), areas=everything, places=[EVERYWHERE] * 600)
        whole = replace(whole, since=parse("2025").bounds(SHANGHAI)[0])
        keys = [("item-1", EVERYWHERE), ("item-2", EVERYWHERE)]
        rows = await topics.reports(connection, whole, keys, None)
        assert [len(found) for found in rows.values()] == [COMPARED, COMPARED]
        assert len(await topics.titles(connection, whole, None)) == topics.AROUND


COUNTED = {
    "case.escalated": "escalations",
    "helper.summoned": "helpers",
    "case.recurred": "recurrences",
}


async def test_the_cost_of_every_topic_is_that_of_its_cases_events(lived: Database) -> None:
    """Written lives, in which everything happens that a topic costs."""
    asked = replace(scope("city"), since=local("01-01 00:00"), until=local("12-31 00:00"))
    total = dict.fromkeys(COUNTED.values(), 0)
    found = await listed(lived, asked, least=0)
    async with lived.connection() as connection:
        for key in found:
            rows, _ = await topic_cases.page(connection, asked, key, None, size=1000)
            mine = [row["case_id"] for row in rows if not row["proactive"]]
            events = await connection.fetch(
                "select case_id, kind from events where case_id = any($1)", mine
            )
            expected = {
                name: [e["case_id"] for e in events if e["kind"] == kind]
                for kind, name in COUNTED.items()
            }
            cost = await topic_cases.cost(connection, asked, key)
            assert cost.escalations == len(expected["escalations"])
            assert cost.helpers == len(expected["helpers"])
            assert cost.recurrences == len(set(expected["recurrences"]))
            total = {name: total[name] + len(expected[name]) for name in total}
            settled = await topic_cases.settled(connection, asked, key)
            ended = [
                row
                for row in rows
                if row["closing"] in {"rated", "unrated", "verified"} and not row["proactive"]
            ]
            assert sum(row["cases"] for row in settled) == len(
                [row for row in ended if row["resolved_at"] is not None]
            )
    assert all(total.values()), total
