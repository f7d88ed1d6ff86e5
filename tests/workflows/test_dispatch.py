"""The way from the API to a case's workflow, on a real Temporal."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.client import Client

from api.dispatch import Dispatcher
from api.errors import Problem
from domain.commands import Actor, Remind
from domain.words import ActorKind
from tests.workflows.scenes import QUEUE, Counting, working
from workflows.sending import WrongStream


def remind() -> Remind:
    actor = Actor(kind=ActorKind.RESIDENT)
    return Remind(command_id=str(uuid.uuid4()), at=datetime.now(UTC), actor=actor)


def later(_done: int) -> timedelta:
    return timedelta(hours=1)


async def test_a_defect_that_was_mended_does_not_answer_for_ever(client: Client) -> None:
    case_id, counting, asked = uuid.uuid4().hex, Counting(later, 99), remind()
    way = Dispatcher(client, QUEUE)
    async with working(client, counting):
        assert (await way.send(case_id, remind())).accepted
        counting.breaks = 2
        with pytest.raises(Problem) as failed:
            await way.send(case_id, asked)
        assert failed.value.status == 500
        assert (await way.send(case_id, asked)).accepted
    assert counting.kinds == ["remind", "remind"]


async def test_a_case_without_a_workflow_gets_one_with_its_next_command(client: Client) -> None:
    case_id, counting = uuid.uuid4().hex, Counting(later, 99)
    way = Dispatcher(client, QUEUE)
    async with working(client, counting):
        await way.send(case_id, remind())
        await client.get_workflow_handle(case_id).terminate()
        assert (await way.send(case_id, remind())).accepted
    assert counting.kinds == ["remind", "remind"]


@pytest.mark.rule("R14.1")
@pytest.mark.parametrize("stream", ["office", "admission-1"])
async def test_no_workflow_of_cases_begins_under_the_id_of_another_noun(
    client: Client, stream: str
) -> None:
    with pytest.raises(WrongStream):
        await Dispatcher(client, QUEUE).send(stream, remind())
