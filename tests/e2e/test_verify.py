"""A running office, with every noun in its journal, proves itself; so does its evidence file."""

import pytest

from cli.evidence.known import Known
from cli.evidence.offline import Checkpoint, Evidence, Log
from cli.evidence.verify import walk
from store import evidence_file
from store.verifying import whole
from tests.e2e.office import Office
from tests.e2e.scenes.base import opened
from tests.e2e.waiting import covered

pytestmark = pytest.mark.rule("R14.2")


async def test_a_running_office_proves_itself(office: Office) -> None:
    signed = await covered(office, (await opened(office)).case_id)
    log = (await office.http.get("/api/v1/checkpoints/log")).json()
    keys = tuple(each["vkey"] for each in log["keys"])
    known = Known(keys=keys, kept=(Checkpoint.of(signed["note"]),))
    url = office.settings.database_url or ""
    report = await walk(url, 1, given=known)
    assert (report.tally.first, report.doubts) == ([], [])
    assert report.checkpoints >= 1
    async with whole.snapshot(url) as connection:
        text = b"".join([piece async for piece, _ in evidence_file.pieces(connection)])
    evidence = Evidence(Log(pins=keys), [signed["note"]])
    evidence.read(text.splitlines(keepends=True))
    assert evidence.events >= report.numbered
    assert evidence.log.doubts == []
