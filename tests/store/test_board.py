"""What the board and the map count is what the lists hold, of every case there is (R12.5)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import asyncpg
import pytest

from domain.commands import Register
from domain.words import Stage
from store import board
from store.board import Count
from tests.domain.story import MEI, by, request
from tests.domain.town import TOWN, local
from tests.store.house import Database, House, Scribe
from tests.store.test_worklist import ALL, listed, rows
from tests.store.walks import Archive

pytestmark = pytest.mark.rule("R12.5")
NOW = local("04-15 12:00")
TREE = TOWN.organisation
Row = Mapping[str, Any]
COUNTED: Mapping[str, Callable[[Row], bool]] = {
    "open": lambda _: True,
    "waiting": lambda r: r["phase"] == "awaiting_acceptance",
    "yellow": lambda r: _by(r["yellow_at"]) and not _by(r["overdue_at"]),
    "overdue": lambda r: _by(r["overdue_at"]),
    "suspended": lambda r: r["phase"] == "suspended",
    "shelved": lambda r: r["phase"] == "shelved",
}


def _by(at: datetime | None) -> bool:
    return at is not None and at <= NOW


def expected(found: list[Row], units: tuple[str, ...], stage: Stage) -> Count | None:
    """By hand: what stands at one of those units at that stage."""
    here = [
        r for r in found
        if r["closed_at"] is None and r["unit_id"] in units and r["stage"] == stage
    ]  # fmt: skip
    due = [r["overdue_at"] for r in here if r["overdue_at"]]
    numbers = {name: sum(map(fits, here)) for name, fits in COUNTED.items()}
    return Count(**numbers, oldest=min(due, default=None)) if here else None


@pytest.mark.parametrize("everywhere", [False, True])
async def test_every_cell_is_what_stands_there(archive: Archive, *, everywhere: bool) -> None:
    below = {each: TREE.subtree(each) for each in TREE.below("east")} | {"east": ("east",)}
    async with archive.database.connection() as connection:
        found = await board.cells(connection, NOW, below, everywhere=everywhere)
    every: list[Row] = [*await rows(archive.database)]
    by_hand = {
        (root, stage): count
        for root, units in below.items()
        for stage in Stage
        if (count := expected(every, units, stage))
    }
    assert found == by_hand
    whole = sum(found.values(), Count())
    assert min(whole.open, whole.waiting, whole.overdue, whole.suspended) > 0


async def test_the_board_counts_what_the_worklist_lists(archive: Archive) -> None:
    units = TREE.subtree("city")
    async with archive.database.connection() as connection:
        found = await board.cells(connection, NOW, {"city": units}, everywhere=True)
    whole = sum(found.values(), Count())
    asked: dict[str, dict[str, Any]] = {
        "open": {"open": True},
        "waiting": {"phase": "awaiting_acceptance"},
        "yellow": {"yellow": True},
        "overdue": {"overdue": True},
        "suspended": {"phase": "suspended"},
        "shelved": {"phase": "shelved"},
    }
    for name, filters in asked.items():
        wanted = replace(ALL, subtree=units, **filters)
        assert len(await listed(archive.database, wanted, now=NOW)) == getattr(whole, name), name


async def test_cases_are_counted_where_they_lie(archive: Archive) -> None:
    units = TREE.subtree("city")
    async with archive.database.connection() as connection:
        found = await board.areas(connection, NOW, units)
    still_open = [r for r in await rows(archive.database) if r["closed_at"] is None]
    for unit in units:
        here = [r for r in still_open if r["area"] == unit]
        late = sum(_by(r["overdue_at"]) for r in here)
        assert found.get(unit, Count()) == Count(open=len(here), overdue=late)
    assert found["orchard-1"].open > 0


async def test_an_empty_town_has_an_empty_board(house: House) -> None:
    database = await house.town()
    async with database.connection() as connection:
        assert await board.cells(connection, NOW, {"city": ("city",)}) == {}
        assert await board.areas(connection, NOW, ["city"]) == {}


FILL = """insert into cases select (jsonb_populate_record(c, jsonb_build_object(
 'case_id', 'x-' || n, 'unit_id', 'unit-' || n % 900,
 'closed_at', case when n % 10 > 2 then now() end))).*
 from cases c, generate_series(1, 20000) n"""


@pytest.fixture
async def many(house: House) -> Database:
    """A database with twenty thousand cases, three tenths of them open."""
    database = await house.town()
    async with database.connection() as connection:
        await Scribe(connection).live("SW-1", [by(MEI, "03-02 09:00", Register, **request())])
    async with database.as_role("owner") as connection:
        await connection.execute(FILL)
        await connection.execute("vacuum analyze cases")
    return database


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_board_reads_the_index_alone(many: Database, *, everywhere: bool) -> None:
    units = [f"unit-{n}" for n in range(9)]
    statement = board.EVERYWHERE if everywhere else board.THERE
    given = (json.dumps({"city": units}), *(() if everywhere else (units,)))
    async with many.connection() as connection:
        plan = await _plan(connection, statement, NOW, *given)
    assert "Index Only Scan using cases_board" in plan
    assert "Heap Fetches: 0" in plan


async def test_a_map_reads_the_index_alone(many: Database) -> None:
    async with many.connection() as connection:
        plan = await _plan(connection, board.AREAS, NOW, ["orchard-2", "stone-1"])
    assert "Index Only Scan using cases_of_area" in plan


async def _plan(connection: asyncpg.Connection, statement: str, *given: object) -> str:
    lines = await connection.fetch(f"explain (analyze, costs off) {statement}", *given)
    return "\n".join(line[0] for line in lines)
