"""The journal read from end to end: every event once, in order, up to where it stood; what somebody
may see and no more; exactly as their timelines show it.
"""

import csv
import io
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime

import asyncpg
import orjson
import pytest

from api import views
from api.confidential import as_read_by
from api.errors import DATABASE_AWAY
from api.exports import lines, tables
from api.exports.drawing import About, Incomplete, Line, Reader, Source
from api.exports.journal import Asked, Export, opened
from store import reading, sequencer
from store.exporting import PAGE, Placed, Sight, Snapshot, Wanted, snapshot
from tests.domain.town import START, TOWN
from tests.store.house import RING, Database, House, Scribe
from tests.store.lives import LIVES

pytestmark = pytest.mark.rule("R14.1")

ALL = Wanted()
PEOPLE = ("mei", "cao", "mo", "mu", "su", "xu", "ao")
"""A clerk, handlers, mediators, a supervisor, an auditor."""


async def events(found: Snapshot, wanted: Wanted = ALL) -> list[Placed]:
    return [each async for page in found.events(wanted) for each in page]


async def numbers(database: Database, where: str, *args: object) -> list[int]:
    """What a plain query finds."""
    query = (
        f"select seq from event_sequence join events e using (position) where {where} order by 1"  # noqa: S608 - the tests' own words
    )
    async with database.connection() as connection:
        return [row[0] for row in await connection.fetch(query, *args)]


async def seqs(database: Database, wanted: Wanted) -> list[int]:
    async with snapshot(database.engine, RING) as found:
        read = await events(found, wanted)
        assert await found.count(wanted) == len(read)
    return [each.seq for each in read]


async def test_every_event_is_read_once_in_the_order_of_the_journal(lived: Database) -> None:
    async with snapshot(lived.engine, RING) as found:
        read = await events(found)
        assert [each.seq for each in read] == [*range(1, found.last + 1)]
        assert await found.count(ALL) == len(read)
        assert len(read) > 2 * PAGE
        versions: dict[str, int] = {}
        for each in read:
            versions[each.stream] = versions.get(each.stream, 0) + 1
            assert each.record.version == versions[each.stream]


async def test_what_is_written_while_it_is_read_is_not_in_it(house: House) -> None:
    database = await house.town()
    name, (first, *others) = next(iter(LIVES.items()))
    async with database.connection() as connection:
        scribe = Scribe(connection)
        await scribe.write(name, first)
        await sequencer.advance(connection)
        async with snapshot(database.engine, RING) as found:
            before = found.last
            await scribe.live(name, others)
            await sequencer.advance(connection)
            assert [each.seq for each in await events(found)] == [*range(1, before + 1)]
    assert len(await seqs(database, ALL)) > before


async def test_what_has_no_number_yet_is_in_no_export(house: House) -> None:
    database = await house.town()
    name, commands = next(iter(LIVES.items()))
    async with database.connection() as connection:
        await Scribe(connection).live(name, commands)
    assert await seqs(database, ALL) == []


async def test_filters_leave_what_they_name(lived: Database) -> None:
    async with snapshot(lived.engine, RING) as found:
        read = await events(found)
    case_id, middle = read[40].stream, read[len(read) // 2].record.recorded_at
    kinds = ("case.registered", "case.closed")
    wanted = Wanted(kinds=kinds)
    assert await seqs(lived, wanted) == await numbers(lived, "kind = any($1)", [*kinds])
    wanted = Wanted(streams=[case_id])
    assert await seqs(lived, wanted) == await numbers(lived, "e.case_id = $1", case_id)
    wanted = Wanted(since=middle)
    assert await seqs(lived, wanted) == await numbers(lived, "recorded_at >= $1", middle)
    wanted = replace(wanted, since=None, until=middle)
    assert await seqs(lived, wanted) == await numbers(lived, "recorded_at < $1", middle)
    assert await seqs(lived, Wanted(since=middle, until=middle)) == []
    there = "e.case_id in (select case_id from case_units where unit_id = $1)"
    wanted = Wanted(unit="orchard", below=TOWN.organisation.subtree("orchard"))
    assert await seqs(lived, wanted) == await numbers(lived, there, "orchard")


@pytest.mark.rule("§2")
async def test_nobody_gets_more_than_their_lists_show(lived: Database) -> None:
    async with snapshot(lived.engine, RING) as found:
        cases = sorted({each.stream for each in await events(found)})
    for unit in ("orchard-1", "orchard", "bridge", "stone", "water", "works", "city"):
        below = TOWN.organisation.subtree(unit)
        sight = Sight(units=[unit], mediating=[], below=below)
        async with snapshot(lived.engine, RING) as found:
            read = {each.stream for each in await events(found, Wanted(sight=sight))}
            may = [c for c in cases if await reading.may_see(found.connection, c, [unit])]
        assert read == {*may}


# -- what is shown -------------------------------------------------------------


def about(count: int = 0) -> About:
    return About(format="jsonl", origin="", filters={}, events=count, until_seq=count, at=START)


async def drawn(found: Snapshot, wanted: Wanted, reader: Reader) -> list[Line]:
    source = Source(about(await found.count(wanted)), found, wanted, reader, TOWN.organisation)
    return [line async for page in source.lines() for line in page]


@pytest.mark.rule("R7.1")
async def test_every_reader_gets_what_the_timeline_shows_them(lived: Database) -> None:
    posts = TOWN.organisation.posts.values()
    held = {who: tuple(p for p in posts if p.person_id == who) for who in PEOPLE}
    readers = [Reader(person_id=p, posts=found, language="en") for p, found in held.items()]
    readers.append(Reader())
    async with snapshot(lived.engine, RING) as found:
        disputes = await found.disputes(sorted({each.stream for each in await events(found)}))
        assert len(disputes) > 5
        for reader in readers:
            for case_id in sorted(disputes)[:8]:
                history = await reading.history(found.connection, case_id, RING)
                assert history is not None
                seen = as_read_by(history, reader.person_id, reader.posts)
                expected = [
                    views.event_view(line, TOWN.organisation, reader.language)
                    for line in seen.lines
                ]
                shown = await drawn(found, Wanted(streams=[case_id]), reader)
                assert [line.view for line in shown] == expected, case_id


# -- forms ---------------------------------------------------------------------


async def exported(database: Database, form: str, wanted: Wanted = ALL) -> tuple[About, bytes]:
    export = await begun(database, form, wanted)
    async with export.sources:
        return export.about, b"".join([piece async for piece in export.pieces])


async def begun(database: Database, form: str, wanted: Wanted = ALL) -> Export:
    asked = Asked(format=form, wanted=wanted, filters={}, reader=Reader())  # type: ignore[arg-type]
    return await opened(database.engine, RING, TOWN.organisation, asked, told)


async def told(_: About) -> None:
    """Nobody has to know."""


async def test_json_lines_say_what_they_are_and_that_they_are_whole(lived: Database) -> None:
    said, body = await exported(lived, "jsonl")
    head, *found, end = map(orjson.loads, body.splitlines())
    assert (head["type"], head["events"], head["until_seq"]) == (
        *("shouwen.export", said.events, said.until_seq),
    )
    assert [each["seq"] for each in found] == [*range(1, said.events + 1)]
    assert {each["type"] for each in found} == {"event"}
    assert (end["type"], end["complete"], end["events"]) == ("end", True, said.events)


async def test_a_table_reads_back_as_it_was(lived: Database) -> None:
    said, body = await exported(lived, "csv")
    _, as_lines = await exported(lived, "jsonl")
    assert body.startswith(b"\xef\xbb\xbf")
    text = body.decode("utf-8-sig")
    assert text.count("\r\n") >= said.events
    head, *found, end = csv.reader(io.StringIO(text, newline=""))
    assert tuple(head) == tables.COLUMNS
    named = [dict(zip(head, row, strict=True)) for row in found]
    whole = [orjson.loads(line) for line in as_lines.splitlines()[1:-1]]
    assert len(named) == len(whole)
    for row, event in zip(named, whole, strict=True):
        assert orjson.loads(row["data"]) == event["data"]
        assert (row["seq"], row["words"]) == (str(event["seq"]), event["words"])
        assert row["by_id"] == event["by"]["id"]
    assert end[head.index("kind")] == "export.complete"


DANGEROUS = (
    "=1+1",
    "+1",
    "-1",
    "@a",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    " =1",
    "\n=1",
    "　=1",
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_is_a_formula(text: str) -> None:
    assert tables.safe(text) == f"'{text}"
    (row,) = csv.reader(io.StringIO(tables.rows([[text]]), newline=""))
    assert row == [f"'{text}"]


@pytest.mark.parametrize("cell", ["", "王小明", "a=b", "1-2", '"quoted", \r\n too', 7, -7])
def test_other_cells_stay_as_they_are(cell: str | int) -> None:
    (row,) = csv.reader(io.StringIO(tables.rows([[cell]]), newline=""))
    assert row == [str(cell)]


# -- when it does not come to its end --------------------------------------------


async def idle(database: Database) -> int:
    """Connections that hold a snapshot open."""
    async with database.as_role("superuser") as connection:
        found = await connection.fetchval(
            "select count(*) from pg_stat_activity where datname = $1 and state like 'idle in%'",
            database.name,
        )
    return int(found)


async def test_whoever_stops_reading_leaves_nothing_open(lived: Database) -> None:
    export = await begun(lived, "jsonl")
    async with export.sources, aclosing(export.pieces) as pieces:
        await anext(pieces)
        await anext(pieces)
        assert await idle(lived) == 1
    assert await idle(lived) == 0


@pytest.mark.parametrize("form", ["jsonl", "csv"])
async def test_what_breaks_off_never_looks_whole(lived: Database, form: str) -> None:
    export, pieces = await begun(lived, form), list[bytes]()
    with pytest.raises((*DATABASE_AWAY, asyncpg.InternalClientError)):
        await cut_short(lived, export, pieces)
    assert len(pieces) == 2
    assert b"complete" not in b"".join(pieces)


async def cut_short(database: Database, export: Export, pieces: list[bytes]) -> None:
    """Read on after the database went away."""
    async with export.sources:
        async for piece in export.pieces:
            pieces.append(piece)
            if len(pieces) == 2:
                await ended(database)


async def ended(database: Database) -> None:
    """The database goes away in the middle."""
    async with database.as_role("superuser") as connection:
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = $1 and state like 'idle in%'",
            database.name,
        )


async def test_nothing_leaves_before_it_is_written_down(lived: Database) -> None:
    async def refuse(found: About) -> None:
        assert found.events == found.until_seq > 0
        raise ConnectionError

    asked = Asked(format="jsonl", wanted=ALL, filters={}, reader=Reader())
    with pytest.raises(ConnectionError):
        await opened(lived.engine, RING, TOWN.organisation, asked, refuse)
    assert await idle(lived) == 0


async def test_fewer_lines_than_were_counted_are_not_called_whole(lived: Database) -> None:
    async with snapshot(lived.engine, RING) as found:
        source = Source(about(3), found, ALL, Reader(), TOWN.organisation)
        with pytest.raises(Incomplete):
            [piece async for piece in lines.write(source)]


def test_times_are_in_universal_time() -> None:
    assert tables.instant(datetime(2026, 3, 2, 10, tzinfo=UTC)) == "2026-03-02T10:00:00Z"
