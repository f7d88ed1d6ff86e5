"""What staff see of a case: its answers drawn from its history, masked unless revealed."""

from datetime import datetime
from typing import Any

from api import words
from api.chapter_views import chapters
from api.models import (
    CaseView,
    ClockView,
    EventView,
    PlaceView,
    QuestionView,
    ReporterView,
    SegmentView,
    StintView,
)
from api.models_named import Named
from api.words import Language
from domain import clocks, masking
from domain.book import Book
from domain.organisation import Organisation
from domain.state import Case, Running, Stint
from domain.values import Question
from store.codec import AnyEvent, adapter
from store.events_of import opening_of, place_of
from store.folds import E
from store.reading import History, Record

# -- staff -------------------------------------------------------------------


def unit(unit_id: str | None, organisation: Organisation) -> Named | None:
    """A unit by its id; None for none."""
    return Named(id=unit_id, name=words.unit_name(unit_id, organisation)) if unit_id else None


def _unit(unit_id: str, organisation: Organisation) -> Named:
    return Named(id=unit_id, name=words.unit_name(unit_id, organisation))


def _person(person_id: str, organisation: Organisation) -> Named:
    return Named(id=person_id, name=words.person_name(person_id, organisation))


def case_view(history: History, book: Book, at: datetime, *, unmasked: bool = False) -> CaseView:
    """The whole case; `unmasked` only for an answer to a recorded reveal."""
    case = history.case
    opening = opening_of(line.event for line in history.lines)
    organisation = book.organisation
    due = clocks.overdue_at(case)
    return CaseView(
        case_id=case.case_id,
        version=case.version,
        case_type=case.case_type,
        title=masking.text(opening.title),
        text=masking.text(opening.text),
        channel=case.channel,
        item=Named(id=case.item_id, name=words.item_name(case.item_id, book.catalogue)),
        class_id=case.class_id,
        urgency=case.urgency,
        stage=case.stage,
        phase=case.phase,
        round=case.round,
        unit=_unit(case.stint.unit_id, organisation),
        handler=_person(case.stint.person_id, organisation),
        officer=_person(case.officer.person_id, organisation),
        department=_unit(case.department_id, organisation),
        opened_at=opening.at,
        changed_at=case.last_at or opening.at,
        due_at=due,
        overdue=due is not None and due <= at,
        breaches=sum(r.broken_at is not None for r in case.clocks),
        stints=[_stint(stint, organisation) for stint in case.stints],
        questions=[_question(question, case, organisation) for question in case.questions],
        masked=not unmasked,
        reporter=_reporter(opening.reporter.name, opening.reporter.phone, unmasked=unmasked),
        place=_place(history, organisation, unmasked=unmasked),
        parties=[_reporter(p.name, p.phone, unmasked=unmasked) for p in opening.parties],
        policy=case.policy,
        closing=case.closing,
        closed_at=case.closed_at,
        **chapters(history, book),
    )


def _stint(stint: Stint, organisation: Organisation) -> StintView:
    return StintView(
        number=stint.number,
        stage=stint.stage,
        unit=_unit(stint.unit_id, organisation),
        handler=_person(stint.person_id, organisation),
        post_id=stint.post_id,
        entered_at=stint.entered_at,
        accepted_at=stint.accepted_at,
        left_at=stint.left_at,
        left_why=stint.left_why,
    )


def _question(question: Question, case: Case, organisation: Organisation) -> QuestionView:
    person = question.person_id
    return QuestionView(
        kind=question.kind,
        about=question.about,
        unit=_unit(question.unit_id, organisation),
        person=_person(person, organisation) if person else None,
        due_at=clocks.named(case, question.clock_id).clock.due_at,
    )


def _reporter(name: str, phone: str, *, unmasked: bool) -> ReporterView:
    if unmasked:
        return ReporterView(name=name, phone=phone)
    return ReporterView(name=masking.name(name), phone=masking.phone(phone))


def _place(history: History, organisation: Organisation, *, unmasked: bool) -> PlaceView:
    place = place_of(line.event for line in history.lines)
    units = history.case.location
    point = place.point.split(",") if unmasked and "," in place.point else None
    return PlaceView(
        address=place.address if unmasked else masking.address(place.address),
        longitude=int(point[0]) / 1e6 if point else None,
        latitude=int(point[1]) / 1e6 if point else None,
        grid=unit(units.grid_id, organisation),
        community=unit(units.community_id, organisation),
        street=unit(units.street_id, organisation),
    )


HIDDEN = frozenset(
    {
        *("kind", "at", "by", "receipt_hash", "reporter", "parties", "location", "complained"),
        *("address", "small", "digest", "opener", "small_opener"),  # of a file
    }
)
"""Members of an event that its line shows elsewhere, or that nobody needs to see."""


def event_view(line: Record[E], organisation: Organisation, language: Language) -> EventView:
    """One line of the timeline, free text masked."""
    event = line.event
    return EventView(
        version=line.version,
        kind=event.kind,
        words=words.sentence(event, organisation, language),
        at=event.at,
        recorded_at=line.recorded_at,
        by=Named(
            id=event.by.person_id,
            name=words.actor_name(event.by.person_id, organisation, language),
        ),
        post_id=event.by.post_id,
        unit=unit(event.by.unit_id, organisation),
        command_id=str(line.command_id),
        data=_data(event),
        hash=line.hash.hex(),
        prev_hash=line.prev_hash.hex() if line.prev_hash else None,
    )


def _data(event: AnyEvent) -> dict[str, Any]:
    cls: type = type(event)
    data = adapter(cls).dump_python(event, mode="json", exclude=set(HIDDEN))
    return {name: _masked(value) for name, value in data.items()}


def _masked(value: Any) -> Any:  # noqa: ANN401 - JSON
    match value:
        case str():
            return masking.text(value)
        case list():
            return [_masked(part) for part in value]
        case dict():
            return {name: _masked(part) for name, part in value.items()}
        case _:
            return value


# -- clocks ------------------------------------------------------------------


def clock_view(running: Running, book: Book, at: datetime) -> ClockView:
    """A clock explained up to now, or to where it stopped."""
    clock = running.clock
    until = min(filter(None, (running.stopped_at, at)))
    parts = [
        SegmentView(
            start=s.start,
            end=s.end,
            counted=s.counted,
            why=s.why,
            seconds=int((s.end - s.start).total_seconds()),
        )
        for s in clocks.segments(running, until, book)
    ]
    return ClockView(
        clock_id=clock.clock_id,
        kind=clock.kind,
        unit=_unit(clock.unit_id, book.organisation),
        basis=clock.basis,
        allowance_seconds=clock.allowance,
        counted_seconds=sum(part.seconds for part in parts if part.counted),
        carried_seconds=clock.carried,
        continues=clock.continues,
        started_at=clock.started_at,
        due_at=None if running.paused_at else clock.due_at,
        paused_at=running.paused_at,
        stopped_at=running.stopped_at,
        broken_at=running.broken_at,
        warned=list(running.warned),
        calendar=clock.calendar,
        policy=clock.policy,
        unpublished_year=clock.unpublished,
        segments=parts,
    )
