"""R3.2: the register of admissions in the database: its rows, its reads, its rebuild."""

from typing import Any

import asyncpg
import pytest

from domain.admission.commands import RefuseAdmission, RevokeAdmission
from domain.commands import Tick
from store import admissions
from store.admissions import Wanted
from store.cursors import BadCursor
from store.rebuilding import rebuild_all
from tests.domain.story import CLOCK, XIE, by
from tests.domain.town import local
from tests.store.house import RING, Database, House, everything
from tests.store.lives import CANARY
from tests.store.register import applied, ask, granted, tell

pytestmark = pytest.mark.rule("R3.2")

TABLES = ("admissions", "admission_expenses", "admission_money")
NO = {"text": CANARY}


@pytest.fixture
async def database(house: House) -> Database:
    """Four admissions: waiting, granted for Orchard, expired for all of Bridge, refused."""
    found = await house.town()
    short = {"units": ("bridge",), "valid_until": local("04-01 00:00")}
    await tell(found, "admission-1", applied())
    await tell(found, "admission-2", *granted(yearly=700))
    await tell(found, "admission-3", *granted(**short), by(CLOCK, "04-01 00:01", Tick))
    await tell(found, "admission-4", applied(), by(XIE, "03-03 09:00", RefuseAdmission, **NO))
    return found


async def ids(connection: Any, **wanted: Any) -> list[str]:
    rows, _ = await admissions.page(connection, Wanted(**wanted), cursor=None, size=10)
    return [row["admission_id"].removeprefix("admission-") for row in rows]


async def test_the_register_is_searched_by_item_unit_state_and_date(database: Database) -> None:
    async with database.connection() as connection:
        assert await ids(connection) == ["4", "3", "2", "1"]
        assert await ids(connection, item_id="road") == ["4", "3", "2", "1"]
        assert await ids(connection, item_id="noise") == []
        assert await ids(connection, state="approved") == ["2"]
        assert await ids(connection, applicant_unit="bridge", state="expired") == ["3"]
        assert await ids(connection, units=("spring", "bridge", "east", "city")) == ["3"]
        assert await ids(connection, units=("orchard", "bridge")) == ["4", "3", "2", "1"]
        assert await ids(connection, in_force_at=local("03-15 00:00")) == ["3", "2"]
        assert await ids(connection, in_force_at=local("04-01 00:00")) == ["2"]
        assert await ids(connection, in_force_at=local("03-02 10:59")) == []


async def test_pages_follow_one_another(database: Database) -> None:
    async with database.connection() as connection:
        cursor, seen = None, []
        while True:
            rows, cursor = await admissions.page(connection, Wanted(), cursor=cursor, size=1)
            seen += [row["admission_id"] for row in rows]
            if cursor is None:
                break
        assert seen == [f"admission-{n}" for n in (4, 3, 2, 1)]
        with pytest.raises(BadCursor):
            await admissions.page(connection, Wanted(), cursor="nobody", size=1)


async def test_decisions_get_what_two_have_approved(database: Database) -> None:
    async with database.connection() as connection:
        two, three = await admissions.approved(connection, ["road"])
        assert (two.admission_id, two.units, two.yearly, two.used) == (
            "admission-2",
            ("orchard",),
            700,
            {},
        )
        assert (two.valid_from, two.ends_at) == (local("03-02 11:00"), local("07-01 00:00"))
        assert three.ends_at == local("04-01 00:00")


async def test_a_revocation_shows_at_once(database: Database) -> None:
    await tell(database, "admission-2", by(XIE, "03-05 09:00", RevokeAdmission, **NO))
    async with database.connection() as connection:
        assert await ids(connection, state="revoked") == ["2"]
        assert await ids(connection, in_force_at=local("03-05 09:00")) == ["3"]
        assert [row["admission_id"] for row in await admissions.in_force(
            connection, local("03-05 08:59"))] == ["admission-2", "admission-3"]  # fmt: skip


async def test_what_still_waits_is_found_again(database: Database) -> None:
    async with database.connection() as connection:
        assert await admissions.open_admissions(connection) == ["admission-1", "admission-2"]
        assert await admissions.open_admissions(connection, "admission-1") == ["admission-2"]


async def test_a_refusal_by_the_rules_leaves_no_row(database: Database) -> None:
    result = await ask(database, "admission-5", applied(item_id="dragons"))
    assert result.refusal is not None
    assert result.refusal.code == "unknown_item"
    assert result.position.ended
    async with database.connection() as connection:
        assert await ids(connection) == ["4", "3", "2", "1"]


async def test_texts_are_stored_sealed(database: Database) -> None:
    async with database.connection() as connection:
        found = await everything(connection, ("events", "commands", "outbox", *TABLES))
    assert CANARY not in str(found)
    assert len(found["events"]) == 10


DAMAGE = {
    "nothing": "select 1",
    "everything deleted": "delete from admissions",
    "an orphan": "insert into admissions select 'admission-0', 1, 'x', 'x', '{}', 'x', 'x', 'x',"
    " now(), now(), now(), null, now(), 0, null",
    "other words": "update admissions set state = 'x', units = '{}', next_due = now()",
    "an old version": "update admissions set version = 1, in_force_from = null",
    "a version of the future": "update admissions set version = 99, yearly = 0",
    "money nobody spent": "insert into admission_money values ('admission-2', 2026, 9, 9)",
}


@pytest.mark.rule("R14.6")
@pytest.mark.parametrize("damage", DAMAGE)
async def test_a_rebuild_gives_the_live_rows(database: Database, damage: str) -> None:
    connection: asyncpg.Connection
    async with database.connection() as connection:
        before = await everything(connection, TABLES)
        await connection.execute(DAMAGE[damage])
        await rebuild_all(connection, RING, database.engine.url)
        assert await everything(connection, TABLES) == before


@pytest.mark.rule("R14.1")
@pytest.mark.parametrize("stream", ["SW-1", "office"])
async def test_a_workflow_of_admissions_ends_under_the_id_of_anything_else(
    database: Database, stream: str
) -> None:
    """What it would read there is not its own: it does not ask again for ever."""
    result = await ask(database, stream, by(CLOCK, "03-05 09:00", Tick))
    assert (result.accepted, result.position.ended) == (False, True)
    assert result.refusal is not None
    assert result.refusal.code == "no_such_stream"
