"""What happened, in one phrase: the words of the event's chapter, filled in. No words here."""

from api.words import (
    access,
    admission,
    deliberation,
    disputes,
    erasure,
    first_contact,
    ladder,
    merging,
    pauses,
    proactive,
    ratings,
    redress,
    report,
    returns,
    shelving,
    supervision,
    time,
    visit,
    whistle,
)
from api.words.names import unit_name
from api.words.table import Language, Table, say
from domain.admission.events import ApprovalPassedUp
from domain.erasure.events import ErasurePassedUp
from domain.events import (
    Adjudicated,
    AdjudicationRequested,
    Arrived,
    ClockBroken,
    ClockWarned,
    DecisionPassedUp,
    DutyCheckPassedUp,
    HelpRecorded,
    NotReportedIn,
    Released,
    ReportedIn,
    Returned,
    ReviewOpened,
    Summoned,
    TransferOffered,
)
from domain.organisation import Organisation
from store.codec import AnyEvent

EVENTS: Table = {
    **first_contact.EVENTS,
    **ladder.EVENTS,
    **time.EVENTS,
    **returns.EVENTS,
    **shelving.EVENTS,
    **pauses.EVENTS,
    **supervision.EVENTS,
    **whistle.EVENTS,
    **merging.EVENTS,
    **proactive.EVENTS,
    **deliberation.EVENTS,
    **disputes.EVENTS,
    **ratings.EVENTS,
    **redress.EVENTS,
    **admission.EVENTS,
    **visit.EVENTS,
    **access.EVENTS,
    **erasure.EVENTS,
    **report.EVENTS,
}

CLOCKS: Table = {
    **time.CLOCKS,
    **returns.CLOCKS,
    **shelving.CLOCKS,
    **supervision.CLOCKS,
    **whistle.CLOCKS,
    **disputes.CLOCKS,
}

GIVING_REASONS = (
    first_contact.reason,
    ladder.reason,
    returns.reason,
    shelving.reason,
    pauses.reason,
    whistle.reason,
    deliberation.reason,
    disputes.reason,
    ratings.reason,
    proactive.reason,
    redress.reason,
    admission.reason,
)


def sentence(event: AnyEvent, organisation: Organisation, language: Language) -> str:
    """What happened, in one phrase."""
    reasons = (reason(event, language) for reason in GIVING_REASONS)
    return say(EVENTS, event.kind, language).format(
        unit=unit_name(_unit(event), organisation),
        reason=next(filter(None, reasons), ""),
        clock=_clock(event, language),
        step=deliberation.step(event, language),
        level=time.level(event, language),
    )


def _unit(event: AnyEvent) -> str | None:  # noqa: PLR0911 - one line for each kind of event
    """The unit the sentence is about: mostly the one that did it."""
    match event:
        case Arrived() | DutyCheckPassedUp():
            return event.unit_id
        case DecisionPassedUp() | ApprovalPassedUp() | ErasurePassedUp():
            return event.question.unit_id
        case ReviewOpened() | AdjudicationRequested():
            return event.question.unit_id
        case Summoned() | ReportedIn() | NotReportedIn() | HelpRecorded() | Released():
            return event.helper.unit_id or event.helper.partner_id
        case Returned():
            return event.to.unit_id
        case Adjudicated():
            return event.seat.unit_id
        case TransferOffered():
            return event.unit_id
        case _:
            return event.by.unit_id


def _clock(event: AnyEvent, language: Language) -> str:
    """What clock it was: its id begins with its kind."""
    if isinstance(event, ClockWarned | ClockBroken):
        return say(CLOCKS, event.clock_id.rpartition("-")[0], language)
    return ""
