"""The journal: what is appended is loaded again, and an append happens whole or not at all."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from domain.case import evolve, initial
from domain.commands import (
    Accept,
    AddInformation,
    Command,
    Contact,
    HandOver,
    RecordProgress,
    Register,
)
from domain.events import InformationAdded, ProgressRecorded
from domain.sealing import ERASED
from domain.words import CaseType
from store import journal, reading
from store.folds import CASE
from store.journal import Conflict, Entry
from store.keys import KeyRing, UnknownKey
from tests.domain.story import GAO, MEI, RESIDENT, by, request
from tests.store.house import JOURNAL, RING, VIEWS, Database, House, Scribe, everything
from tests.store.walks import Archive


@pytest.fixture
async def database(house: House) -> Database:
    return await house.town()


@pytest.fixture
async def scribe(database: Database) -> AsyncIterator[Scribe]:
    async with database.connection() as connection:
        yield Scribe(connection)


def opening(item_id: str = "noise", **changed: Any) -> Command:
    return by(MEI, "03-02 09:00", Register, **request(item_id, **changed))


def progress(text: str = "上门") -> Command:
    return by(GAO, "03-02 10:30", RecordProgress, text=text)


PAST = (opening(), by(MEI, "03-02 09:30", HandOver), by(GAO, "03-02 10:00", Accept))


# -- there and back ----------------------------------------------------------


async def test_a_case_nobody_opened_is_empty(scribe: Scribe) -> None:
    loaded = await journal.load(scribe.connection, CASE, "SW-none", uuid4())
    assert loaded.state == initial("SW-none")
    assert (loaded.last_hash, loaded.fixed, loaded.outcome) == (None, None, None)
    assert loaded.wrapped == {}
    assert await reading.history(scribe.connection, "SW-none", RING) is None


async def test_every_case_of_the_archive_loads_as_it_was_decided(archive: Archive) -> None:
    async with archive.database.connection() as connection:
        for case_id, events in archive.events.items():
            case = initial(case_id)
            for event in events:
                case = evolve(case, event)
            history = await reading.history(connection, case_id, RING)
            assert history is not None
            assert case.erased or tuple(line.event for line in history.lines) == events
            assert [line.version for line in history.lines] == list(range(1, len(events) + 1))
            assert replace(history.case, location=case.location) == case
            loaded = await journal.load(connection, CASE, case_id)
            assert replace(loaded.state, location=case.location) == case


async def test_loading_opens_nothing_personal(scribe: Scribe) -> None:
    await scribe.write("SW-1", opening())
    place = (await journal.load(scribe.connection, CASE, "SW-1")).state.location
    assert (place.address, place.point) == (ERASED, ERASED)
    assert place.grid_id == "orchard-1"


async def test_loading_gives_what_the_next_append_needs(scribe: Scribe) -> None:
    await scribe.write("SW-1", *PAST)
    loaded = await journal.load(scribe.connection, CASE, "SW-1")
    history = await reading.history(scribe.connection, "SW-1", RING)
    assert history is not None
    assert loaded.last_hash == history.lines[-1].hash
    assert set(loaded.wrapped) == {"reporter"}
    assert loaded.fixed is not None
    assert loaded.fixed["title"] == "太吵"
    assert loaded.books == await scribe.connection.fetchval("select max(book_id) from books")
    assert loaded.now >= history.lines[-1].recorded_at


async def test_each_line_names_the_hash_before_it(scribe: Scribe) -> None:
    await scribe.write("SW-1", *PAST)
    history = await reading.history(scribe.connection, "SW-1", RING)
    assert history is not None
    assert history.lines[0].prev_hash is None
    for before, after in zip(history.lines, history.lines[1:], strict=False):
        assert after.prev_hash == before.hash


# -- whole or not at all -----------------------------------------------------


async def all_of(scribe: Scribe) -> dict[str, list[str]]:
    return await everything(scribe.connection, JOURNAL + VIEWS)


async def test_of_two_writers_of_one_version_one_gets_a_conflict_and_leaves_nothing(
    database: Database, scribe: Scribe
) -> None:
    await scribe.write("SW-1", *PAST)
    entries = [await scribe.entry("SW-1", progress(text)) for text in ("一", "二")]

    async def attempt(entry: Entry) -> bool:
        async with database.connection() as connection:
            try:
                await journal.append(connection, [entry], RING)
            except Conflict:
                return False
            return True

    for _ in range(10):
        before = await all_of(scribe)
        done = await asyncio.gather(*map(attempt, entries))
        assert sorted(done) == [False, True]
        after = await all_of(scribe)
        winner = entries[done.index(True)]
        assert len(after["commands"]) == len(before["commands"]) + 1
        assert len(after["events"]) == len(before["events"]) + len(winner.events)
        assert len(after["outbox"]) == len(before["outbox"]) + len(winner.notices)
        loaded = await journal.load(scribe.connection, CASE, "SW-1", winner.command_id)
        assert loaded.outcome is not None
        entries = [await scribe.entry("SW-1", progress(text)) for text in ("一", "二")]


async def test_of_two_openings_of_one_case_one_gets_a_conflict(
    database: Database, scribe: Scribe
) -> None:
    entries = [await scribe.entry("SW-1", opening(title=title)) for title in ("一", "二")]
    async with database.connection() as other:
        found = await asyncio.gather(
            journal.append(scribe.connection, entries[:1], RING),
            journal.append(other, entries[1:], RING),
            return_exceptions=True,
        )
    assert sorted(type(f).__name__ for f in found) == ["Conflict", "NoneType"]
    won = entries[[f is None for f in found].index(True)]
    assert await titles(scribe) == {"SW-1": won.rows["cases"][0]["title"]}
    assert await scribe.connection.fetchval("select count(*) from commands") == 1


async def titles(scribe: Scribe) -> dict[str, str]:
    rows = await scribe.connection.fetch("select case_id, title from cases order by 1")
    return {row["case_id"]: row["title"] for row in rows}


async def test_a_stale_append_leaves_nothing(scribe: Scribe) -> None:
    await scribe.write("SW-1", *PAST)
    stale = await scribe.entry("SW-1", progress("late"))
    await scribe.write("SW-1", progress("first"))
    before = await all_of(scribe)
    with pytest.raises(Conflict):
        await journal.append(scribe.connection, [stale], RING)
    assert await all_of(scribe) == before


@pytest.mark.rule("R14.1")
async def test_the_same_command_twice_is_a_conflict_and_keeps_its_first_outcome(
    scribe: Scribe,
) -> None:
    await scribe.write("SW-1", *PAST)
    command_id = uuid4()
    first = await scribe.entry("SW-1", progress("first"), command_id)
    await journal.append(scribe.connection, [first], RING)
    again = await scribe.entry("SW-1", progress("again"), command_id)
    assert again.version == first.version + 1
    before = await all_of(scribe)
    for entry in (again, replace(again, events=(), refusal={"code": "late"})):
        with pytest.raises(Conflict):
            await journal.append(scribe.connection, [entry], RING)
    assert await all_of(scribe) == before
    outcome = (await journal.load(scribe.connection, CASE, "SW-1", command_id)).outcome
    assert outcome == journal.Outcome(True, 6, 6, None, b"asked")  # noqa: FBT003 - a row


async def test_one_entry_in_conflict_takes_the_others_of_the_append_with_it(
    scribe: Scribe,
) -> None:
    await scribe.write("SW-1", *PAST)
    stale = await scribe.entry("SW-1", progress())
    await scribe.write("SW-1", progress())
    fresh = await scribe.entry("SW-2", opening())
    before = await all_of(scribe)
    with pytest.raises(Conflict):
        await journal.append(scribe.connection, [fresh, stale], RING)
    assert await all_of(scribe) == before


async def test_what_fails_in_a_view_leaves_no_event(scribe: Scribe) -> None:
    entry = await scribe.entry("SW-1", opening())
    before = await all_of(scribe)
    broken = replace(entry, rows={"cases": [{**entry.rows["cases"][0], "title": None}]})
    with pytest.raises(asyncpg.NotNullViolationError):
        await journal.append(scribe.connection, [broken], RING)
    assert await all_of(scribe) == before


async def test_a_failed_append_does_not_spoil_its_connection(scribe: Scribe) -> None:
    entry = await scribe.entry("SW-1", opening())
    await journal.append(scribe.connection, [entry], RING)
    with pytest.raises(Conflict):
        await journal.append(scribe.connection, [entry], RING)
    await scribe.write("SW-1", by(RESIDENT, "03-02 09:10", Accept))
    assert await scribe.connection.fetchval("select count(*) from commands") == 2


# -- several at once ---------------------------------------------------------


async def test_entries_of_several_cases_go_in_one_append(scribe: Scribe) -> None:
    ids = [f"SW-{n}" for n in range(5)]
    entries = [await scribe.entry(i, opening(title=f"title {i}")) for i in ids]
    await scribe.write("SW-9", opening(title="title SW-9"))
    refused = await scribe.entry("SW-9", opening())
    assert refused.refusal is not None
    await journal.append(scribe.connection, [*entries, refused], RING)
    assert await titles(scribe) == {i: f"title {i}" for i in [*ids, "SW-9"]}
    for case_id in ids:
        loaded = await journal.load(scribe.connection, CASE, case_id)
        assert loaded.state.version == 2
    together = await scribe.connection.fetchval(
        "select count(distinct xid) from events where case_id <> 'SW-9'"
    )
    assert together == 1


async def test_entries_of_one_case_go_on_from_one_another(scribe: Scribe, house: House) -> None:
    entries = await step_by_step(await house.town(), PAST)
    blind = [replace(e, last_hash=None, wrapped={}) for e in entries]
    only_last = [*(replace(e, rows={}) for e in blind[:-1]), blind[-1]]
    await journal.append(scribe.connection, only_last, RING)
    history = await reading.history(scribe.connection, "SW-1", RING)
    assert history is not None
    assert [line.event for line in history.lines] == [e for entry in entries for e in entry.events]
    hashes = [line.hash for line in history.lines]
    assert [line.prev_hash for line in history.lines] == [None, *hashes[:-1]]
    loaded = await journal.load(scribe.connection, CASE, "SW-1")
    assert set(loaded.wrapped) == {"reporter"}
    await scribe.write("SW-1", progress())


async def step_by_step(database: Database, commands: tuple[Command, ...]) -> list[Entry]:
    async with database.connection() as connection:
        scribe = Scribe(connection)
        return [await scribe.write("SW-1", command) for command in commands]


# -- outcomes ----------------------------------------------------------------


@pytest.mark.rule("R14.1")
async def test_a_refusal_is_recorded_without_an_event(scribe: Scribe) -> None:
    await scribe.write("SW-1", *PAST)
    before = await all_of(scribe)
    refused = await scribe.entry("SW-1", by(RESIDENT, "03-02 10:30", Accept))
    await journal.append(scribe.connection, [refused], RING)
    after = await all_of(scribe)
    assert len(after.pop("commands")) == len(before.pop("commands")) + 1
    assert after == before
    outcome = (await journal.load(scribe.connection, CASE, "SW-1", refused.command_id)).outcome
    assert outcome is not None
    assert (outcome.accepted, outcome.first_version, outcome.last_version) == (False, 6, 5)
    assert outcome.refusal == refused.refusal
    row = await reading.outcome(scribe.connection, "SW-1", refused.command_id)
    assert row is not None
    assert (row["kind"], row["refusal"]) == ("accept", refused.refusal)


@pytest.mark.rule("R14.1")
async def test_the_outcome_names_the_versions_the_command_made(scribe: Scribe) -> None:
    entry = await scribe.write("SW-1", opening())
    outcome = (await journal.load(scribe.connection, CASE, "SW-1", entry.command_id)).outcome
    assert outcome == journal.Outcome(True, 1, 2, None, b"asked")  # noqa: FBT003 - a row
    other = await journal.load(scribe.connection, CASE, "SW-1", uuid4())
    elsewhere = await journal.load(scribe.connection, CASE, "SW-2", entry.command_id)
    assert other.outcome is None
    assert elsewhere.outcome is None


async def test_two_cases_may_get_the_same_command_id(scribe: Scribe) -> None:
    same = UUID(int=7)
    for case_id in ("SW-1", "SW-2"):
        entry = await scribe.entry(case_id, opening(), same)
        await journal.append(scribe.connection, [entry], RING)
    assert await scribe.connection.fetchval("select count(*) from commands") == 2


async def test_notices_wait_in_the_outbox_with_the_version_they_belong_to(scribe: Scribe) -> None:
    entry = await scribe.write("SW-1", opening())
    rows = await scribe.connection.fetch(
        "select version, topic, recipient_kind, recipient from outbox order by position"
    )
    assert [tuple(row) for row in rows] == [
        (version, notice.topic, notice.to, notice.recipient) for version, notice in entry.notices
    ]
    assert rows[0]["topic"] == "case.registered"


# -- keys --------------------------------------------------------------------


async def keys(scribe: Scribe, case_id: str) -> dict[str, bytes]:
    rows = await scribe.connection.fetch(
        "select subject, wrapped from subject_keys where case_id = $1", case_id
    )
    return {row["subject"]: row["wrapped"] for row in rows}


async def test_a_subject_keeps_one_key_through_the_life_of_a_case(scribe: Scribe) -> None:
    parties = (Contact(name="李"), Contact(name="赵"))
    await scribe.write("SW-1", opening(case_type=CaseType.DISPUTE, parties=parties))
    first = await keys(scribe, "SW-1")
    assert set(first) == {"reporter", "party-1", "party-2"}
    await scribe.write("SW-1", *PAST[1:], progress())
    every = await keys(scribe, "SW-1")
    assert set(every) == {*first, "case"}
    await scribe.write("SW-1", progress())
    assert await keys(scribe, "SW-1") == {**every, **first}
    opened = journal.open_keys("SW-1", every, RING)
    assert len(set(opened.values())) == 4


async def test_two_cases_never_share_a_key(scribe: Scribe) -> None:
    await scribe.write("SW-1", opening())
    await scribe.write("SW-2", opening())
    first, second = await keys(scribe, "SW-1"), await keys(scribe, "SW-2")
    assert journal.open_keys("SW-1", first, RING) != journal.open_keys("SW-2", second, RING)
    with pytest.raises(UnknownKey):
        journal.open_keys("SW-2", first, RING)


async def test_a_subject_that_said_nothing_gets_no_key(scribe: Scribe) -> None:
    await scribe.write("SW-1", opening(case_type=CaseType.DISPUTE, parties=(Contact(), Contact())))
    assert set(await keys(scribe, "SW-1")) == {"reporter"}


@pytest.mark.rule("R14.4")
async def test_what_is_said_under_an_erased_subject_is_recorded_without_its_words(
    scribe: Scribe, database: Database
) -> None:
    """The case goes on, its chain too; the key is not made anew."""
    await scribe.write("SW-1", *PAST, progress("上门"))
    async with database.as_role("owner") as owner:
        await owner.execute(
            """update subject_keys set wrapped = null, destroyed_at = now()
               where case_id = 'SW-1' and subject = 'case'"""
        )
    added = by(RESIDENT, "03-02 10:40", AddInformation, text="还有异响")
    await scribe.write("SW-1", progress("再次上门"), added)
    history = await reading.history(scribe.connection, "SW-1", RING)
    assert history is not None
    before, after, said = (line.event for line in history.lines[-3:])
    assert isinstance(before, ProgressRecorded)
    assert isinstance(after, ProgressRecorded)
    assert isinstance(said, InformationAdded)
    assert (before.text, after.text, said.text) == (ERASED, ERASED, "还有异响")
    assert (await keys(scribe, "SW-1"))["case"] is None
    stored = await scribe.connection.fetchval(
        "select data from events where case_id = 'SW-1' and version = $1", history.lines[-2].version
    )
    assert stored["text"] == ERASED


async def test_without_its_master_key_a_case_still_loads_but_does_not_open(scribe: Scribe) -> None:
    await scribe.write("SW-1", *PAST)
    stranger = KeyRing(b"x" * 32)
    assert (await journal.load(scribe.connection, CASE, "SW-1")).state.version == 5
    with pytest.raises(UnknownKey):
        await reading.history(scribe.connection, "SW-1", stranger)
