"""R14.4: a dump older than an erasure brings the erased back; by a list kept elsewhere they are
forgotten again, and whoever cannot be is named.
"""

import asyncio
import base64
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from activities.erasure import ErasureActivities
from activities.messages import StepResult
from cli.evidence.erased import Forgotten, forget_again
from cli.main import app
from domain.commands import Register, Withdraw
from domain.erasure.commands import ApproveErasure, ErasureCommand, RequestErasure, Target
from settings import Settings, as_environ, load_settings
from store import erased, sequencer
from store.erased import Damaged, Erased
from store.rebuilding import rebuild_all
from tests.activities.bureau import Bureau
from tests.activities.test_erasing import Carrier, said, taken_back
from tests.domain.forgetting import ASKED, PIA, PO
from tests.domain.story import MEI, RESIDENT, by, request
from tests.store.house import JOURNAL, RING, VIEWS, Database, House, everything
from tests.store.lives import CANARY
from tests.store.tampering import copy_of
from workflows.sending import step_of

pytestmark = pytest.mark.rule("R14.4")

HIM = Target(case_id="SW-1")


@pytest.fixture
async def bureau(house: House) -> Bureau:
    return Bureau(await house.town())


async def erase(bureau: Bureau, *targets: Target) -> None:
    """Asked for, agreed to, carried out."""
    activities = ErasureActivities(bureau.database.engine, RING, ahead=None)

    async def tell(command: ErasureCommand) -> None:
        known = replace(command, command_id=str(uuid4()))
        result: StepResult = await activities.execute("erasure-1", step_of(known))
        assert result.refusal is None, result.refusal

    await tell(by(PO, "03-16 09:00", RequestErasure, **{**ASKED, "targets": targets}))
    await tell(by(PIA, "03-16 10:00", ApproveErasure, text="同意"))
    for target in targets:
        step = await Carrier(bureau).carry_out(target)
        result = await activities.execute("erasure-1", step)
        assert result.refusal is None, result.refusal


async def listed(bureau: Bureau) -> list[bytes]:
    async with bureau.database.connection() as connection:
        return [line async for line in erased.lines(connection)]


async def again(database: Database, people: list[Erased], folder: Path) -> Forgotten:
    """What the command does with the list, on that database."""
    return await forget_again(_settings(database, folder), people)


def _settings(database: Database, folder: Path) -> Settings:
    return load_settings(
        {
            "SHOUWEN_DATA": str(folder),
            "SHOUWEN_DATABASE_URL": database.url(),
            "SHOUWEN_MASTER_KEY": base64.b64encode(bytes(range(32))).decode(),
        }
    )


async def test_a_dump_older_than_an_erasure_forgets_again_by_the_list(
    bureau: Bureau, house: House, tmp_path: Path
) -> None:
    await taken_back(bureau)
    await taken_back(bureau, "SW-2")
    dump = Bureau(await copy_of(house, bureau.database))
    await taken_back(bureau, "SW-3")
    await erase(bureau, HIM, Target(case_id="SW-3"))
    written = await listed(bureau)
    assert CANARY.encode() not in b"".join(written)
    people = erased.read(written)
    assert people == [
        Erased(erasure_id="erasure-1", target=HIM),
        Erased(erasure_id="erasure-1", target=Target(case_id="SW-3")),
    ]

    assert CANARY in await said(dump, "SW-1")
    done = await again(dump.database, people, tmp_path)
    assert done == Forgotten(anew=1, absent=1)
    assert CANARY not in await said(dump, "SW-1")
    assert CANARY in await said(dump, "SW-2")
    (row,) = await dump.fetch("select title, search from cases where case_id = 'SW-1'")
    assert CANARY not in repr(row)
    async with dump.database.connection() as connection:
        await sequencer.advance(connection)
        before = await everything(connection, (*JOURNAL, *VIEWS))
        await rebuild_all(connection, RING, dump.database.engine.url)
        assert await everything(connection, (*JOURNAL, *VIEWS)) == before
    assert await again(dump.database, people, tmp_path) == Forgotten(before=1, absent=1)


async def test_whose_case_is_open_again_in_the_dump_is_named(
    bureau: Bureau, house: House, tmp_path: Path
) -> None:
    await bureau.happens("SW-1", by(MEI, "03-02 09:00", Register, **request()))
    dump = await copy_of(house, bureau.database)
    await bureau.happens("SW-1", by(RESIDENT, "03-02 09:30", Withdraw, text="算了"))
    await erase(bureau, HIM)
    done = await again(dump, erased.read(await listed(bureau)), tmp_path)
    assert done == Forgotten(kept={"SW-1/reporter": "case_open"})


async def test_a_list_that_was_cut_off_or_is_something_else_is_refused(bureau: Bureau) -> None:
    await taken_back(bureau)
    await erase(bureau, HIM)
    head, line, end = await listed(bureau)
    other = line.replace(b"erasure-1", b"SW-1")
    for damaged in ([], [head, line], [head, end], [line, end], [head, other, end], [b"{"]):
        with pytest.raises(Damaged):
            erased.read(damaged)
    assert len(erased.read([head, line, end])) == 1


async def test_the_commands_write_the_list_and_go_by_it(
    bureau: Bureau, house: House, tmp_path: Path
) -> None:
    await taken_back(bureau)
    dump = await copy_of(house, bureau.database)
    await erase(bureau, HIM)
    await bureau.database.engine.dispose()
    written = await shouwen(bureau.database, tmp_path, "list")
    file = tmp_path / "erased.jsonl"
    file.write_bytes(written.stdout_bytes)
    told = await shouwen(dump, tmp_path, "again", str(file))
    assert told.exit_code == 0, told.exception
    assert told.output == (
        "1 of 1 were in the database and are forgotten again; "
        "0 were forgotten in it already; the cases of 0 are not in it.\n"
    )
    file.write_bytes(written.stdout_bytes[:-10])
    refused = await shouwen(dump, tmp_path, "again", str(file))
    assert str(refused.exception) == f"{file} is not a whole list of `shouwen erased list`"


async def shouwen(database: Database, folder: Path, *argv: str) -> Result:
    environ = as_environ(_settings(database, folder))
    runner = CliRunner()
    return await asyncio.to_thread(lambda: runner.invoke(app, ["erased", *argv], env=environ))
