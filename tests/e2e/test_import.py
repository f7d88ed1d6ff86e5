"""Past requests of another system come through the same rules into the journal."""

import asyncio
import signal
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from cli.importer import identity
from cli.importer.fold import Folder
from cli.importer.mappings import MAPPINGS
from cli.importer.run import Result, run
from cli.local.failure import LocalError
from cli.local.temporal import LocalTemporal
from cli.publish import connected, load_town
from cli.town import read_town
from domain.commands import Actor, Contact, Place, RecordProgress, Register
from domain.words import (
    ActorKind,
    CaseType,
    Channel,
    ClosingReason,
    Phase,
    Role,
    Urgency,
)
from settings import Settings, as_environ
from store import books, chain, journal, reading, rebuilding
from store.codec import Stored
from store.keys import KeyRing
from tests.e2e.importer_fixtures import COLUMNS, OPEN, WARTS, rows, text, town, write
from tests.la311.scored import REAL
from workflows.connection import Server, connect

__all__ = ["town"]
ROOT = Path(__file__).parents[2]


async def imported(settings: Settings, path: Path, batch: int = 7) -> Result:
    return await run(settings, path, MAPPINGS["la311"](), batch=batch)


async def fetch(settings: Settings, query: str, *args: object) -> list[Any]:
    async with connected(settings) as connection:
        return await connection.fetch(query, *args)


def case_of(number: str) -> str:
    return identity.case_id(identity.case_number("la311", number))


async def history(settings: Settings, number: str) -> reading.History:
    ring = KeyRing.from_text(settings.master_key or "")
    async with connected(settings) as connection:
        found = await reading.history(connection, case_of(number), ring)
    assert found is not None
    return found


def counted(result: Result) -> dict[tuple[str, str], tuple[int, int]]:
    return {(line.group, line.name): (line.file, line.journal) for line in result.lines}


async def assert_chained(settings: Settings) -> None:
    previous: Mapping[str, Any] = {}
    for row in await fetch(settings, "select * from events order by case_id, version"):
        same = bool(previous) and previous["case_id"] == row["case_id"]
        assert row["version"] == (previous["version"] + 1 if same else 1)
        assert row["prev_hash"] == (previous["hash"] if same else None)
        names = ("kind", "schema", "data", "actor", "post", "unit", "occurred_at")
        stored = Stored(*(row[name] for name in names))
        command = str(row["command_id"])
        assert row["hash"] == chain.link(
            row["case_id"], row["version"], command, row["recorded_at"], stored, row["prev_hash"]
        )
        previous = row


async def test_every_wart_comes_through_and_both_sides_agree(
    town: Settings, tmp_path: Path
) -> None:
    result = await imported(town, write(tmp_path / "file.csv", rows(*WARTS)))
    assert (result.read, result.made, result.there) == (len(WARTS), len(WARTS), 0)
    assert result.good
    assert not result.refused
    found = counted(result)
    assert found["status", "Closed"] == (17, 17)
    assert found["status", "Cancelled"] == (2, 2)
    assert found["status", "Referred Out"] == (1, 1)
    assert found["status", "Pending"] == (2, 2)
    assert found["status", "Open"] == (3, 3)
    assert found["source", "Carrier Pigeon"] == (1, 1)
    assert found["planned day", "none usable"] == (4, 4)
    assert found["planned day", "overdue"] == (6, 6)
    assert len(result.open_cases) == 5
    await assert_chained(town)


async def test_a_case_reads_as_it_went(town: Settings, tmp_path: Path) -> None:
    await imported(town, write(tmp_path / "file.csv", rows(*WARTS)))
    late = await history(town, "1-0010")
    assert [line.event.kind for line in late.lines if line.event.kind != "clock.warned"] == [
        *("case.registered", "case.arrived", "case.handed_over", "case.arrived", "case.accepted"),
        *("clock.broken", "case.resolved", "rating.asked_again", "case.closed"),
    ]
    assert late.lines[0].event.at == datetime(2020, 1, 1, 17, 30, tzinfo=UTC)
    assert late.lines[-1].event.at == datetime(2020, 1, 16, 16, tzinfo=UTC)
    assert late.case.closing is ClosingReason.UNRATED
    assert getattr(late.lines[0].event, "title", "") == "Bulky Items"
    assert late.case.location.community_id == "la-south-valley-nc-19"
    assert late.case.stint.post_id == "la311-bos-wv"
    waiting = await history(town, "1-0020")
    assert waiting.case.phase is Phase.AWAITING_ACCEPTANCE
    assert waiting.case.stint.post_id == "la311-bos-wv"
    nowhere = await history(town, "1-0005")
    assert nowhere.case.officer.unit_id == "la"
    assert nowhere.case.location.street_id is None


async def test_only_open_cases_tell_anybody_anything(town: Settings, tmp_path: Path) -> None:
    result = await imported(town, write(tmp_path / "file.csv", rows(*WARTS)))
    told = await fetch(town, "select distinct case_id from outbox")
    about = {row["case_id"] for row in told} - {"office"}  # the town itself was loaded, and said so
    assert about <= set(result.open_cases)


async def test_the_town_goes_on_under_its_own_policy(town: Settings, tmp_path: Path) -> None:
    async with connected(town) as connection:
        before = await books.current(connection, datetime.now(UTC))
    await imported(town, write(tmp_path / "file.csv", rows(*WARTS)))
    async with connected(town) as connection:
        after = await books.current(connection, datetime.now(UTC))
    assert after.policy == before.policy
    assert set(after.policies) == {*before.policies, "la311"}
    assert before.organisation.posts.items() <= after.organisation.posts.items()
    assert before.catalogue.items.items() <= after.catalogue.items.items()
    assert "la-dept-bos" in after.organisation.units
    assert not after.working_time("la-dept-bos").schedule.observes
    here = next(iter(before.organisation.units))
    assert after.working_time(here).schedule == before.working_time(here).schedule


async def test_the_town_can_be_loaded_again_afterwards(town: Settings, tmp_path: Path) -> None:
    await imported(town, write(tmp_path / "file.csv", rows(*WARTS)))
    said = await load_town(town, read_town([ROOT / "sample"]))
    assert "The same files were loaded before; nothing has changed." in said


async def test_lists_made_anew_from_the_journal_are_the_same(
    town: Settings, tmp_path: Path
) -> None:
    await imported(town, write(tmp_path / "file.csv", rows(*WARTS)))
    lists = ("select * from cases order by 1", "select * from case_units order by 1, 2")
    before = [await fetch(town, each) for each in lists]
    async with connected(town) as connection:
        ring, url = KeyRing.from_text(town.master_key or ""), make_url(town.database_url or "")
        await rebuilding.rebuild_all(connection, ring, url)
    assert [await fetch(town, each) for each in lists] == before


async def test_commands_appended_together_share_chain_and_keys(town: Settings) -> None:
    ring, now = KeyRing.from_text(town.master_key or ""), datetime.now(UTC)
    async with connected(town) as connection:
        book = await books.current(connection, now)
        posts = book.organisation.posts.values()
        clerk = next(p for p in posts if p.role is Role.FIRST_CONTACT_CLERK and p.holder(now))
        actor = Actor(kind=ActorKind.STAFF, person_id=clerk.person_id)
        ids = identity.ids_of(case_of("x"))
        opened = Register(
            command_id=ids(),
            at=now,
            actor=actor,
            case_type=CaseType.REQUEST,
            channel=Channel.COUNTER,
            item_id=next(iter(book.catalogue.items)),
            title="灯坏了",
            text="楼道灯坏了",
            urgency=Urgency.NORMAL,
            place=Place(),
            reporter=Contact(name="张三"),
            receipt_hash="",
        )
        looked = RecordProgress(command_id=ids(), at=now, actor=actor, text="看过了")
        entries = Folder(book, ring, now).entries(case_of("x"), [opened, looked], ids())
        await journal.append(connection, entries, ring)
    found = await history(town, "x")
    assert [getattr(line.event, "text", "") for line in found.lines] == ["楼道灯坏了", "", "看过了"]
    keys = await fetch(town, "select subject from subject_keys order by 1")
    assert [row["subject"] for row in keys] == ["case", "reporter"]
    await assert_chained(town)


async def test_a_second_run_changes_nothing(town: Settings, tmp_path: Path) -> None:
    path = write(tmp_path / "file.csv", rows(*WARTS))
    await imported(town, path)
    state = "select (select count(*) from events), (select count(*) from books) as books"
    before = await fetch(town, state)
    again = await imported(town, path)
    assert (again.made, again.there) == (0, len(WARTS))
    assert again.good
    assert await fetch(town, state) == before


async def test_two_imports_at_once_share_the_work(town: Settings, tmp_path: Path) -> None:
    path = write(tmp_path / "file.csv", rows(*WARTS * 4))
    results = await asyncio.gather(*(imported(town, path) for _ in range(2)))
    assert sum(result.made for result in results) == len(WARTS) * 4
    assert all(result.good for result in results)
    await assert_chained(town)


async def test_killed_in_the_middle_it_goes_on_where_it_was(town: Settings, tmp_path: Path) -> None:
    path = write(tmp_path / "file.csv", rows(*WARTS * 20))
    program = [sys.executable, "-m", "cli.main", "import", str(path)]
    process = await asyncio.create_subprocess_exec(
        *(*program, "--mapping", "la311", "--batch", "3"),
        cwd=ROOT,
        env={**as_environ(town), "PATH": "/usr/bin:/bin"},
        stdout=asyncio.subprocess.DEVNULL,
    )
    while not await fetch(town, "select 1 from cases limit 1"):
        assert process.returncode is None
        await asyncio.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    rest = await imported(town, path)
    assert rest.there > 0
    assert rest.made > 0
    assert rest.there + rest.made == len(WARTS) * 20
    assert rest.good
    await assert_chained(town)


BAD = (
    ({"status": "Lost"}, "unknown status: Lost"),
    ({"createddate": "2020-01-01"}, "createddate is no time like 1/31/20 23:59: 2020-01-01"),
    ({"createddate": ""}, "no createddate"),
    ({"srnumber": " "}, "no srnumber"),
    ({"owner": ""}, "no owner"),
    ({"closeddate": "12/30/19 8:00"}, "it ends before it is created: 1-0007"),
    ({"closeddate": "", "updateddate": ""}, "Closed, but neither closeddate nor updateddate"),
    ({"latitude": "north"}, "coordinates are no numbers: -118.5, north"),
    ({"latitude": "91"}, "coordinates out of range: -118.5, 91"),
    ({"srnumber": "1-0001", "status": "Closed"}, ""),
    ({"srnumber": "1-0001"}, "its number stands on an earlier line too: 1-0001"),
    (
        {"srnumber": "1-0099", "createddate": "1/1/41 0:00", "closeddate": "1/2/41 0:00"},
        "register in the future",
    ),
)


async def test_a_fault_in_a_row_refuses_that_row_only(town: Settings, tmp_path: Path) -> None:
    lines = text(rows({}, *(change for change, _ in BAD[:9]), {})).splitlines(keepends=True)
    lines += text(rows(*(change for change, _ in BAD[10:])))[1:].splitlines(keepends=True)[1:]
    raw = [line.encode() for line in lines]
    usual = raw[1].replace(b"1-0001", b"2-0001")
    raw += [
        usual.replace(b",BOS", b""),
        usual.replace(b"BOS", b"BOS,BOS"),
        usual.replace(b"BOS", b"B\0S"),
        usual.replace(b"BOS", b"B\xf1S"),
        usual.replace(b"BOS", b'"' + b"x" * 100_001 + b'"'),
        usual.replace(b"BOS", b'"BOS"x'),
        b"\r\n",
        usual,
        usual.replace(b"2-0001", b"2-0002").replace(b"BOS", b'"BOS'),
    ]
    path = tmp_path / "file.csv"
    path.write_bytes(b"".join(raw))
    result = await imported(town, path)
    assert result.refused == [
        *((line, reason) for line, (_, reason) in enumerate(BAD[:9], start=3)),
        (13, BAD[10][1]),
        (14, "register in the future: 2041-01-01T08:00:00+00:00"),
        (15, "16 fields instead of 17"),
        (16, "18 fields instead of 17"),
        (17, "a NUL byte"),
        (18, "not UTF-8 (byte 0xF1)"),
        (19, "a field of more than 100000 characters; is a quote left open?"),
        (20, "not CSV: ',' expected after '\"'"),
        (23, "a quote is left open"),
    ]
    assert result.made == 3
    assert not result.good
    assert all(line.same for line in result.lines)


HEADER = ",".join(COLUMNS).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty, without even a header"),
        (HEADER, "not one row"),
        (b"srnumber,status\n1,Open\n", "line 1: no column requesttype, createddate"),
        (HEADER + b",status\n", "line 1: more than one column status"),
        (HEADER.decode().encode("utf-16"), "line 1: not UTF-8"),
        (HEADER + b"\n" + b"x" * 1_000_001, "line 2: longer than 1000000 bytes"),
    ],
)
async def test_a_fault_of_the_file_stops_before_anything_is_written(
    town: Settings, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(LocalError) as failure:
        await imported(town, path)
    assert said in str(failure.value)
    assert "\n" not in str(failure.value)
    assert not await fetch(town, "select 1 from books where version = 'la311'")


async def test_a_file_that_is_not_there(town: Settings, tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="No such file"):
        await imported(town, tmp_path / "none.csv")


async def said_by_the_command(settings: Settings, path: Path, mapping: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli.main", "import", str(path), "--mapping", mapping),
        cwd=ROOT,
        env={**as_environ(settings), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    return process.returncode or 0, out.decode()


async def test_open_cases_get_their_workflow(
    town: Settings, temporal_server: LocalTemporal, tmp_path: Path
) -> None:
    path = write(tmp_path / "file.csv", rows({}, {"status": "Pending", **OPEN}))
    status, said = await said_by_the_command(town, path, "la311")
    assert status == 0, said
    assert "Temporal does not answer, so 1 open cases" in said
    assert "shouwen rebuild workflows" in said
    there = town.model_copy(update={"temporal_address": temporal_server.address})
    status, said = await said_by_the_command(there, path, "la311")
    assert status == 0, said
    assert "1 open cases have their workflow" in said
    ring = KeyRing.from_text(town.master_key or "")
    client = await connect(Server.at(temporal_server.address, "default"), ring)
    found = await client.get_workflow_handle(case_of("1-0002")).describe()
    assert found.workflow_type == "case"


async def test_the_command_says_what_is_wrong_in_one_line(town: Settings, tmp_path: Path) -> None:
    path = write(tmp_path / "file.csv", rows({}, {"status": "Lost"}))
    assert await said_by_the_command(town, path, "paris") == (
        1,
        "There is no mapping 'paris'; there is la311\n",
    )
    status, said = await said_by_the_command(town, path, "la311")
    assert status == 1
    assert "unknown status: Lost" in said


@pytest.mark.skipif(not REAL.exists(), reason=f"{REAL.name} is not on this machine")
async def test_ten_thousand_real_requests(real_requests: tuple[Settings, Result]) -> None:
    _, result = real_requests
    assert (result.read, result.made, result.refused) == (10_000, 10_000, [])
    assert result.good
    found = counted(result)
    assert found["status", "Closed"] == (9_723, 9_723)
    assert found["planned day", "overdue"][1] > 0
    assert len(result.open_cases) == 31
