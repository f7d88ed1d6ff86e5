"""Invented requests in the form of the la311 export, and a town to import them into."""

import base64
import csv
import io
import secrets
from pathlib import Path

import pytest

from cli.seed import seed_if_empty
from settings import Settings
from tests.store.house import Database, House

COLUMNS = (
    *("srnumber", "requesttype", "status", "createddate", "updateddate", "servicedate"),
    *("closeddate", "requestsource", "owner", "anonymous", "assignto", "latitude", "longitude"),
    *("apc", "cd", "nc", "ncname"),
)
USUAL = {
    "requesttype": "Bulky Items",
    "status": "Closed",
    "createddate": "1/1/20 9:30",
    "updateddate": "1/3/20 12:00",
    "servicedate": "1/3/20 0:00",
    "closeddate": "1/3/20 11:59",
    "requestsource": "Call",
    "owner": "BOS",
    "anonymous": "N",
    "assignto": "WV",
    "latitude": "34.1",
    "longitude": "-118.5",
    "apc": "South Valley APC",
    "cd": "6",
    "nc": "19",
    "ncname": "LAKE NC",
}
OPEN = {"closeddate": ""}
WARTS: tuple[dict[str, str], ...] = (
    {},
    {"requestsource": "Mobile App"},
    {"latitude": "", "longitude": ""},
    {"nc": "", "ncname": ""},
    {"latitude": "", "longitude": "", "nc": "", "ncname": "", "apc": "", "cd": ""},
    {"servicedate": ""},
    {"servicedate": "12/31/19 0:00"},
    {"servicedate": "1/1/20 0:00", "closeddate": "1/1/20 17:00"},
    {"servicedate": "1/1/20 0:00", "closeddate": "1/2/20 0:00"},
    {"closeddate": "1/9/20 8:00"},
    {"closeddate": "", "updateddate": "1/3/20 23:59"},
    {"closeddate": "", "updateddate": "1/4/20 0:00"},
    {"status": "Cancelled"},
    {"status": "Cancelled", "assignto": "", "closeddate": "1/8/20 8:00"},
    {"status": "Referred Out"},
    {"status": "Pending", **OPEN},
    {"status": "Pending", "servicedate": "", **OPEN},
    {"status": "Open", **OPEN},
    {"status": "Open", "servicedate": "", "assignto": "", **OPEN},
    {"status": "Open", "servicedate": "1/1/40 0:00", **OPEN},
    {"requesttype": "Other", "owner": "ITA", "assignto": ""},
    {"requesttype": "Other", "owner": "BSS", "assignto": "101, IED"},
    {"apc": "North Valley APC", "requestsource": "Driver Self Report", "anonymous": "Y"},
    {"requestsource": "Council's Office", "ncname": "VOICES [bold]OF[/bold] “ÑANDÚ”"},
    {"requestsource": "Carrier Pigeon", "createddate": "1/1/20 0:05"},
)


def rows(*changes: dict[str, str]) -> list[dict[str, str]]:
    """A usual row for each of these, changed and numbered."""
    return [
        {"srnumber": f"1-{number:04}", **USUAL, **change}
        for number, change in enumerate(changes, start=1)
    ]


def text(found: list[dict[str, str]]) -> str:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def write(path: Path, found: list[dict[str, str]]) -> Path:
    """The rows in a file, with the mark that spreadsheets put in front."""
    path.write_text(text(found), encoding="utf-8-sig", newline="")
    return path


@pytest.fixture
async def town(house: House, tmp_path: Path) -> Settings:
    """Settings of a database of its own with the sample town; no Temporal answers there."""
    return await seeded(await house.migrated(), tmp_path)


async def seeded(database: Database, data: Path) -> Settings:
    """Settings of that database, into which the sample town is put."""
    settings = Settings(
        data=data,
        master_key=base64.b64encode(secrets.token_bytes(32)).decode(),
        database_url=database.url(),
        database_owner_url=database.url("owner"),
        temporal_address="127.0.0.1:9",
    )
    await seed_if_empty(settings)
    return settings
