"""Chapter R4.3, R4.6, R6.7, R14.5: what is done on a case where it is. Nothing here moves it."""

from domain import authority, carried, clocks
from domain.book import Book
from domain.commands import AddInformation, ArriveOnSite, RecordProgress, Remind, Reveal
from domain.events import Event, InformationAdded, OnSite, ProgressRecorded, Reminded, Revealed
from domain.refusals import Refused
from domain.state import Case
from domain.values import REPORTER
from domain.words import ClockKind, Phase


def record_progress(case: Case, command: RecordProgress, book: Book) -> tuple[Event, ...]:
    """Write down what was done."""
    by = authority.in_charge(case, command, book)
    authority.need_phase(case, "R4.3", Phase.IN_PROGRESS, Phase.SUSPENDED, Phase.SHELVED)
    evidence = command.evidence
    return (ProgressRecorded(at=command.at, by=by, text=command.text, evidence=evidence),)


def arrive_on_site(case: Case, command: ArriveOnSite, book: Book) -> tuple[Event, ...]:
    """Somebody is there (R6.7)."""
    by = authority.in_unit(case, command, book)
    authority.need_unresolved(case, "R6.7")
    if case.running(ClockKind.ON_SITE) is None:
        raise Refused("not_an_emergency", "R6.7")
    return (OnSite(at=command.at, by=by, text=command.text),)


def add_information(case: Case, command: AddInformation, book: Book) -> tuple[Event, ...]:
    """Add what was missing; no clock changes (R6.3)."""
    by = authority.resident_or(command, lambda: authority.officer_or_in_charge(case, command, book))
    return (
        InformationAdded(
            at=command.at,
            by=by,
            text=command.text,
            subject=command.actor.subject,
            evidence=command.evidence,
        ),
    )


def remind(case: Case, command: Remind, book: Book) -> tuple[Event, ...]:
    """The resident asks to be thought of, once per interval (R4.6)."""
    by = authority.resident(command)
    if carried.is_merged(case):
        carried.need_lead_open(case, book)
    else:
        authority.need_unresolved(case, "R4.6")
    subject = command.actor.subject
    if case.reminded_at is not None and subject == REPORTER:
        span = book.policies[case.policy].remind_interval
        again = clocks.end_of(span, case.reminded_at, case.stint.unit_id, book)
        if command.at < again:
            raise Refused("reminded_recently", "R4.6", again_from=again.isoformat())
    return (Reminded(at=command.at, by=by, text=command.text, subject=subject),)


def reveal(case: Case, command: Reveal, book: Book) -> tuple[Event, ...]:
    """The handler in charge or the officer sees personal data, and that is recorded (R14.5)."""
    by = authority.officer_or_in_charge(case, command, book)
    return (Revealed(at=command.at, by=by, reason=command.reason),)
