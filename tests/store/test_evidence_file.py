"""The evidence file and its verifier: one file that runs alone and says what is wrong and where."""

import asyncio
import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from cli.evidence import offline
from cli.evidence.offline import Evidence, Log, Untrue
from cli.main import app
from store import chain, notes
from store.notes import Signer
from tests.activities.test_notary import OLD, OTHER, Notary
from tests.store.house import Database, House
from tests.store.tampering import copy_of, write_cases, write_more
from tests.store.test_chain import ASCII, JSON, LEAVES
from tests.store.test_red_team import file_of
from tests.store.walks import Archive

pytestmark = pytest.mark.rule("R14.2")

PROGRAM = Path(offline.__file__)
ANY_KEY = st.text(st.characters(codec="utf-8"), max_size=4)


class Told:
    """A database with a notary, its file, and the key that vouches for it."""

    def __init__(self, database: Database, lines: list[bytes], key: str, kept: Path) -> None:
        self.database, self.lines, self.key, self.kept = database, lines, key, kept


@pytest.fixture(scope="module")
async def told(estate: House, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Fifteen events of cases, two of the log, a checkpoint; then one event more and another."""
    database = await estate.town()
    kept = tmp_path_factory.mktemp("kept") / "checkpoint"
    notary = Notary(database, kept, OLD)
    async with database.connection() as connection:
        await write_cases(connection)
        await notary.work()
        await write_more(connection, "SW-1")
        await notary.work()
    lines = await file_of(database)
    return Told(database, lines, str(Signer(json.loads(lines[0])["origin"], OLD).public), kept)


def false(lines: list[bytes], told: Told) -> tuple[int, str, int]:
    """What is found false: line, reason, event."""
    with pytest.raises(Untrue) as caught:
        Evidence(Log((told.key,)), [told.kept.read_text("utf-8")]).read(lines)
    return caught.value.line, caught.value.reason, caught.value.seq


# -- the one form --------------------------------------------------------------


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.recursive(
        LEAVES,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_KEY, inner, max_size=4),
        max_leaves=20,
    )
)
def test_the_verifier_s_canonical_form_is_rfc_8785(value: Any) -> None:
    assert offline.canonical(value) == rfc8785.dumps(value)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(ASCII, LEAVES, max_size=6))
def test_it_is_the_journal_s_own_form(value: dict[str, Any]) -> None:
    assert offline.canonical(value) == chain.canonical(value)


def test_keys_are_ordered_by_their_utf_16_code_units() -> None:
    found = offline.canonical({"\ufb33": 1, "\U0001f642": 2})
    assert found == '{"\U0001f642":2,"\ufb33":1}'.encode()


@pytest.mark.parametrize("number", ["1.5", "1e3", "NaN", "9007199254740993", "-Infinity"])
def test_a_number_that_is_not_whole_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="is"):
        offline._READ.decode(f'{{"n":{number}}}')


async def test_the_file_has_every_event_in_its_order_and_nothing_opened(told: Told) -> None:
    found = [json.loads(line) for line in told.lines]
    assert [line["type"] for line in found] == [
        "shouwen.journal",
        *["event"] * 17,
        "checkpoint",
        "event",
        "checkpoint",
        "end",
    ]
    assert found[0]["keys"] == [told.key]
    assert found[-1]["events"] == 18
    events = [line for line in found if line["type"] == "event"]
    assert [event["seq"] for event in events] == [*range(1, 19)]
    assert events[0]["data"]["title"]["box"], "sealed as it is stored"
    assert set(events[0]) == {"type", "seq", "hash", *offline.FIELDS}


async def test_every_kind_of_event_passes(archive: Archive, house: House) -> None:
    database = await copy_of(house, archive.database)
    lines = await file_of(database)
    log = Log()
    evidence = Evidence(log)
    evidence.read(lines)
    assert evidence.events == len(lines) - 2


# -- alone ---------------------------------------------------------------------


async def alone(
    folder: Path, lines: list[bytes], *options: str, silent: bool = True
) -> tuple[int, str]:
    """Run a copy of the one file in a folder of its own, with nothing of ours to import."""
    (folder / "check.py").write_bytes(PROGRAM.read_bytes())
    (folder / "journal.jsonl").write_bytes(b"".join(lines))
    argv = [sys.executable, "-I", "check.py", "journal.jsonl", *options]
    done = await asyncio.to_thread(
        subprocess.run, argv, cwd=folder, capture_output=True, text=True, check=False
    )
    assert not (silent and done.stderr)
    return done.returncode, done.stdout + done.stderr


async def test_one_file_checks_an_export_alone(told: Told, tmp_path: Path) -> None:
    options = ("--key", told.key, "--checkpoint", str(told.kept))
    status, said = await alone(tmp_path, told.lines, *options)
    assert status == 0, said
    said, _, vouched = said.rpartition(", signed at ")
    assert vouched
    assert said == (
        f"Checked 18 events in 4 streams of {told.key.partition('+')[0]!r}.\n"
        "Checked 2 checkpoints, 0 of them countersigned.\n"
        "Nothing is false in this file.\n"
        "The given key vouches for events 1 to 18"
    )


async def test_alone_it_names_what_is_false_and_where(told: Told, tmp_path: Path) -> None:
    lines = [line.replace(b'"actor":"mei"', b'"actor":"gao"') for line in told.lines]
    status, said = await alone(tmp_path, lines, "--key", told.key)
    assert (status, said) == (
        1,
        "FALSE: line 2, event 1: its content was changed: its hash does not follow from it.\n",
    )


async def test_alone_without_a_key_it_does_not_say_that_all_is_well(
    told: Told, tmp_path: Path
) -> None:
    status, said = await alone(tmp_path, told.lines)
    assert status == 2
    assert "NOT CHECKED: whose keys these are: give the one you know with --key.\n" in said


def test_it_imports_the_standard_library_and_cryptography_only() -> None:
    imported = {
        line.split()[1].partition(".")[0]
        for line in PROGRAM.read_text("utf-8").splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imported - sys.stdlib_module_names == {"cryptography"}


# -- damage --------------------------------------------------------------------


def test_a_file_cut_within_a_line_is_not_whole(told: Told) -> None:
    assert false([*told.lines[:5], told.lines[5][:40]], told) == (6, "form", 0)


def test_a_file_cut_between_lines_is_not_whole(told: Told) -> None:
    with pytest.raises(Untrue, match="line 9: the file is not whole: it ends after event 8"):
        Evidence(Log()).read(told.lines[:9])


def test_two_lines_exchanged_are_named(told: Told) -> None:
    lines = [*told.lines]
    lines[7], lines[8] = lines[8], lines[7]
    assert false(lines, told) == (8, "missing", 7)
    lines = [*told.lines[:8], told.lines[7], *told.lines[8:]]
    assert false(lines, told) == (9, "order", 7)


def test_a_checkpoint_elsewhere_is_named(told: Told) -> None:
    lines = [*told.lines]
    lines[17], lines[18] = lines[18], lines[17]
    assert false(lines, told) == (18, "checkpoint", 16)


def test_an_event_taken_out_is_named(told: Told) -> None:
    assert false([*told.lines[:4], *told.lines[5:]], told) == (5, "missing", 4)


def test_the_last_event_taken_out_is_missed_by_the_checkpoint(told: Told) -> None:
    end = b'{"type":"end","events":17}\n'
    assert false([*told.lines[:19], told.lines[20], end], told) == (20, "checkpoint", 17)
    assert false([*told.lines[:19], end], told) == (20, "cut", 18)


@pytest.mark.parametrize("line", range(22))
def test_any_byte_changed_is_found(told: Told, line: int) -> None:
    """Every thirteenth byte of every line, its lowest bit turned."""
    original = told.lines[line]
    for at in range(line % 13, len(original), 13):
        changed = original[:at] + bytes([original[at] ^ 1]) + original[at + 1 :]
        lines = [*told.lines[:line], *changed.splitlines(keepends=True), *told.lines[line + 1 :]]
        found, _, _ = false(lines, told)
        assert found >= line, (at, changed)


def test_the_same_content_in_another_form_is_not_the_file(told: Told) -> None:
    spaced = json.dumps(json.loads(told.lines[3]), ensure_ascii=False).encode() + b"\n"
    assert false([*told.lines[:3], spaced, *told.lines[4:]], told) == (4, "form", 3)


def test_another_log_s_name_in_the_first_line_is_found(told: Told) -> None:
    first = told.lines[0].replace(b"shouwen/", b"shouwen/x")
    assert false([first, *told.lines[1:]], told) == (22, "origin", 0)


def test_another_log_s_checkpoint_kept_is_not_ours(told: Told, tmp_path: Path) -> None:
    body = notes.Checkpoint.of(notes.parse(told.kept.read_text("utf-8")).text)
    other = notes.Checkpoint(origin="shouwen/other", size=18, root=body.root, time=body.time)
    note = str(notes.sign(other, [Signer("shouwen/other", OTHER)]))
    with pytest.raises(Untrue) as caught:
        Evidence(Log((told.key,)), [note]).read(told.lines)
    assert (caught.value.reason, caught.value.seq) == ("origin", 18)


@pytest.mark.parametrize(
    "text", [b"", b"not json\n", b"[]\n", b'{"type":"end","events":0}\n', b"1\n"]
)
def test_what_is_no_evidence_file_is_refused(told: Told, text: bytes) -> None:
    _, reason, _ = false(text.splitlines(keepends=True), told)
    assert reason == "form"


def test_something_after_the_end_is_found(told: Told) -> None:
    assert false([*told.lines, told.lines[-1]], told) == (23, "form", 0)


@pytest.mark.parametrize("vkey", ["x", "a+b+c", "shouwen/1+00000000+AQ==", ""])
def test_what_is_no_key_is_said(vkey: str) -> None:
    with pytest.raises(Untrue, match="is no key"):
        offline.read_key(vkey)


NAMES = ("seq", "hash", "note", "cosignatures", "origin", "keys", "form", "events", *offline.FIELDS)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 21), st.dictionaries(st.sampled_from(NAMES), JSON), st.data())
def test_whatever_stands_in_a_line_it_is_called_false_and_nothing_breaks(
    told: Told, number: int, change: dict[str, Any], data: st.DataObject
) -> None:
    kinds = st.sampled_from(("shouwen.journal", "event", "checkpoint", "end"))
    original = json.loads(told.lines[number])
    kind = data.draw(kinds | st.just(original["type"]))
    changed = {**original, **change, "type": kind}
    lines = [*told.lines]
    lines[number] = json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    if lines[number] != told.lines[number]:
        found, _, _ = false(lines, told)
        assert found > number


async def test_what_was_given_and_cannot_be_used_is_no_fault_of_the_file(
    told: Told, tmp_path: Path
) -> None:
    for option, value in (("--key", "x"), ("--checkpoint", "check.py"), ("--checkpoint", "none")):
        status, said = await alone(tmp_path, told.lines, option, value, silent=False)
        assert status == 2
        assert said.startswith("What was given cannot be used: ")


# -- the commands --------------------------------------------------------------


async def shouwen(nowhere: Path, database: Database, *argv: str) -> Result:
    """With nothing of another log on the machine."""
    await database.engine.dispose()
    environ = {"SHOUWEN_DATABASE_URL": database.url(), "SHOUWEN_DATA": str(nowhere)}
    runner = CliRunner()
    return await asyncio.to_thread(lambda: runner.invoke(app, argv, env=environ))


async def test_the_file_is_written_and_checked_by_the_command(told: Told, tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    done = await shouwen(tmp_path, told.database, "export", str(file), "--format", "journal")
    assert done.exit_code == 0, done.output
    assert file.read_bytes() == b"".join(told.lines)
    kept = ("--checkpoint", str(told.kept))
    done = await shouwen(tmp_path, told.database, "verify", str(file), "--key", told.key, *kept)
    assert done.exit_code == 0, done.output
    assert "Nothing is false in this file" in done.output


async def test_the_evidence_file_takes_no_filters(told: Told, tmp_path: Path) -> None:
    argv = ("export", str(tmp_path / "x"), "--format", "journal", "--case", "SW-1")
    done = await shouwen(tmp_path, told.database, *argv)
    assert str(done.exception) == "The evidence file is the whole journal: it takes no filters"


async def test_the_journal_is_proven_with_the_key_and_what_was_kept(
    told: Told, tmp_path: Path
) -> None:
    options = ("--key", told.key, "--checkpoint", str(told.kept))
    done = await shouwen(tmp_path, told.database, "verify", *options)
    assert done.exit_code == 0, done.output
    assert "2 signed checkpoints, 0 of them countersigned." in done.output


async def test_the_machine_of_the_log_knows_its_key_and_its_checkpoint(
    told: Told, tmp_path: Path
) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "log.key").write_text(base64.b64encode(OLD).decode())
    (tmp_path / "checkpoint").write_bytes(told.kept.read_bytes())
    file = tmp_path / "journal.jsonl"
    file.write_bytes(b"".join(told.lines))
    done = await shouwen(tmp_path, told.database, "verify", str(file))
    assert done.exit_code == 0, done.output
    file.write_bytes(b"".join([*told.lines[:19], b'{"type":"end","events":17}\n']))
    done = await shouwen(tmp_path, told.database, "verify", str(file))
    assert done.exit_code == 1
    assert "FALSE: line 20, event 18: these had been signed, as the checkpoint kept" in done.output


async def test_another_log_s_checkpoint_beside_a_database_says_that_it_was_exchanged(
    told: Told, tmp_path: Path
) -> None:
    body = notes.Checkpoint.of(notes.parse(told.kept.read_text("utf-8")).text)
    other = notes.Checkpoint(origin="shouwen/other", size=9, root=body.root, time=body.time)
    note = str(notes.sign(other, [Signer("shouwen/other", OTHER)]))
    (tmp_path / "checkpoint").write_text(note, "utf-8")
    done = await shouwen(tmp_path, told.database, "verify")
    assert done.exit_code == 1
    assert "FALSE: event 9: the checkpoint belongs to the log 'shouwen/other'" in done.output
