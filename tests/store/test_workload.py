"""Open cases by unit and post, now and as they were, on a real PostgreSQL (R14.3); what came, went
and broke by the ledger.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import asyncpg
import pytest

from domain.commands import Accept, HandOver, Register, Resolve
from domain.scores.measures import Measure
from domain.workload.loads import Load
from store import sequencer, workload
from store.spans import Keeper
from store.workload import Flow
from tests.domain.story import GAO, MEI, by, request
from tests.domain.town import local
from tests.store.house import Database, House, Scribe

pytestmark = pytest.mark.rule("R12.5")


@pytest.fixture
async def database(house: House) -> Database:
    return await house.town()


async def caught_up(connection: asyncpg.Connection) -> None:
    while await sequencer.advance(connection):
        pass
    keeper = Keeper()
    while await keeper.advance(connection):
        pass


async def now(connection: asyncpg.Connection) -> datetime:
    found: datetime = await connection.fetchval("select clock_timestamp()")
    return found


@pytest.mark.rule("R14.3")
async def test_the_load_of_a_past_moment_is_what_it_was_then(database: Database) -> None:
    async with database.connection() as connection:
        scribe = Scribe(connection)
        moments, seen = [await now(connection)], [await _now(connection)]
        for commands in (
            [by(MEI, "03-02 09:00", Register, **request())],
            [by(MEI, "03-02 09:10", HandOver)],
            [by(GAO, "03-02 09:20", Accept)],
            [by(GAO, "03-02 09:30", Resolve, text="好了")],
        ):
            await scribe.live("SW-1", commands)
            moments.append(await now(connection))
            seen.append(await _now(connection))
        await caught_up(connection)
        then = [await workload.loads(connection, at, past=True) for at in moments]
        for past, live in zip(then, seen, strict=True):
            assert _without_overdue(past) == _without_overdue(live)
    assert then[0] == {}
    assert set(then[1]) == {("bridge", "clerk-bridge")}
    (grid,) = then[2].items()
    assert grid[0][0] == "orchard-1"
    assert (grid[1].in_charge, grid[1].waiting) == (1, 1)
    assert [load.waiting for load in then[3].values()] == [0]


async def _now(connection: asyncpg.Connection) -> Mapping[tuple[str, str], Load]:
    return await workload.loads(connection, await now(connection), past=False)


def _without_overdue(found: Mapping[tuple[str, str], Load]) -> dict[tuple[str, str], Any]:
    return {key: (load.in_charge, load.waiting) for key, load in found.items()}


async def test_what_is_due_by_the_moment_is_overdue(database: Database) -> None:
    async with database.connection() as connection:
        await Scribe(connection).live("SW-1", [by(MEI, "03-02 09:00", Register, **request())])
        due = await connection.fetchval("select overdue_at from cases")
        assert due is not None
        for at, overdue in ((local("03-02 09:00"), 0), (due, 1)):
            (load,) = (await workload.loads(connection, at, past=False)).values()
            assert load.overdue == overdue


POSTING = """insert into score_postings (case_id, version, part, measure, carrier, unit_id,
 person_id, role, helpers, counted_at, known_at, numerator, denominator, unanswered, excluded,
 because, round, subject, about, charge, item_id, class_id, proactive, imported)
select $1, 1, 0, $2, 'unit', $3, 'mei', 'owner', 0, $4, $5, $6, $7, $8, 0, '', 1, '', '', '', 'x',
 'x', $9, false"""
DAYS = """insert into score_days (day, unit_id, carrier, measure, role, helpers, proactive,
 numerator, denominator, unanswered, excluded)
values ($1, $2, 'unit', 'acceptance', 'owner', 0, $3, $4, $5, 0, 0)"""


async def test_what_came_and_went_is_added_up_over_all_below_a_unit(database: Database) -> None:
    first, last = date(2026, 3, 1), date(2026, 3, 28)
    below = {"bridge": ["bridge", "orchard", "orchard-1"], "orchard": ["orchard", "orchard-1"]}
    async with database.connection() as connection:
        for row in (
            (date(2026, 3, 1), "bridge", False, 1, 2),
            (date(2026, 3, 28), "orchard-1", False, 3, 3),
            (date(2026, 2, 28), "orchard", False, 100, 100),
            (date(2026, 3, 29), "orchard", False, 100, 100),
            (date(2026, 3, 2), "orchard", True, 100, 100),
            (date(2026, 3, 2), "hills", False, 100, 100),
        ):
            await connection.execute(DAYS, *row)
        found = await workload.flows(connection, below, [Measure.ACCEPTANCE], (first, last))
    assert found == {
        ("bridge", Measure.ACCEPTANCE): Flow(numerator=4, denominator=5),
        ("orchard", Measure.ACCEPTANCE): Flow(numerator=3, denominator=3),
    }


async def test_of_a_past_moment_only_what_was_known_then_is_added_up(database: Database) -> None:
    begun, ended = local("03-01 00:00"), local("03-29 00:00")
    async with database.connection() as connection:
        for number, (counted, known, proactive) in enumerate(
            (
                ("03-02 09:00", "03-02 09:00", False),
                ("03-03 09:00", "03-20 09:00", False),
                ("03-04 09:00", "03-04 09:00", True),
                ("02-28 09:00", "02-28 09:00", False),
            )
        ):
            await connection.execute(
                *(POSTING, f"SW-{number}", "follow_up", "bridge", local(counted), local(known)),
                *(0, 0, 1, proactive),
            )
        asked = {"bridge": ["bridge"]}, [Measure.FOLLOW_UP]
        for as_of, owed in (("03-10 00:00", 1), ("03-21 00:00", 2)):
            time = (begun, ended, local(as_of))
            found = await workload.flows(connection, *asked, time)
            assert found["bridge", Measure.FOLLOW_UP].unanswered == owed
            people = await workload.owed(
                connection, "bridge", Measure.FOLLOW_UP, begun, local(as_of)
            )
            assert people == {"mei": owed}


async def test_who_waits_for_a_decision_is_counted_by_unit(database: Database) -> None:
    async with database.connection() as connection:
        await connection.execute(
            "insert into open_questions values ('SW-1', 'decision-1', 'adjudication', '', 'bridge',"
            " null, null, '{}', now(), now()), ('SW-2', 'decision-1', 'adjudication', '', 'east',"
            " null, null, '{}', now(), now())"
        )
        assert await workload.questions(connection, ["bridge", "orchard"]) == {"bridge": 1}


async def test_the_open_cases_of_now_are_found_by_their_index(database: Database) -> None:
    async with database.as_role("superuser") as connection:
        await connection.execute("set enable_seqscan = off")
        plan = await connection.fetch(f"explain {workload.NOW}", local("03-02 09:00"))
    assert "cases_workload" in "\n".join(row[0] for row in plan)
