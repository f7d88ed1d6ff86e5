"""The view of a case for lists: one row, a pure function of its events, so that it can be rebuilt.

Written in the transaction that appends the events; nothing else writes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from domain import cards, clocks
from domain.events import (
    AgentAuthorised,
    Arrived,
    Event,
    ExpenseRecorded,
    Joined,
    OfficerReplaced,
    Reclassified,
    Registered,
    SubjectErased,
    Summoned,
    TransferOffered,
)
from domain.organisation import Organisation
from domain.sealing import ERASED
from domain.state import Case, Running
from domain.values import REPORTER, Location, PutsQuestion
from domain.words import CaseType, ClockKind
from store import forgetting, open_questions
from store.owed import owed, owers

Row = dict[str, Any]

FIXED = (
    "title",
    "search",
    "lookup",
    "longitude",
    "latitude",
    "area",
    "external_system",
    "external_reference",
    "external_channel",
)
"""Columns a case gets when it is opened; all but `PLACE` it keeps."""
PLACE = ("longitude", "latitude", "area")
"""Those that change when the place is corrected."""


def opening(event: Registered) -> Row:
    """The columns that come from the first event, in the clear: lists search and show them."""
    external = event.external
    return {
        "title": "" if event.case_type is CaseType.DISPUTE else event.title,
        "search": _search(event),
        "lookup": event.reporter.lookup,
        **_point(event.location),
        "external_system": external.system if external else None,
        "external_reference": external.reference if external else None,
        "external_channel": external.channel if external else None,
    }


def _search(event: Registered) -> str:
    """What a search finds the case by; a dispute by its number alone: its words are not for all."""
    if event.case_type is CaseType.DISPUTE:
        return event.case_id
    return (
        "" if ERASED in {event.title, event.text} else f"{event.case_id} {event.title} {event.text}"
    )


def row(case: Case, fixed: Mapping[str, Any]) -> Row:
    """The whole row; `fixed` are the columns from the first event."""
    stint = case.stint
    return {
        **{name: fixed[name] for name in FIXED},
        **forgotten(case),
        "case_id": case.case_id,
        "version": case.version,
        "case_type": case.case_type,
        "channel": case.channel,
        "class_id": case.class_id,
        "item_id": case.item_id,
        "department_id": case.department_id,
        "urgency": case.urgency,
        "stage": stint.stage,
        "phase": case.phase,
        "round": case.round,
        "stint": stint.number,
        "unit_id": stint.unit_id,
        "person_id": stint.person_id,
        "post_id": stint.post_id,
        "officer": case.officer.person_id,
        "officer_post": case.officer.post_id or "",
        "receipt_hash": case.receipt_hash,
        "policy": case.policy,
        "proactive": case.origin.proactive,
        "visit_id": case.origin.visit_id,
        "opened_at": case.opened_at,
        "changed_at": case.last_at,
        **_clocks(case),
        "resolved_at": case.resolved_at,
        "closed_at": case.closed_at,
        "closing": case.closing,
        "mediators": list(case.dispute.mediators) if case.dispute else [],
    }


def forgotten(case: Case) -> Row:
    """What the columns of the first event are once the resident who came is forgotten."""
    if REPORTER not in case.erased:
        return {}
    dispute = case.case_type is CaseType.DISPUTE
    shown = {"title": "", "search": case.case_id} if dispute else {"title": ERASED, "search": ""}
    return {**shown, "lookup": "", "longitude": None, "latitude": None}


def _clocks(case: Case) -> Row:
    """When something is due, and what was missed."""
    due, duties = clocks.next_due(case), owed(case)
    resident = [r for r in case.clocks if r.clock.kind is ClockKind.RESIDENT]
    return {
        "overdue_at": clocks.overdue_at(case),
        "yellow_at": cards.yellow_at(case),
        "resident_due": _promised(resident),
        "next_due": due[0] if due else None,
        "owed": duties,
        "owers": owers(duties),
        "breaches": sum(r.broken_at is not None for r in case.clocks),
        "resident_broken": any(r.broken_at is not None for r in resident),
    }


def _promised(resident: Sequence[Running]) -> datetime | None:
    """The earliest promise still owed to a resident; the last one once none is."""
    owed = [r for r in resident if r.stopped_at is None] or resident[-1:]
    return min((r.clock.due_at for r in owed), default=None)


GIVES_SIGHT = (
    *(AgentAuthorised, Arrived, Joined, OfficerReplaced, PutsQuestion),
    *(Summoned, TransferOffered),
)
"""Events after which more units may see the case."""


def units_seen(events: tuple[Event, ...], organisation: Organisation) -> frozenset[str]:
    """Units that got, were offered or called to the case in these events, with their superiors.

    They may see it from now on; and so may a unit of another branch that has to decide something.
    """
    came = {_shown(event) for event in events if isinstance(event, GIVES_SIGHT)}
    asked = {event.question.unit_id for event in events if isinstance(event, PutsQuestion)}
    return frozenset(unit for at in came if at for unit in organisation.path(at)) | asked


def _shown(event: Event) -> str | None:
    """The unit that the event brings the case to."""
    match event:
        case OfficerReplaced() | Joined():
            return event.officer.unit_id
        case Summoned():
            return event.helper.unit_id
        case AgentAuthorised() | Arrived() | TransferOffered():
            return event.unit_id
        case _:
            return None


def moved(events: Iterable[Event]) -> Row:
    """The columns a correction of the place changed."""
    corrected = (e.location for e in events if isinstance(e, Reclassified) and e.location)
    last = next(reversed([*corrected]), None)
    return {} if last is None else _point(last)


def _point(location: Location) -> Row:
    point = location.point
    longitude, latitude = map(int, point.split(",")) if "," in point else (None, None)
    area = location.grid_id or location.community_id or location.street_id or ""
    return {"longitude": longitude, "latitude": latitude, "area": area}


def rows(
    case: Case,
    fixed: Mapping[str, Any],
    events: tuple[Event, ...],
    organisation: Organisation,
) -> Mapping[str, Sequence[Row]]:
    """What the events of one command bring to the tables of cases."""
    units, spent = sorted(units_seen(events, organisation)), _expenses(case, events)
    erased = [event for event in events if isinstance(event, SubjectErased)]
    return {
        "forgotten_cases" if erased else "cases": (row(case, {**fixed, **moved(events)}),),
        "destroyed_keys": [
            key for each in erased for key in forgetting.rows(case.case_id, each.keys, each.at)
        ],
        "doomed_files": [
            {"case_id": case.case_id, "subject": key} for each in erased for key in each.keys
        ],
        "case_units": [{"unit_id": unit, "case_id": case.case_id} for unit in units],
        **open_questions.changes(case, events),
        "admission_expenses": spent,
        "admission_money": spent,
    }


def _expenses(case: Case, events: tuple[Event, ...]) -> list[Row]:
    """What the last events of the case used of admissions' money."""
    first = case.version - len(events) + 1
    return [
        {
            "case_id": case.case_id,
            "version": version,
            "admission_id": event.admission_id,
            "year": event.year,
            "granted": event.granted,
            "fen": event.fen,
        }
        for version, event in enumerate(events, start=first)
        if isinstance(event, ExpenseRecorded)
    ]
