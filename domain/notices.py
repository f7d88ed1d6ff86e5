"""Who is to be told of an event (R1.4, R4.4, R6.6, R6.7, R9.1): facts for the outbox, no texts."""

from collections.abc import Iterator

from domain import carried, clocks, dispute_notices
from domain.book import Book
from domain.events import (
    Accepted,
    Adjudicated,
    AdjudicationRequested,
    AgreementEvent,
    AppealDecided,
    Appealed,
    Arrived,
    Assigned,
    BecameMass,
    ClockBroken,
    ClockWarned,
    Closed,
    DangerReported,
    DecisionPassedUp,
    Declined,
    DeclineReviewed,
    DeliberationEnded,
    DeliberationPublished,
    DisputeEvent,
    Escalated,
    Event,
    ExpenseRecorded,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    HelpRecorded,
    InformationAdded,
    Joined,
    Merged,
    MergeUndone,
    NotReportedIn,
    ObjectionDecided,
    ObjectionRaised,
    OfficerReplaced,
    Parted,
    PublicationEnded,
    RatingAskedAgain,
    RatingExcluded,
    Reclassified,
    ReconsiderationAsked,
    ReconsiderationDecided,
    RectificationOpened,
    Recurred,
    RecurrenceMarked,
    RecurrenceUnmarked,
    Registered,
    Released,
    Reminded,
    ReportedIn,
    ResidentLeft,
    Resolved,
    Resumed,
    Returned,
    ReturnEvent,
    ReviewDecided,
    ReviewOpened,
    ShelfReviewed,
    Shelved,
    ShelvingEvent,
    ShelvingRefused,
    ShelvingRequested,
    Summoned,
    SupervisionAnswered,
    SupervisionOrdered,
    Suspended,
    TransferAccepted,
    TransferOffered,
    TransferRefused,
)
from domain.notice import Notice
from domain.state import Case
from domain.values import REPORTER, Helper, PutsQuestion
from domain.words import ClockKind, ClosingReason, Role, Urgency

__all__ = ["Notice", "notices"]


def notices(before: Case, after: Case, event: Event, book: Book) -> tuple[Notice, ...]:
    """The messages an event owes, each receiver once."""
    facts = (*_facts(before, after, event, book), *_delegator(before, event))
    others = (*_other_officers(after, event), *_crossing(before, after, event))
    return tuple(dict.fromkeys((*facts, *others)))


def _other_officers(case: Case, event: Event) -> Iterator[Notice]:
    """Who received the residents that joined hears where the matter is (R1.4)."""
    if isinstance(event, Arrived | Resolved | Closed):
        for other in case.merging.joined:
            yield _person(event.kind, other.officer.person_id)


def _crossing(before: Case, after: Case, event: Event) -> Iterator[Notice]:
    """What the case this one is carried on in is told."""
    match event:
        case Merged() | MergeUndone(refusal=""):
            yield Notice(topic=event.kind, to="case", recipient=event.lead_id)
        case Reminded() | InformationAdded() | ResidentLeft() if before.merging.lead_id:
            yield Notice(topic=event.kind, to="case", recipient=after.merging.lead_id)
        case _:
            pass


def _facts(  # noqa: C901, PLR0911, PLR0912, PLR0915 - one line for each kind of event
    before: Case, after: Case, event: Event, book: Book
) -> list[Notice]:
    topic = event.kind
    if isinstance(event, ReturnEvent | ShelvingEvent):
        return _between_units(before, after, event, book)
    match event:
        case Registered():
            return [*_residents(topic, after), *_alarm(after)]
        case Arrived() | Assigned():
            return [_person(topic, event.person_id), _officer(topic, after)]
        case Escalated(automatic=True):
            units = book.organisation.path(before.stint.unit_id)[:2]
            return [_officer(topic, after), *(_unit(topic, unit) for unit in units)]
        case Escalated() if before.urgency is not after.urgency:
            return _alarm(after)
        case Reclassified():
            alarm = [] if before.urgency is after.urgency else _alarm(after)
            return [_person(topic, after.stint.person_id), _officer(topic, after), *alarm]
        case ClockWarned() | ClockBroken():
            return [_owes(topic, before, event.clock_id), _officer(topic, after)]
        case Declined():
            told = [*_residents(topic, after), _officer(topic, after)]
            return [*told, *_decider(topic, event, book)]
        case DecisionPassedUp() | ReviewOpened() | ReconsiderationAsked():
            return [*_decider(topic, event, book), _officer(topic, after)]
        case ReviewDecided():
            return [_person(topic, after.stint.person_id), _officer(topic, after)]
        case RatingExcluded() | ReconsiderationDecided():
            return [_rater(topic, event.subject, after), _officer(topic, after)]
        case RectificationOpened():
            return [_rater(topic, subject, after) for subject in after.raters]
        case Appealed():
            return _decider(topic, event, book)
        case AppealDecided():
            return _concerned(topic, after, event)
        case RecurrenceMarked():
            return [_officer(topic, after), Notice(topic=topic, to="case", recipient=event.earlier)]
        case RecurrenceUnmarked():
            return [_officer(topic, after)]
        case Recurred():
            return [_person(topic, after.stint.person_id), _officer(topic, after)]
        case DeclineReviewed():
            return [_officer(topic, after)]
        case OfficerReplaced():
            return [_officer(topic, after), _person(topic, after.stint.person_id)]
        case Reminded() | InformationAdded():
            return [_person(topic, after.stint.person_id), _officer(topic, after)]
        case SupervisionOrdered(person_id=person):
            told = [_person(topic, after.stint.person_id), _unit(topic, event.unit_id)]
            return told if person is None else [*told, _person(topic, person)]
        case Suspended() | Resumed():
            return [_officer(topic, after)]
        case SupervisionAnswered():
            ordered = [] if before.ordered_by is None else [_person(topic, before.ordered_by)]
            return [_officer(topic, after), *ordered]
        case ExtensionGranted() | ExtensionRefused():
            return [_person(topic, after.stint.person_id), _officer(topic, after)]
        case ExtensionRequested():
            return [_unit(topic, u) for u in book.organisation.path(after.stint.unit_id)[1:2]]
        case DeliberationPublished():
            return [*_residents(topic, after), _officer(topic, after)]
        case ObjectionRaised():
            return [*_decider(topic, event, book), _person(topic, after.stint.person_id)]
        case ObjectionDecided():
            told = [_person(topic, after.stint.person_id), _officer(topic, after)]
            return [*told, *_objector(topic, after, event.objection_id)]
        case PublicationEnded() | DeliberationEnded():
            return [_person(topic, after.stint.person_id), _officer(topic, after)]
        case Summoned():
            return [_helper(topic, event.helper), _person(topic, after.stint.person_id)]
        case ReportedIn() | HelpRecorded():
            return _summoner(topic, after, event.helper)
        case NotReportedIn(person_id=person):
            above = _unit(topic, event.unit_id) if person is None else _person(topic, person)
            return [*_summoner(topic, after, event.helper), above]
        case Released():
            return [_helper(topic, event.helper)]
        case Merged() | MergeUndone():
            told = [*_residents(topic, after), _officer(topic, after)]
            return [*told, _person(topic, after.stint.person_id)]
        case Joined() | Parted() | ResidentLeft():
            return [_person(topic, after.stint.person_id), _officer(topic, after)]
        case BecameMass():
            street = after.location.street_id
            streets = [_unit(topic, street)] if street else []
            return [*streets, _person(topic, after.stint.person_id), _officer(topic, after)]
        case Closed(reason=ClosingReason.MERGED):
            return []
        case Resolved() | Closed():
            return [*(_rater(topic, s, after) for s in after.raters), _officer(topic, after)]
        case RatingAskedAgain():
            return [_rater(topic, s, after) for s in after.unrated]
        case _ if isinstance(event, DisputeEvent | AgreementEvent):
            return _of_dispute(before, after, event)
        case _:
            return []


def _of_dispute(before: Case, after: Case, event: DisputeEvent | AgreementEvent) -> list[Notice]:
    """As the chapter says; grid, community and street at once where there is danger (R7.5)."""
    alarm = _alarm(after) if isinstance(event, DangerReported) else []
    return [*dispute_notices.told(before, after, event), *alarm]


def _delegator(before: Case, event: Event) -> list[Notice]:
    """Whoever handed the case down stays told of what becomes of it there (R3.2)."""
    way = before.delegations.of(before.stint.number) if before.stints else None
    if way is None or way.by.unit_id is None:
        return []
    match event:
        case Accepted() | ClockBroken() | Escalated() | Returned() | Resolved() | Closed():
            return [_unit(event.kind, way.by.unit_id)]
        case ExpenseRecorded():
            return [_unit(event.kind, way.by.unit_id)]
        case _:
            return []


def _between_units(
    before: Case, after: Case, event: ReturnEvent | ShelvingEvent, book: Book
) -> list[Notice]:
    """Of returns, disputed units, transfers and the shelf (R4.2, R4.5, R4.7)."""
    topic, officer = event.kind, _officer(event.kind, after)
    handler = _person(topic, before.stint.person_id)
    match event:
        case Returned():
            return [officer]
        case TransferOffered():
            return [_person(topic, event.person_id), officer]
        case AdjudicationRequested():
            return [*_decider(topic, event, book), handler, officer]
        case ShelvingRequested():
            return [*_decider(topic, event, book), officer]
        case Shelved() | ShelfReviewed():
            return [_resident(topic), handler, officer]
        case Adjudicated() | TransferAccepted() | TransferRefused() | ShelvingRefused():
            return [handler, officer]


def _owes(topic: str, case: Case, clock_id: str) -> Notice:
    """Who owes what the clock counts: a helper, who was asked something, or who is in charge."""
    helper = next((s.helper for s in case.summons if s.clock_id == clock_id), None)
    if helper is not None:
        return _helper(topic, helper)
    offer = case.returns.offer
    if offer and clocks.named(case, clock_id).clock.kind is ClockKind.TRANSFER:
        return _person(topic, offer.person_id)
    asked = (q.person_id for q in case.questions if q.clock_id == clock_id)
    return _person(topic, next(filter(None, asked), case.stint.person_id))


def _helper(topic: str, helper: Helper) -> Notice:
    if helper.partner_id is not None:
        return Notice(topic=topic, to="partner", recipient=helper.partner_id)
    return _unit(topic, helper.unit_id or "")


def _summoner(topic: str, case: Case, helper: Helper) -> list[Notice]:
    """Who called the helper, and who is in charge now."""
    callers = [s.by.person_id for s in case.summons if s.helper == helper]
    return [_person(topic, person) for person in (*callers, case.stint.person_id)]


def _decider(topic: str, event: PutsQuestion, book: Book) -> list[Notice]:
    """Who must decide; where nobody can be named, the unit and its administrators."""
    question = event.question
    if question.person_id is not None:
        return [_person(topic, question.person_id)]
    posts = (
        post
        for unit in book.organisation.path(question.unit_id)
        for post in book.organisation.acting(unit, Role.ADMINISTRATOR, event.at)
    )
    administrators = (post.holder(event.at) for post in posts)
    return [_unit(topic, question.unit_id), *(_person(topic, a) for a in administrators if a)]


def _concerned(topic: str, case: Case, event: AppealDecided) -> list[Notice]:
    """Who appealed, and against whom the thing was held."""
    charge = case.redress.charge(event.against, event.about)
    people = (charge.appellant, charge.person_id) if charge else ()
    return [_person(topic, person) for person in people if person]


def _alarm(case: Case) -> list[Notice]:
    """Grid, community and street at once, in parallel (R6.7)."""
    if case.urgency is not Urgency.EMERGENCY:
        return []
    place = case.location
    units = (place.grid_id, place.community_id, place.street_id)
    return [_unit("case.emergency", unit) for unit in units if unit]


def _objector(topic: str, case: Case, objection_id: str) -> list[Notice]:
    """Who objected, where it was a resident of the matter."""
    raised = (o for d in case.deliberations for o in d.objections)
    found = next(o for o in raised if o.objection_id == objection_id)
    return [_rater(topic, found.subject, case)] if found.subject else []


def _person(topic: str, person_id: str) -> Notice:
    return Notice(topic=topic, to="person", recipient=person_id)


def _unit(topic: str, unit_id: str) -> Notice:
    return Notice(topic=topic, to="unit", recipient=unit_id)


def _officer(topic: str, case: Case) -> Notice:
    return _person(topic, case.officer.person_id)


def _rater(topic: str, subject: str, case: Case) -> Notice:
    """Whoever rates for themselves: a resident who came, or another party."""
    if subject not in case.parties:
        return _resident(topic, subject)
    return Notice(topic=topic, to="party", recipient=subject)


def _residents(topic: str, case: Case) -> list[Notice]:
    """Every resident on the matter, each under their own number."""
    return [_resident(topic, subject) for subject in carried.residents(case)]


def _resident(topic: str, subject: str = REPORTER) -> Notice:
    return Notice(topic=topic, to="resident", recipient=subject)
