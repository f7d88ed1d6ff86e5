"""What passes between a workflow and its activities: small, frozen, free of rules."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

EXECUTE = "execute_step"
EXECUTE_OFFICE = "execute_office_step"
HAND_OVER = "hand_over_cases"
EXECUTE_ADMISSION = "execute_admission_step"
EXECUTE_VISIT = "execute_visit_step"
EXECUTE_ERASURE = "execute_erasure_step"
EXECUTE_REPORT = "execute_report_step"
ERASE = "erase_subject"
KEEP = "keep_no_longer"
SEQUENCE = "sequence_events"
DISPATCH = "dispatch_notices"
NOTARISE = "notarise_events"
KEEP_SPANS = "keep_spans"
KEEP_SCORES = "keep_scores"
DUE_REPORTS = "due_reports"
UNITS_TO_REPORT = "units_to_report"
WRITE_REPORT = "write_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command for one stream. `command` is the command as JSON; only the activity reads it.

    `expected_version` makes the command conditional on the stream not having moved on.
    """

    kind: str
    command_id: str
    command: dict[str, Any]
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a case is, as far as its workflow must know. `ended`: closed, or never opened.

    Of another noun only `version`, `next_due` and `ended` say anything. `errands` is what the
    office or an erasure has to do outside its own stream: posts whose open cases are to be handed
    over, people who are to be forgotten.
    """

    version: int
    stage: str = ""
    unit: str = ""
    phase: str = ""
    next_due: datetime | None = None
    ended: bool = False
    errands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A rule's no, as data."""

    code: str
    rule: str
    forbidden: bool = False
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """The outcome of a step: the versions it made, or the refusal; and where the stream is now."""

    accepted: bool
    first_version: int
    last_version: int
    refusal: Refusal | None = None
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A turn of writing reports: the moment they are as of, the periods still to do, the last unit
    done of the first of them; how many were written so far, and how many could not be.
    """

    as_of: datetime
    periods: tuple[str, ...] = ()
    after: str = ""
    written: int = 0
    failed: int = 0
