"""What somebody with every right over the database may try: each is found, at the right place, in
the journal by `shouwen verify`, and in its evidence file by the verifier that needs nothing else.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.evidence import offline, signed
from cli.evidence.known import Known
from cli.evidence.offline import Checkpoint, Evidence, Log, Untrue
from cli.evidence.verify import walk
from domain.commands import Accept, HandOver, RecordProgress, Register
from store import chain, checkpoints, evidence_file, journal, notes, sequencer, tree
from store.notes import COSIGNATURE, Signer
from store.verifying import whole
from store.verifying.whole import Report
from tests.activities.test_notary import NEW, OLD, OTHER, Notary
from tests.activities.test_renewing import command
from tests.domain.story import GAO, MEI, by, request
from tests.store.house import RING, Database, House, Scribe
from tests.store.tampering import as_owner, copy_of, delete_numbers, rehash, write_more

pytestmark = pytest.mark.rule("R14.2")

CASES = 65
FIRST, SECOND, LAST = 4 * CASES + 2, 4 * CASES + 5, 4 * CASES + 6
"""Events under the first checkpoint and under the second, and all of them: the last is unsigned.

Case n has the numbers 4n-3 to 4n; then the log is founded and notes the books; then three cases
are accepted, and one goes on. 256 of them make a full tile.
"""
Place = tuple[str, int | None, int | None]
"""Why, and between which numbers, both inclusive."""


@dataclass(frozen=True, slots=True)
class Original:
    """An honest journal, what was signed of it, and a copy that was made earlier."""

    database: Database
    older: Database
    kept: Checkpoint
    key: str

    def known(self, *, kept: bool = True) -> Known:
        return Known(keys=(self.key,), kept=(self.kept,) if kept else ())


@pytest.fixture(scope="module")
async def original(estate: House, tmp_path_factory: pytest.TempPathFactory) -> Original:
    database = await estate.town()
    notary = Notary(database, tmp_path_factory.mktemp("kept") / "checkpoint", OLD)
    async with database.connection() as connection:
        scribe = Scribe(connection)
        for number in range(1, CASES + 1):
            name = f"SW-{number:02}"
            await scribe.write(name, by(MEI, "03-02 09:00", Register, **request()))
            await scribe.write(name, by(MEI, "03-02 09:30", HandOver))
        await sequencer.advance(connection)
        await notary.work()
    older = await copy_of(estate, database)
    async with database.connection() as connection:
        for name in ("SW-01", "SW-02", "SW-03"):
            await Scribe(connection).write(name, by(GAO, "03-02 10:00", Accept))
        await notary.work()
        await write_more(connection, "SW-01")
        await sequencer.advance(connection)
        signed = [each.size for each in await checkpoints.page(connection, 99, 9)]
        assert signed == [SECOND, FIRST]
        assert await connection.fetchval("select last_seq from sequencer") == LAST
    kept = Checkpoint.of(notary.desk.kept.read_text("utf-8"))
    key = str(Signer(kept.origin, OLD).public)
    return Original(database, older, kept, key)


@pytest.fixture
async def database(house: House, original: Original) -> Database:
    return await copy_of(house, original.database)


async def in_journal(database: Database, known: Known) -> Report:
    await database.engine.dispose()
    return await walk(database.url(), 1, given=known)


async def file_of(database: Database) -> list[bytes]:
    async with whole.snapshot(database.url()) as connection:
        text = b"".join([piece async for piece, _ in evidence_file.pieces(connection)])
    return text.splitlines(keepends=True)


def in_file(lines: list[bytes], known: Known) -> Log:
    log = Log(known.keys, known.witnesses)
    Evidence(log, [each.note for each in known.kept]).read(lines)
    return log


async def found(database: Database, known: Known) -> tuple[Place | None, Place | None]:
    """The first fault of the journal and of the file."""
    report = await in_journal(database, known)
    fault = report.tally.first[0] if report.tally.first else None
    try:
        in_file(await file_of(database), known)
    except Untrue as untrue:
        told: Place | None = (untrue.reason, untrue.seq or None, untrue.until or None)
    else:
        told = None
    place = (fault.reason.value, fault.seq, fault.until or fault.seq) if fault else None
    return place, told


# -- honest ------------------------------------------------------------------


async def test_an_honest_journal_is_true_and_its_file_as_well(
    database: Database, original: Original
) -> None:
    report = await in_journal(database, original.known())
    assert report.tally.first == []
    assert (report.events, report.numbered, report.tiles) == (LAST, LAST, 1)
    assert (report.checkpoints, report.doubts) == (2, [])
    assert report.remarks == ["1 newest events are under no signature yet"]
    log = in_file(await file_of(database), original.known())
    assert (log.checkpoints, log.doubts, log.remarks) == (2, [], report.remarks)


async def test_without_a_key_from_elsewhere_nobody_vouches(
    database: Database, original: Original
) -> None:
    report = await in_journal(database, Known())
    assert report.tally.first == []
    assert report.doubts == [
        "whose keys these are: give the one you know with --key",
        "whether the end was cut off: give a checkpoint kept elsewhere",
    ]
    assert in_file(await file_of(database), Known()).doubts == report.doubts


async def test_what_stands_after_the_last_signature_is_not_vouched_for(
    original: Original,
) -> None:
    lines = await file_of(original.database)
    end = next(n for n, line in enumerate(lines) if b'"type":"checkpoint"' in line) + 1
    head, known = lines[:end], original.known(kept=False)
    for more, later in ((offline.UNSIGNED + 1, 1), (1, 180)):
        at = chain.instant(original.kept.time + timedelta(minutes=later))
        forged = [invented(FIRST + 1 + n, at) for n in range(more)]
        last = json.dumps({"type": "end", "events": FIRST + more}).encode() + b"\n"
        log = in_file([*head, *forged, last], known)
        assert f"{more} newest events are under no signature yet" in log.doubts
    own = Log(known.keys)
    evidence = Evidence(own)
    evidence.read([*head, json.dumps({"type": "end", "events": FIRST}).encode() + b"\n"])
    assert [*offline.told(evidence)][-1].startswith(
        f"The given key vouches for events 1 to {FIRST}, signed at "
    )


def invented(seq: int, at: str) -> bytes:
    """The line of an event that nobody ever wrote, in the right form."""
    body: dict[str, Any] = {
        **dict.fromkeys(("post", "prev_hash", "unit")),
        "actor": "mei",
        "case_id": f"SW-F{seq}",
        "command_id": "0",
        "data": {},
        "form": 1,
        "kind": "case.registered",
        "occurred_at": at,
        "recorded_at": at,
        "schema": 1,
        "version": 1,
    }
    written = offline.canonical(body)
    return offline.event_line(seq, hashlib.sha256(written).hexdigest(), written)


async def test_an_old_copy_is_in_doubt_though_all_of_it_is_signed(
    original: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signed, "STALE", timedelta())
    report = await in_journal(original.older, original.known(kept=False))
    assert report.tally.first == []
    assert report.doubts[0] == "whether the end was cut off: give a checkpoint kept elsewhere"
    assert report.doubts[1].endswith("this is an old copy, or the notary is not at work")


async def test_a_known_witness_who_signed_nothing_is_missed(original: Original) -> None:
    court = str(Signer("court", b"w" * 32, COSIGNATURE).public)
    known = replace(original.known(), witnesses=(court,))
    report = await in_journal(original.database, known)
    assert report.doubts == ["none of the known witnesses countersigned"]
    assert in_file(await file_of(original.database), known).doubts == report.doubts


async def test_both_allow_the_same_time_on_the_way() -> None:
    assert offline.LATE == whole.LATE


# -- attacks -----------------------------------------------------------------

Attack = Callable[[Any], Awaitable[None]]


async def edit(connection: Any) -> None:
    await connection.execute(
        "update events set actor = 'x' where case_id = 'SW-03' and version = 2"
    )


async def delete(connection: Any) -> None:
    await connection.execute("delete from event_sequence where seq = 12")
    await connection.execute("delete from events where case_id = 'SW-03' and version = 4")


async def delete_and_close_the_gap(connection: Any) -> None:
    """The last two events of a case, its commands too, and every later number moved up."""
    await connection.execute("delete from event_sequence where seq in (19, 20)")
    await connection.execute("delete from events where case_id = 'SW-05' and version > 2")
    await connection.execute("delete from commands where case_id = 'SW-05' and first_version > 2")
    await connection.execute("update event_sequence set seq = -seq where seq > 20")
    await connection.execute("update event_sequence set seq = -seq - 2 where seq < 0")
    await connection.execute("update sequencer set last_seq = last_seq - 2")


async def exchange_numbers(connection: Any, one: int = 10, other: int = 14) -> None:
    for old, new in ((one, 9999), (other, one), (9999, other)):
        await connection.execute("update event_sequence set seq = $2 where seq = $1", old, new)


async def exchange_commits(connection: Any) -> None:
    """The numbers of two cases' events, and what told in which order they were committed."""
    await exchange_numbers(connection, 12, 13)
    await connection.execute(
        """update events e set xid = o.xid from event_sequence q, event_sequence p, events o
           where e.position = q.position and o.position = p.position
           and (q.seq, p.seq) in ((12, 13), (13, 12))"""
    )


async def rewrite_forward(connection: Any) -> None:
    await edit(connection)
    await rehash(connection, "SW-03")


async def rewrite_with_tiles(connection: Any) -> None:
    await rewrite_forward(connection)
    await connection.execute("delete from tiles")
    while not await tree.extend(connection, SECOND):
        pass


async def rewrite_after_the_first_checkpoint(connection: Any) -> None:
    await connection.execute(
        "update events set actor = 'x' where case_id = 'SW-02' and version = 5"
    )
    await rehash(connection, "SW-02")


async def exchange_cases(connection: Any) -> None:
    for old, new in (("SW-03", "x"), ("SW-04", "SW-03"), ("x", "SW-04")):
        for table in ("events", "commands"):
            await connection.execute(
                f"update {table} set case_id = $2 where case_id = $1",  # noqa: S608 - constants
                *(old, new),
            )


async def exchange_cases_and_rehash(connection: Any) -> None:
    await exchange_cases(connection)
    await rehash(connection, "SW-03")
    await rehash(connection, "SW-04")


async def forge_a_checkpoint(connection: Any) -> None:
    await sign(connection, OTHER)


async def forge_under_the_true_key_id(connection: Any) -> None:
    """The right name and key id, with a signature of another key."""
    last = await checkpoints.newest(connection)
    assert last is not None
    note = notes.parse(last.note)
    body = replace(notes.Checkpoint.of(note.text), size=LAST, root=await root(connection)).body()
    true, false = Signer(origin(last), OLD), Signer(origin(last), OTHER)
    line = notes.Line(true.name, true.public.key_id, false.sign(body.encode()))
    forged = str(notes.Note(body, (line,)))
    found = notes.Checkpoint.of(body)
    await checkpoints.add(
        connection,
        replace(
            last, checkpoint_id=3, size=LAST, root=found.root, signed_at=found.time, note=forged
        ),
    )


async def take_a_checkpoint_away(connection: Any) -> None:
    await connection.execute("delete from checkpoints where checkpoint_id = 1")


async def change_a_checkpoint_s_row(connection: Any) -> None:
    await connection.execute(
        "update checkpoints set signed_at = signed_at - interval '1 day' where checkpoint_id = 2"
    )


def origin(signed: checkpoints.Signed) -> str:
    return notes.Checkpoint.of(notes.parse(signed.note).text).origin


async def root(connection: Any) -> bytes:
    return await tree.root(connection, LAST)


async def sign(connection: Any, seed: bytes, *, ahead: timedelta = timedelta()) -> None:
    """A checkpoint of everything, in the right form, by that key."""
    last = await checkpoints.newest(connection)
    assert last is not None
    checkpoint = notes.Checkpoint(
        origin=origin(last),
        size=LAST,
        root=await root(connection),
        time=last.signed_at + timedelta(seconds=1) + ahead,
    )
    signed = replace(
        last,
        checkpoint_id=last.checkpoint_id + 1,
        size=LAST,
        root=checkpoint.root,
        signed_at=checkpoint.time,
        note=str(notes.sign(checkpoint, [Signer(checkpoint.origin, seed)])),
    )
    await checkpoints.add(connection, signed)


ATTACKS: tuple[tuple[Attack, Place, Place | None], ...] = (
    (edit, ("hash", 10, 10), ("hash", 10, 10)),
    (delete, ("missing", 12, 12), ("missing", 12, 12)),
    (delete_and_close_the_gap, ("leaf", 19, 19), ("root", 1, FIRST)),
    (exchange_numbers, ("leaf", 10, 10), ("version", 10, 10)),
    (exchange_commits, ("leaf", 12, 12), ("root", 1, FIRST)),
    (rewrite_forward, ("leaf", 10, 10), ("root", 1, FIRST)),
    (rewrite_with_tiles, ("root", 1, FIRST), ("root", 1, FIRST)),
    (rewrite_after_the_first_checkpoint, ("root", FIRST + 1, SECOND), ("root", FIRST + 1, SECOND)),
    (exchange_cases, ("hash", 9, 9), ("hash", 9, 9)),
    (exchange_cases_and_rehash, ("leaf", 9, 9), ("root", 1, FIRST)),
    (forge_a_checkpoint, ("signature", LAST, LAST), ("signature", LAST, LAST)),
    (forge_under_the_true_key_id, ("signature", LAST, LAST), ("signature", LAST, LAST)),
    (take_a_checkpoint_away, ("checkpoint", SECOND, SECOND), None),
    (change_a_checkpoint_s_row, ("checkpoint", SECOND, SECOND), None),
)
"""What is done, what is found in the journal, and in its file; None where the file is true: it has
no rows, and holds whatever is left."""


@pytest.mark.parametrize(
    ("attack", "journal", "file"), ATTACKS, ids=[attack.__name__ for attack, _, _ in ATTACKS]
)
async def test_it_is_found_at_the_right_place(
    database: Database, original: Original, attack: Attack, journal: Place, file: Place | None
) -> None:
    async with as_owner(database) as connection:
        await attack(connection)
    assert await found(database, original.known()) == (journal, file)


async def test_an_event_added_later_and_dated_back_is_found(
    database: Database, original: Original
) -> None:
    """Through the front door, with a time of before: chain, order and tree are in order."""
    async with database.connection() as connection:
        scribe = Scribe(connection)
        entry = await scribe.entry("SW-02", by(GAO, "03-02 10:30", RecordProgress, text="上门"))
        early = replace(entry, recorded_at=entry.recorded_at - timedelta(hours=1))
        await journal.append(connection, [early], RING)
        await sequencer.advance(connection)
    expected = ("back_dated", LAST + 1, LAST + 1)
    assert await found(database, original.known()) == (expected, expected)


# -- what takes something from outside to find --------------------------------


async def test_an_older_copy_is_found_by_the_checkpoint_kept_outside(original: Original) -> None:
    expected = ("cut", FIRST + 1, SECOND)
    assert await found(original.older, original.known()) == (expected, expected)
    assert await found(original.older, original.known(kept=False)) == (None, None)


async def cut_cleanly(connection: Any) -> None:
    """Everything that could tell of the last events."""
    await delete_numbers(connection, FIRST + 1)
    await connection.execute("delete from checkpoints where checkpoint_id = 2")
    await connection.execute("delete from commands where first_version > 4 and case_id <> 'log'")
    await connection.execute(
        """update sequencer set last_seq = $1, (last_xid, last_position) = (
           select xid, position from events order by xid desc, position desc limit 1)""",
        FIRST,
    )


async def test_a_tail_cut_without_a_trace_is_found_by_the_checkpoint_kept_outside(
    database: Database, original: Original
) -> None:
    async with as_owner(database) as connection:
        await cut_cleanly(connection)
    expected = ("cut", FIRST + 1, SECOND)
    assert await found(database, original.known()) == (expected, expected)
    assert await found(database, original.known(kept=False)) == (None, None)


async def test_a_tail_cut_with_its_checkpoint_left_is_found_by_it(
    database: Database, original: Original
) -> None:
    async with as_owner(database) as connection:
        await delete_numbers(connection, FIRST + 1)
    journal, file = await found(database, original.known(kept=False))
    assert journal == ("cut", FIRST + 1, LAST)
    assert file == ("checkpoint", FIRST, FIRST)


async def test_a_journal_made_anew_from_end_to_end_is_another_log(
    house: House, original: Original, tmp_path: Path
) -> None:
    database = await house.town()
    async with database.connection() as connection:
        await Scribe(connection).write("SW-01", by(MEI, "03-02 09:00", Register, **request()))
        await sequencer.advance(connection)
        await Notary(database, tmp_path / "checkpoint", OTHER).work()
    of_key = replace(original.known(kept=False))
    assert await found(database, of_key) == (("key", 1, 4), ("key", 1, 4))
    report = await in_journal(database, original.known())
    assert {fault.reason.value for fault in report.tally.first} == {"cut", "key"}


async def test_a_forger_who_says_the_keys_were_lost_is_believed_by_nobody_who_knows_them(
    database: Database, original: Original, tmp_path: Path
) -> None:
    await Notary(database, tmp_path / "checkpoint", OTHER).work()
    expected = ("key", SECOND + 1, LAST + 1)
    assert await found(database, original.known()) == (expected, expected)
    report = await in_journal(database, Known())
    assert report.doubts[0].startswith(f"at event {LAST + 1} the keys were lost, and no old one")


# -- keys and clocks ----------------------------------------------------------


async def test_a_changed_key_is_followed_from_the_old_one(
    database: Database, original: Original, tmp_path: Path
) -> None:
    notary = Notary(database, tmp_path / "checkpoint", OLD)
    await notary.with_keys(NEW, OLD)
    await notary.with_keys(NEW)
    for seed in (OLD, NEW):
        key = str(Signer(original.kept.origin, seed).public)
        known = Known(keys=(key,), kept=(original.kept,))
        report = await in_journal(database, known)
        assert (report.tally.first, report.doubts) == ([], [])
        assert report.remarks == [
            f"at event {seq} the keys changed; the old one vouches for the new"
            for seq in (LAST + 1, LAST + 2)
        ]
        assert in_file(await file_of(database), known).remarks == report.remarks


async def test_a_change_of_keys_that_the_old_one_did_not_sign_is_false(
    database: Database, original: Original, tmp_path: Path
) -> None:
    await Notary(database, tmp_path / "checkpoint", OTHER).work()
    async with as_owner(database) as connection:
        await connection.execute(
            """update events set data = data || jsonb_build_object('lost', false,
               'signed_by', data #>> '{old,0}', 'signature', repeat('AAAA', 21) || 'AA==')
               where kind = 'log.key_changed'"""
        )
        await rehash(connection, "log")
    journal, file = await found(database, original.known())
    assert journal == ("key", LAST + 1, LAST + 1)
    assert file == ("key", LAST + 1, LAST + 1)


async def test_a_clock_that_was_set_back_is_reported_and_not_called_false(
    database: Database, original: Original, tmp_path: Path
) -> None:
    async with database.connection() as connection:
        await sign(connection, OLD, ahead=timedelta(days=1))  # the clock was a day ahead
        notary = Notary(database, tmp_path / "checkpoint", OLD)
        await notary.work()
        await write_more(connection, "SW-02")
        await notary.work()
    report = await in_journal(database, original.known())
    assert (report.tally.first, report.doubts) == ([], [])
    assert report.remarks[0].startswith(f"at event {LAST + 1} the clock had been set back, by 23:5")
    assert in_file(await file_of(database), original.known()).remarks == report.remarks


async def test_a_log_that_goes_on_after_a_loss_says_so_for_ever(
    house: House, original: Original, tmp_path: Path
) -> None:
    database = await copy_of(house, original.older)
    notary = Notary(database, tmp_path / "checkpoint", OLD)
    notary.desk.kept.write_text(original.kept.note, "utf-8")
    assert command(notary, "renew").returncode == 0
    notary.sit_down()
    await notary.work()
    origin = Checkpoint.of(notary.desk.kept.read_text("utf-8")).origin
    lost = f"the log was founded anew at event {FIRST + 1}: of {SECOND} events that had been signed"
    kept = offline.Checkpoint.of(notary.desk.kept.read_text("utf-8"))
    new = Known(keys=(str(Signer(origin, OLD).public),), kept=(kept,))
    report = await in_journal(database, new)
    assert (report.tally.first, report.doubts) == ([], [])
    assert report.remarks[0].startswith(lost)
    assert in_file(await file_of(database), new).remarks == report.remarks
    report = await in_journal(database, Known())
    assert report.doubts[0].startswith(lost), "nobody who knows the new key has said so"
    of_old = ("key", FIRST + 1, FIRST + 1)
    assert await found(database, original.known(kept=False)) == (of_old, of_old)


# -- countersignatures ---------------------------------------------------------


async def test_a_witness_s_signature_is_checked(database: Database, original: Original) -> None:
    witness = Signer("witness-of-the-council", OTHER, notes.COSIGNATURE)
    known = replace(original.known(), witnesses=(str(witness.public),))
    async with database.connection() as connection:
        last = await checkpoints.newest(connection)
        assert last is not None
        line = notes.cosign(notes.parse(last.note).text, witness, last.signed_at)
        await checkpoints.cosign(connection, 2, witness.name, str(line))
    report = await in_journal(database, known)
    assert (report.tally.first, report.witnessed) == ([], 1)
    assert in_file(await file_of(database), known).witnessed == 1
    unknown = in_file(await file_of(database), original.known())
    assert "1 countersignatures were not checked" in unknown.remarks
    false = replace(line, signed=line.signed[:-1] + bytes([line.signed[-1] ^ 1]))
    async with database.connection() as connection:
        await checkpoints.cosign(connection, 1, witness.name, str(false))
    expected = ("signature", FIRST, FIRST)
    assert await found(database, known) == (expected, expected)
