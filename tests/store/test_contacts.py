"""R14.4: a number is opened with its owner's key and no other, or not at all."""

from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from domain.commands import Contact, Register
from domain.words import CaseType
from store import contacts
from store.contacts import Erased
from store.keys import KeyRing, UnknownKey
from tests.domain.story import MEI, by, request
from tests.store.house import RING, Database, House, Scribe

pytestmark = pytest.mark.rule("R14.4")
DISPUTE = request(
    case_type=CaseType.DISPUTE,
    reporter=Contact(name="王建国", phone="19900001234"),
    parties=(Contact(name="李红", phone="19900005678"), Contact()),
)


@pytest.fixture
async def database(house: House) -> Database:
    return await house.town()


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[asyncpg.Connection]:
    async with database.connection() as connection:
        yield connection


async def opened(connection: asyncpg.Connection, ring: KeyRing = RING) -> str:
    case_id = f"SW-{uuid4().hex}"
    await Scribe(connection, ring).write(case_id, by(MEI, "03-02 09:00", Register, **DISPUTE))
    return case_id


async def subjects(connection: asyncpg.Connection, case_id: str) -> list[str]:
    rows = await connection.fetch("select subject from subject_keys where case_id = $1", case_id)
    return sorted(row["subject"] for row in rows)


async def test_each_person_of_a_case_has_their_own_number(connection: asyncpg.Connection) -> None:
    case_id = await opened(connection)
    people = [s for s in await subjects(connection, case_id) if s != "case"]
    found = {s: await contacts.phone_of(connection, case_id, s, RING) for s in people}
    assert found.pop("reporter") == "19900001234"
    assert "19900005678" in found.values()


@pytest.mark.parametrize("subject", ["nobody", "case", ""])
async def test_who_gave_no_number_has_none(connection: asyncpg.Connection, subject: str) -> None:
    case_id = await opened(connection)
    assert await contacts.phone_of(connection, case_id, subject, RING) == ""
    assert await contacts.phone_of(connection, "no such case", "reporter", RING) == ""


async def test_one_person_s_erasure_takes_their_number_and_nobody_else_s(
    database: Database, connection: asyncpg.Connection
) -> None:
    case_id = await opened(connection)
    async with database.as_role("owner") as owner:
        await owner.execute(
            """update subject_keys set wrapped = null, destroyed_at = now()
               where case_id = $1 and subject = 'reporter'""",
            case_id,
        )
    with pytest.raises(Erased):
        await contacts.phone_of(connection, case_id, "reporter", RING)
    others = [s for s in await subjects(connection, case_id) if s not in {"case", "reporter"}]
    numbers = [await contacts.phone_of(connection, case_id, s, RING) for s in others]
    assert "19900005678" in numbers


async def test_without_the_master_key_no_number_is_read(connection: asyncpg.Connection) -> None:
    case_id = await opened(connection)
    with pytest.raises(UnknownKey):
        await contacts.phone_of(connection, case_id, "reporter", KeyRing(bytes(32)))
