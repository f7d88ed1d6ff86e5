"""R14.4: what was kept long enough goes and that is recorded; people are proposed, not lost."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4

import pytest

import activities.keeping
from activities.erasure import ErasureActivities
from activities.keeping import KeepingActivities, Turn
from activities.messages import StepResult
from activities.office import OfficeActivities
from api.words import keeping as words
from domain.commands import EraseSubject, Join, Merge, Register, Withdraw
from domain.erasure.commands import RequestErasure
from domain.office.commands import RecordSweep
from domain.office.state import OFFICE
from domain.values import By
from domain.words import CaseType, Urgency
from store import keeping, reading
from store.files.vault import Vault
from store.folds import ERASURE
from store.keeping import KINDS, Until
from tests.activities.bureau import Bureau
from tests.domain.story import CLOCK, MEI, RESIDENT, by, request
from tests.domain.town import LEAD
from tests.store.dispute_lives import PARTIES
from tests.store.house import RING, House
from workflows.sending import step_of

pytestmark = pytest.mark.rule("R14.4")


@dataclass
class Carrier:
    """Carries commands to the stream's own activity."""

    bureau: Bureau
    vault: Vault
    erasures: list[str] = field(default_factory=list)

    async def tell(self, stream: str, command: RecordSweep | RequestErasure) -> StepResult:
        engine = self.bureau.database.engine
        chosen = OfficeActivities if stream == OFFICE else ErasureActivities
        self.erasures += [] if stream == OFFICE else [stream]
        noun: Any = chosen(engine, RING, ahead=None)
        result: StepResult = await noun.execute(stream, step_of(command))
        return result

    async def turn(self, name: str = "turn-1") -> Turn:
        keeper = KeepingActivities(self.bureau.database.engine, self.tell, self.vault)
        return await keeper.take(name, Counter(), lambda _: None)


@pytest.fixture
async def carrier(house: House, tmp_path: Path) -> Carrier:
    return Carrier(Bureau(await house.town()), Vault.in_folder(tmp_path / "files"))


OLD = """
insert into sign_in_failures (login, at) select 'l' || n, now() - make_interval(days => n)
 from generate_series(80, 99) n;
insert into inbox (person_id, case_id, version, topic, created_at)
 select 'mei', 'SW-1', n, 'case.accepted', now() - make_interval(days => 720 + n)
 from generate_series(1, 20) n
"""
LEFT = "select (select count(*) from sign_in_failures) f, (select count(*) from inbox) i"


async def test_what_was_kept_long_enough_goes_and_that_is_an_event(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    for statement in OLD.split(";"):
        await carrier.bureau.execute(statement)
    monkeypatch.setattr(keeping, "BATCH", 1_000)
    done = await carrier.turn()
    assert done.rows == {"sign_in_failures": 10, "inbox": 11}
    assert await carrier.bureau.fetch(LEFT) == [{"f": 10, "i": 9}]
    (swept,) = await carrier.bureau.fetch("select data from events where kind = 'office.swept'")
    assert swept["data"]["tables"] == ["inbox", "sign_in_failures"]
    assert swept["data"]["rows"] == [11, 10]
    again = await carrier.turn("turn-2")
    assert (again.rows, again.proposed) == ({}, 0)
    assert len(await carrier.bureau.fetch("select 1 from events where kind = 'office.swept'")) == 1


async def test_messages_go_after_what_was_said_of_sending_them_again(carrier: Carrier) -> None:
    left = by(RESIDENT, "03-02 09:30", Withdraw, text="算了")
    opening = by(MEI, "03-02 09:00", Register, **request())
    await carrier.bureau.happens("SW-1", opening, left)
    await carrier.bureau.look()
    settled = "status = 'sent', next_attempt_at = null, settled_at = now() - interval '400 days'"
    await carrier.bureau.execute(f"update deliveries set {settled}")  # noqa: S608 - a constant
    (first, *_) = await carrier.bureau.fetch("select delivery_id from deliveries")
    again = "insert into resends (command_id, delivery_id, person_id) values ($2, $1, 'an')"
    await carrier.bureau.execute(again, first["delivery_id"], uuid4())
    done = await carrier.turn()
    assert done.rows["resends"] == 1
    assert await carrier.bureau.fetch("select 1 from deliveries") == []


async def test_people_of_cases_that_ended_long_ago_are_proposed_once(carrier: Carrier) -> None:
    opening = by(MEI, "03-02 09:00", Register, **request())
    for case_id in ("SW-1", "SW-2", "SW-3"):
        left = by(RESIDENT, "03-02 09:30", Withdraw, text="算了")
        await carrier.bureau.happens(case_id, opening, left)
    await carrier.bureau.execute("update cases set closed_at = '2020-03-02'")
    await carrier.bureau.happens("SW-4", opening)
    done = await carrier.turn()
    assert done.proposed == 3
    (erasure_id,) = carrier.erasures
    async with carrier.bureau.database.connection() as connection:
        past = await reading.past(connection, ERASURE, erasure_id, RING)
    assert past is not None
    assert {each.case_id for each in past.state.targets} == {"SW-1", "SW-2", "SW-3"}
    assert past.state.question is not None
    assert past.state.question.person_id in {"po", "pia"}
    assert (await carrier.turn("turn-2")).proposed == 0
    kept = await carrier.bureau.fetch("select 1 from subject_keys where wrapped is null")
    assert kept == []


async def targets(carrier: Carrier) -> set[tuple[str, str]]:
    """Everybody who was proposed."""
    found = set()
    async with carrier.bureau.database.connection() as connection:
        for erasure_id in carrier.erasures:
            past = await reading.past(connection, ERASURE, erasure_id, RING)
            if past is not None:
                found |= {(each.case_id, each.subject) for each in past.state.targets}
    return found


async def long_ago(carrier: Carrier, *case_ids: str, **said: Any) -> None:
    """Cases that were taken back, and that was long ago."""
    opening = by(MEI, "03-02 09:00", Register, **request("stairs", **said))
    for case_id in case_ids:
        left = by(RESIDENT, "03-02 09:30", Withdraw, text="算了")
        await carrier.bureau.happens(case_id, opening, left)
    aged = "update cases set closed_at = '2020-03-02', next_due = null where case_id = any($1)"
    await carrier.bureau.execute(aged, list(case_ids))


async def in_an_open_lead(carrier: Carrier) -> None:
    """SW-1 ended before all others, in a lead where its resident still waits."""
    officer = By(person_id="mei", post_id="clerk-bridge", unit_id="bridge")
    join = {"residents": 1, "officer": officer, "urgency": Urgency.NORMAL}
    opening = by(MEI, "03-02 09:00", Register, **request())
    joining = by(CLOCK, "03-02 09:35", Join, case_id="SW-1", **join)
    await carrier.bureau.happens(LEAD.case_id, opening, joining)
    merging = by(MEI, "03-02 09:30", Merge, lead_id=LEAD.case_id, text="同一盏灯")
    await carrier.bureau.happens("SW-1", opening, merging)
    await carrier.bureau.execute("update cases set closed_at = '2020-03-01' where case_id = 'SW-1'")


async def test_a_case_carried_on_in_an_open_one_waits_and_keeps_no_other_back(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activities.keeping, "PROPOSED", 2)
    await in_an_open_lead(carrier)
    await long_ago(carrier, "SW-2", "SW-3")
    assert (await carrier.turn()).proposed == 2
    assert {case_id for case_id, _ in await targets(carrier)} == {"SW-2", "SW-3"}


async def test_one_that_is_refused_is_left_out_and_the_others_are_proposed(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lead came back after the list was made: the refusal is about that, and names both."""
    listed = [(f"SW-{n}", "bridge") for n in (1, 2, 3, 4)]

    async def before(*_: object) -> list[tuple[str, str]]:
        return listed

    monkeypatch.setattr(keeping, "due", before)
    await in_an_open_lead(carrier)
    await long_ago(carrier, "SW-2", "SW-3", "SW-4")
    assert (await carrier.turn()).proposed == 3
    assert {case_id for case_id, _ in await targets(carrier)} == {"SW-2", "SW-3", "SW-4"}


async def test_everybody_a_case_is_about_is_proposed(carrier: Carrier) -> None:
    await long_ago(carrier, "SW-7", case_type=CaseType.DISPUTE, parties=PARTIES)
    assert (await carrier.turn()).proposed == 1
    people = {("SW-7", "reporter"), *(("SW-7", f"party-{n + 1}") for n in range(len(PARTIES)))}
    assert await targets(carrier) == people


async def test_a_party_is_proposed_after_who_came_was_forgotten(carrier: Carrier) -> None:
    await long_ago(carrier, "SW-7", case_type=CaseType.DISPUTE, parties=PARTIES)
    gone = by(CLOCK, "06-01 09:00", EraseSubject, subject="reporter", erasure_id="erasure-1")
    await carrier.bureau.happens("SW-7", gone)
    await carrier.bureau.execute("update cases set closed_at = '2020-03-02'")
    assert (await carrier.turn()).proposed == 1
    assert await targets(carrier) == {("SW-7", f"party-{n + 1}") for n in range(len(PARTIES))}


async def test_nothing_is_proposed_of_whom_nothing_is_left(carrier: Carrier) -> None:
    await long_ago(carrier, "SW-2")
    gone = by(CLOCK, "06-01 09:00", EraseSubject, subject="reporter", erasure_id="erasure-1")
    await carrier.bureau.happens("SW-2", gone)
    await carrier.bureau.execute("update cases set closed_at = '2020-03-02'")
    assert (await carrier.turn()).proposed == 0


def test_every_kind_has_its_words() -> None:
    assert set(words.KINDS) == set(KINDS)
    assert set(words.UNTIL) == set(get_args(Until))
    assert set(words.SINCE) == {name for name, kind in KINDS.items() if kind.days or kind.fixed}
