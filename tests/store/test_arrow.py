"""Rows that come by the column are those PostgreSQL has, and whatever goes wrong is said."""

import socket
from collections.abc import Iterator
from threading import Timer

import duckdb
import pytest
from sqlalchemy.engine import URL, make_url

from store.arrow import CannotRead, Rows
from store.database import libpq
from tests.store.house import Database


@pytest.fixture
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        yield connection


def read(duck: duckdb.DuckDBPyConnection, url: URL, query: str, shown: str = "*") -> object:
    Rows(url, query).read(duck, f"create or replace temp table found as select {shown} from rows")  # noqa: S608 - a test's own
    return duck.execute("from found").fetchall()


VALUES = {
    "null::text": None,
    "null::timestamptz": None,
    "'' ": "",
    "'O''Brien \"x\"; --\\'": 'O\'Brien "x"; --\\',
    "'首问负责 ä 🏮'": "首问负责 ä 🏮",
    "E'two\\nlines,\\ttab'": "two\nlines,\ttab",
    "32767::smallint": 32767,
    "-1::int": -1,
    "true": True,
    """'{"b": "首", "a": null}'::jsonb::text""": '{"a": null, "b": "首"}',
}


@pytest.mark.parametrize("written", VALUES)
def test_a_value_comes_as_it_is(
    shared: Database, duck: duckdb.DuckDBPyConnection, written: str
) -> None:
    assert read(duck, shared.engine.url, f"select {written} as x") == [(VALUES[written],)]


def test_moments_come_to_the_microsecond(shared: Database, duck: duckdb.DuckDBPyConnection) -> None:
    moments = ("2026-03-02 09:00:00.000001+08", "1999-12-31 23:59:59.999999+00", "2100-01-01+00")
    query = " union all ".join(f"select '{moment}'::timestamptz as x" for moment in moments)
    assert read(duck, shared.engine.url, query, "x::varchar as x") == [
        ("2026-03-02 01:00:00.000001+00",),
        ("1999-12-31 23:59:59.999999+00",),
        ("2100-01-01 00:00:00+00",),
    ]


def test_a_huge_text_and_many_rows_come_whole(
    shared: Database, duck: duckdb.DuckDBPyConnection
) -> None:
    url = shared.engine.url
    huge = "select repeat('问', 20000000) as x"
    assert read(duck, url, huge, "length(x), left(x, 1)") == [(20_000_000, "问")]
    many = "select n, repeat('x', (n % 100)::int) as x from generate_series(1, 300000) n"
    assert read(duck, url, many, "count(*), sum(n), sum(length(x))") == [
        (300_000, 300_000 * 300_001 // 2, 3_000 * 4_950)
    ]


def test_of_no_rows_there_are_none(shared: Database, duck: duckdb.DuckDBPyConnection) -> None:
    assert read(duck, shared.engine.url, "select 1 as x where false") == []


def test_it_reads_and_writes_nothing(shared: Database, duck: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(CannotRead, match="read-only transaction"):
        read(duck, shared.engine.url, "select nextval('events_position_seq') as x")


def test_a_server_that_is_not_there_is_said_at_once(duck: duckdb.DuckDBPyConnection) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        url = make_url(f"postgresql://nobody:secret@127.0.0.1:{port}/none")
        with pytest.raises(CannotRead, match="Connection refused") as raised:
            read(duck, url, "select 1 as x")
    assert "secret" not in str(raised.value)


def test_who_may_not_sign_in_is_told(shared: Database, duck: duckdb.DuckDBPyConnection) -> None:
    url = shared.engine.url.set(password="no, \\'this' is not it")
    with pytest.raises(CannotRead, match="password authentication failed"):
        read(duck, url, "select 1 as x")


@pytest.mark.parametrize("query", ["select nothing from nowhere", "select 1 / (n - 90000) as x"])
def test_what_fails_at_once_or_midway_is_said_and_leaves_the_engine_as_it_was(
    shared: Database, duck: duckdb.DuckDBPyConnection, query: str
) -> None:
    more = " from generate_series(1, 100000) n" if "n -" in query else ""
    with pytest.raises(CannotRead, match=r"does not exist|division by zero"):
        read(duck, shared.engine.url, query + more)
    assert read(duck, shared.engine.url, "select 1 as x") == [(1,)]
    assert duck.execute("select count(*) from duckdb_views() where not internal").fetchall() == [
        (0,)
    ]


def test_what_duckdb_cannot_do_is_its_own_failure(
    shared: Database, duck: duckdb.DuckDBPyConnection
) -> None:
    with pytest.raises(duckdb.Error, match="nothing"):
        read(duck, shared.engine.url, "select 1 as x", "nothing")


async def test_a_server_that_ends_midway_is_said(
    shared: Database, duck: duckdb.DuckDBPyConnection
) -> None:
    """Ended by whoever runs it: the one that reads ends its own connection."""
    query = """select n, case when n = 50000 then pg_terminate_backend(pg_backend_pid()) end as x
     from generate_series(1, 10000000) n"""
    with pytest.raises(CannotRead):
        read(duck, shared.engine.url, query)


def test_stopped_it_ends_though_nothing_comes(
    shared: Database, duck: duckdb.DuckDBPyConnection
) -> None:
    rows = Rows(shared.engine.url, "select pg_sleep(600)::text as x")
    rows.stop()  # before it has begun: nothing to stop
    timer = Timer(0.3, rows.stop)
    timer.start()
    with pytest.raises(CannotRead, match="canceling statement"):
        rows.read(duck, "create temp table found as from rows")
    timer.join()


async def test_a_snapshot_is_shared_whatever_is_written_meanwhile(
    shared: Database, duck: duckdb.DuckDBPyConnection
) -> None:
    url, query = shared.engine.url, "select count(*) as x from written"
    async with shared.connection() as one, shared.as_role("owner") as other:
        await other.execute("create table written (x int); grant select on written to public")
        async with one.transaction(isolation="repeatable_read", readonly=True):
            snapshot = await one.fetchval("select pg_export_snapshot()")
            await other.execute("insert into written values (1)")
            Rows(url, query, snapshot).read(duck, "create temp table before as from rows")
            Rows(url, query).read(duck, "create temp table after as from rows")
        with pytest.raises(CannotRead, match="snapshot"):
            Rows(url, query, snapshot).read(duck, "create temp table later as from rows")
        await other.execute("drop table written")
    assert duck.execute("from before union all from after order by 1").fetchall() == [(0,), (1,)]


def test_an_address_is_told_as_libpq_reads_it() -> None:
    url = make_url("postgresql+asyncpg://ann:a%27b%5Cc%20d@h:6/d?ssl=verify-full&host=%2Frun%2Fx")
    assert libpq(url, options="-c a=b") == (
        r"host='/run/x' port='6' user='ann' password='a\'b\\c d' dbname='d'"
        " sslmode='verify-full' options='-c a=b'"
    )
