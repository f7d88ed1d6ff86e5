"""What Temporal starts by the clock: made when a worker starts, and put right where it differs."""

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

EVERY = timedelta(days=1)
AT = timedelta(hours=19, minutes=20)
"""After midnight UTC: in the middle of the night in China."""


def schedule(task_queue: str) -> Schedule:
    """Once a day; a turn that takes longer than that is not joined by another."""
    return Schedule(
        action=ScheduleActionStartWorkflow(KEEPING, id=KEEPING, task_queue=task_queue),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=EVERY, offset=AT)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=EVERY),
    )


async def keep_schedule(client: Client, task_queue: str) -> None:
    """Make the schedule, or make the one there is say what it should; paused, it stays paused."""

    def changed(found: ScheduleUpdateInput) -> ScheduleUpdate:
        wanted = schedule(task_queue)
        wanted.state = found.description.schedule.state
        return ScheduleUpdate(schedule=wanted)

    try:
        await client.create_schedule(KEEPING, schedule(task_queue))
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(KEEPING).update(changed)
