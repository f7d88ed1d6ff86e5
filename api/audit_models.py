"""What the audit timeline of a case promises to show. How it is filled stands in the views."""

from datetime import datetime

from pydantic import BaseModel

from api.models import CaseView, ClockView, EventView
from api.models_named import Named
from api.redress_views import RatingView


class Covering(BaseModel):
    """The first signed checkpoint over an event; its proof is asked for by that size."""

    size: int
    signed_at: datetime


class AuditedEvent(EventView):
    """An event with its number among all and the checkpoint that covers it, None until then."""

    seq: int | None
    checkpoint: Covering | None


class AuditedClock(ClockView):
    """A clock with its segments, in plain words too."""

    words: str


class Turn(BaseModel):
    """Who answered for the case from then until then; `until` None: still. Times of happening."""

    round: int
    stint: int
    stage: str
    words: str
    unit: Named
    person: Named
    post_id: str
    since: datetime
    until: datetime | None


class OfficerTurn(BaseModel):
    """Who was its first-contact officer."""

    unit: Named
    person: Named
    post_id: str
    since: datetime
    until: datetime | None


class Breach(BaseModel):
    """A clock that ran out: whose it was, and the event that says so."""

    version: int
    clock_id: str
    words: str
    unit: Named | None
    person: Named | None
    due_at: datetime
    recorded_at: datetime


class OrderView(BaseModel):
    """A supervision order: who must see to it, by whom, until when, and when it was answered."""

    version: int
    at: datetime
    unit: Named
    person: Named | None
    by: Named
    due_at: datetime | None
    broken_at: datetime | None
    answered_at: datetime | None
    answered_in: int | None


class LookUp(BaseModel):
    """Personal data was shown: to whom, when, which fields, and why in the words they gave.

    `recorded` says that the access record holds it too, as it does of everything it was there for.
    """

    version: int
    at: datetime
    person: Named
    post_id: str | None
    unit: Named | None
    fields: list[str]
    reason: str
    recorded: bool


class CaseAudit(BaseModel):
    """Everything of one case, up to `at`."""

    case_id: str
    at: datetime
    case: CaseView
    in_charge: list[Turn]
    officers: list[OfficerTurn]
    clocks: list[AuditedClock]
    breaches: list[Breach]
    orders: list[OrderView]
    ratings: list[RatingView]
    looks: list[LookUp]
    events: list[AuditedEvent]
