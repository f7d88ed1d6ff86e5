"""One turn of writing the reports that are due; `workflows/schedules.py` starts it each day."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.messages import DUE_REPORTS, UNITS_TO_REPORT, WRITE_REPORT, Turn

REPORTS = "reports"
AT_ONCE = 2
TRIES = 5
"""Of one report in one turn; the next turn tries again."""
PATIENCE = timedelta(minutes=5)
SLOWER = RetryPolicy(maximum_interval=PATIENCE)


@workflow.defn(name=REPORTS)
class ReportsWorkflow:
    """One turn: period after period, unit after unit; who fails holds up nobody."""

    @workflow.run
    async def run(self, turn: Turn | None = None) -> Turn:
        """Write what is due; what was written, and how many could not be."""
        if turn is None:
            turn = await workflow.execute_activity(
                DUE_REPORTS,
                result_type=Turn,
                start_to_close_timeout=PATIENCE,
                retry_policy=SLOWER,
            )
        if turn.periods:
            workflow.continue_as_new(await self._page(turn))
        return turn

    async def _page(self, turn: Turn) -> Turn:
        """What is left after the next units of the first period."""
        units: list[str] = await workflow.execute_activity(
            UNITS_TO_REPORT,
            args=[turn.periods[0], turn.after, turn.as_of],
            result_type=list[str],
            start_to_close_timeout=PATIENCE,
            retry_policy=SLOWER,
        )
        if not units:
            return replace(turn, periods=turn.periods[1:], after="")
        became = await self._write(turn, units)
        return replace(
            turn,
            after=units[-1],
            written=turn.written + became.count("written"),
            failed=turn.failed + became.count("failed"),
        )

    async def _write(self, turn: Turn, units: list[str]) -> list[str]:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(unit_id: str) -> str:
            async with gate:
                return await self._one(unit_id, turn)

        return list(await asyncio.gather(*map(one, units)))

    async def _one(self, unit_id: str, turn: Turn) -> str:
        period = turn.periods[0]
        try:
            new: bool = await workflow.execute_activity(
                WRITE_REPORT,
                args=[unit_id, period, turn.as_of],
                result_type=bool,
                start_to_close_timeout=PATIENCE,
                retry_policy=RetryPolicy(
                    initial_interval=timedelta(seconds=5), maximum_attempts=TRIES
                ),
                summary=f"{period} {unit_id}",
            )
        except ActivityError:
            workflow.logger.exception("the report of %s for %s failed", unit_id, period)
            return "failed"
        return "written" if new else "same"
