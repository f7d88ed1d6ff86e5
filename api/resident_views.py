"""What a resident sees of their own case: plain words, units by name, no names of staff."""

from datetime import datetime

from api import words
from api.deliberation_views import latest_public
from api.disputes_views import party_dispute
from api.file_views import own_files
from api.merging_views import Own
from api.models import ResidentCase, ResidentEvent
from api.redress_views import excluded_rating
from api.shelf_views import shelf_reason
from api.standing_views import standing
from api.words import Language
from domain import masking
from domain.book import Book
from domain.events import Declined, Event, ReconsiderationDecided, Resolved, ReviewDecided
from domain.organisation import Organisation
from domain.state import Case
from domain.values import RESIDENT
from domain.words import ClockKind, Phase
from store.events_of import opening_of
from store.keys import KeyRing
from store.reading import History


def resident_case(own: Own, book: Book, language: Language, ring: KeyRing) -> ResidentCase:
    """The resident's own case, with the rating link where the receipt may show it.

    Merged with another, it shows where that one is; number, title and promise stay their own.
    """
    case, there = own.mine.case, own.there.case
    opening = opening_of(line.event for line in own.mine.lines)
    phase = Phase.CLOSED if own.gone else there.phase
    return ResidentCase(
        case_id=case.case_id,
        title=_matter(case, book) if own.who in case.parties else opening.title,
        stage=words.say(words.STAGES, there.stage, language),
        phase=words.say(words.PHASES, phase, language),
        unit=words.unit_name(there.stint.unit_id, book.organisation),
        opened_at=opening.at,
        due_at=_promised(own),
        on_hold_because=_hold(own, book.organisation, language),
        closed_at=case.last_at if own.gone else there.closed_at,
        rating=rating_link(own, ring),
        excluded_rating=excluded_rating(there, own.subject, book, language),
        deliberation=latest_public(own.there, book.organisation),
        dispute=party_dispute(own.mine, own.who, book.organisation),
        files=own_files(own),
        standing=standing(own, book),
    )


def _matter(case: Case, book: Book) -> str:
    """What it is about in the catalogue's words: the title is what the other party said."""
    return words.item_name(case.item_id, book.catalogue)


def opened_alone(history: History) -> bool:
    """Whether nobody but its resident has seen the receipt's secret."""
    return opening_of(line.event for line in history.lines).by.person_id == RESIDENT.person_id


def _promised(own: Own) -> datetime | None:
    """What was promised to them, until it is done."""
    resolved = own.there.case.phase in {Phase.AWAITING_RATING, Phase.CLOSED}
    joined = {other.clock_id for other in own.mine.case.merging.joined}
    clocks = [
        r.clock
        for r in own.mine.case.clocks
        if r.clock.kind == ClockKind.RESIDENT and r.clock.clock_id not in joined
        if r.stopped_at is None or (own.lead is not None and not resolved)
    ]
    return clocks[-1].due_at if clocks else None


def rating_link(own: Own, ring: KeyRing) -> dict[str, str] | None:
    """The link, for a party, and for a case its resident opened alone: of other receipts a clerk
    has seen the secret, and nobody rates on a resident's behalf (R9.2).
    """
    case, there = own.mine.case, own.there.case
    alone = own.who in case.parties or opened_alone(own.mine)
    asked = there.running(ClockKind.RATING) is not None and own.subject in there.unrated
    if not (alone and asked) or case.merging.gone:
        return None
    secret = ring.rating_secret(there.case_id, there.round, own.subject)
    return {"href": f"/api/v1/cases/{there.case_id}/rating", "secret": secret}


def _hold(own: Own, organisation: Organisation, language: Language) -> str | None:
    """The ground of a suspension; of a shelved case why, in the department's own words (R4.7)."""
    case = own.there.case
    if case.phase is Phase.SHELVED:
        return _nameless(shelf_reason(own.there), own, organisation, language)
    if case.phase is not Phase.SUSPENDED or not case.stint.grounds:
        return None
    return words.say(words.REASONS, case.stint.grounds[-1], language)


def resident_timeline(own: Own, book: Book, language: Language) -> list[ResidentEvent]:
    """What happened, without names of staff and without inner workings."""
    return [
        ResidentEvent(
            at=line.event.at,
            words=words.sentence(line.event, book.organisation, language),
            text=_done(line.event, own, book.organisation, language),
        )
        for line in own.lines()
        if line.event.kind not in words.HIDDEN_FROM_RESIDENTS
    ]


def _done(event: Event, own: Own, organisation: Organisation, language: Language) -> str | None:
    """What the unit says it did, a superior found, or which door is the right one (R1.3)."""
    if not isinstance(event, Resolved | Declined | ReviewDecided | ReconsiderationDecided):
        return None
    return _nameless(event.text, own, organisation, language)


def _nameless(text: str, own: Own, organisation: Organisation, language: Language) -> str:
    """What staff wrote, without the names of who handled the case and of neighbours."""
    told = masking.text(text)
    for name in own.neighbours:
        told = told.replace(name, masking.name(name))
    hands = {line.event.by.person_id for line in own.there.lines if line.event.by.post_id}
    hands |= {stint.person_id for stint in own.there.case.stints}
    names = {words.person_name(person_id, organisation) for person_id in hands}
    for name in sorted(names, key=len, reverse=True):
        told = told.replace(name, "工作人员" if language == "zh" else "a member of staff")
    return told
