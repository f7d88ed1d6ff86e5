"""All views made anew: in pieces, so that processes share them; each by itself and repeatable.

Which tables are views, which are the truth, stands in `store/kept.py`.
"""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.engine import URL

from store import access_record, rebuild_money, spans
from store.database import Connection, engine_for, raw
from store.keys import KeyRing
from store.rebuild import Made, Rebuilder
from store.registers import REGISTERS, rebuild_register

PIECE = 5_000
"""Cases in a piece."""
ENDS = """
select case_id from (
  select case_id, row_number() over (order by case_id) as number from events
  where version = 1 and kind = 'case.registered') e
where number % $1 = 0 order by case_id
"""
OF_CASES = ("cases", "case_spans")
"""Views of cases, which are made piece by piece."""
Work = Callable[[Connection, KeyRing, URL], Awaitable[Made]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the work: a view by name, of cases those after the one id up to the other."""

    view: str
    after: str = ""
    upto: str | None = None


async def plan(connection: Connection, size: int = PIECE) -> list[Piece]:
    """Every piece; the cases come first, because they are most of it."""
    ends = [row["case_id"] for row in await connection.fetch(ENDS, size)]
    parts = list(zip(["", *ends], [*ends, None], strict=True))
    cases = [Piece(view, *part) for part in parts for view in OF_CASES]
    return [*cases, *(Piece(view) for view in OTHERS)]


async def make(connection: Connection, ring: KeyRing, piece: Piece, url: URL) -> Made:
    """Make one piece anew; the scores read over a connection of their own, by the address."""
    with _few_collections():
        if piece.view == "cases":
            return await _cases(connection, ring, piece)
        if piece.view == "case_spans":
            return await spans.rebuild(connection, piece.after, piece.upto)
        return await OTHERS[piece.view](connection, ring, url)


async def _cases(connection: Connection, ring: KeyRing, piece: Piece) -> Made:
    rebuilder = Rebuilder.on(connection, ring)
    made, after = Made(), piece.after
    while True:
        found, done = await rebuilder.page(after, piece.upto)
        if not found:
            return made
        made, after = made + done, found[-1]


async def orphans(connection: Connection, ring: KeyRing) -> int:
    """Remove rows of cases that no event speaks of; how many cases there were."""
    await spans.orphans(connection)
    return await Rebuilder.on(connection, ring).orphans()


@contextmanager
def _few_collections() -> Iterator[None]:
    """States and events hold no circles: looking for some takes two fifths of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


async def make_alone(url: str, keys: str, piece: Piece) -> Made:
    """The same on a connection of its own; `keys` as in the settings."""
    engine = engine_for(url, size=1, seconds=None)
    try:
        async with raw(engine) as connection:
            return await make(connection, KeyRing.from_text(keys), piece, engine.url)
    finally:
        await engine.dispose()


def make_now(url: str, keys: str, piece: Piece) -> Made:
    """The same in a process of its own."""
    return asyncio.run(make_alone(url, keys, piece))


async def rebuild_all(connection: Connection, ring: KeyRing, url: URL) -> dict[str, Made]:
    """Make every view anew on one connection to that database; what was done, by view."""
    await orphans(connection, ring)
    made: dict[str, Made] = {}
    for piece in await plan(connection):
        done = await make(connection, ring, piece, url)
        made[piece.view] = made.get(piece.view, Made()) + done
    return made


async def _money(connection: Connection, _ring: KeyRing, _url: URL) -> Made:
    return await rebuild_money.rebuild_sums(connection)


async def _access(connection: Connection, _ring: KeyRing, _url: URL) -> Made:
    events, mended = await connection.fetchrow(access_record.REBUILD)
    return Made(events=events, mended=mended)


async def _scores(connection: Connection, _ring: KeyRing, url: URL) -> Made:
    from store.scores import remaking  # noqa: PLC0415 - loads DuckDB, which other pieces do not need

    return await remaking.rebuild(connection, url)


def _register(number: int) -> Work:
    async def work(connection: Connection, ring: KeyRing, _url: URL) -> Made:
        return await rebuild_register(connection, REGISTERS[number], ring)

    return work


OTHERS: Mapping[str, Work] = {
    **{register.table: _register(n) for n, register in enumerate(REGISTERS)},
    "admission_money": _money,
    "access_record": _access,
    "score_postings": _scores,
}
"""What makes each view that is not of cases."""
