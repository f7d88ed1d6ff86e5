"""The worklist's models: a line for each case, with what of it is due first and of whom."""

from datetime import datetime

from pydantic import BaseModel

from api.models_named import Named


class DutyView(BaseModel):
    """A clock that somebody owes work to; `unit` is None for a partner, who is no staff.

    `yellow`: one working day is left of it; `red`: it broke, and is owed all the same.
    """

    kind: str
    unit: Named | None
    person: Named | None
    due_at: datetime
    yellow: bool
    red: bool


class RowView(BaseModel):
    """One line of the worklist.

    `duty` is what breaks first; where the list is asked for what waits for somebody, the first that
    waits for them. It is None of a past moment, and where nothing is owed.
    """

    case_id: str
    version: int
    case_type: str
    title: str
    item: Named
    channel: str
    urgency: str
    stage: str
    phase: str
    round: int
    unit: Named
    handler: Named
    opened_at: datetime
    changed_at: datetime
    overdue_at: datetime | None
    resident_due: datetime | None
    overdue: bool
    duty: DutyView | None
    proactive: bool
    breaches: int
    closed_at: datetime | None
    closing: str | None


class Worklist(BaseModel):
    """A page of the worklist; `next_cursor` asks for the next one."""

    cases: list[RowView]
    next_cursor: str | None
