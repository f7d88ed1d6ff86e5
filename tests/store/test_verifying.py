"""`shouwen verify` over the journal itself: each change is found, at the event it was made to."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.evidence import words
from cli.evidence.verify import walk
from cli.main import app
from store import sequencer
from store.verifying.faults import Reason, Tally
from store.verifying.whole import Report
from tests.activities.test_notary import Notary
from tests.store.erased_lives import ERASED
from tests.store.house import Database, House, Scribe
from tests.store.reported import report_written
from tests.store.tampering import (
    as_owner,
    copy_of,
    delete_numbers,
    rehash,
    seq_of,
    write_cases,
    write_more,
)
from tests.store.walks import Archive

pytestmark = pytest.mark.rule("R14.2")


@pytest.fixture(scope="module")
async def honest(estate: House) -> Database:
    """Fifteen events of three cases, all numbered."""
    database = await estate.town()
    async with database.connection() as connection:
        await write_cases(connection)
    return database


@pytest.fixture
async def database(house: House, honest: Database) -> Database:
    return await copy_of(house, honest)


async def verified(database: Database) -> Report:
    await database.engine.dispose()
    return await walk(database.url())


def first(report: Report) -> tuple[Reason, int | None, str, int]:
    """The first fault: why, which number, which event."""
    assert report.tally.first, "nothing false was found"
    fault = report.tally.first[0]
    return fault.reason, fault.seq, fault.stream, fault.version


async def test_a_true_journal_is_true_and_everything_is_counted(database: Database) -> None:
    report = await verified(database)
    assert report.tally == Tally()
    assert (report.events, report.streams, report.numbered) == (15, 3, 15)
    assert (report.waiting, report.commands) == (0, 9)


async def test_every_kind_of_event_verifies(archive: Archive) -> None:
    report = await walk(archive.database.url())
    assert report.tally == Tally()
    async with archive.database.connection() as connection:
        assert report.events == await connection.fetchval("select count(*) from events")


async def test_several_processes_find_the_same_as_one(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.evidence.verify.ALONE", 1)
    monkeypatch.setattr("store.verifying.whole.EVENTS_A_PIECE", 5)
    async with as_owner(database) as connection:
        await connection.execute("update events set actor = 'x' where case_id = 'SW-2'")
    report = await walk(database.url(), processes=2)
    assert (report.events, report.streams, report.numbered) == (15, 3, 15)
    assert report.tally.count == 5
    assert first(report) == (Reason.HASH, 5, "SW-2", 1)


async def test_events_without_a_number_yet_are_counted_and_not_called_false(
    database: Database,
) -> None:
    async with database.connection() as connection:
        await write_more(connection, "SW-1")
    report = await verified(database)
    assert report.tally == Tally()
    assert (report.events, report.numbered, report.waiting) == (16, 15, 1)
    _no_checkpoint, newest, published = words.unchecked(report)
    assert newest.startswith("the place in the order of 1 newest events")
    assert published == "5 entries of the books, which the log has not noted yet"


async def test_an_empty_journal_has_nothing_false(house: House) -> None:
    report = await walk((await house.town()).url())
    assert (report.events, report.numbered, report.tally.count) == (0, 0, 0)


# -- what somebody with every right can do -----------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "data = jsonb_set(data, '{more}', '1.5')",
        "actor = 'somebody'",
        "occurred_at = occurred_at - interval '1 day'",
        "recorded_at = recorded_at - interval '1 day'",
        "occurred_at = 'infinity'",
        "unit = null",
        "command_id = gen_random_uuid()",
        "schema = 7",
        "hash = sha256('other')",
    ],
)
async def test_an_edited_event_is_named(database: Database, change: str) -> None:
    async with as_owner(database) as connection:
        seq = await seq_of(connection, "SW-2", 3)
        await connection.execute(
            f"update events set {change} where case_id = 'SW-2' and version = 3"  # noqa: S608
        )
    report = await verified(database)
    assert first(report) == (Reason.HASH, seq, "SW-2", 3)


async def test_a_deleted_event_leaves_its_number_and_its_stream_open(database: Database) -> None:
    async with as_owner(database) as connection:
        await connection.execute(
            "alter table event_sequence drop constraint event_sequence_position_fkey"
        )
        await connection.execute("delete from events where case_id = 'SW-1' and version = 3")
    report = await verified(database)
    assert first(report) == (Reason.GONE, 3, "", 0)
    assert report.tally.first[1].reason is Reason.VERSION
    assert (report.tally.first[1].stream, report.tally.first[1].version) == ("SW-1", 4)


async def test_an_event_deleted_with_its_number_leaves_a_gap(database: Database) -> None:
    async with as_owner(database) as connection:
        await connection.execute("delete from event_sequence where seq = 14")
        await connection.execute("delete from events where case_id = 'SW-2' and version = 5")
    report = await verified(database)
    assert first(report) == (Reason.MISSING, 14, "", 0)


async def test_a_last_event_deleted_and_all_numbers_moved_up_is_missed_by_its_command(
    database: Database,
) -> None:
    async with as_owner(database) as connection:
        await connection.execute("delete from event_sequence where seq = 14")
        await connection.execute("delete from events where case_id = 'SW-2' and version = 5")
        await connection.execute("update event_sequence set seq = 14 where seq = 15")
        await connection.execute("update sequencer set last_seq = 14")
    report = await verified(database)
    assert first(report) == (Reason.COMMAND, None, "SW-2", 5)


async def test_an_event_whose_command_is_gone_or_turned_round_is_named(database: Database) -> None:
    async with as_owner(database) as connection:
        second = await seq_of(connection, "SW-1", 3)
        await connection.execute(
            "delete from commands where case_id = 'SW-1'"
            " and 3 between first_version and last_version"
        )
        await connection.execute(
            "update commands set accepted = false where case_id = 'SW-2' and last_version = 5"
        )
    report = await verified(database)
    assert first(report) == (Reason.COMMAND_GONE, second, "SW-1", 3)
    assert {each.reason for each in report.tally.first} == {Reason.COMMAND_GONE}
    assert {each.stream for each in report.tally.first} == {"SW-1", "SW-2"}


async def test_every_event_is_named_when_no_command_is_left(database: Database) -> None:
    async with as_owner(database) as connection:
        await connection.execute("delete from commands")
    report = await verified(database)
    assert [each.seq for each in report.tally.first] == [*range(1, 16)]
    assert {each.reason for each in report.tally.first} == {Reason.COMMAND_GONE}


async def test_a_cut_tail_is_missed_by_the_sequencer(database: Database) -> None:
    async with as_owner(database) as connection:
        await delete_numbers(connection, 14)
        await connection.execute(
            "delete from commands c where not exists (select from events e"
            " where e.case_id = c.case_id and e.command_id = c.command_id)"
        )
    report = await verified(database)
    assert first(report) == (Reason.CUT, 14, "", 0)
    assert report.tally.first[0].until == 15


@pytest.mark.parametrize("floor", [0, 4])
async def test_two_numbers_exchanged_are_out_of_order(database: Database, floor: int) -> None:
    async with as_owner(database) as connection:
        await connection.execute("update sequencer set floor_position = $1", floor)
        await connection.execute(
            "update event_sequence set seq = 1000 where seq = 8;"
            "update event_sequence set seq = 8 where seq = 11;"
            "update event_sequence set seq = 11 where seq = 1000"
        )
    report = await verified(database)
    assert first(report) == (Reason.ORDER, 8, "SW-3", 3)
    assert report.tally.first[0].detail == "9"


async def test_a_chain_broken_and_mended_by_half_is_named_where_it_breaks(
    database: Database,
) -> None:
    async with as_owner(database) as connection:
        after = "case_id = 'SW-1' and version > 2"
        kept = await connection.fetch(
            f"select position, prev_hash, hash from events where {after}"  # noqa: S608 - constant
        )
        await connection.execute(
            "update events set actor = 'x' where case_id = 'SW-1' and version = 2"
        )
        await rehash(connection, "SW-1")
        await connection.executemany(
            "update events set prev_hash = $2, hash = $3 where position = $1", map(tuple, kept)
        )
    report = await verified(database)
    assert first(report) == (Reason.PREVIOUS, 3, "SW-1", 3)


async def test_an_event_that_lost_its_number_is_named(database: Database) -> None:
    async with as_owner(database) as connection:
        await connection.execute("delete from event_sequence where seq = 14")
        await connection.execute("update event_sequence set seq = 14 where seq = 15")
        await connection.execute("update sequencer set last_seq = 14")
    report = await verified(database)
    assert first(report) == (Reason.UNNUMBERED, None, "SW-2", 5)


async def test_a_number_nobody_gave_is_named(database: Database) -> None:
    async with as_owner(database) as connection:
        await connection.execute("update sequencer set last_seq = 14")
    report = await verified(database)
    assert first(report) == (Reason.ADDED, 15, "SW-3", 5)


async def test_after_a_restore_transaction_ids_may_begin_anew(database: Database) -> None:
    async with as_owner(database) as connection:
        await connection.execute(
            "update events set xid = (xid::text::bigint + 1000000)::text::xid8"
        )
        await sequencer.after_restore(connection)
    async with database.connection() as connection:
        await write_more(connection, "SW-1")
        await write_more(connection, "SW-2")
        assert await sequencer.advance(connection) == 2
    report = await verified(database)
    assert report.tally == Tally()
    assert report.numbered == 17


async def test_a_row_the_database_cannot_read_is_named_and_the_others_are_checked(
    database: Database,
) -> None:
    async with as_owner(database) as connection:
        await connection.execute(
            """create schema broken;
            create view broken.events as select position, case_id, version, kind, schema, actor,
              post, unit, command_id, occurred_at, recorded_at, xid, prev_hash, hash,
              case when position = 7 then (1 / (position - 7))::text::jsonb else data end as data
              from public.events;
            grant usage on schema broken to shouwen_app;
            grant select on broken.events to shouwen_app;
            update public.events set actor = 'x' where position = 15"""
        )
        path = f"alter role shouwen_app in database {database.name} set search_path"
        await connection.execute(f"{path} = broken, public")
    report = await verified(database)
    assert [(f.reason, f.seq) for f in report.tally.first] == [
        (Reason.UNREADABLE, 7),
        (Reason.HASH, 15),
    ]
    assert report.tally.first[0].detail == "division by zero"


# -- the command -------------------------------------------------------------


async def shouwen_verify(database: Database, *options: str) -> Result:
    await database.engine.dispose()
    environ = {"SHOUWEN_DATABASE_URL": database.url(), "SHOUWEN_DATA": "/nowhere"}
    return await asyncio.to_thread(CliRunner().invoke, app, ["verify", *options], env=environ)


async def test_a_policy_changed_after_the_fact_contradicts_the_log(
    house: House, honest: Database, tmp_path: Path
) -> None:
    database = await copy_of(house, honest)
    notary = Notary(database, tmp_path / "checkpoint", b"1" * 32)
    await notary.work()
    report = await verified(database)
    assert (report.tally, report.books, report.not_noted) == (Tally(), 5, 0)
    async with as_owner(database, "books") as connection:
        seq = await seq_of(connection, "log", 2)
        await connection.execute(
            "update books set body = jsonb_set(body, '{version}', '\"x\"') where kind = 'policy'"
        )
        await connection.execute("delete from books where kind = 'calendar'")
        await connection.execute(
            "insert into books (kind, version, body, effective_from) select kind, 'y', body,"
            " effective_from from books where kind = 'catalogue'"
        )
    report = await verified(database)
    assert [(f.reason, f.seq, f.stream) for f in report.tally.first] == [
        (Reason.BOOK, seq, "log"),
        (Reason.BOOK, seq, "log"),
        (Reason.BOOK_GONE, seq, "log"),
    ]
    assert report.not_noted == 1


async def test_a_key_that_went_without_an_erasure_is_named_where_it_is_missed(
    database: Database,
) -> None:
    async with as_owner(database, "subject_keys") as connection:
        first_of_2, first_of_3 = [await seq_of(connection, f"SW-{n}", 1) for n in (2, 3)]
        await connection.execute(
            "update subject_keys set wrapped = null, destroyed_at = now() where case_id = 'SW-2'"
        )
        await connection.execute("delete from subject_keys where case_id = 'SW-3'")
    report = await verified(database)
    assert [(f.reason, f.seq, f.detail) for f in report.tally.first] == [
        (Reason.KEY_GONE, first_of_2, "reporter"),
        (Reason.KEY_GONE, first_of_3, "reporter"),
    ]


async def test_a_key_of_what_staff_wrote_and_one_that_was_overwritten_are_missed_as_well(
    database: Database,
) -> None:
    async with database.connection() as connection:
        await write_more(connection, "SW-1")
        await sequencer.advance(connection)
    async with as_owner(database, "subject_keys") as connection:
        await connection.execute("delete from subject_keys where subject = 'case'")
        await connection.execute("update subject_keys set wrapped = 'x' where case_id = 'SW-2'")
        second = await seq_of(connection, "SW-2", 1)
        sixth = await seq_of(connection, "SW-1", 6)
    report = await verified(database)
    assert [(f.reason, f.seq, f.detail) for f in report.tally.first] == [
        (Reason.KEY_GONE, second, "reporter"),
        (Reason.KEY_GONE, sixth, "case"),
    ]


async def test_a_key_that_came_back_after_an_erasure_is_named_at_the_erasure(
    database: Database,
) -> None:
    async with database.connection() as connection:
        await Scribe(connection).write("SW-9", *ERASED)
        await sequencer.advance(connection)
    assert (await verified(database)).tally == Tally()
    async with as_owner(database, "subject_keys") as connection:
        await connection.execute(
            "update subject_keys set wrapped = decode(repeat('ab', 68), 'hex'), destroyed_at = null"
            " where case_id = 'SW-9' and subject = 'reporter'"
        )
    [fault] = (await verified(database)).tally.first
    assert (fault.reason, fault.stream, fault.detail) == (Reason.KEY_BACK, "SW-9", "reporter")
    assert fault.seq is not None


async def test_a_report_whose_file_was_changed_or_is_gone_is_named(database: Database) -> None:
    assert (await report_written(database)).accepted
    async with database.connection() as connection:
        await sequencer.advance(connection)
    assert (await verified(database)).tally == Tally()
    for statement, reason in (
        ("update report_files set content = 'other'", Reason.FILE_CHANGED),
        ("delete from report_files", Reason.FILE_GONE),
    ):
        async with as_owner(database, "report_files") as connection:
            await connection.execute(
                "alter table report_files drop constraint if exists report_files_check"
            )
            await connection.execute(statement)
        [fault] = (await verified(database)).tally.first
        assert (fault.reason, fault.stream, fault.version) == (reason, "report-2026-03-hills", 1)
        assert fault.detail in words.sentence(fault)


async def test_the_command_says_what_was_checked(database: Database) -> None:
    done = await shouwen_verify(database)
    assert done.exit_code == 2, "nothing is false, and nobody has signed it"
    assert "Checked 15 events in 3 streams, 15 numbers, 9 accepted commands, " in done.output
    assert "NOT CHECKED: there is no signed checkpoint" in done.output
    assert "100 % checked" in done.output
    assert "`shouwen files check` holds" in done.output, "what was not checked is said"


async def test_the_command_names_the_first_false_event_and_fails(database: Database) -> None:
    async with as_owner(database) as connection:
        await connection.execute("update events set actor = 'x' where version = 5")
    done = await shouwen_verify(database)
    assert done.exit_code == 1
    assert (
        "FALSE: event 13 (SW-1 version 5): its content was changed after it was written: its hash"
        " does not follow from it.\nAlso: event 14 (SW-2 version 5)"
    ) in done.output
    assert "What now: stop writing" in done.output


async def test_machines_read_json(database: Database) -> None:
    async with as_owner(database) as connection:
        await connection.execute("update events set actor = 'x' where case_id = 'SW-1'")
    done = await shouwen_verify(database, "--json")
    found = json.loads(done.output)
    assert (done.exit_code, found["events"], found["faults"]) == (1, 15, 5)
    assert (found["first"][0]["seq"], found["first"][0]["reason"]) == (1, "hash")
