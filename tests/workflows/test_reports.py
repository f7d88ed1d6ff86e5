"""A turn of writing reports on a real Temporal: who fails holds up nobody, nothing comes twice."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from temporalio import activity
from temporalio.api.common.v1 import Payload
from temporalio.client import Client
from temporalio.converter import WorkflowSerializationContext
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from activities.messages import DUE_REPORTS, UNITS_TO_REPORT, WRITE_REPORT, Turn
from store.keys import KeyRing, UnknownKey
from worker import runner
from workflows.codec import SealedPayloads
from workflows.reports import ReportsWorkflow

pytestmark = pytest.mark.rule("R12.6")
NOW = datetime(2026, 4, 9, tzinfo=UTC)
UNITS = ("bridge", "hills", "orchard")


@dataclass(slots=True)
class Written:
    """Stands for the journal: what is written, and who cannot be."""

    fails: set[str] = field(default_factory=set)
    reports: set[str] = field(default_factory=set)
    tried: Counter[str] = field(default_factory=Counter)

    @activity.defn(name=DUE_REPORTS)
    async def due(self) -> Turn:
        return Turn(as_of=NOW, periods=("2026-03", "2026-Q1"))

    @activity.defn(name=UNITS_TO_REPORT)
    async def units(self, period: str, after: str, as_of: datetime) -> list[str]:
        assert as_of == NOW
        left = [u for u in UNITS if u > after and f"{period} {u}" not in self.reports]
        return left[:2]

    @activity.defn(name=WRITE_REPORT)
    async def write(self, unit_id: str, period: str, as_of: datetime) -> bool:
        assert as_of == NOW
        self.tried[f"{period} {unit_id}"] += 1
        if unit_id in self.fails:
            raise ApplicationError("a defect", non_retryable=True)
        self.reports.add(f"{period} {unit_id}")
        return True


async def turn(client: Client, written: Written) -> Turn:
    queue = uuid.uuid4().hex
    async with Worker(
        client,
        task_queue=queue,
        workflows=[ReportsWorkflow],
        activities=[written.due, written.units, written.write],
        workflow_runner=runner(),
    ):
        found: Turn = await client.execute_workflow(ReportsWorkflow.run, id=queue, task_queue=queue)
    return found


async def test_every_unit_gets_its_report_of_every_period_that_is_due(client: Client) -> None:
    written = Written()
    found = await turn(client, written)
    assert (found.periods, found.written, found.failed) == ((), 6, 0)
    assert written.tried == Counter(f"{p} {u}" for p in ("2026-03", "2026-Q1") for u in UNITS)


async def test_one_that_fails_holds_up_nobody_and_the_next_turn_tries_it_again(
    client: Client,
) -> None:
    written = Written(fails={"hills"})
    found = await turn(client, written)
    assert (found.written, found.failed) == (4, 2)
    written.fails.clear()
    again = await turn(client, written)
    assert (again.written, again.failed) == (2, 0)
    assert written.tried["2026-03 bridge"] == 1


async def test_a_turn_after_everything_is_written_writes_nothing(client: Client) -> None:
    written = Written()
    await turn(client, written)
    found = await turn(client, written)
    assert (found.written, found.failed) == (0, 0)
    assert max(written.tried.values()) == 1


async def test_a_turn_reads_what_the_turn_before_it_came_to() -> None:
    """A schedule hands it on sealed, under an id that ends in another time."""
    sealed = SealedPayloads(KeyRing(bytes(32)))

    def codec(workflow_id: str) -> SealedPayloads:
        context = WorkflowSerializationContext(namespace="default", workflow_id=workflow_id)
        return sealed.with_context(context)

    said = [Payload(data=b"23 written")]
    first = await codec("reports-2026-11-22T20:10:00Z").encode(said)
    assert await codec("reports-2026-11-23T20:10:00Z").decode(first) == said
    with pytest.raises(UnknownKey):
        await codec("keeping-2026-11-23T20:10:00Z").decode(first)
    with pytest.raises(UnknownKey):
        await codec("reports").decode(await codec("SW-1").encode(said))
