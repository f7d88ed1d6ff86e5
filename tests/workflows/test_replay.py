"""Every recorded history replays on today's workflow code; a reordered workflow is caught."""

import asyncio
import json
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from store.keys import KeyRing
from tests.workflows.conftest import KEY
from worker import runner
from workflows.case import CaseWorkflow
from workflows.connection import converter
from workflows.messages import CASE, OFFICE, Start, Step, StepResult
from workflows.office import OfficeWorkflow

FILES = sorted((Path(__file__).parent / "histories").glob("*.json"))
CLASSES = {CASE: CaseWorkflow, OFFICE: OfficeWorkflow}


def noun(file: Path) -> str:
    """The name of the workflow whose history it is."""
    started = json.loads(file.read_text())["events"][0]["workflowExecutionStartedEventAttributes"]
    return str(started["workflowType"]["name"])


OF_CASES = [file for file in FILES if noun(file) == CASE]


def replayer(workflow_class: type) -> Replayer:
    return Replayer(
        workflows=[workflow_class],
        data_converter=converter(KeyRing(KEY)),
        workflow_runner=runner(),
    )


def history(file: Path) -> WorkflowHistory:
    """The history under its own workflow's id: the payloads are bound to it."""
    text = file.read_text()
    started = json.loads(text)["events"][0]["workflowExecutionStartedEventAttributes"]
    return WorkflowHistory.from_json(started["workflowId"], text)


def test_there_are_histories_to_replay() -> None:
    assert {noun(file) for file in FILES} >= set(CLASSES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_recorded_history_replays(file: Path) -> None:
    await replayer(CLASSES[noun(file)]).replay_workflow(history(file))


# Outside the sandbox: this file imports what the sandbox rightly refuses.
@workflow.defn(name="case", sandboxed=False)
class Reordered(CaseWorkflow):
    """Waits before each step: what the recorded code never did."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        await super().run(start)

    async def _step(self, step: Step) -> StepResult:
        await asyncio.sleep(1)
        return await super()._step(step)


@pytest.mark.parametrize("file", OF_CASES, ids=lambda file: file.stem)
async def test_a_deliberately_reordered_workflow_does_not_replay(file: Path) -> None:
    with pytest.raises(workflow.NondeterminismError):
        await replayer(Reordered).replay_workflow(history(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_recorded_history_shows_no_personal_data(file: Path) -> None:
    text = json.dumps(json.loads(file.read_text()), ensure_ascii=False)
    assert "王建国" not in text
    assert "19900001234" not in text
