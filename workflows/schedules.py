"""What Temporal starts by the clock: made when a worker starts, and put right where it differs."""

from collections.abc import Mapping
from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from workflows.keeping import KEEPING
from workflows.reports import REPORTS

EVERY = timedelta(days=1)
AT: Mapping[str, timedelta] = {
    KEEPING: timedelta(hours=19, minutes=20),
    REPORTS: timedelta(hours=20, minutes=10),
}
"""After midnight UTC: in the middle of the night in China. Schedules are named as what they start.

Each turn looks for what is to be done, not at the hour it was started: what a turn missed, because
no server ran, the next one does.
"""


def schedule(name: str, task_queue: str) -> Schedule:
    """Once a day; a turn that takes longer than that is not joined by another."""
    return Schedule(
        action=ScheduleActionStartWorkflow(name, id=name, task_queue=task_queue),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=EVERY, offset=AT[name])]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=EVERY),
    )


async def keep_schedules(client: Client, task_queue: str) -> None:
    """Make each schedule that is not there."""
    for name in AT:
        await keep_schedule(client, name, task_queue)


async def keep_schedule(client: Client, name: str, task_queue: str) -> None:
    """Make the schedule, or make the one there is say what it should; paused, it stays paused."""

    def changed(found: ScheduleUpdateInput) -> ScheduleUpdate:
        wanted = schedule(name, task_queue)
        wanted.state = found.description.schedule.state
        return ScheduleUpdate(schedule=wanted)

    try:
        await client.create_schedule(name, schedule(name, task_queue))
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(name).update(changed)
