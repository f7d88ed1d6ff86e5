"""R14.4: an erasure is carried out wherever somebody is spoken of, whatever dies in the middle."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from temporalio.service import RPCError, RPCStatusCode

from activities.cases import CaseActivities
from activities.erasing import ErasingActivities, HalfForgottenError
from activities.messages import Position, Refusal, Step, StepResult
from activities.visit import VisitActivities
from domain.commands import (
    EraseSubject,
    Join,
    Merge,
    Register,
    Remind,
    Resolve,
    Reveal,
    Split,
    Verify,
    Withdraw,
)
from domain.crossing import MESSAGES
from domain.erasure.commands import Target
from domain.sealing import ERASED
from domain.streams import Noun, noun_of
from domain.values import By
from domain.visit.commands import ForgetCase
from domain.words import Urgency
from domain.words.erasure import Remains
from store import keeping, reading, remembered, sequencer
from store.folds import CASE, VISIT
from store.rebuilding import rebuild_all
from store.remembered import Place
from tests.activities.bureau import Bureau
from tests.domain.story import CLOCK, GAO, MEI, RESIDENT, XU, by, request
from tests.domain.town import LEAD
from tests.domain.visiting import LAMP, NOISE
from tests.store.house import JOURNAL, RING, VIEWS, House, everything
from tests.store.lives import CANARY
from tests.store.test_sealing import verified
from tests.store.visited import recorded, tell
from workflows.sending import step_of

pytestmark = pytest.mark.rule("R14.4")

HIM = Target(case_id="SW-1")


@dataclass
class Carrier:
    """Carries commands to the stream's own activity, and dies on the way back as often as told."""

    bureau: Bureau
    lost: int = 0
    histories: list[str] = field(default_factory=list)

    async def tell(self, stream: str, command: EraseSubject | ForgetCase) -> StepResult:
        engine = self.bureau.database.engine
        chosen = VisitActivities if noun_of(stream) is Noun.VISIT else CaseActivities
        activities: Any = chosen(engine, RING, ahead=None)
        result: StepResult = await activities.execute(stream, step_of(command))
        self.die()
        return result

    async def forget(self, workflow_id: str, _alive: object) -> int:
        self.histories.append(workflow_id)
        self.die()
        return 1

    async def bury(self) -> None:
        self.die()

    def die(self) -> None:
        if self.lost:
            self.lost -= 1
            raise RPCError("lost on the way back", RPCStatusCode.CANCELLED, b"")

    async def carry_out(self, target: Target = HIM, erasure_id: str = "erasure-1") -> Step:
        """Try until it is done, as Temporal does."""
        engine = self.bureau.database.engine
        activities = ErasingActivities(engine, self.tell, self.forget, self.bury)
        while True:
            try:
                return await activities.carry_out(erasure_id, target, alive=lambda: None)
            except RPCError:
                continue


@pytest.fixture
async def bureau(house: House) -> Bureau:
    return Bureau(await house.town())


def told(**changed: Any) -> dict[str, Any]:
    return request(title=CANARY, text=CANARY, reporter_lookup="hash-of-a-number", **changed)


async def taken_back(bureau: Bureau, case_id: str = "SW-1") -> None:
    await bureau.happens(
        case_id,
        by(MEI, "03-02 09:00", Register, **told()),
        by(RESIDENT, "03-02 09:30", Withdraw, text=CANARY),
    )


async def said(bureau: Bureau, stream: str, fold: Any = CASE) -> str:
    async with bureau.database.connection() as connection:
        past = await reading.past(connection, fold, stream, RING)
    assert past is not None
    return repr(past.lines)


async def test_the_row_forgets_with_the_event_and_a_rebuild_says_the_same(bureau: Bureau) -> None:
    await taken_back(bureau)
    step = await Carrier(bureau).carry_out()
    assert (step.kind, step.command["keys"], step.command["histories"]) == ("note_erased", 2, 1)
    (row,) = await bureau.fetch("select * from cases")
    assert (row["title"], row["search"], row["lookup"]) == (ERASED, "", "")
    assert (row["longitude"], row["latitude"]) == (None, None)
    assert CANARY not in await said(bureau, "SW-1")
    async with bureau.database.connection() as connection:
        assert await verified(connection, "SW-1")
        before = await everything(connection, JOURNAL + VIEWS)
        await rebuild_all(connection, RING, bureau.database.engine.url)
        assert await everything(connection, JOURNAL + VIEWS) == before


@pytest.mark.parametrize("lost", range(1, 6))
async def test_it_is_done_once_wherever_it_was_cut_off(bureau: Bureau, lost: int) -> None:
    await taken_back(bureau)
    carrier = Carrier(bureau, lost=lost)
    step = await carrier.carry_out()
    assert (step.kind, step.command["keys"]) == ("note_erased", 2)
    kinds = await bureau.fetch("select kind from events where kind = 'subject.erased'")
    assert len(kinds) == 1
    assert CANARY not in await said(bureau, "SW-1")


async def test_a_case_that_is_open_keeps_who_is_in_it(bureau: Bureau) -> None:
    await bureau.happens("SW-1", by(MEI, "03-02 09:00", Register, **told()))
    carrier = Carrier(bureau)
    step = await carrier.carry_out()
    assert (step.kind, step.command["refusal"]) == ("note_kept", "case_open")
    assert CANARY in await said(bureau, "SW-1")
    assert carrier.histories == []


async def test_the_visit_a_case_came_of_forgets_it_too(bureau: Bureau) -> None:
    """And the other case of the visit keeps what was said of it."""
    carrier = Carrier(bureau)
    await tell(bureau.database, "visit-1", recorded(findings=(LAMP, NOISE)))
    async with bureau.database.connection() as connection:
        await sequencer.advance(connection)
    bureau.tells(carrier.tell, MESSAGES)  # type: ignore[arg-type]
    await bureau.until(bureau.settled)
    await bureau.happens(
        "SW-2", by(GAO, "03-02 11:00", Resolve, text=CANARY, evidence=("photo-1",))
    )
    await bureau.happens("SW-2", by(XU, "03-02 12:00", Verify, done=True, text=CANARY))
    step = await carrier.carry_out(Target(case_id="SW-2"))
    assert (step.kind, step.command["keys"]) == ("note_erased", 4)
    assert set(carrier.histories) == {"SW-2", "visit-1"}
    record = await said(bureau, "visit-1", VISIT)
    assert LAMP.title not in record
    assert CANARY not in record
    assert NOISE.title in record
    assert LAMP.title not in await said(bureau, "SW-2")


async def joined(bureau: Bureau) -> str:
    """SW-1 was carried on in the lead, where its resident said more; both have taken it back."""
    officer = By(person_id="mei", post_id="clerk-bridge", unit_id="bridge")
    theirs, words = replace(RESIDENT, subject="SW-1"), f"{CANARY}-joined"
    join = {"residents": 1, "officer": officer, "urgency": Urgency.NORMAL}
    opening = by(MEI, "03-02 09:00", Register, **told())
    merging = by(MEI, "03-02 09:30", Merge, lead_id=LEAD.case_id, text=CANARY)
    await bureau.happens(
        LEAD.case_id,
        opening,
        by(CLOCK, "03-02 09:35", Join, case_id="SW-1", **join),
        by(theirs, "03-02 09:40", Remind, text=words),
        by(theirs, "03-02 10:00", Withdraw, text=words),
        by(RESIDENT, "03-02 10:10", Withdraw, text=CANARY),
    )
    await bureau.happens("SW-1", opening, merging)
    return words


async def keys_gone(bureau: Bureau) -> list[str]:
    rows = await bureau.fetch("select case_id from subject_keys where wrapped is null")
    return sorted({row["case_id"] for row in rows})


@dataclass
class Interrupted(Carrier):
    """Before a stream is told to forget, something happens there or the stream refuses."""

    split: bool = False
    refusing: str = ""

    async def tell(self, stream: str, command: EraseSubject | ForgetCase) -> StepResult:
        if self.split and stream == "SW-1":
            self.split = False
            await self.bureau.happens("SW-1", by(XU, "03-02 11:10", Split, text="错并"))
        if stream == self.refusing:
            refusal = Refusal(code="case_open", rule="R14.4")
            position = Position(version=0)
            return StepResult(
                accepted=False, first_version=1, last_version=0, refusal=refusal, position=position
            )
        return await super().tell(stream, command)


async def test_a_case_that_comes_back_at_the_last_moment_is_kept_in_its_lead_too(
    bureau: Bureau,
) -> None:
    words = await joined(bureau)
    step = await Interrupted(bureau, split=True).carry_out()
    assert (step.kind, step.command["refusal"]) == ("note_kept", "case_open")
    assert await keys_gone(bureau) == []
    assert words in await said(bureau, LEAD.case_id)


async def test_what_is_half_forgotten_is_not_recorded_as_kept_but_tried_again(
    bureau: Bureau,
) -> None:
    words = await joined(bureau)
    carrier = Interrupted(bureau, refusing=LEAD.case_id)
    for _ in range(2):
        with pytest.raises(HalfForgottenError, match="case_open"):
            await carrier.carry_out()
        assert await keys_gone(bureau) == ["SW-1"]
    carrier.refusing = ""
    step = await carrier.carry_out()
    assert (step.kind, step.command["keys"]) == ("note_erased", 3)
    assert words not in await said(bureau, LEAD.case_id)


async def test_the_lead_forgets_the_resident_whose_case_it_carried_on(bureau: Bureau) -> None:
    """What the others and staff said there stays."""
    officer = By(person_id="mei", post_id="clerk-bridge", unit_id="bridge")
    theirs, joined = replace(RESIDENT, subject="SW-1"), f"{CANARY}-joined"
    await bureau.happens(
        LEAD.case_id,
        by(MEI, "03-02 09:00", Register, **told()),
        by(
            *(CLOCK, "03-02 09:35", Join),
            case_id="SW-1",
            residents=1,
            officer=officer,
            urgency=Urgency.NORMAL,
        ),
        by(theirs, "03-02 09:40", Remind, text=joined),
    )
    await bureau.happens(
        "SW-1",
        by(MEI, "03-02 09:00", Register, **told()),
        by(MEI, "03-02 09:30", Merge, lead_id=LEAD.case_id, text=CANARY),
    )
    carrier = Carrier(bureau)
    open_ = await carrier.carry_out()
    assert (open_.kind, open_.command["refusal"]) == ("note_kept", "case_open")
    await bureau.happens(
        LEAD.case_id,
        by(theirs, "03-02 10:00", Withdraw, text=joined),
        by(RESIDENT, "03-02 10:10", Withdraw, text=CANARY),
    )
    again = Carrier(bureau)
    step = await again.carry_out(erasure_id="erasure-2")
    assert (step.kind, step.command["keys"]) == ("note_erased", 3)
    assert set(again.histories) == {LEAD.case_id, "SW-1"}
    lead = await said(bureau, LEAD.case_id)
    assert joined not in lead
    assert CANARY in lead
    assert CANARY not in await said(bureau, "SW-1")


async def test_what_left_the_system_is_said_also_when_the_messages_list_was_swept(
    bureau: Bureau,
) -> None:
    await taken_back(bureau)
    await bureau.look()
    assert Remains.HANDED_OUT not in await remains(bureau)
    sent = "status = 'sent', next_attempt_at = null, settled_at = now() - interval '400 days'"
    await bureau.execute(f"update deliveries set {sent}")  # noqa: S608 - a constant
    assert Remains.HANDED_OUT in await remains(bureau)
    async with bureau.database.connection() as connection:
        long_ago = datetime.now(UTC) - timedelta(days=365)
        assert await keeping.sweep(connection, keeping.KINDS["messages"], long_ago)
    assert await bureau.fetch("select 1 from deliveries") == []
    assert Remains.HANDED_OUT in await remains(bureau)


async def test_a_number_that_was_shown_to_somebody_is_said_to_have_left(bureau: Bureau) -> None:
    await bureau.happens(
        "SW-1",
        by(MEI, "03-02 09:00", Register, **told()),
        by(MEI, "03-02 09:10", Reveal, reason=CANARY),
        by(RESIDENT, "03-02 09:30", Withdraw, text=CANARY),
    )
    await bureau.look()
    assert Remains.HANDED_OUT in await remains(bureau)


async def remains(bureau: Bureau) -> tuple[Remains, ...]:
    async with bureau.database.connection() as connection:
        return await remembered.remains(connection, ["SW-1"])


async def test_texts_of_before_each_had_a_key_take_the_cases_key_with_them(bureau: Bureau) -> None:
    await taken_back(bureau)
    async with bureau.database.connection() as connection:
        place = Place(stream="SW-1", subject="reporter")
        assert not await remembered.sealed_together(connection, place)
    old = {"title": {"subject": "case", "box": "AAAA"}}
    async with bureau.database.as_role("superuser") as superuser:
        await superuser.execute("alter table events disable trigger events_append_only")
        await superuser.execute("update events set data = data || $1::jsonb", json.dumps(old))
    async with bureau.database.connection() as connection:
        assert await remembered.sealed_together(connection, place)
