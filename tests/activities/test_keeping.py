"""R14.4: what was kept long enough goes and that is recorded; people are proposed, not lost."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, get_args
from uuid import uuid4

import pytest

from activities.erasure import ErasureActivities
from activities.keeping import KeepingActivities, Turn
from activities.messages import StepResult
from activities.office import OfficeActivities
from api.words import keeping as words
from domain.commands import Register, Withdraw
from domain.erasure.commands import RequestErasure
from domain.office.commands import RecordSweep
from domain.office.state import OFFICE
from store import keeping, reading
from store.folds import ERASURE
from store.keeping import KINDS, Until
from tests.activities.bureau import Bureau
from tests.domain.story import MEI, RESIDENT, by, request
from tests.store.house import RING, House
from workflows.sending import step_of

pytestmark = pytest.mark.rule("R14.4")


@dataclass
class Carrier:
    """Carries commands to the stream's own activity."""

    bureau: Bureau
    erasures: list[str] = field(default_factory=list)

    async def tell(self, stream: str, command: RecordSweep | RequestErasure) -> StepResult:
        engine = self.bureau.database.engine
        chosen = OfficeActivities if stream == OFFICE else ErasureActivities
        self.erasures += [] if stream == OFFICE else [stream]
        activities: Any = chosen(engine, RING, ahead=None)
        result: StepResult = await activities.execute(stream, step_of(command))
        return result

    async def turn(self, name: str = "turn-1") -> Turn:
        activities = KeepingActivities(self.bureau.database.engine, self.tell)
        return await activities.take(name, Counter(), lambda _: None)


@pytest.fixture
async def carrier(house: House) -> Carrier:
    return Carrier(Bureau(await house.town()))


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


def test_every_kind_has_its_words() -> None:
    assert set(words.KINDS) == set(KINDS)
    assert set(words.UNTIL) == set(get_args(Until))
    assert set(words.SINCE) == {name for name, kind in KINDS.items() if kind.days}
