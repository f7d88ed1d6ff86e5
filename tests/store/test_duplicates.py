"""R2.3: which cases may be about the same matter, on a real PostgreSQL."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.commands import Contact, Merge, Place, Rate, Reclassify, Register, Resolve, Withdraw
from domain.words import CaseType
from store import duplicates, neighbours
from store.duplicates import Sought
from tests.domain.story import MEI, RESIDENT, by, request
from tests.domain.town import IN_ORCHARD_1, IN_ORCHARD_2, LEAD, local
from tests.store.house import RING, Database, House, Scribe
from tests.store.same_matter import PAIRS

pytestmark = pytest.mark.rule("R2.3")

X, Y = IN_ORCHARD_1
METRE = 9
"""Microdegrees of latitude."""
NOW = local("03-20 09:00")
SOUGHT = Sought(
    class_id="town",
    text="楼道灯坏了",
    sight=None,
    since=NOW - timedelta(days=30),
    ended_since=NOW - timedelta(days=30),
    metres=200,
    point=IN_ORCHARD_1,
    areas=("orchard", "orchard-1", "orchard-2"),
)


@pytest.fixture
async def database(house: House) -> Database:
    return await house.town()


async def told(database: Database, case_id: str, when: str = "03-19 09:00", **changed: Any) -> None:
    """A case as a resident told of it at Bridge's counter."""
    fields = request(**{"title": "楼道灯不亮", "text": "三单元", **changed})
    async with database.connection() as connection:
        await Scribe(connection).write(case_id, by(MEI, when, Register, **fields))


async def found(database: Database, sought: Sought = SOUGHT) -> Mapping[str, Mapping[str, Any]]:
    async with database.connection() as connection:
        rows = await duplicates.duplicates(connection, sought)
    return {row["case_id"]: row for row in rows}


def at(metres_north: int) -> Place:
    return Place(point=(X, Y + metres_north * METRE))


async def test_near_means_the_policy_s_metres_on_the_ground(database: Database) -> None:
    for metres in (0, 100, 190, 210, 900):
        await told(database, f"north-{metres}", place=at(metres))
    rows = await found(database)
    assert {case_id: row["metres"] for case_id, row in rows.items()} == {
        "north-0": 0,
        "north-100": 100,
        "north-190": 190,
    }


async def test_east_and_west_are_measured_where_meridians_run_together(database: Database) -> None:
    await told(database, "east", place=Place(point=(X + 1800, Y)))
    (row,) = (await found(database)).values()
    assert 140 < row["metres"] < 200


async def test_a_case_without_a_point_is_near_when_it_is_in_the_same_community(
    database: Database,
) -> None:
    await told(database, "same", place=Place(unit_id="orchard-2"))
    await told(database, "other", place=Place(unit_id="stone-1"))
    await told(database, "nowhere", place=Place())
    rows = await found(database)
    assert {case_id: row["metres"] for case_id, row in rows.items()} == {"same": None}
    far = {**rows, **await found(database, replace(SOUGHT, point=None))}
    assert set(far) == {"same"}
    assert set(await found(database, replace(SOUGHT, point=None, areas=()))) == {
        *("same", "other", "nowhere"),
    }


async def test_open_ones_however_old_and_closed_ones_only_lately(database: Database) -> None:
    await told(database, "old-open", "01-05 09:00")
    await told(database, "old-closed", "01-05 09:00")
    await told(database, "new-closed", "03-10 09:00")
    async with database.connection() as connection:
        scribe = Scribe(connection)
        await scribe.write("old-closed", by(RESIDENT, "01-05 09:10", Withdraw))
        await scribe.write("new-closed", by(RESIDENT, "03-10 09:10", Withdraw))
    rows = await found(database)
    assert set(rows) == {"old-open", "new-closed"}
    assert rows["new-closed"]["closed_at"] is not None


RATED = {"contacted": True, "solved": True, "grade": 5}


@pytest.mark.rule("R10.4")
async def test_old_ones_that_were_resolved_and_closed_lately_are_suggested_too(
    database: Database,
) -> None:
    """They may recur; one that was taken back was never resolved."""
    for case_id in ("closed-lately", "closed-before", "taken-back"):
        await told(database, case_id, "02-13 09:00")
    async with database.connection() as connection:
        scribe = Scribe(connection)
        for case_id, rated in (("closed-lately", "02-18 10:00"), ("closed-before", "02-13 10:00")):
            await scribe.write(case_id, by(MEI, "02-13 09:10", Resolve, text="已修"))
            await scribe.write(case_id, by(RESIDENT, rated, Rate, **RATED))
        await scribe.write("taken-back", by(RESIDENT, "02-13 09:10", Withdraw))
    rows = await found(database)
    assert set(rows) == {"closed-lately"}
    assert rows["closed-lately"]["resolved_at"] == local("02-13 09:10")


@pytest.mark.rule("R10.4")
async def test_what_was_resolved_of_one_resident_is_found_by_their_number_alone(
    database: Database,
) -> None:
    mine = RING.lookup("19900001234")
    for case_id, whose in (("resolved", mine), ("open", mine), ("another", "x"), ("nobody", "")):
        await told(database, case_id, "03-02 09:00", reporter_lookup=whose)
    async with database.connection() as connection:
        scribe = Scribe(connection)
        for case_id in ("resolved", "another", "nobody"):
            await scribe.write(case_id, by(MEI, "03-02 09:10", Resolve, text="已修"))
        found = await neighbours.resolved_of(connection, mine)
        assert await neighbours.resolved_of(connection, "") == {}
    assert set(found) == {"resolved"}
    known = found["resolved"]
    assert (known.class_id, known.area, known.point) == ("town", "orchard-1", IN_ORCHARD_1)
    assert (known.resolved_at, known.open) == (local("03-02 09:10"), False)
    assert known.ended_at == known.resolved_at


async def test_another_category_a_dispute_a_merged_case_and_the_case_itself_are_not_suggested(
    database: Database,
) -> None:
    await told(database, "dispute", case_type=CaseType.DISPUTE, parties=(Contact(name="李"),))
    await told(database, "merged")
    await told(database, "itself")
    async with database.connection() as connection:
        await Scribe(connection).write(
            "merged", by(MEI, "03-19 09:10", Merge, lead_id=LEAD.case_id)
        )
    assert set(await found(database, replace(SOUGHT, but="itself"))) == set()
    assert set(await found(database, replace(SOUGHT, class_id="another"))) == set()


async def test_nobody_is_shown_what_they_may_not_see(database: Database) -> None:
    await told(database, "bridge")
    assert set(await found(database, replace(SOUGHT, sight=["bridge"]))) == {"bridge"}
    assert set(await found(database, replace(SOUGHT, sight=["hills"]))) == set()
    assert set(await found(database, replace(SOUGHT, sight=[]))) == set()


async def test_the_same_reporter_is_told_from_another_by_the_hash_of_the_number(
    database: Database,
) -> None:
    await told(database, "mine", reporter_lookup="hash-1")
    await told(database, "theirs", reporter_lookup="hash-2")
    rows = await found(database, replace(SOUGHT, lookup="hash-1"))
    assert {case_id: row["same_reporter"] for case_id, row in rows.items()} == {
        "mine": True,
        "theirs": False,
    }
    assert {row["same_reporter"] for row in (await found(database)).values()} == {None}


async def test_the_likeliest_comes_first_and_ten_are_enough(database: Database) -> None:
    await told(database, "dog", title="流浪狗", text="院里有狗")
    for number in range(11):
        await told(database, f"lamp-{number:02}")
    rows = await found(database)
    assert len(rows) == 10
    assert "dog" not in rows
    likeness = [row["likeness"] for row in rows.values()]
    assert likeness == sorted(likeness, reverse=True)
    assert likeness[0] > 50


async def test_words_with_signs_of_patterns_and_quotes_are_words(database: Database) -> None:
    await told(database, "case")
    for text in ("'; drop table cases", "100%_\\1", "(", "", "🙂", "a\\"):
        assert set(await found(database, replace(SOUGHT, text=text))) == {"case"}


async def test_of_forty_matters_told_in_other_words_nearly_all_are_found_first(
    database: Database,
) -> None:
    for number, (title, text, _, _) in enumerate(PAIRS):
        await told(database, f"matter-{number:02}", title=title, text=text)
    first = third = 0
    for number, (_, _, title, text) in enumerate(PAIRS):
        rows = await found(database, replace(SOUGHT, text=f"{title} {text}"))
        place = [*rows].index(f"matter-{number:02}") if f"matter-{number:02}" in rows else 99
        first, third = first + (place == 0), third + (place < 3)
    assert (first >= 37, third) == (True, 40), (first, third)


FILL = """
insert into cases (case_id, version, case_type, channel, class_id, item_id, department_id, urgency,
  stage, phase, round, stint, unit_id, person_id, post_id, officer, officer_post, title, search,
  lookup, receipt_hash, longitude, latitude, area, policy, opened_at, changed_at, breaches,
  resident_broken)
select 'x-' || n, 2, 'request', 'web', 'class-' || n % 35, 'lamp', 'works', 'normal', 'grid',
  'in_progress', 1, 1, 'orchard-1', 'gao', 'grid-1', 'mei', 'clerk-bridge', '灯', '楼道灯不亮',
  '', '', 116000000 + (n * 7919) % 220000, 36000000 + (n * 104729) % 180000, 'grid-' || n % 60,
  'policy-1', now() - n * interval '1 minute', now(), 0, false
from generate_series(1, 20000) n
"""


@pytest.mark.parametrize(
    ("changed", "index"),
    [
        ({}, "cases_near"),
        ({"point": None, "areas": ("grid-7", "grid-8")}, "cases_area"),
        ({"point": None, "areas": ()}, "cases_category"),
    ],
)
async def test_an_index_finds_the_few_that_are_compared(
    database: Database, changed: dict[str, Any], index: str
) -> None:
    sought = replace(SOUGHT, class_id="class-3", point=IN_ORCHARD_2)
    statement, values = duplicates.query(replace(sought, **changed))
    async with database.as_role("superuser") as connection:
        await connection.execute(FILL)
        await connection.execute("analyze cases")
        plan = await connection.fetch(f"explain {statement}", *values)
    assert index in "\n".join(row[0] for row in plan)


async def test_a_case_whose_place_was_corrected_is_near_where_it_is_now(database: Database) -> None:
    await told(database, "moved", place=at(5000))
    assert set(await found(database)) == set()
    async with database.connection() as connection:
        await Scribe(connection).write(
            "moved", by(MEI, "03-19 09:10", Reclassify, place=at(50), text="看错了门牌")
        )
    (row,) = (await found(database)).values()
    assert row["metres"] == 50
