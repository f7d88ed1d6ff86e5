"""What is shown of deliberations: to staff everything, to everybody what was published."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel

from api import words
from domain import clocks, masking
from domain.events import (
    DeliberationProposed,
    DeliberationPublished,
    MeetingRecorded,
    ObjectionDecided,
    ObjectionRaised,
)
from domain.organisation import Organisation
from domain.state import Case
from domain.state.deliberation import Deliberation
from store.reading import History


class MeetingView(BaseModel):
    """A meeting and its votes."""

    step: str
    held_at: datetime
    recorded_at: datetime
    eligible: int
    present: int
    in_favour: int
    against: int
    abstained: int
    outcome: str


class PublicationView(BaseModel):
    """What stands in public, in the words meant for it; objections are taken while it `runs`."""

    step: str
    title: str
    text: str
    published_at: datetime
    until: datetime
    runs: bool


class ObjectionView(BaseModel):
    """An objection; `upheld` is None until it is decided."""

    objection_id: str
    raised_at: datetime
    text: str
    upheld: bool | None


class DeliberationView(BaseModel):
    """A deliberation as staff see it."""

    number: int
    title: str
    text: str
    awaits: str | None
    ended: str | None
    meetings: list[MeetingView]
    publications: list[PublicationView]
    objections: list[ObjectionView]


class PublicDeliberation(BaseModel):
    """A deliberation as everybody sees it, from its first publication on: nothing personal."""

    deliberation_id: str
    unit: str
    title: str
    awaits: str | None
    ended: str | None
    meetings: list[MeetingView]
    publications: list[PublicationView]
    objections: int


class PublicDeliberations(BaseModel):
    """A page of them, the latest publication first; `next_cursor` asks for the next one."""

    deliberations: list[PublicDeliberation]
    next_cursor: str | None


def deliberation_views(history: History) -> list[DeliberationView] | None:
    """Every deliberation of the case, for staff; None where there was none."""
    return [_for_staff(history, each) for each in history.case.deliberations] or None


def _for_staff(history: History, here: Deliberation) -> DeliberationView:
    (proposed,) = _of(history, here.number, DeliberationProposed)
    return DeliberationView(
        number=here.number,
        title=masking.text(proposed.title),
        text=masking.text(proposed.text),
        awaits=here.awaits,
        ended=here.ended,
        meetings=_meetings(history, here.number),
        publications=_publications(history, here.number),
        objections=_objections(history, here.number),
    )


def public_deliberation(
    history: History, number: int, organisation: Organisation
) -> PublicDeliberation | None:
    """What everybody may see of it; None before anything was published."""
    published = _of(history, number, DeliberationPublished)
    if not published:
        return None
    here = next(d for d in history.case.deliberations if d.number == number)
    return PublicDeliberation(
        deliberation_id=f"{history.case.case_id}.{number}",
        unit=words.unit_name(published[-1].by.unit_id, organisation),
        title=published[-1].title,
        awaits=here.awaits,
        ended=here.ended,
        meetings=_meetings(history, number),
        publications=_publications(history, number),
        objections=len(here.objections),
    )


def latest_public(history: History, organisation: Organisation) -> PublicDeliberation | None:
    """The newest deliberation of the case of which something was published."""
    numbers = [d.number for d in reversed(history.case.deliberations)]
    found = (public_deliberation(history, number, organisation) for number in numbers)
    return next(filter(None, found), None)


E = TypeVar(
    "E",
    DeliberationProposed,
    DeliberationPublished,
    MeetingRecorded,
    ObjectionDecided,
    ObjectionRaised,
)


def _of(history: History, number: int, kind: type[E]) -> list[E]:
    events = (line.event for line in history.lines)
    return [event for event in events if isinstance(event, kind) and event.number == number]


def _meetings(history: History, number: int) -> list[MeetingView]:
    return [
        MeetingView(
            step=held.step,
            held_at=held.held_at,
            recorded_at=held.at,
            eligible=held.eligible,
            present=held.present,
            in_favour=held.in_favour,
            against=held.against,
            abstained=held.abstained,
            outcome=held.outcome,
        )
        for held in _of(history, number, MeetingRecorded)
    ]


def _publications(history: History, number: int) -> list[PublicationView]:
    return [
        _publication(event, history.case) for event in _of(history, number, DeliberationPublished)
    ]


def _publication(event: DeliberationPublished, case: Case) -> PublicationView:
    (clock,) = event.clocks
    running = clocks.named(case, clock.clock_id)
    return PublicationView(
        step=event.step,
        title=event.title,
        text=event.text,
        published_at=event.at,
        until=running.stopped_at or clock.due_at,
        runs=running.live,
    )


def _objections(history: History, number: int) -> list[ObjectionView]:
    decided = {e.objection_id: e.upheld for e in _of(history, number, ObjectionDecided)}
    raised: Sequence[ObjectionRaised] = _of(history, number, ObjectionRaised)
    return [
        ObjectionView(
            objection_id=event.objection_id,
            raised_at=event.at,
            text=masking.text(event.text),
            upheld=decided.get(event.objection_id),
        )
        for event in raised
    ]
