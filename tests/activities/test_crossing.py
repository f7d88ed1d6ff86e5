"""What one case tells another: once, in order, never given up, and a refusal is told back."""

from dataclasses import dataclass, field, replace

import pytest
from temporalio.service import RPCError, RPCStatusCode

from activities.cases import CaseActivities
from activities.messages import StepResult
from domain.commands import Actor, AddInformation, Command, Register, Remind
from domain.crossing import Message, Sent
from domain.visit.commands import NoteUnopened
from domain.words import ActorKind
from store import reading
from store.folds import CASE
from tests.activities.bureau import QUICK, Bureau
from tests.domain.story import MEI, by, request
from tests.store.house import RING, House
from workflows.sending import step_of

OPENED = by(MEI, "03-02 09:00", Register, **request())
TOPIC = "case.registered"


def heard(sent: Sent) -> Command:
    """The other case's resident adds what the event says."""
    text = getattr(sent.event, "text", "")
    actor = Actor(kind=ActorKind.RESIDENT)
    return AddInformation(command_id=sent.command_id, at=sent.at, actor=actor, text=text)


def told_back(sent: Sent, code: str) -> Command:
    actor = Actor(kind=ActorKind.RESIDENT)
    return AddInformation(command_id=sent.command_id, at=sent.at, actor=actor, text=code)


def impossible(sent: Sent) -> Command:
    """Staff do not remind in a resident's place."""
    actor = Actor(kind=ActorKind.STAFF, person_id="mei")
    return Remind(command_id=sent.command_id, at=sent.at, actor=actor)


@dataclass
class Post:
    """Carries commands as a workflow would, unless it is away or dies on the way."""

    bureau: Bureau
    away: int = 0
    lost: int = 0
    calls: int = 0
    seen: list[str] = field(default_factory=list)

    async def tell(self, case_id: str, command: Command | NoteUnopened) -> StepResult:
        self.calls += 1
        if self.away:
            self.away -= 1
            raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")
        activities = CaseActivities(self.bureau.database.engine, RING)
        result = await activities.execute(case_id, step_of(command))
        if self.lost:
            self.lost -= 1
            raise RPCError("lost on the way back", RPCStatusCode.CANCELLED, b"")
        self.seen.append(case_id)
        return result


@pytest.fixture
async def bureau(house: House) -> Bureau:
    return Bureau(await house.town())


async def post(
    bureau: Bureau, message: Message, *, away: int = 0, lost: int = 0, to: str = "SW-2"
) -> Post:
    """A dispatcher that tells cases, and two cases, the first of which owes the second a word."""
    made = Post(bureau, away, lost)
    bureau.tells(made.tell, {TOPIC: message})
    await bureau.execute(
        """insert into outbox (case_id, version, topic, recipient_kind, recipient, created_at)
           values ('SW-1', 1, $1, 'case', $2, now())""",
        TOPIC,
        to,
    )
    await bureau.happens("SW-2", OPENED)
    await bureau.happens("SW-1", OPENED)
    return made


async def texts(bureau: Bureau, case_id: str) -> list[str]:
    async with bureau.database.connection() as connection:
        past = await reading.past(connection, CASE, case_id, RING)
    assert past is not None
    events = (line.event for line in past.lines)
    return [event.text for event in events if event.kind == "case.information_added"]


async def test_a_notice_to_a_case_is_a_command_that_takes_effect_there(bureau: Bureau) -> None:
    await post(bureau, Message(tell=heard))
    await bureau.until(bureau.settled)
    assert await bureau.states("case") == [f"{TOPIC} SW-2 sent -"]
    assert await texts(bureau, "SW-2") == ["楼下半夜施工"]
    assert await texts(bureau, "SW-1") == []


async def test_told_again_because_the_answer_was_lost_it_has_one_effect(bureau: Bureau) -> None:
    made = await post(bureau, Message(tell=heard), lost=2)
    await bureau.until(bureau.settled)
    assert made.calls == 3
    assert await texts(bureau, "SW-2") == ["楼下半夜施工"]


async def test_however_long_the_other_side_is_away_it_is_not_given_up(bureau: Bureau) -> None:
    bureau.pace = replace(QUICK, again=(0.01,) * 3, longest_pause=0.05)
    made = await post(bureau, Message(tell=heard), away=9)
    await bureau.until(bureau.settled)
    assert made.calls == 10
    assert await bureau.states("case") == [f"{TOPIC} SW-2 sent -"]


async def test_a_refusal_is_an_answer_and_is_kept(bureau: Bureau) -> None:
    await post(bureau, Message(tell=impossible))
    await bureau.until(bureau.settled)
    assert await bureau.states("case") == [f"{TOPIC} SW-2 sent resident_only"]


async def test_the_sender_hears_of_a_refusal_once_where_it_has_to(bureau: Bureau) -> None:
    made = await post(bureau, Message(tell=impossible, refused=told_back), lost=2)
    await bureau.until(bureau.settled)
    assert made.seen == ["SW-2", "SW-1"]
    assert await texts(bureau, "SW-1") == ["resident_only"]


async def test_what_a_case_says_arrives_in_the_order_it_was_said(bureau: Bureau) -> None:
    made = await post(bureau, Message(tell=heard), away=1)
    await bureau.execute(
        """insert into outbox (case_id, version, topic, recipient_kind, recipient, created_at)
           values ('SW-1', 3, $1, 'case', 'SW-2', now())""",
        TOPIC,
    )
    more = by(MEI, "03-02 09:05", AddInformation, text="还有人在唱歌")
    await bureau.happens("SW-1", more)
    await bureau.until(bureau.settled)
    assert await texts(bureau, "SW-2") == ["楼下半夜施工", "还有人在唱歌"]
    assert made.seen == ["SW-2", "SW-2"]


async def test_a_topic_nobody_knows_waits_in_sight(bureau: Bureau) -> None:
    made = await post(bureau, Message(tell=heard))
    bureau.tells(made.tell, {})
    await bureau.look()
    assert await bureau.states("case") == [f"{TOPIC} SW-2 pending defect:KeyError"]


async def test_without_a_way_to_cases_it_waits(bureau: Bureau) -> None:
    await post(bureau, Message(tell=heard))
    plain = Bureau(bureau.database)
    await plain.look()
    assert await plain.states("case") == [f"{TOPIC} SW-2 pending -"]


@pytest.mark.rule("R14.1")
@pytest.mark.parametrize("receiver", ["office", "admission-1", "SW-9"])
async def test_what_is_told_to_no_case_is_refused_and_reaches_no_workflow(
    bureau: Bureau, receiver: str
) -> None:
    made = await post(bureau, Message(tell=heard, refused=told_back), to=receiver)
    await bureau.until(bureau.settled)
    assert await bureau.states("case") == [f"{TOPIC} {receiver} sent no_such_case"]
    assert set(made.seen) == {"SW-1"}
    assert await texts(bureau, "SW-1") == ["no_such_case"]
