"""The answers' models: what the API promises to show. How they are filled stands in views."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from api.delegation_views import DelegationsView
from api.deliberation_views import DeliberationView, PublicDeliberation
from api.duplicate_models import DuplicateView
from api.file_views import FileView, OwnFile
from api.merging_views import MergingView
from api.models_disputes import DisputeView, PartyDispute
from api.models_named import Named
from api.proactive_views import AgencyView, OriginView
from api.redress_views import ExcludedRating, RedressView
from api.returns_views import ReturnsView
from api.shelf_views import ShelfView
from api.standing_views import Standing
from api.whistle_views import HelperView


class StintView(BaseModel):
    """One unit's turn."""

    number: int
    stage: str
    unit: Named
    handler: Named
    post_id: str
    entered_at: datetime
    accepted_at: datetime | None
    left_at: datetime | None
    left_why: str | None


class ReporterView(BaseModel):
    """The resident, masked unless asked for with a reason."""

    name: str
    phone: str


class PlaceView(BaseModel):
    """Where it is; address and point are masked unless asked for with a reason."""

    address: str
    longitude: float | None
    latitude: float | None
    grid: Named | None
    community: Named | None
    street: Named | None


class QuestionView(BaseModel):
    """What a superior has to decide, who, and until when."""

    kind: str
    about: str
    unit: Named
    person: Named | None
    due_at: datetime


class CaseView(BaseModel):
    """A case as staff see it."""

    case_id: str
    version: int
    case_type: str
    title: str
    text: str
    channel: str
    item: Named
    class_id: str
    urgency: str
    stage: str
    phase: str
    round: int
    unit: Named
    handler: Named
    officer: Named
    department: Named
    opened_at: datetime
    changed_at: datetime
    due_at: datetime | None
    overdue: bool
    breaches: int
    stints: list[StintView]
    questions: list[QuestionView]
    helpers: list[HelperView] | None = None
    merging: MergingView | None = None
    proactive: OriginView | None = None
    agency: AgencyView | None = None
    deliberations: list[DeliberationView] | None = None
    files: list[FileView] | None = None
    returns: ReturnsView | None = None
    delegation: DelegationsView | None = None
    shelf: ShelfView | None = None
    redress: RedressView | None = None
    dispute: DisputeView | None = None
    masked: bool
    reporter: ReporterView
    place: PlaceView
    parties: list[ReporterView]
    policy: str
    closing: str | None
    closed_at: datetime | None


class EventView(BaseModel):
    """One event: who, what, when, why, and its link in the chain."""

    version: int
    kind: str
    words: str
    at: datetime
    recorded_at: datetime
    by: Named
    post_id: str | None
    unit: Named | None
    command_id: str
    data: dict[str, Any]
    hash: str
    prev_hash: str | None


class SegmentView(BaseModel):
    """A stretch of a clock's life."""

    start: datetime
    end: datetime
    counted: bool
    why: str
    seconds: int


class ClockView(BaseModel):
    """A clock with what it counted, what it did not, and why."""

    clock_id: str
    kind: str
    unit: Named
    basis: str
    allowance_seconds: int
    counted_seconds: int
    carried_seconds: int
    continues: str
    started_at: datetime
    due_at: datetime | None
    paused_at: datetime | None
    stopped_at: datetime | None
    broken_at: datetime | None
    warned: list[str]
    calendar: str
    policy: str
    unpublished_year: bool
    segments: list[SegmentView]


class ResidentEvent(BaseModel):
    """One line of the resident's own timeline: plain words, no staff names."""

    at: datetime
    words: str
    text: str | None = None


class ResidentCase(BaseModel):
    """A case as its resident sees it."""

    case_id: str
    title: str
    stage: str
    phase: str
    unit: str
    opened_at: datetime
    due_at: datetime | None
    on_hold_because: str | None
    closed_at: datetime | None
    rating: dict[str, str] | None
    excluded_rating: ExcludedRating | None
    deliberation: PublicDeliberation | None = None
    dispute: PartyDispute | None = None
    files: list[OwnFile] | None = None
    standing: Standing | None = None


class Receipt(BaseModel):
    """What the resident keeps. `secret` goes into `Authorization: Receipt …`, never into a URL."""

    case_id: str
    secret: str


class Answer(BaseModel):
    """The outcome of a command: the new version, the events it caused, and the case as it is."""

    version: int
    events: list[EventView]
    case: CaseView


class Contested(BaseModel):
    """The outcome of an appeal by staff who may not open the case any more: nothing else of it."""

    case_id: str
    version: int
    events: list[EventView]


class ResidentAnswer(BaseModel):
    """The same for a resident; `event_hash` is of the first event, which a receipt will prove."""

    version: int
    event_hash: str | None = None
    case: ResidentCase
    timeline: list[ResidentEvent]


class Opened(BaseModel):
    """A new case, its receipt, the hash of its opening, and for staff suggested duplicates."""

    receipt: Receipt
    event_hash: str
    answer: Answer | ResidentAnswer
    duplicates: list[DuplicateView] | None = None


class Pending(BaseModel):
    """The command was sent; ask at `status_url`, or send it again with the same key."""

    case_id: str
    command_id: str
    status: str = "pending"
    status_url: str
    receipt: Receipt | None = None


class Timeline(BaseModel):
    """Every event of a case, in order."""

    case_id: str
    events: list[EventView]


class ResidentTimeline(BaseModel):
    """The resident's own timeline."""

    case_id: str
    events: list[ResidentEvent]


class Clocks(BaseModel):
    """Every clock of a case, explained."""

    case_id: str
    at: datetime
    clocks: list[ClockView]
