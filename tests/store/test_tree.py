"""The tree of a journal of a hundred thousand events: roots and proofs from few rows."""

from typing import Any

import asyncpg
import pytest

from store import merkle, tree
from store.merkle import Growing
from tests.store.house import Database, House

pytestmark = pytest.mark.rule("R14.2")

EVENTS = 66_000 + 300
"""More than a tile of tiles: three levels."""
FILL = """with made as (
 insert into events (case_id, version, kind, schema, data, actor, command_id, occurred_at,
   recorded_at, hash)
 select 'SW-' || n, 1, 'test', 1, '{}', 'nobody', gen_random_uuid(), now(), now(),
   sha256(n::text::bytea) from generate_series($1::int, $2::int) n returning position)
insert into event_sequence (seq, position)
select $1 - 1 + row_number() over (order by position), position from made"""


@pytest.fixture(scope="module")
async def long(estate: House) -> Database:
    """A journal of so many events, and its tiles."""
    database = await estate.migrated()
    async with database.connection() as connection:
        await connection.execute(FILL, 1, EVENTS)
        while not await tree.extend(connection, EVENTS):
            pass
    return database


@pytest.fixture(scope="module")
async def leaves(long: Database) -> list[bytes]:
    async with long.connection() as connection:
        rows = await connection.fetch(tree.LEAVES, 0, EVENTS)
    return [merkle.leaf(row["hash"]) for row in rows]


@pytest.fixture(scope="module")
def roots(leaves: list[bytes]) -> list[bytes]:
    """The root at every size, each leaf hashed on its own."""
    growing, found = Growing(), [merkle.EMPTY]
    for each in leaves:
        growing.add(each)
        found.append(growing.root())
    return found


SIZES = (1, 2, 3, 255, 256, 257, 511, 512, 513, 4096, 65_535, 65_536, 65_537, 66_048, EVENTS)


async def test_full_tiles_are_there_and_no_others(long: Database) -> None:
    async with long.connection() as connection:
        rows = await connection.fetch("select level, count(*) as n from tiles group by 1")
    assert {row["level"]: row["n"] for row in rows} == {0: EVENTS // 256, 1: EVENTS // 65_536}


@pytest.mark.parametrize("size", SIZES)
async def test_the_root_at_any_size_is_that_of_every_leaf(
    long: Database, roots: list[bytes], size: int
) -> None:
    async with long.connection() as connection:
        assert await tree.root(connection, size) == roots[size]


@pytest.mark.parametrize("size", SIZES)
async def test_every_event_can_be_shown_to_be_in_it(
    long: Database, leaves: list[bytes], roots: list[bytes], size: int
) -> None:
    async with long.connection() as connection:
        for seq in {1, size // 3 + 1, size // 2 + 1, size}:
            found = await tree.inclusion(connection, seq, size)
            assert merkle.includes(roots[size], size, seq - 1, leaves[seq - 1], found)


@pytest.mark.parametrize("size", SIZES)
async def test_every_tree_can_be_shown_to_be_the_beginning_of_a_later_one(
    long: Database, roots: list[bytes], size: int
) -> None:
    async with long.connection() as connection:
        for second in (each for each in SIZES if each >= size):
            found = await tree.consistency(connection, size, second)
            assert merkle.extends(size, roots[size], second, roots[second], found)


class Counting:
    """A connection that counts the rows it hands out."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection, self.rows = connection, 0

    async def fetch(self, query: str, *args: object) -> list[Any]:
        found = await self._connection.fetch(query, *args)
        self.rows += len(found)
        return found


async def test_a_proof_reads_some_hundred_rows_of_many_thousands(long: Database) -> None:
    """At most one tile of each level, and its part of those that are not full: 255 a level."""
    async with long.connection() as connection:
        counting: Any = Counting(connection)
        await tree.inclusion(counting, 12_345, EVENTS)
        assert counting.rows < 3 * 256
        counting.rows = 0
        await tree.consistency(counting, 40_000, EVENTS)
        assert counting.rows < 3 * 256


async def test_it_grows_by_what_is_new(house: House) -> None:
    database = await house.migrated()
    async with database.connection() as connection:
        await connection.execute(FILL, 1, 300)
        assert not await tree.extend(connection, 300)
        assert await tree.extend(connection, 300)
        first = await tree.root(connection, 300)
        await connection.execute(FILL, 301, 600)
        assert not await tree.extend(connection, 600)
        assert await tree.extend(connection, 600)
        assert await tree.root(connection, 300) == first
        path = await tree.consistency(connection, 300, 600)
        assert merkle.extends(300, first, 600, await tree.root(connection, 600), path)


async def test_what_has_no_number_yet_is_in_no_proof(long: Database) -> None:
    async with long.connection() as connection:
        with pytest.raises(LookupError, match="lacks hashes"):
            await tree.root(connection, EVENTS + 1)
