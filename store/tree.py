"""The Merkle tree over all events, read from tiles and written to them; proofs from few rows.

A tile that is not full is not stored: its hashes are the events' own, or the roots of the tiles
below it. Nothing here signs.
"""

from collections.abc import Iterable, Mapping

from store import merkle
from store.database import Connection
from store.merkle import WIDTH, Node, Place, Proof, Range

AT_ONCE = 64
"""How many tiles are written by one statement, each from 256 rows."""
LEAVES = """select e.hash from event_sequence q join events e using (position)
 where q.seq > $1 and q.seq <= $2 order by q.seq"""
ROOTS = "select root from tiles where level = $1 and idx >= $2 and idx < $3 order by idx"
TILES = """select t.level, t.idx, t.hashes from tiles t
 join unnest($1::smallint[], $2::bigint[]) as w(level, idx) using (level, idx)"""
WRITE = """insert into tiles (level, idx, hashes, root)
 select $1, w.idx, w.hashes, w.root from unnest($2::bigint[], $3::bytea[], $4::bytea[])
 as w(idx, hashes, root) on conflict do nothing"""


async def extend(connection: Connection, size: int) -> bool:
    """Write the next full tiles of a tree of that size; whether all of them are there now."""
    level, below = 0, size
    while full := below // WIDTH:
        there = await connection.fetchval(
            "select coalesce(max(idx) + 1, 0) from tiles where level = $1", level
        )
        if there < full:
            await _write(connection, level, there, min(full, there + AT_ONCE))
            return False
        level, below = level + 1, full
    return True


async def _write(connection: Connection, level: int, first: int, last: int) -> None:
    hashes = await _row(connection, level, first * WIDTH, last * WIDTH)
    tiles = [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]
    await connection.execute(
        WRITE,
        level,
        list(range(first, last)),
        [b"".join(tile) for tile in tiles],
        [merkle.above(tile) for tile in tiles],
    )


async def _row(connection: Connection, level: int, begin: int, end: int) -> list[bytes]:
    """Hashes of one level of tiles; LookupError when one of them is not there."""
    if level == 0:
        rows = await connection.fetch(LEAVES, begin, end)
        found = [merkle.leaf(row["hash"]) for row in rows]
    else:
        rows = await connection.fetch(ROOTS, level - 1, begin, end)
        found = [row["root"] for row in rows]
    if len(found) != end - begin:
        msg = f"level {level} of the tree lacks hashes between {begin} and {end}"
        raise LookupError(msg)
    return found


async def hashes(connection: Connection, nodes: Iterable[Node]) -> dict[Node, bytes]:
    """The hashes of nodes; LookupError for one that is not in the tree yet."""
    places = {node: merkle.place(node) for node in nodes}
    wanted = sorted({(place.level, place.tile) for place in places.values()})
    rows = await connection.fetch(TILES, [each[0] for each in wanted], [each[1] for each in wanted])
    full = {(row["level"], row["idx"]): row["hashes"] for row in rows}
    parts = {
        tile: await _part(connection, [p for p in places.values() if (p.level, p.tile) == tile])
        for tile in wanted
        if tile not in full
    }
    return {node: merkle.above(_slice(place, full, parts)) for node, place in places.items()}


async def _part(connection: Connection, places: list[Place]) -> dict[int, bytes]:
    """Of a tile that is not full what is asked for, by its place in the tile."""
    first = min(place.first for place in places)
    last = max(place.first + place.many for place in places)
    level, start = places[0].level, places[0].tile * WIDTH
    found = await _row(connection, level, start + first, start + last)
    return dict(enumerate(found, start=first))


def _slice(
    place: Place,
    full: Mapping[tuple[int, int], bytes],
    parts: Mapping[tuple[int, int], Mapping[int, bytes]],
) -> list[bytes]:
    tile = place.level, place.tile
    wanted = range(place.first, place.first + place.many)
    if tile in full:
        return [full[tile][32 * at : 32 * at + 32] for at in wanted]
    return [parts[tile][at] for at in wanted]


async def root(connection: Connection, size: int) -> bytes:
    """The root of the tree of the first `size` events."""
    part = (0, size)
    return merkle.root_of(part, await hashes(connection, merkle.nodes_of(part)))


async def inclusion(connection: Connection, seq: int, size: int) -> Proof:
    """The proof that the event of that number is among the first `size`."""
    return await _proof(connection, merkle.inclusion(seq - 1, size))


async def consistency(connection: Connection, first: int, second: int) -> Proof:
    """The proof that the first `first` events are the beginning of the first `second`."""
    return await _proof(connection, merkle.consistency(first, second))


async def event_hash(connection: Connection, seq: int) -> bytes:
    """The hash of the event of that number; LookupError when there is none."""
    rows = await connection.fetch(LEAVES, seq - 1, seq)
    if not rows:
        raise LookupError(seq)
    return bytes(rows[0]["hash"])


async def _proof(connection: Connection, ranges: list[Range]) -> Proof:
    return merkle.proof(ranges, await hashes(connection, merkle.needed(ranges)))
