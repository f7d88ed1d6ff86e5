"""What a resident sees of their own case: plain words, units by name, no names of staff."""

from api import words
from api.models import ResidentCase, ResidentEvent
from api.words import Language
from domain import masking
from domain.book import Book
from domain.events import Event, Resolved
from domain.organisation import Organisation
from domain.state import Case
from domain.values import RESIDENT
from domain.words import Phase
from store.events_of import opening_of
from store.keys import KeyRing
from store.reading import History


def resident_case(history: History, book: Book, language: Language, ring: KeyRing) -> ResidentCase:
    """The resident's own case, with the rating link where the receipt may show it."""
    case = history.case
    opening = opening_of(line.event for line in history.lines)
    promised = [r for r in case.clocks if r.clock.kind == "resident" and r.stopped_at is None]
    return ResidentCase(
        case_id=case.case_id,
        title=opening.title,
        stage=words.say(words.STAGES, case.stage, language),
        phase=words.say(words.PHASES, case.phase, language),
        unit=words.unit_name(case.stint.unit_id, book.organisation),
        opened_at=opening.at,
        due_at=promised[-1].clock.due_at if promised else None,
        on_hold_because=_hold(case, language),
        closed_at=case.closed_at,
        rating=_rating_link(history, ring),
    )


def _rating_link(history: History, ring: KeyRing) -> dict[str, str] | None:
    """The link, for a case its resident opened alone: of other receipts a clerk has seen the
    secret, and nobody rates on a resident's behalf (R9.2).
    """
    case = history.case
    alone = opening_of(line.event for line in history.lines).by.person_id == RESIDENT.person_id
    if case.phase is not Phase.AWAITING_RATING or not alone:
        return None
    secret = ring.rating_secret(case.case_id, case.round)
    return {"href": f"/api/v1/cases/{case.case_id}/rating", "secret": secret}


def _hold(case: Case, language: Language) -> str | None:
    if case.phase is not Phase.SUSPENDED or not case.stint.grounds:
        return None
    return words.say(words.REASONS, case.stint.grounds[-1], language)


def resident_timeline(history: History, book: Book, language: Language) -> list[ResidentEvent]:
    """What happened, without names of staff and without inner workings."""
    return [
        ResidentEvent(
            at=line.event.at,
            words=words.sentence(line.event, book.organisation, language),
            text=_done(line.event, history, book.organisation, language),
        )
        for line in history.lines
        if line.event.kind not in words.HIDDEN_FROM_RESIDENTS
    ]


def _done(
    event: Event, history: History, organisation: Organisation, language: Language
) -> str | None:
    """What the unit says it did, without the names of those who handled the case."""
    if not isinstance(event, Resolved):
        return None
    told = masking.text(event.text)
    hands = {line.event.by.person_id for line in history.lines if line.event.by.post_id}
    hands |= {stint.person_id for stint in history.case.stints}
    names = {words.person_name(person_id, organisation) for person_id in hands}
    for name in sorted(names, key=len, reverse=True):
        told = told.replace(name, "工作人员" if language == "zh" else "a member of staff")
    return told
