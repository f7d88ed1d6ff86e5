"""R12.6: the schedule writes what is due, once, and whoever asks gets it byte for byte."""

import hashlib
import os
import subprocess
import sys
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from domain.scores import periods
from domain.words import UnitKind
from settings import as_environ
from store.database import raw
from tests.e2e.office import ROOT, Office
from tests.e2e.scenes.base import at_grid
from tests.e2e.test_notifications import until
from tests.store.postings import Ledger
from workflows.reports import REPORTS
from workflows.schedules import EVERY

pytestmark = pytest.mark.rule("R12.6")
ZONE = ZoneInfo("Asia/Shanghai")
TODAY = datetime.now(ZONE).date()
LAST_MONTH = periods.parse(f"{TODAY - timedelta(days=8):%Y-%m}").before()
"""The last one that is due: reports are written on the ninth day after a month."""
WRITTEN = "select count(*) from events where kind = 'report.written'"


async def counted(office: Office, *, now: bool = False) -> str:
    """Forty grades of the last due month count at a grid, known since then or only now; the
    community above it.
    """
    case = await at_grid(office)
    grid = (await office.case(case.case_id))["unit"]["id"]
    since, _ = LAST_MONTH.bounds(ZONE)
    at = since + timedelta(days=20)
    async with raw(office.engine) as connection:
        ledger = Ledger(connection)  # type: ignore[arg-type] # one of the pool's
        known = datetime.now(ZONE) if now else at
        await ledger.hits(grid, 38, 40, case_id=case.case_id, counted_at=at, known_at=known)
        await ledger.add_up()
    community = (await office.book()).organisation.units[grid].parent_id
    assert community is not None
    return community


async def settled(office: Office) -> bool:
    """Whether the town is as old as the moment a turn goes by, which is a little ago."""
    async with raw(office.engine) as connection:
        age = "select now() - max(recorded_at) > interval '25 seconds' from books"
        return bool(await connection.fetchval(age))


async def turn(office: Office) -> int:
    """Let the schedule run once; how many reports are in the journal then."""
    schedule = office.temporal.get_schedule_handle(REPORTS)
    before = (await schedule.describe()).info.num_actions

    async def over() -> bool:
        found = (await schedule.describe()).info
        return found.num_actions > before and not found.running_actions

    await schedule.trigger()
    await until(over, seconds=240)
    async with raw(office.engine) as connection:
        return int(await connection.fetchval(WRITTEN))


def shouwen(office: Office, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "report", *arguments],
        cwd=ROOT,
        env={**os.environ, **as_environ(office.settings)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.stdout + done.stderr


async def test_a_month_ends_and_its_reports_write_themselves(
    own_office: Office, tmp_path: Path
) -> None:
    office = own_office
    community = await counted(office)
    await until(partial(settled, office), seconds=60)
    schedule = await office.temporal.get_schedule_handle(REPORTS).describe()
    assert [each.every for each in schedule.schedule.spec.intervals] == [EVERY]
    organisation = (await office.book()).organisation
    expected = len([u for u in organisation.units.values() if u.kind is not UnitKind.GRID])
    assert await turn(office) == expected
    assert await turn(office) == expected, "the second turn writes nothing new"
    await _published(office, community)
    await _by_hand(office, community, tmp_path / "reports")


async def _published(office: Office, community: str) -> None:
    """Anybody gets it, without signing in, byte for byte."""
    month = LAST_MONTH.name
    answer = await office.http.get(f"/api/v1/reports?unit={community}&period={month}")
    (line,) = answer.json()["reports"]
    assert (answer.headers["cache-control"], line["edition"]) == ("public, max-age=60", 1)
    report = await office.get(f"/api/v1/reports/{line['report_id']}")
    (edition,) = report["editions"]
    assert [f["form"] for f in edition["files"]] == ["figures", "pdf", "xlsx", "pdf", "xlsx"]
    for file in edition["files"]:
        found = await office.http.get(file["url"])
        assert hashlib.sha256(found.content).hexdigest() == file["sha256"]
        assert len(found.content) == file["size"]
        assert found.headers["content-type"] == file["media_type"]
        assert found.headers["x-content-type-options"] == "nosniff"
        assert found.headers["cache-control"].endswith("immutable")
        again = await office.http.get(file["url"], headers={"If-None-Match": found.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    figures = (await office.http.get(edition["files"][0]["url"])).json()
    (grades,) = (r for r in figures["scopes"][0]["rates"] if r["measure"] == "satisfaction")
    assert (grades["numerator"], grades["denominator"], grades["rate"]) == ("38", "40", "95.0000")
    paper = await office.http.get(edition["files"][1]["url"])
    text = "".join(p.extract_text() for p in PdfReader(BytesIO(paper.content)).pages)
    assert line["unit"]["name"] in text
    assert "95.00" in text
    async with raw(office.engine) as connection:
        data = await connection.fetchval(
            "select data from events where case_id = $1", line["report_id"]
        )
    assert (data["figures"], data["as_of"]) == (edition["figures"], edition["as_of"])


async def _by_hand(office: Office, community: str, folder: Path) -> None:
    """The same edition where nothing changed; a further one where something did; a draft."""
    asked = ("--unit", community, "--period", LAST_MONTH.name, "--out", str(folder))
    assert "Edition 1 says the same" in shouwen(office, *asked, "--lang", "zh")
    names = sorted(each.name for each in folder.iterdir())
    stem = f"report-{LAST_MONTH.name}-{community}-edition-1"
    assert names == [f"{stem}-zh.pdf", f"{stem}-zh.xlsx", f"{stem}.json"]
    await counted(office, now=True)
    assert shouwen(office, *asked, "--draft").startswith("A draft, on no record")
    assert shouwen(office, *asked).startswith("Edition 2: ")
    newest, first = (await office.get(f"/api/v1/reports/report-{LAST_MONTH.name}-{community}"))[
        "editions"
    ]
    assert (newest["edition"], newest["position"] > 0) == (2, True)
    said = {(c["measure"], c["before"], c["after"]) for c in newest["changed"]}
    assert ("satisfaction", "38/40", "76/80") in said
    refused = shouwen(office, *asked, "--as-of", first["as_of"])
    assert "--draft draws this one all the same" in refused


async def test_what_cannot_be_asked_is_said(office: Office) -> None:
    for address, status, code in (
        ("/api/v1/reports/report-2026-01-nowhere", 404, "no_such_report"),
        ("/api/v1/reports/SW-1", 404, "no_such_report"),
        ("/api/v1/reports?period=yesterday", 422, "unknown_period"),
        ("/api/v1/reports?cursor=x", 422, "bad_cursor"),
        ("/api/v1/reports?units=liuyin", 422, "invalid_request"),
        ("/api/v1/reports?unit=liuyin&unit=east", 422, "invalid_request"),
        ("/api/v1/reports/report-2026-01-liuyin%00", 422, "invalid_request"),
        (f"/api/v1/reports/report-2026-01-liuyin%00/files/{'0' * 64}", 422, "invalid_request"),
    ):
        answer = await office.http.get(address)
        assert (answer.status_code, answer.json()["code"]) == (status, code), address
    of_then = await office.get("/api/v1/reports?period=2026-01")
    assert of_then["reports"] == []
    assert "no unit 'nowhere'" in shouwen(office, "--unit", "nowhere", "--period", "2026-01")
    assert "is not a period" in shouwen(office, "--unit", "liuyin", "--period", "once")
    assert "--as-of" in shouwen(office, "--unit", "x", "--period", "2026", "--as-of", "today")
    nowhere = ("--unit", "liuyin", "--period", f"{TODAY:%Y-%m}", "--draft", "--out", "/proc/none")
    said = shouwen(office, *nowhere)
    assert "writing to /proc/none failed" in said
    assert "PostgreSQL" not in said
