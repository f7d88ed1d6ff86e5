"""What is recorded of looks, sign-ins and refusals is in the journal before anybody goes on."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from cli.evidence.verify import walk
from domain.access import UNKNOWN
from domain.access.events import (
    AccessRefused,
    PersonalDataShown,
    SessionEnded,
    SignedIn,
    TokenMade,
)
from domain.streams import Noun, noun_of
from domain.values import By
from domain.words.access import Holder, Shown
from store import access_pages, accounts, cursors, journal, reading, sequencer
from store.access_pages import Recorded, Wanted
from store.folds import ACCESS
from store.recorder import Recorder
from tests.store.house import RING, Database, House, everything

pytestmark = pytest.mark.rule("R14.5")
MEI = By(person_id="mei", post_id="clerk", unit_id="bridge")
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
LOOK = PersonalDataShown(at=AT, by=MEI, about="SW-1", version=3, fields=("reporter.phone",))


@pytest.fixture
async def database(house: House) -> Database:
    return await house.town()


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[asyncpg.Connection]:
    async with database.connection() as connection:
        yield connection


@pytest.fixture
async def recorder(database: Database) -> AsyncIterator[Recorder]:
    made = Recorder(database.url(), RING)
    yield made
    await made.close()


async def found(connection: asyncpg.Connection, **wanted: object) -> list[Recorded]:
    page, _ = await access_pages.page(
        connection,
        Wanted(**wanted),  # type: ignore[arg-type]
        RING,
        cursor=None,
        size=200,
    )
    return page


async def test_each_process_has_a_stream_of_its_own_chained_like_any_other(
    connection: asyncpg.Connection, recorder: Recorder, database: Database
) -> None:
    other = Recorder(database.url(), RING)
    for each in (recorder, recorder, other):
        await each.record(LOOK)
    await other.close()
    assert noun_of(recorder.stream) is Noun.ACCESS
    assert recorder.stream != other.stream
    past = await reading.past(connection, ACCESS, recorder.stream, RING)
    assert past is not None
    assert [(line.version, line.event) for line in past.lines] == [(1, LOOK), (2, LOOK)]
    first, second = past.lines
    assert (first.prev_hash, second.prev_hash) == (None, first.hash)
    assert await sequencer.advance(connection) == 3


async def test_whoever_verifies_the_journal_verifies_it_too(
    connection: asyncpg.Connection, recorder: Recorder, database: Database
) -> None:
    for _ in range(3):
        await recorder.record(LOOK, LOOK)
    await sequencer.advance(connection)
    assert (await walk(database.url(), 1)).tally.count == 0
    async with database.as_role("owner") as owner:
        await owner.execute("alter table events disable trigger user")
        await owner.execute(
            """update events set data = jsonb_set(data, '{fields}', '[]') where version = 4"""
        )
        await owner.execute("alter table events enable always trigger events_append_only")
    first, *_ = (await walk(database.url(), 1)).tally.first
    assert (first.stream, first.version) == (recorder.stream, 4)


async def test_who_records_goes_on_when_it_is_in_the_journal_and_not_before(
    connection: asyncpg.Connection, recorder: Recorder, database: Database
) -> None:
    async with database.connection() as other:
        lock = other.transaction()
        await lock.start()
        await other.execute("lock table access_record in exclusive mode")
        looking = asyncio.create_task(recorder.record(LOOK))
        async with asyncio.timeout(20):
            while not await waits_for_lock(other):  # noqa: ASYNC110 - the server tells no event
                await asyncio.sleep(0.01)
        assert not looking.done()
        await lock.rollback()
    await looking
    assert [line.event for line in await found(connection)] == [LOOK]


async def waits_for_lock(connection: asyncpg.Connection) -> bool:
    query = "select exists (select from pg_locks where not granted)"
    return bool(await connection.fetchval(query))


async def test_what_cannot_be_recorded_is_raised_and_the_next_one_goes_on(
    connection: asyncpg.Connection, recorder: Recorder
) -> None:
    await recorder.record(LOOK)
    wrong = replace(LOOK, about="\0")
    with pytest.raises(asyncpg.PostgresError):
        await recorder.record(wrong)
    await recorder.record(LOOK)
    assert [line.version for line in await found(connection)] == [2, 1]


async def test_a_database_that_is_away_lets_nobody_look() -> None:
    nowhere = Recorder("postgresql://nobody@127.0.0.1:9/none", RING)
    with pytest.raises(OSError, match="Connect"):
        await nowhere.record(LOOK)
    await nowhere.close()


async def test_what_waits_at_the_same_time_is_written_together(
    connection: asyncpg.Connection, recorder: Recorder
) -> None:
    await asyncio.gather(*(recorder.record(LOOK) for _ in range(100)))
    assert len(await found(connection)) == 100
    appends = await connection.fetchval("select count(distinct command_id) from events")
    assert appends <= 3


async def test_one_who_stops_waiting_keeps_nobody_else_waiting(
    connection: asyncpg.Connection, recorder: Recorder
) -> None:
    gone = asyncio.create_task(recorder.record(LOOK))
    staying = asyncio.create_task(recorder.record(LOOK))
    await asyncio.sleep(0)
    gone.cancel()
    await staying
    assert len(await found(connection)) == 2, "recorded, though nobody was shown anything"


async def test_the_label_of_a_token_is_sealed_and_read_again(
    connection: asyncpg.Connection, recorder: Recorder
) -> None:
    made = TokenMade(at=AT, by=MEI, person_id="gao", session="ab", label="老王的打印机", days=9)
    await recorder.record(made)
    assert [line.event for line in await found(connection)] == [made]
    stored = await everything(connection, ("events", "access_record"))
    assert "老王" not in str(stored)


async def test_the_record_is_found_by_person_case_kind_and_time(
    connection: asyncpg.Connection, recorder: Recorder
) -> None:
    signed = SignedIn(at=AT, by=By(person_id="gao"), session="ab")
    made = TokenMade(at=AT, by=MEI, person_id="gao", session="cd", label="x", days=9)
    for event in (LOOK, signed, made):
        await recorder.record(event)
    third, second, first = await found(connection)
    assert [third.event, second.event, first.event] == [made, signed, LOOK]
    assert await found(connection, person_id="gao") == [third, second]
    assert await found(connection, person_id="mei") == [third, first]
    assert await found(connection, about="SW-1") == [first]
    assert await found(connection, kinds=("access.signed_in",)) == [second]
    assert await found(connection, since=second.recorded_at) == [third, second]
    assert await found(connection, until=second.recorded_at) == [first]
    assert await found(connection, person_id="mei", about="SW-1", until=AT) == []


async def test_pages_hang_together_and_refuse_a_foreign_cursor(
    connection: asyncpg.Connection, recorder: Recorder
) -> None:
    await recorder.record(*[LOOK] * 5)
    seen: list[int] = []
    cursor: str | None = None
    for _ in range(3):
        page, cursor = await access_pages.page(connection, Wanted(), RING, cursor=cursor, size=2)
        seen += [line.version for line in page]
    assert (seen, cursor) == ([5, 4, 3, 2, 1], None)
    foreign = cursors.made(AT, "a", "b")
    with pytest.raises(cursors.BadCursor):
        await access_pages.page(connection, Wanted(), RING, cursor=foreign, size=2)


async def test_a_session_that_is_over_is_taken_away_and_recorded_once(
    connection: asyncpg.Connection, recorder: Recorder, database: Database
) -> None:
    await connection.execute("insert into accounts values ('mei', 'mei', 'x')")
    tokens = [
        await accounts.open_session(connection, "mei", kind, "", hours)  # type: ignore[arg-type]
        for kind, hours in (("browser", 1), ("machine", 0), ("browser", 0))
    ]
    other = Recorder(database.url(), RING)
    await asyncio.gather(recorder.sweep(), other.sweep())
    await other.close()
    lines = await found(connection, kinds=("access.session_ended",))
    ended = {
        (e.session, e.holder, e.by)
        for e in (line.event for line in lines)
        if isinstance(e, SessionEnded)
    }
    mei = By(person_id="mei")
    assert ended == {
        (accounts.session_of(tokens[1]), Holder.MACHINE, mei),
        (accounts.session_of(tokens[2]), Holder.BROWSER, mei),
    }
    assert len(lines) == 2
    assert await connection.fetchval("select count(*) from sessions") == 1


async def test_a_session_whose_end_cannot_be_recorded_stays_until_it_can(
    connection: asyncpg.Connection, recorder: Recorder, database: Database
) -> None:
    await connection.execute("insert into accounts values ('mei', 'mei', 'x')")
    await accounts.open_session(connection, "mei", "browser", "", 0)
    async with database.as_role("owner") as owner:
        await owner.execute("alter table access_record rename to elsewhere")
        with pytest.raises(asyncpg.UndefinedTableError):
            await recorder.sweep()
        await owner.execute("alter table elsewhere rename to access_record")
    assert await connection.fetchval("select count(*) from sessions") == 1
    await recorder.sweep()
    assert await connection.fetchval("select count(*) from sessions") == 0
    assert len(await found(connection)) == 1


async def test_a_refusal_of_somebody_unknown_names_nobody(
    connection: asyncpg.Connection, recorder: Recorder
) -> None:
    event = AccessRefused(
        at=AT + timedelta(hours=1),
        by=UNKNOWN,
        shown=Shown.RECEIPT,
        method="GET",
        route="/api/v1/cases/{case_id}",
        about="SW-1",
        status=404,
        code="case_not_found",
    )
    await recorder.record(event)
    (line,) = await found(connection, about="SW-1")
    assert (line.event, line.event.by.person_id) == (event, "unknown")


async def test_the_state_of_a_stream_of_the_record_is_its_id(
    connection: asyncpg.Connection, recorder: Recorder
) -> None:
    await recorder.record(LOOK, LOOK)
    loaded = await journal.load(connection, ACCESS, recorder.stream)
    assert (loaded.state.stream, loaded.version) == (recorder.stream, 2)
