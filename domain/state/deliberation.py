"""The state of chapter R8: deliberations of a case, one after another. Values only."""

from dataclasses import dataclass
from datetime import datetime

from domain.words.deliberation import DeliberationEnd, DeliberationStep


@dataclass(frozen=True, kw_only=True)
class Objection:
    """Somebody objects to what is published under `clock_id`; no `subject`: told to staff."""

    objection_id: str
    clock_id: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class Deliberation:
    """One proposal on its way.

    `awaits` is the next step, None after the last publication; `since` when the step before it was
    recorded; `clock_id` the clock of the latest publication, empty for none.
    """

    number: int
    awaits: DeliberationStep | None
    since: datetime
    clock_id: str = ""
    objections: tuple[Objection, ...] = ()
    ended: DeliberationEnd | None = None
