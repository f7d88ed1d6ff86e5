"""`shouwen export`: the same file as over HTTP, whole or not there at all."""

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from settings import as_environ
from tests.e2e.office import ROOT, Office
from tests.e2e.scenes.base import at_grid, auditor
from tests.e2e.test_exports import numbered, read, taken

pytestmark = pytest.mark.rule("R14.1")


def shouwen(office: Office, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "export", *arguments],
        cwd=ROOT,
        env={**os.environ, **as_environ(office.settings)},
        capture_output=True,
        check=False,
        timeout=120,
    )


async def test_the_file_holds_what_the_auditor_gets(office: Office, tmp_path: Path) -> None:
    case = await at_grid(office)
    await numbered(office, case.case_id)
    file = tmp_path / "case.jsonl"
    done = shouwen(office, str(file), "--case", case.case_id, "--from", "2020-01-01")
    assert done.returncode == 0, done.stderr
    _, *found, end = map(orjson.loads, file.read_bytes().splitlines())
    expected = read(await taken(office, await auditor(office), case=case.case_id))
    assert [{k: v for k, v in each.items() if k != "type"} for each in found] == expected
    assert end["complete"] is True
    assert f"{len(expected)} events" in done.stderr.decode()
    assert [each.name for each in tmp_path.iterdir()] == ["case.jsonl"]
    record = "/api/v1/access-record?kind=access.exported&case=" + case.case_id
    entry = (await office.get(record))["entries"][1]
    assert (entry["by"]["id"], entry["data"]["form"]) == ("console", "jsonl")
    table = shouwen(office, "-", "--case", case.case_id, "--format", "csv")
    assert table.stdout.startswith(b"\xef\xbb\xbfseq,case_id,version")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "pdf"], "There is no format 'pdf'"),
        (["--from", "yesterday"], "--from 'yesterday' is not a day"),
        (["--from", "20260302"], "--from '20260302' is not a day"),
        (["--unit", "nowhere"], "unknown_unit"),
        (["--kind", "case.dreamt"], "unknown_kind"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(
    office: Office, tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = shouwen(office, str(tmp_path / "file"), *arguments)
    assert done.returncode == 1
    assert said in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_is_said(office: Office, tmp_path: Path) -> None:
    done = shouwen(office, str(tmp_path / "missing" / "file"))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
