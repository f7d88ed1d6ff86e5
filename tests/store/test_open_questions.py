"""The queue: every open question once, oldest due first, for whom it is put to and who may see."""

import base64
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import asyncpg
import orjson
import pytest

from domain.commands import (
    Accept,
    AnswerSupervision,
    Appeal,
    DecideAppeal,
    DecideExtension,
    Decline,
    HandOver,
    Rate,
    Register,
    RequestExtension,
    Resolve,
    ReviewDecline,
    Supervise,
    Tick,
)
from domain.policy import Span
from domain.words import DeclineGround
from domain.words.redress import ChargeKind
from store import open_questions
from store.cursors import BadCursor
from store.open_questions import Asking
from store.rebuilding import rebuild_all
from tests.domain.story import CLOCK, GAO, MEI, RESIDENT, WEI, XU, by, request
from tests.domain.town import town, without
from tests.store.house import RING, Database, House, Scribe
from tests.store.walks import Archive

EVERYBODY = Asking(sight=None)
COURT = {"ground": DeclineGround.BEFORE_COURT, "text": "法院已立案"}
BAD = {"contacted": True, "solved": False, "grade": 1}
ORDER = {"against": ChargeKind.ORDER, "about": "1"}


def mine(person_id: str, *units: str, sight: Sequence[str] | None = None) -> Asking:
    return Asking(sight=sight, person_id=person_id, units=units)


async def listed(database: Database, asking: Asking = EVERYBODY, size: int = 100) -> list[str]:
    """``case kind`` of every question, page after page."""
    found, cursor = list[str](), None
    async with database.connection() as connection:
        while True:
            rows, cursor = await open_questions.page(connection, asking, cursor=cursor, size=size)
            assert len(rows) <= size
            found += [f"{row['case_id']} {row['kind']}" for row in rows]
            if cursor is None:
                return found


@pytest.fixture
async def database(house: House) -> Database:
    return await house.town()


async def write(database: Database, case_id: str, *commands: Any, **book: Any) -> None:
    async with database.connection() as connection:
        scribe = Scribe(connection, book=town(**book)) if book else Scribe(connection)
        await scribe.write(case_id, *commands)


OPENED = by(MEI, "03-02 09:00", Register, **request())
DECLINED = (OPENED, by(MEI, "03-02 09:30", Decline, **COURT))
REVIEWED = (
    OPENED,
    by(MEI, "03-02 09:20", Resolve, text="当场答复"),
    by(RESIDENT, "03-02 10:00", Rate, **BAD),
)
ORDERED = (
    by(MEI, "03-02 09:00", Register, **request("bill")),
    by(MEI, "03-02 09:30", HandOver),
    by(CLOCK, "03-12 10:00", Tick),
)


async def test_a_question_stands_in_the_queue_until_it_is_answered(database: Database) -> None:
    await write(database, "SW-1", *DECLINED)
    assert await listed(database) == ["SW-1 decline_review"]
    await write(database, "SW-1", by(XU, "03-02 11:00", ReviewDecline, upheld=False, text="否"))
    assert await listed(database) == []


async def test_passed_up_it_stands_there_once_with_its_new_decider(database: Database) -> None:
    await write(database, "SW-1", *DECLINED, by(CLOCK, "03-03 09:30", Tick))
    assert await listed(database, mine("xie")) == ["SW-1 decline_review"]
    assert await listed(database, mine("xu")) == []
    assert len(await listed(database)) == 1


async def test_mine_is_what_is_put_to_me_or_to_a_unit_i_supervise(database: Database) -> None:
    await write(database, "SW-1", *DECLINED)
    await write(database, "SW-2", *REVIEWED)
    assert await listed(database) == ["SW-1 decline_review", "SW-2 review"]
    assert await listed(database, mine("xu", "bridge")) == ["SW-1 decline_review"]
    assert await listed(database, mine("somebody", "bridge")) == ["SW-1 decline_review"]
    assert await listed(database, mine("xie", "east")) == ["SW-2 review"]
    assert await listed(database, mine("mei", "east")) == []  # she is barred: she handled it
    assert await listed(database, Asking(sight=None, kind="review")) == ["SW-2 review"]


async def test_an_open_question_of_a_closed_case_stays_in_the_queue(database: Database) -> None:
    against = {"against": ChargeKind.RATING, "about": "1/reporter", "text": "不公"}
    good = BAD | {"solved": True, "grade": 5}
    closed = (*REVIEWED[:2], by(RESIDENT, "03-02 10:00", Rate, **good))
    await write(database, "SW-1", *closed, by(MEI, "03-02 11:00", Appeal, **against))
    assert await listed(database, mine("xie")) == ["SW-1 appeal"]


async def test_who_has_to_decide_sees_the_case_also_in_another_branch(database: Database) -> None:
    posts = without("supervisor-city")
    appeal = by(WEI, "03-12 11:00", Appeal, text="停机", **ORDER)
    await write(database, "SW-1", *ORDERED, appeal, posts=posts)
    async with database.connection() as connection:
        asked = await connection.fetchrow("select unit_id, barred from open_questions")
        seen = await connection.fetch("select unit_id from case_units")
    assert asked is not None
    assert asked["unit_id"] in {row["unit_id"] for row in seen}
    assert await listed(database, mine("xu", sight=["bridge"])) == ["SW-1 appeal"]
    assert await listed(database, mine("xu", sight=["hills"])) == []
    upheld = by(XU, "03-12 12:00", DecideAppeal, upheld=True, text="属实", **ORDER)
    await write(database, "SW-1", upheld, posts=posts)
    assert await listed(database) == []


MORE_TIME = {"extend_by": Span(amount=3, unit="working_hours"), "text": "备料"}
AT_THE_GRID = (
    OPENED,
    by(MEI, "03-02 09:30", HandOver),
    by(GAO, "03-02 10:00", Accept),
    by(GAO, "03-02 10:30", RequestExtension, **MORE_TIME),
)


async def test_more_time_that_is_asked_for_stands_there_until_it_is_decided(
    database: Database,
) -> None:
    await write(database, "SW-1", *AT_THE_GRID)
    assert await listed(database) == ["SW-1 extension"]
    assert await listed(database, mine("gao", "grid-7")) == []
    async with database.connection() as connection:
        asked = await connection.fetchrow("select * from open_questions")
        owed = await connection.fetchval("select owers from cases")
    assert asked is not None
    assert f"post:{asked['post_id']}" in owed
    assert await listed(database, mine(asked["person_id"])) == ["SW-1 extension"]
    granted = by(XU, "03-02 11:00", DecideExtension, granted=True, text="同意")
    await write(database, "SW-1", granted)
    assert await listed(database) == []


async def test_orders_are_listed_alone_with_who_owes_the_answer(database: Database) -> None:
    order = by(XU, "03-02 11:00", Supervise, text="请尽快到场")
    await write(database, "SW-1", *AT_THE_GRID[:3], order)
    orders = Asking(sight=None, kind="supervision")
    assert await listed(database) == []
    assert await listed(database, orders) == ["SW-1 supervision"]
    assert await listed(database, replace(orders, person_id="gao")) == ["SW-1 supervision"]
    assert await listed(database, replace(orders, person_id="xu", units=["bridge"])) == []
    await write(database, "SW-1", by(GAO, "03-02 12:00", AnswerSupervision, text="已安排"))
    assert await listed(database, orders) == []


# -- the whole archive ---------------------------------------------------------


async def test_pages_hold_every_question_once_oldest_due_first(archive: Archive) -> None:
    database = archive.database
    async with database.connection() as connection:
        rows = await connection.fetch(
            "select case_id, kind from open_questions where kind <> 'supervision'"
            " order by due_at, case_id, clock_id"
        )
    whole = [f"{row['case_id']} {row['kind']}" for row in rows]
    assert len(whole) > 5
    for size in (1, 3, 100):
        assert await listed(database, size=size) == whole


async def test_a_lost_queue_is_made_anew_from_the_journal(house: House, database: Database) -> None:
    await write(database, "SW-1", *DECLINED)
    await write(database, "SW-2", *REVIEWED)
    async with database.connection() as connection:
        await connection.execute("delete from open_questions")
        await rebuild_all(connection, RING, database.engine.url)
    assert await listed(database) == ["SW-1 decline_review", "SW-2 review"]


def cursor_of(*parts: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


GOOD = "2026-03-02T01:00:00+00:00"


@pytest.mark.parametrize(
    "cursor",
    [
        *("", "%%%", "a", "游标", "\0", cursor_of(GOOD, "SW-1"), cursor_of(GOOD, "SW-1", "c", 1)),
        *(cursor_of(7, "SW-1", "c"), cursor_of("yesterday", "SW-1", "c"), cursor_of(GOOD, 1, "c")),
        *(cursor_of("2026-03-02T01:00:00", "SW-1", "c"), cursor_of(GOOD, "SW\0", "c")),
    ],
)
async def test_a_bad_cursor_is_told_apart_from_a_failure(
    connection: asyncpg.Connection, cursor: str
) -> None:
    with pytest.raises(BadCursor):
        await open_questions.page(connection, EVERYBODY, cursor=cursor, size=1)


async def test_what_is_asked_of_a_person_reads_an_index(database: Database) -> None:
    async with database.connection() as connection:
        await connection.execute(
            """insert into open_questions select 'SW-' || n, 'decision-1', 'review', '',
               'unit-' || n % 500, null, 'person-' || n % 500, '{}', now(),
               now() + n * interval '1 s'
               from generate_series(1, 20000) n"""
        )
    async with database.as_role("owner") as connection:
        await connection.execute("vacuum analyze open_questions")
        plan = await connection.fetch(
            """explain select * from open_questions where person_id = 'person-7'
               or unit_id = any('{unit-7}') order by due_at, case_id, clock_id limit 50"""
        )
    assert "Seq Scan" not in "\n".join(row[0] for row in plan)
