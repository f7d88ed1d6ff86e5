"""Conformance of real cases, over HTTP and on the command line: who sees it, and what it says."""

import os
import subprocess
import sys
from typing import Any

import orjson
import pytest

from settings import as_environ
from tests.e2e.office import ROOT, Office
from tests.e2e.scenes.base import CLERK, Headers, auditor, forgotten, resolved
from tests.e2e.test_exports import numbered, supervisor, taken

pytestmark = pytest.mark.rule("R14.1")

PATH = "/api/v1/conformance"


async def found(office: Office, headers: Headers, **asked: Any) -> list[dict[str, Any]]:
    answer = await taken(office, headers, PATH, **asked)
    lines = [orjson.loads(line) for line in answer.content.splitlines()]
    assert lines[0]["until_seq"] == int(answer.headers["shouwen-until-seq"])
    assert lines[-1]["complete"] is True
    return lines


def shouwen(office: Office, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "conformance", *arguments],
        cwd=ROOT,
        env={**os.environ, **as_environ(office.settings)},
        capture_output=True,
        check=False,
        timeout=120,
    )


async def test_a_case_that_went_as_it_should_departs_from_nothing(office: Office) -> None:
    case = await resolved(office)
    await office.ask(CLERK, case.case_id, "record_follow_up", contacted=True, solved=True)
    await numbered(office, case.case_id)
    _, end = await found(office, await auditor(office), case=case.case_id)
    assert end["own"] == {"cases": 1, "departing": 0, "deviations": 0, "codes": {}}
    done = shouwen(office, "--case", case.case_id)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "1 own cases: 0 depart from the rulebook" in done.stdout.decode()


async def test_what_was_written_afterwards_is_said_with_its_rule_and_its_place(
    office: Office,
) -> None:
    case_id = await forgotten(office)
    await numbered(office, case_id)
    _, *deviations, end = await found(office, await auditor(office), case=case_id, lang="en")
    assert {each["case_id"] for each in deviations} == {case_id}
    first = deviations[0]
    told = (first["rule"], first["code"], first["version"], first["words"])
    assert told == ("R14.1", "recorded_late", 1, "recorded long after it happened")
    assert int(first["facts"]["seconds"]) > 19 * 24 * 3600
    assert first["at"] < first["recorded_at"]
    assert end["own"]["deviations"] == len(deviations)
    _, calm = await found(
        office, await auditor(office), case=case_id, tolerance_minutes=60 * 24 * 30
    )
    assert calm["own"]["departing"] == 0
    done = shouwen(office, "--case", case_id, "--format", "jsonl", "--lang", "en")
    assert done.returncode == 1
    assert [orjson.loads(line) for line in done.stdout.splitlines()][1:-1] == deviations
    spoken = shouwen(office, "--case", case_id)
    assert f"R14.1 recorded_late: {case_id} version 1, number" in spoken.stdout.decode()


@pytest.mark.rule("§2")
async def test_it_is_for_those_who_oversee_and_within_their_sight(office: Office) -> None:
    case_id = await forgotten(office)
    await numbered(office, case_id)
    clerk = await office.http.get(PATH, headers=await office.as_person(CLERK))
    assert (clerk.status_code, clerk.json()["code"]) == (403, "not_entitled")
    here, elsewhere = await supervisor(office, "liuyin"), await supervisor(office, "shiqiao")
    assert len(await found(office, here, case=case_id)) > 2
    assert len(await found(office, elsewhere, case=case_id)) == 2
