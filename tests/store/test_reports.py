"""R12.6: reports in the database: the record, the register, the files, and the register anew."""

from typing import Any

import asyncpg
import pytest

from store import reading, reports
from store.cursors import BadCursor
from store.folds import REPORT
from store.rebuilding import rebuild_all
from tests.domain.town import local
from tests.store.house import RING, Database, House, everything
from tests.store.reported import FILE, SHA256, report_written

pytestmark = pytest.mark.rule("R12.6")


@pytest.fixture
async def database(house: House) -> Database:
    """The hills' reports of March, corrected, and of the quarter; Orchard-1's of March."""
    found = await house.town()
    for changed in (
        {},
        {"edition": 2, "as_of": local("04-10 04:00"), "matter": "m2"},
        {"period": "2026-Q1"},
        {"unit_id": "orchard-1"},
    ):
        result = await report_written(found, **changed)
        assert result.accepted, result.refusal
    return found


async def ids(connection: Any, **wanted: str | None) -> list[str]:
    asked = {"unit_id": None, "period": None, **wanted}
    rows, _ = await reports.page(connection, asked["unit_id"], asked["period"], cursor=None, size=9)
    return [row["report_id"] for row in rows]


async def test_the_register_shows_the_newest_edition(database: Database) -> None:
    async with database.connection() as connection:
        rows, after = await reports.page(connection, "hills", "2026-03", cursor=None, size=9)
        past = await reading.past(connection, REPORT, "report-2026-03-hills", RING)
    assert after is None
    (row,) = rows
    assert (row["edition"], row["version"], row["as_of"]) == (2, 2, local("04-10 04:00"))
    assert row["files"] == [
        {"form": "figures", "language": "", "size": len(FILE.content), "sha256": SHA256}
    ]
    assert past is not None
    assert [each.matter for each in past.state.editions] == ["m1", "m2"]


async def test_reports_are_found_by_unit_and_period(database: Database) -> None:
    async with database.connection() as connection:
        march = ["report-2026-03-orchard-1", "report-2026-03-hills"]
        assert await ids(connection) == ["report-2026-Q1-hills", *march]
        assert await ids(connection, unit_id="orchard-1") == march[:1]
        assert await ids(connection, period="2026-03") == march
        assert await reports.written(connection, "2026-03") == {"hills", "orchard-1"}
        found, cursor = list[str](), None
        for _ in range(3):
            rows, cursor = await reports.page(connection, None, None, cursor=cursor, size=1)
            found += [row["report_id"] for row in rows]
        assert (found, cursor) == (["report-2026-Q1-hills", *march], None)
        with pytest.raises(BadCursor):
            await reports.page(connection, None, None, cursor="x", size=1)


async def test_what_is_on_record_is_not_written_twice(database: Database) -> None:
    result = await report_written(database, edition=3, as_of=local("04-10 03:00"), matter="m2")
    assert (result.accepted, result.first_version, result.last_version) == (True, 3, 2)


async def test_the_register_is_made_anew_from_the_journal(database: Database) -> None:
    async with database.connection() as connection:
        before = await everything(connection, ("reports",))
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute("delete from reports where period = '2026-03'")
        await connection.execute("update reports set edition = 9, files = '[]'")
        made = await rebuild_all(connection, RING, database.engine.url)
        assert made["reports"].mended == 3
        assert await everything(connection, ("reports",)) == before
        await transaction.rollback()


async def test_a_file_is_kept_once_and_under_no_other_name(database: Database) -> None:
    async with database.connection() as connection:
        assert await reports.file(connection, SHA256) == FILE
        assert await reports.file(connection, "0" * 64) is None
        count = await connection.fetchval("select count(*) from report_files")
        assert count == 1
        for statement in (
            "delete from report_files",
            "update report_files set content = 'x'",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
        with pytest.raises(asyncpg.CheckViolationError):
            await connection.execute(
                "insert into report_files (sha256, media_type, content) values ($1, 'x', 'y')",
                "0" * 64,
            )
