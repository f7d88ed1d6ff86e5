"""The case workflow's loop on a real Temporal: commands in line, clocks on time, nothing lost."""

import asyncio
import uuid
from datetime import timedelta

import pytest
from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowExecutionStatus,
    WorkflowUpdateFailedError,
)
from temporalio.common import WorkflowIDConflictPolicy

from tests.workflows.scenes import QUEUE, Counting, Next, step, working
from workflows import entity
from workflows.messages import CASE, EXECUTE_UPDATE, Start, Step, StepResult

LATER = timedelta(hours=1)


def never(_done: int) -> timedelta:
    return LATER


def soon_after(first: int) -> Next:
    return lambda done: timedelta(milliseconds=300) if done >= first else LATER


async def begin(client: Client, case_id: str, first: Step) -> StepResult:
    start: WithStartWorkflowOperation[object, None] = WithStartWorkflowOperation(
        CASE,
        Start(),
        id=case_id,
        task_queue=QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
    )
    found: StepResult = await client.execute_update_with_start_workflow(
        EXECUTE_UPDATE,
        first,
        start_workflow_operation=start,
        id=first.command_id,
        result_type=StepResult,
    )
    return found


async def send(client: Client, case_id: str, one: Step) -> StepResult:
    found: StepResult = await client.get_workflow_handle(case_id).execute_update(
        EXECUTE_UPDATE, one, id=one.command_id, result_type=StepResult
    )
    return found


async def test_a_command_that_comes_twice_has_one_effect_and_one_answer(client: Client) -> None:
    case_id, counting, once = uuid.uuid4().hex, Counting(never, 9), step("remind")
    async with working(client, counting):
        await begin(client, case_id, step("register"))
        first, second = await asyncio.gather(
            send(client, case_id, once), send(client, case_id, once)
        )
    assert first == second
    assert counting.kinds == ["register", "remind"]


async def test_commands_that_come_at_once_are_carried_out_one_after_the_other(
    client: Client,
) -> None:
    case_id, counting = uuid.uuid4().hex, Counting(never, 99)
    async with working(client, counting):
        await begin(client, case_id, step("register"))
        found = await asyncio.gather(*(send(client, case_id, step()) for _ in range(20)))
    assert sorted(result.last_version for result in found) == list(range(2, 22))


async def test_a_clock_that_is_due_sends_a_tick_by_itself(client: Client) -> None:
    case_id, counting = uuid.uuid4().hex, Counting(soon_after(1), 3)
    async with working(client, counting):
        await begin(client, case_id, step("register"))
        await client.get_workflow_handle(case_id).result()
    assert counting.kinds == ["register", "tick", "tick"]


async def test_a_case_that_ends_lets_its_workflow_end(client: Client) -> None:
    case_id, counting = uuid.uuid4().hex, Counting(never, 2)
    async with working(client, counting):
        await begin(client, case_id, step("register"))
        await send(client, case_id, step("withdraw"))
        handle = client.get_workflow_handle(case_id)
        await handle.result()
        found = await handle.describe()
    assert found.status is WorkflowExecutionStatus.COMPLETED


async def test_a_refused_opening_leaves_no_workflow_behind(client: Client) -> None:
    case_id, counting = uuid.uuid4().hex, Counting(never, 0, refuses={"register"})
    async with working(client, counting):
        result = await begin(client, case_id, step("register"))
        await client.get_workflow_handle(case_id).result()
    assert result.refusal is not None
    assert counting.kinds == []


async def test_a_case_woken_from_its_id_alone_asks_where_it_is(client: Client) -> None:
    case_id, counting = uuid.uuid4().hex, Counting(never, 9)
    async with working(client, counting):
        await client.start_workflow(CASE, Start(wake=True), id=case_id, task_queue=QUEUE)
        result = await send(client, case_id, step())
    assert sorted(counting.kinds) == ["accept", "tick"]
    assert result.accepted


async def test_a_case_whose_first_step_failed_for_good_is_not_forgotten(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Outside the sandbox, which has a module of its own: the pause would be minutes.
    monkeypatch.setattr(entity, "PAUSE_AFTER_DEFECT", timedelta(milliseconds=200))
    for wake in (True, False):
        case_id, counting = uuid.uuid4().hex, Counting(never, ends_after=1, breaks=2)
        async with working(client, counting, sandboxed=False):
            if wake:
                await client.start_workflow(CASE, Start(wake=True), id=case_id, task_queue=QUEUE)
            else:
                with pytest.raises(WorkflowUpdateFailedError):
                    await begin(client, case_id, step("register"))
            await client.get_workflow_handle(case_id).result()
        assert counting.kinds == ["tick"]


async def test_temporals_pages_follow_the_next_deadline(client: Client) -> None:
    case_id, counting = uuid.uuid4().hex, Counting(lambda done: LATER * done, 9)
    async with working(client, counting):
        await begin(client, case_id, step("register"))
        first = (await client.get_workflow_handle(case_id).describe()).typed_search_attributes
        await send(client, case_id, step("suspend"))
        later = (await client.get_workflow_handle(case_id).describe()).typed_search_attributes
    assert later[entity.DUE] - first[entity.DUE] > timedelta(minutes=59)


async def test_after_many_steps_the_history_begins_anew_and_the_case_goes_on(
    client: Client,
) -> None:
    case_id, counting = uuid.uuid4().hex, Counting(never, 9_999)
    many = entity.STEPS_A_RUN + 20
    async with working(client, counting):
        await begin(client, case_id, step("register"))
        first_run = (await client.get_workflow_handle(case_id).describe()).run_id
        for _ in range(many // 20):
            await asyncio.gather(*(send(client, case_id, step()) for _ in range(20)))
        later_run = (await client.get_workflow_handle(case_id).describe()).run_id
    assert first_run != later_run
    assert len(counting.kinds) == 1 + many


async def test_temporals_own_pages_show_where_the_case_is(client: Client) -> None:
    case_id, counting = uuid.uuid4().hex, Counting(never, 9)
    async with working(client, counting):
        await begin(client, case_id, step("register"))
        found = await client.get_workflow_handle(case_id).describe()
    shown = {pair.key.name: pair.value for pair in found.typed_search_attributes}
    assert (shown["ShouwenStage"], shown["ShouwenUnit"]) == ("grid", "bridge-1")


async def test_what_temporal_keeps_of_a_command_cannot_be_read_without_the_key(
    client: Client,
) -> None:
    case_id, counting = uuid.uuid4().hex, Counting(never, 9)
    canary = "金丝雀19900007777"
    secret = Step(kind="accept", command_id=str(uuid.uuid4()), command={"text": canary})
    async with working(client, counting):
        await begin(client, case_id, step("register"))
        await send(client, case_id, secret)
        history = await client.get_workflow_handle(case_id).fetch_history()
    assert canary not in history.to_json()
    assert canary.encode() not in b"".join(e.SerializeToString() for e in history.events)
