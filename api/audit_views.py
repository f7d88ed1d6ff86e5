"""A case as an auditor's page shows it, drawn from its history; masked as all staff see it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from api import views, words
from api.audit_models import (
    AuditedClock,
    AuditedEvent,
    Breach,
    CaseAudit,
    Covering,
    LookUp,
    OfficerTurn,
    OrderView,
    Turn,
)
from api.models_named import Named
from api.redress_views import redress_view
from api.words import Language
from domain import masking
from domain.access.events import PersonalDataShown
from domain.book import Book
from domain.events import ClockBroken, Event, Revealed, SupervisionAnswered, SupervisionOrdered
from domain.organisation import Organisation
from domain.state import Case, Running
from domain.values import By
from store.audit import Audited, Place
from store.folds import CASE
from store.reading import History, Line

T = TypeVar("T")


def case_audit(found: Audited, book: Book, language: Language) -> CaseAudit:
    """The whole page."""
    history, organisation = found.history, book.organisation
    redress = redress_view(history, book)
    clocks = {running.clock.clock_id: running for running in history.case.clocks}
    return CaseAudit(
        case_id=history.case.case_id,
        at=history.at,
        case=views.case_view(history, book, history.at),
        in_charge=_in_charge(history, organisation, language),
        officers=_officers(history, organisation),
        clocks=[_clock(running, history.at, book, language) for running in clocks.values()],
        breaches=list(_breaches(history, clocks, organisation, language)),
        orders=list(_orders(history, clocks, organisation, language)),
        ratings=redress.ratings if redress else [],
        looks=_looks(found, organisation),
        events=[_event(line, found, organisation, language) for line in history.lines],
    )


def _event(
    line: Line, found: Audited, organisation: Organisation, language: Language
) -> AuditedEvent:
    shown = views.event_view(line, organisation, language)
    place = found.places[line.version]
    covering = _covering(place, found.history.at)
    return AuditedEvent(**dict(shown), seq=place.seq, checkpoint=covering)


def _covering(place: Place, at: datetime) -> Covering | None:
    """The checkpoint, if it was signed by then."""
    if place.size is None or place.signed_at is None or place.signed_at > at:
        return None
    return Covering(size=place.size, signed_at=place.signed_at)


def _clock(running: Running, at: datetime, book: Book, language: Language) -> AuditedClock:
    shown = views.clock_view(running, book, at)
    return AuditedClock(**dict(shown), words=words.say(words.CLOCKS, running.clock.kind, language))


# -- who was in charge ---------------------------------------------------------


def _in_charge(history: History, organisation: Organisation, language: Language) -> list[Turn]:
    return [
        Turn(
            round=round_,
            stint=stint,
            stage=stage,
            words=words.say(words.STAGES, stage, language),
            unit=_unit(unit_id, organisation),
            person=_person(person_id, organisation),
            post_id=post_id,
            since=since,
            until=until,
        )
        for (round_, stint, stage, unit_id, person_id, post_id), since, until in _turns(
            history, _handler
        )
    ]


def _officers(history: History, organisation: Organisation) -> list[OfficerTurn]:
    return [
        OfficerTurn(
            unit=_unit(officer.unit_id or "", organisation),
            person=_person(officer.person_id, organisation),
            post_id=officer.post_id or "",
            since=since,
            until=until,
        )
        for officer, since, until in _turns(history, _officer)
    ]


def _handler(case: Case) -> tuple[int, int, str, str, str, str] | None:
    """Round, stint, stage, unit, person and post; None for a case that is closed."""
    if not case.stints or case.closed_at is not None:
        return None
    at = case.stint
    return case.round, at.number, at.stage, at.unit_id, at.person_id, at.post_id


def _officer(case: Case) -> By | None:
    return case.officer if case.opened and case.closed_at is None else None


def _turns(
    history: History, who: Callable[[Case], T | None]
) -> Iterator[tuple[T, datetime, datetime | None]]:
    """Who it was, one after another, from when until when; none that lasted no time at all."""
    case, there, since = CASE.initial(history.case.case_id), None, history.at
    for line in history.lines:
        case = CASE.evolve(case, line.event)
        after = who(case)
        if after == there:
            continue
        if there is not None and line.event.at > since:
            yield there, since, line.event.at
        there, since = after, line.event.at
    if there is not None:
        yield there, since, None


# -- what was missed, ordered and looked at ----------------------------------------


def _breaches(
    history: History, clocks: Mapping[str, Running], organisation: Organisation, language: Language
) -> Iterator[Breach]:
    for line in history.lines:
        event = line.event
        if not isinstance(event, ClockBroken):
            continue
        clock = clocks[event.clock_id].clock
        yield Breach(
            version=line.version,
            clock_id=event.clock_id,
            words=words.say(words.CLOCKS, clock.kind, language),
            unit=_unit(clock.unit_id, organisation),
            person=_person(event.person_id, organisation) if event.person_id else None,
            due_at=event.due_at,
            recorded_at=line.recorded_at,
        )


def _orders(
    history: History, clocks: Mapping[str, Running], organisation: Organisation, language: Language
) -> Iterator[OrderView]:
    for place, line in enumerate(history.lines):
        event = line.event
        if not isinstance(event, SupervisionOrdered):
            continue
        owed = clocks.get(event.clock_id or "")
        later = history.lines[place + 1 :]
        answer = next((a for a in later if isinstance(a.event, SupervisionAnswered)), None)
        yield OrderView(
            version=line.version,
            at=event.at,
            unit=_unit(event.unit_id, organisation),
            person=_person(event.person_id, organisation) if event.person_id else None,
            by=Named(
                id=event.by.person_id,
                name=words.actor_name(event.by.person_id, organisation, language),
            ),
            due_at=owed.clock.due_at if owed else None,
            broken_at=owed.broken_at if owed else None,
            answered_at=answer.event.at if answer else None,
            answered_in=answer.version if answer else None,
        )


def _looks(found: Audited, organisation: Organisation) -> list[LookUp]:
    """Reveals and what else let personal data out, with the fields that did leave."""
    events = {line.version: line.event for line in found.history.lines}
    left = [look for look in found.looks if look.recorded_at <= found.history.at]
    recorded = {look.event.version for look in left}
    before = [
        _look(line.event, line.version, line.event, organisation, recorded=False)
        for line in found.history.lines
        if isinstance(line.event, Revealed) and line.version not in recorded
    ]
    since = [
        _look(look.event, look.event.version, events.get(look.event.version), organisation)
        for look in left
    ]
    return sorted((*before, *since), key=lambda look: look.at)


def _look(
    seen: Revealed | PersonalDataShown,
    version: int,
    because: Event | None,
    organisation: Organisation,
    *,
    recorded: bool = True,
) -> LookUp:
    reason = because.reason if isinstance(because, Revealed) else ""
    return LookUp(
        version=version,
        at=seen.at,
        person=_person(seen.by.person_id, organisation),
        post_id=seen.by.post_id,
        unit=views.unit(seen.by.unit_id, organisation),
        fields=list(seen.fields),
        reason=masking.text(reason),
        recorded=recorded,
    )


def _unit(unit_id: str, organisation: Organisation) -> Named:
    return Named(id=unit_id, name=words.unit_name(unit_id, organisation))


def _person(person_id: str, organisation: Organisation) -> Named:
    return Named(id=person_id, name=words.person_name(person_id, organisation))
