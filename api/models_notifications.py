"""The answers' models of notifications: a person's inbox, and deliveries."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from api.models_named import Named


class InboxEntry(BaseModel):
    """Something a person was told. `title` is masked, and empty once the case is out of sight."""

    id: int
    topic: str
    words: str
    case_id: str
    title: str
    unit: Named | None
    phase: str
    due_at: datetime | None
    created_at: datetime
    read_at: datetime | None


class Unread(BaseModel):
    """How many entries are unread."""

    unread: int


class Inbox(Unread):
    """A page of the inbox, newest first; `next_cursor` asks for the next one."""

    entries: list[InboxEntry]
    next_cursor: int | None


class DeliveryView(BaseModel):
    """One message to one receiver through one channel: what it is about, never its text."""

    id: UUID
    topic: str
    words: str
    case_id: str
    receiver_kind: str
    receiver: Named
    channel: str
    state: str
    error: str | None
    attempts: int
    created_at: datetime
    settled_at: datetime | None
    next_attempt_at: datetime | None


class Deliveries(BaseModel):
    """A page of deliveries, newest first."""

    deliveries: list[DeliveryView]
    next_cursor: int | None
