"""R13: what a visit found becomes cases, whatever dies between the record and the case."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from temporalio.service import RPCError, RPCStatusCode

from activities.cases import CaseActivities
from activities.messages import StepResult
from activities.visit import VisitActivities
from domain.commands import Command
from domain.crossing import MESSAGES
from domain.events import Registered
from domain.streams import Noun, noun_of
from domain.visit.commands import NoteUnopened
from store import reading, sequencer, visits
from store.folds import CASE, VISIT
from tests.activities.bureau import Bureau
from tests.domain.town import local
from tests.domain.visiting import LAMP, NOISE
from tests.store.house import RING, House
from tests.store.visited import recorded, tell
from workflows.sending import step_of

pytestmark = pytest.mark.rule("R13")


@dataclass
class Carrier:
    """Carries commands to the noun's own activity, unless it is away or dies on the way back."""

    bureau: Bureau
    away: int = 0
    lost: int = 0
    asked: list[str] = field(default_factory=list)

    async def tell(self, stream: str, command: Command | NoteUnopened) -> StepResult:
        self.asked.append(stream)
        if self.away:
            self.away -= 1
            raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")
        engine = self.bureau.database.engine
        noun = noun_of(stream)
        chosen = VisitActivities if noun is Noun.VISIT else CaseActivities
        activities: Any = chosen(engine, RING, ahead=None)
        result: StepResult = await activities.execute(stream, step_of(command))
        if self.lost:
            self.lost -= 1
            raise RPCError("lost on the way back", RPCStatusCode.CANCELLED, b"")
        return result


@pytest.fixture
async def bureau(house: House) -> Bureau:
    return Bureau(await house.town())


async def found(bureau: Bureau, *, away: int = 0, lost: int = 0) -> Carrier:
    """A visit that found two things is on record; of its cases there is none yet."""
    carrier = Carrier(bureau, away, lost)
    await tell(bureau.database, "visit-1", recorded(findings=(LAMP, NOISE)))
    async with bureau.database.connection() as connection:
        await sequencer.advance(connection)
    bureau.tells(carrier.tell, MESSAGES)
    return carrier


async def opened(bureau: Bureau) -> list[str]:
    async with bureau.database.connection() as connection:
        return await visits.cases_of(connection, "visit-1")


async def registered(bureau: Bureau, case_id: str) -> list[Registered]:
    async with bureau.database.connection() as connection:
        past = await reading.past(connection, CASE, case_id, RING)
    assert past is not None
    return [line.event for line in past.lines if isinstance(line.event, Registered)]


async def test_the_record_alone_opens_its_cases_once_somebody_carries_it(bureau: Bureau) -> None:
    """Whoever recorded it may have died right after."""
    await found(bureau)
    assert await opened(bureau) == []
    await bureau.until(bureau.settled)
    assert await opened(bureau) == ["SW-2", "SW-3"]
    (lamp,) = await registered(bureau, "SW-2")
    assert (lamp.visit_id, lamp.proactive, lamp.title) == ("visit-1", True, LAMP.title)
    assert lamp.at == local("03-02 10:00")


async def test_told_again_because_the_answer_was_lost_each_case_is_opened_once(
    bureau: Bureau,
) -> None:
    carrier = await found(bureau, lost=3)
    await bureau.until(bureau.settled)
    assert len(carrier.asked) == 5
    for case_id in ("SW-2", "SW-3"):
        assert len(await registered(bureau, case_id)) == 1
    assert await bureau.states("case") == [
        "visit.recorded SW-2 sent -",
        "visit.recorded SW-3 sent -",
    ]


async def test_while_nobody_answers_nothing_is_given_up(bureau: Bureau) -> None:
    await found(bureau, away=6)
    await bureau.until(bureau.settled)
    assert await opened(bureau) == ["SW-2", "SW-3"]


async def test_another_dispatcher_goes_on_where_one_died(bureau: Bureau) -> None:
    carrier = await found(bureau, away=2)
    await bureau.look()
    assert await opened(bureau) == []
    other = Bureau(bureau.database)
    other.tells(carrier.tell, MESSAGES)
    await other.until(other.settled)
    assert await opened(other) == ["SW-2", "SW-3"]


async def test_a_case_that_cannot_be_opened_is_noted_in_the_visit(bureau: Bureau) -> None:
    """Its number is taken by a case of somebody else's."""
    carrier = await found(bureau)
    await bureau.until(bureau.settled)
    await tell(bureau.database, "visit-2", recorded(findings=(LAMP,)))
    async with bureau.database.connection() as connection:
        await sequencer.advance(connection)
    await bureau.until(bureau.settled)
    assert carrier.asked.count("visit-2") == 1
    async with bureau.database.connection() as connection:
        await sequencer.advance(connection)
    await bureau.until(bureau.settled)
    async with bureau.database.connection() as connection:
        past = await reading.past(connection, VISIT, "visit-2", RING)
    assert past is not None
    assert past.state.unopened == (("SW-2", "case_exists"),)
    assert await bureau.inbox("visit.case_not_opened") == {"gao"}
