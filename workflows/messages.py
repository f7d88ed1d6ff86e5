"""What clients send to workflows and get back; the step itself is the activity's own form."""

from dataclasses import dataclass

from activities.messages import Position, Refusal, Step, StepResult

__all__ = [
    "ADMISSION",
    "CASE",
    "ERASURE",
    "EXECUTE_UPDATE",
    "OFFICE",
    "REPORT",
    "VISIT",
    "Position",
    "Refusal",
    "Start",
    "Step",
    "StepResult",
]

CASE = "case"
ADMISSION = "admission"
VISIT = "visit"
ERASURE = "erasure"
REPORT = "report"
OFFICE = "office"
EXECUTE_UPDATE = "execute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How the workflow of a case or of another noun begins.

    `position` is carried over from the run before. Without it the first step tells where it
    stands: the update it was started with, or (`wake`) a tick of its own, as after a lost Temporal.
    """

    position: Position | None = None
    wake: bool = False
