"""Upkeep of the running office: what is lost is found, what was refused stays answered."""

import asyncio
import uuid

from temporalio.client import WorkflowExecutionStatus

from cli.upkeep import wake_missing
from store.database import raw
from tests.e2e.admissions import apply
from tests.e2e.office import Office

REFUSED = "select count(*) from commands where kind = 'register' and not accepted"


async def unlisted(office: Office, workflow_id: str) -> None:
    """Until Temporal's list, which follows after a while, no longer has it running."""
    query = f"WorkflowId = '{workflow_id}' and ExecutionStatus = 'Running'"
    async with asyncio.timeout(20):
        while True:
            if not (await office.temporal.count_workflows(query)).count:
                return
            await asyncio.sleep(0.1)


async def test_an_open_case_whose_workflow_is_gone_is_started_again(office: Office) -> None:
    case_id = (await office.open_case()).json()["receipt"]["case_id"]
    handle = office.temporal.get_workflow_handle(case_id)
    await handle.terminate()
    await unlisted(office, case_id)
    assert await wake_missing(office.settings) >= 1
    found = await office.temporal.get_workflow_handle(case_id).describe()
    assert found.status is WorkflowExecutionStatus.RUNNING


async def test_so_is_an_admission_that_still_waits(office: Office) -> None:
    asked = await apply(office, "cui-jianmin")
    admission_id = asked.json()["admission"]["admission_id"]
    await office.temporal.get_workflow_handle(admission_id).terminate()
    await unlisted(office, admission_id)
    assert await wake_missing(office.settings) >= 1
    found = await office.temporal.get_workflow_handle(admission_id).describe()
    assert (found.status, found.workflow_type) == (WorkflowExecutionStatus.RUNNING, "admission")


async def test_a_refused_opening_is_kept_and_a_repeat_gets_the_first_answer(
    office: Office,
) -> None:
    body = {"channel": "web", "item_id": "c99-99", "title": "灯", "text": "不亮"}
    key = uuid.uuid4().hex
    async with raw(office.engine) as connection:
        before = await connection.fetchval(REFUSED)
        answers = [await office.post("/api/v1/cases", body, {}, key) for _ in range(2)]
        assert await connection.fetchval(REFUSED) == before + 1
    assert [answer.json()["code"] for answer in answers] == ["unknown_item"] * 2
