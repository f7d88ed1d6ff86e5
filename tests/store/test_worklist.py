"""The worklist: who sees what, filtered, in an order that pages never tear."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import orjson
import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.commands import Contact, Place, Register
from domain.values import PutsQuestion
from store import worklist
from store.cursors import BadCursor
from store.still import still
from store.worklist import Filters, Order, Page
from tests.domain.story import MEI, request
from tests.domain.town import IN_ORCHARD_1, IN_STONE_1, TOWN, local
from tests.store.house import RING, Database, House, Scribe
from tests.store.lives import CANARY
from tests.store.walks import Archive

ALL = Filters(sight=None)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
ORDERS: tuple[Order, ...] = ("newest", "due")
Row = dict[str, Any]


async def page_of(
    engine: AsyncEngine, filters: Filters, now: datetime, *, cursor: str | None, size: int
) -> Page:
    """A page as it is shown at that time."""
    async with still(engine) as there:
        return await worklist.page(replace(there, at=now), filters, cursor=cursor, size=size)


async def listed(
    database: Database, filters: Filters, size: int = 1000, now: datetime = NEVER
) -> list[str]:
    """Every case id, page after page."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = await page_of(database.engine, filters, now, cursor=cursor, size=size)
        assert len(page.rows) <= size
        found += [row["case_id"] for row in page.rows]
        if page.cursor is None:
            return found
        assert len(page.rows) == size
        cursor = page.cursor


async def rows(database: Database) -> list[Row]:
    async with database.connection() as connection:
        return [dict(row) for row in await connection.fetch("select * from cases")]


async def units(database: Database) -> dict[str, set[str]]:
    """The units that may see each case."""
    found: dict[str, set[str]] = {}
    async with database.connection() as connection:
        for row in await connection.fetch("select case_id, unit_id from case_units"):
            found.setdefault(row["case_id"], set()).add(row["unit_id"])
    return found


def in_order(found: Sequence[Row], order: Order) -> list[str]:
    if order == "due":
        ordered = sorted(found, key=lambda r: (r["overdue_at"] or NEVER, r["case_id"]))
    else:
        ordered = sorted(found, key=lambda r: (r["opened_at"], r["case_id"]), reverse=True)
    return [row["case_id"] for row in ordered]


# -- filters -----------------------------------------------------------------

NOW = local("04-15 12:00")


def late(row: Row) -> bool:
    return row["closed_at"] is None and row["overdue_at"] is not None and row["overdue_at"] <= NOW


def warned(row: Row) -> bool:
    shown = row["yellow_at"] is not None and row["yellow_at"] <= NOW
    return row["closed_at"] is None and shown and not late(row)


FILTERS: tuple[tuple[dict[str, Any], Callable[[Row], bool]], ...] = (
    ({}, lambda _: True),
    ({"subtree": ("bridge", "orchard", "orchard-1")},
     lambda r: r["unit_id"] in {"bridge", "orchard", "orchard-1"}),
    ({"subtree": ()}, lambda _: False),
    ({"stage": "department"}, lambda r: r["stage"] == "department"),
    ({"phase": "awaiting_rating"}, lambda r: r["phase"] == "awaiting_rating"),
    ({"person_id": "gao"}, lambda r: r["person_id"] == "gao"),
    ({"category": "lamp"}, lambda r: r["item_id"] == "lamp"),
    ({"category": "town"}, lambda r: r["class_id"] == "town"),
    ({"category": "nothing"}, lambda _: False),
    ({"overdue": True}, late),
    ({"overdue": False}, lambda r: not late(r)),
    ({"yellow": True}, warned),
    ({"yellow": False}, lambda r: not warned(r)),
    ({"places": ("orchard-1", "spring")}, lambda r: r["area"] in {"orchard-1", "spring"}),
    ({"open": True}, lambda r: r["closed_at"] is None),
    ({"open": False}, lambda r: r["closed_at"] is not None),
    ({"post_id": "grid-1"}, lambda r: r["post_id"] == "grid-1"),
    ({"text": "楼道灯"}, lambda r: "楼道灯" in r["search"]),
    ({"text": "水管"}, lambda r: "水管" in r["search"]),
    ({"text": "walk-0007"}, lambda r: r["case_id"] == "walk-0007"),
    ({"text": "noise AT"}, lambda r: "Noise at" in r["search"]),
    ({"text": "%"}, lambda r: "%" in r["search"]),
    ({"text": "0%_的"}, lambda r: "0%_的" in r["search"]),
    ({"text": "_"}, lambda r: "_" in r["search"]),
    ({"text": "\\"}, lambda r: "\\" in r["search"]),
    ({"text": "楼%灯"}, lambda _: False),
    ({"text": "nul\0"}, lambda _: False),
    ({"lookup": RING.lookup("7")}, lambda r: r["lookup"] == RING.lookup("7")),
    ({"stage": "grid", "phase": "closed", "overdue": False},
     lambda r: r["stage"] == "grid" and r["phase"] == "closed"),
)  # fmt: skip


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("asked", "fits"), FILTERS, ids=lambda f: str(f) if f != {} else "all")
async def test_a_filter_lists_what_fits_and_nothing_else(
    archive: Archive, asked: dict[str, Any], fits: Callable[[Row], bool], order: Order
) -> None:
    every = await rows(archive.database)
    expected = in_order([row for row in every if fits(row)], order)
    filters = replace(ALL, order=order, **asked)
    assert await listed(archive.database, filters, now=NOW) == expected


@pytest.mark.parametrize(
    "sight",
    [(), ("city",), ("orchard-1",), ("stone", "water"), ("forestry",), ("unknown",), tuple("ab")],
)
async def test_sight_is_limited_to_units_that_have_or_had_the_case(
    archive: Archive, sight: tuple[str, ...]
) -> None:
    seen = await units(archive.database)
    every = await rows(archive.database)
    expected = in_order([r for r in every if seen[r["case_id"]] & set(sight)], "newest")
    assert await listed(archive.database, Filters(sight=sight)) == expected
    assert sight != ("city",) or len(expected) == len(every)


async def test_a_unit_sees_what_passed_through_the_units_under_it(archive: Archive) -> None:
    seen = await units(archive.database)
    path = TOWN.organisation.path
    for case_id, events in archive.events.items():
        came = {unit for each in events if (unit := came_to(each))}
        asked = {each.question.unit_id for each in events if isinstance(each, PutsQuestion)}
        assert seen[case_id] == {over for unit in came for over in path(unit)} | asked


def came_to(happened: Any) -> str | None:
    """The unit that may see the case from that event on."""
    match happened.kind:
        case "case.arrived" | "transfer.offered" | "agent.authorised":
            return str(happened.unit_id)
        case "case.officer_replaced" | "case.joined":
            return str(happened.officer.unit_id)
        case "helper.summoned":
            return str(happened.helper.unit_id or "")
        case _:
            return None


async def test_sight_and_filters_narrow_each_other(archive: Archive) -> None:
    seen = await units(archive.database)
    every = await rows(archive.database)
    fits = [r for r in every if "orchard" in seen[r["case_id"]] and r["phase"] == "closed"]
    found = await listed(archive.database, Filters(sight=("orchard",), phase="closed"))
    assert fits
    assert found == in_order(fits, "newest")


async def test_what_is_listed_is_in_the_clear_for_those_who_may_see_it(archive: Archive) -> None:
    page = await page_of(archive.database.engine, ALL, NOW, cursor=None, size=500)
    requests = [row for row in page.rows if row["case_type"] == "request"]
    assert requests[0]["title"].startswith(CANARY)


@pytest.mark.rule("R7.1")
async def test_lists_hold_no_word_of_a_dispute(archive: Archive) -> None:
    page = await page_of(archive.database.engine, ALL, NOW, cursor=None, size=500)
    disputes = [row for row in page.rows if row["case_type"] == "dispute"]
    assert disputes
    assert {row["title"] for row in disputes} == {""}
    assert all(row["search"] == row["case_id"] for row in disputes)


@pytest.mark.rule("R7.1")
async def test_a_mediator_sees_the_cases_of_their_panels_and_only_those(archive: Archive) -> None:
    sight = Filters(sight=(), mediating=("mediator-orchard-2",))
    found = await listed(archive.database, sight)
    every = await rows(archive.database)
    assert found
    assert found == in_order(
        [row for row in every if "mediator-orchard-2" in row["mediators"]], "newest"
    )
    assert await listed(archive.database, Filters(sight=(), mediating=("mediator-hills",))) == []


# -- what waits for whom -------------------------------------------------------


def first_of(row: Row, owers: set[str]) -> datetime:
    """When the first of their duties breaks."""
    theirs = (duty for duty in row["owed"] if owers & set(duty["by"]))
    return datetime.fromisoformat(min(duty["due_at"] for duty in theirs))


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize(
    "owers", [{"post:grid-1"}, {"unit:orchard", "unit:stone"}, {"post:none"}], ids=str
)
async def test_what_waits_for_somebody_is_listed_by_what_breaks_first_of_theirs(
    archive: Archive, owers: set[str], size: int
) -> None:
    fits = [row for row in await rows(archive.database) if owers & set(row["owers"])]
    ordered = sorted(fits, key=lambda row: (first_of(row, owers), row["case_id"]))
    filters = replace(ALL, owers=sorted(owers), order="due")
    found = await listed(archive.database, filters, size=size)
    assert found == [row["case_id"] for row in ordered]


async def test_every_open_case_waits_for_somebody_until_nothing_is_owed(archive: Archive) -> None:
    every = await rows(archive.database)
    for row in every:
        duties = row["owed"]
        first = datetime.fromisoformat(duties[0]["due_at"]) if duties else None
        assert first == row["overdue_at"], row["case_id"]
        assert set(row["owers"]) == {name for duty in duties for name in duty["by"]}
    assert any(len(row["owed"]) > 1 for row in every)


# -- pages -------------------------------------------------------------------


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 3, 50, 249, 250, 251])
async def test_pages_put_together_are_the_whole_list(
    archive: Archive, order: Order, size: int
) -> None:
    filters = replace(ALL, order=order)
    if size == 1:
        filters = replace(filters, person_id="gao")
    whole = await listed(archive.database, filters)
    assert len(whole) == len(set(whole)) > 2
    assert await listed(archive.database, filters, size) == whole


def at_the_same_moment(number: int, minute: int = 0) -> Register:
    fields = request(place=Place(point=IN_ORCHARD_1), reporter=Contact())
    at = local("03-02 09:00") + timedelta(minutes=minute)
    return Register(command_id=str(number), at=at, actor=MEI, **fields)


@pytest.mark.parametrize("order", ORDERS)
async def test_cases_of_one_moment_are_told_apart_by_their_ids(house: House, order: Order) -> None:
    database = await house.town()
    async with database.connection() as connection:
        for number in range(30):
            await Scribe(connection).write(f"SW-{number:02}", at_the_same_moment(number))
    expected = [f"SW-{n:02}" for n in range(30)]
    expected = expected if order == "due" else expected[::-1]
    assert await listed(database, replace(ALL, order=order), 4) == expected


@pytest.mark.parametrize("order", ORDERS)
async def test_cases_that_arrive_while_somebody_pages_tear_no_page(
    house: House, order: Order
) -> None:
    database = await house.town()
    filters = replace(ALL, order=order)
    async with database.connection() as connection:
        scribe = Scribe(connection)
        for number in range(30):
            await scribe.write(f"SW-{number:02}", at_the_same_moment(number, number % 7))
        there = await listed(database, filters)
        found, cursor, arrived = list[str](), None, 0
        while True:
            page = await page_of(database.engine, filters, NOW, cursor=cursor, size=4)
            found += [row["case_id"] for row in page.rows]
            cursor = page.cursor
            if cursor is None:
                break
            for minute in (-60, 3, 60):
                arrived += 1
                await scribe.write(f"SW-1{arrived:02}", at_the_same_moment(arrived, minute))
            if arrived > 60:
                break
    assert len(found) == len(set(found))
    assert [case_id for case_id in found if case_id in there] == there[: len(there)]


# -- cursors -----------------------------------------------------------------


def cursor_of(*parts: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


GOOD = "2026-03-02T01:00:00+00:00"
BAD = {
    "nothing": "",
    "garbage": "%%%",
    "a letter": "a",
    "chinese": "游标",
    "not utf-8": base64.urlsafe_b64encode(b"\xff\xfe\xfd").decode(),
    "a surrogate": "\ud800",
    "a nul": "\0",
    "no json": base64.urlsafe_b64encode(b"[1,2").decode(),
    "a number": base64.urlsafe_b64encode(b"7").decode(),
    "an object": base64.urlsafe_b64encode(b'{"a":1,"b":2,"c":3}').decode(),
    "too short": cursor_of("newest", GOOD),
    "too long": cursor_of("newest", GOOD, "SW-1", 1),
    "no time": cursor_of("newest", "yesterday", "SW-1"),
    "a time that is a number": cursor_of("newest", 7, "SW-1"),
    "a time without a zone": cursor_of("newest", "2026-03-02T01:00:00", "SW-1"),
    "before the first day": cursor_of("newest", "0001-01-01T00:00:00+14:00", "SW-1"),
    "after the last day": cursor_of("newest", "9999-12-31T23:59:59-14:00", "SW-1"),
    "no case": cursor_of("newest", GOOD, None),
    "a case with a nul": cursor_of("newest", GOOD, "SW\0"),
    "no order": cursor_of(None, GOOD, "SW-1"),
    "another order": cursor_of("due", GOOD, "SW-1"),
    "an unknown order": cursor_of("oldest", GOOD, "SW-1"),
    "very deep": base64.urlsafe_b64encode(b"[" * 5000).decode(),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_cursor_is_told_apart_from_a_failure(shared: Database, name: str) -> None:
    with pytest.raises(BadCursor):
        await page_of(shared.engine, ALL, NOW, cursor=BAD[name], size=1)


async def test_a_cursor_cut_or_taken_to_another_order_is_bad(archive: Archive) -> None:
    engine = archive.database.engine
    for order, other in (ORDERS, ORDERS[::-1]):
        page = await page_of(engine, replace(ALL, order=order), NOW, cursor=None, size=3)
        assert page.cursor is not None
        with pytest.raises(BadCursor):
            await page_of(engine, replace(ALL, order=other), NOW, cursor=page.cursor, size=3)
        for cut in range(len(page.cursor)):
            with pytest.raises(BadCursor):
                await page_of(
                    engine, replace(ALL, order=order), NOW, cursor=page.cursor[:cut], size=3
                )


# -- plans -------------------------------------------------------------------

MANY = """insert into cases select (jsonb_populate_record(c, jsonb_build_object(
 'case_id', 'many-' || n, 'external_reference', null,
 'opened_at', c.opened_at + n * interval '1 s',
 'search', 'many-' || n || ' ' || md5(n::text) || ' ' || case when n % 997 = 0
 then '三单元楼道灯不亮' else '小区门口路面积水严重' end))).* from cases c,
 generate_series(1, 20000) n"""


@pytest.fixture(scope="module")
async def many(estate: House) -> Database:
    """Twenty thousand open cases."""
    database = await estate.town()
    async with database.connection() as connection:
        opened = at_the_same_moment(0)
        stone = replace(opened, place=Place(point=IN_STONE_1))
        await Scribe(connection).write("SW-1", stone)
        await connection.execute(MANY)
    async with database.as_role("owner") as connection:
        await connection.execute("vacuum analyze cases, case_units")
    return database


async def plan(database: Database, filters: Filters, cursor: str | None = None) -> str:
    """How PostgreSQL carries out the very statement the list sends."""
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        await page_of(database.engine, filters, NOW, cursor=cursor, size=50)
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    statement, parameters = sent[-1]
    async with database.connection() as connection:
        lines = await connection.fetch(f"explain {statement}", *parameters)
    return "\n".join(line[0] for line in lines)


async def test_the_newest_page_and_those_after_it_read_an_index(many: Database) -> None:
    first = await page_of(many.engine, ALL, NOW, cursor=None, size=50)
    for cursor in (None, first.cursor):
        found = await plan(many, ALL, cursor)
        assert "cases_newest" in found
        assert "Seq Scan on cases" not in found
        assert "Sort" not in found


@pytest.mark.parametrize("text", ["楼道灯", "三单元楼道", "many-19997", "c4ca4238a0b9"])
async def test_a_search_for_three_letters_or_more_reads_an_index(many: Database, text: str) -> None:
    found = await plan(many, replace(ALL, text=text))
    assert "Seq Scan on cases" not in found
    page = await page_of(many.engine, replace(ALL, text=text), NOW, cursor=None, size=50)
    assert page.rows
    assert all(text in row["search"] for row in page.rows)


async def test_a_search_finds_its_rows_in_the_trigrams(many: Database) -> None:
    assert "cases_search" in await plan(many, replace(ALL, text="三单元楼道"))


async def test_the_clear_text_cannot_be_read_without_an_account(many: Database) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(many.url().replace(many.server.cluster.password("app"), "guess"))


async def test_what_is_due_first_of_all_open_cases_reads_an_index(many: Database) -> None:
    asked = replace(ALL, order="due", open=True)
    first = await page_of(many.engine, asked, NOW, cursor=None, size=50)
    for cursor in (None, first.cursor):
        found = await plan(many, asked, cursor)
        assert "cases_due" in found
        assert "Sort" not in found


async def test_what_waits_for_somebody_reads_an_index(many: Database) -> None:
    asked = replace(ALL, order="due", owers=("post:none",))
    assert "cases_owers" in await plan(many, asked)
