"""R14.4: `shouwen erase` as two people type it."""

import asyncio
import os
import sys

import pytest

from cli.seed import PASSWORD
from settings import as_environ
from tests.e2e.erasures import until_carried_out
from tests.e2e.office import ROOT, Office
from tests.e2e.test_erasures import taken_back

pytestmark = pytest.mark.rule("R14.4")


async def typed(office: Office, login: str, *words: str) -> tuple[int, str]:
    """Status and what was said."""
    password = (office.settings.data / PASSWORD).read_text().strip()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli.main", "erase", "--login", login, *words),
        cwd=ROOT,
        env={**os.environ, **as_environ(office.settings), "ERASE_PASSWORD": password},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await process.communicate()
    return process.returncode or 0, told.decode()


async def test_one_person_asks_and_another_agrees(office: Office) -> None:
    case = await taken_back(office)
    status, told = await typed(office, "yanruoning", case.case_id, "--reason", "本人书面申请")
    assert status == 0, told
    erasure_id = told.partition(":")[0]
    assert f"{case.case_id} reporter: waiting" in told
    assert "It waits for 舒致远" in told

    status, told = await typed(office, "yanruoning", "--approve", erasure_id)
    assert (status, told) == (
        1,
        "you asked for it yourself: another person has to agree [asked_for_it]\n",
    )
    status, told = await typed(office, "shuzhiyuan", "--approve", erasure_id)
    assert status == 0, told
    await until_carried_out(office, erasure_id)
    status, told = await typed(office, "shuzhiyuan", "--show", erasure_id)
    assert f"{erasure_id}: carried out" in told
    assert "2 keys were destroyed" in told
    assert "Not reached: Backups hold the old keys" in told


async def test_what_cannot_be_is_said_in_one_line(office: Office) -> None:
    case = await taken_back(office)
    for words, said in (
        ((case.case_id,), "Say why: --reason\n"),
        ((), "Name cases, or one of --approve, --refuse and --show\n"),
        (
            (case.case_id, "--subject", "party-1", "--reason", "申请"),
            f"the case has nobody of that name ({case.case_id}, party-1) [no_such_subject]\n",
        ),
    ):
        assert await typed(office, "yanruoning", *words) == (1, said)
    status, told = await typed(office, "shenyiming", case.case_id, "--reason", "申请")
    assert status == 1
    assert "your post does not allow it" in told
