"""`shouwen score check`: whether what is kept of the figures is what the events make (R12.5)."""

import asyncio
import base64
import json

import pytest
from typer.testing import CliRunner

from cli.main import app
from store.scores import checking
from tests.store.house import Database, House, Scribe
from tests.store.scores.test_keeper import HANDED, OPENED, follow

pytestmark = pytest.mark.rule("R12.5")


@pytest.fixture
async def office(house: House) -> Database:
    database = await house.town()
    async with database.connection() as connection:
        await Scribe(connection).write("SW-1", OPENED, HANDED)
        await follow(connection)
    return database


def checked(office: Database, *args: str) -> tuple[int, str]:
    """Its status and what it said."""
    found = CliRunner().invoke(
        app,
        ["score", "check", *args],
        env={
            "SHOUWEN_DATABASE_URL": office.url(),
            "SHOUWEN_DATABASE_OWNER_URL": office.url("owner"),
            "SHOUWEN_MASTER_KEY": base64.b64encode(bytes(32)).decode(),
        },
    )
    return found.exit_code, found.output or str(found.exception)


async def done(office: Database, statement: str) -> None:
    async with office.connection() as connection:
        await connection.execute(statement)


async def test_it_says_that_all_is_as_the_events_say(office: Database) -> None:
    status, said = await asyncio.to_thread(checked, office)
    assert status == 0, said
    assert said.splitlines()[-1] == "all as the events say"


async def test_it_names_the_first_posting_that_differs_and_what_mends_it(office: Database) -> None:
    await done(office, "update score_postings set unit_id = 'hills' where version = 1")
    status, said = await asyncio.to_thread(checked, office)
    assert status == 1
    assert "score_postings: case SW-1, event 1, posting 103\n" in said
    assert "unit_id: kept 'hills', by the events 'bridge'" in said
    assert "rebuild views" in said
    status, said = await asyncio.to_thread(checked, office, "--json")
    assert (status, json.loads(said)["first"]["key"]) == (1, ["SW-1", 1, 103])


async def test_while_much_is_not_taken_in_it_asks_to_wait(
    office: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office.connection() as connection:
        await Scribe(connection).write("SW-2", OPENED)
    monkeypatch.setattr(checking, "FAR", 1)
    status, said = await asyncio.to_thread(checked, office)
    assert (status, said.count("\n")) == (1, 0)
    assert "wait for the worker" in said


async def test_it_names_a_case_that_cannot_be_counted(office: Database) -> None:
    await done(office, "update score_keeper set stuck = '{SW-1}'")
    status, said = await asyncio.to_thread(checked, office)
    assert (status, said.splitlines()[-1]) == (
        1,
        "CANNOT BE COUNTED by the worker, its log says why: SW-1",
    )
