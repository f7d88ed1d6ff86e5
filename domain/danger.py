"""Chapter R7.5: signs of violence or self-harm are an emergency at once."""

from datetime import datetime

from domain import authority, clocks, declining, emergencies, mediation, pauses, reopening, shelving
from domain.book import Book
from domain.commands import ReportDanger
from domain.events import DangerReported, Event, Reclassified
from domain.state import Case, changed
from domain.values import RESIDENT, SYSTEM, Clock
from domain.words import ActorKind, ClockKind, Phase, Urgency
from domain.words.disputes import ReopeningReason


def report_danger(case: Case, command: ReportDanger, book: Book) -> tuple[Event, ...]:
    """Heard from anybody who has to do with it, at any time; every report alarms."""
    mediation.of(case)
    by, subject = RESIDENT, ""
    if command.actor.kind is ActorKind.RESIDENT:
        subject = mediation.party(case, command)
    else:
        by = mediation.involved(case, command, book)
    settled = reopening.settled(case)
    before, case = running_again(case, command.at, book)
    report = DangerReported(
        at=command.at,
        by=by,
        subject=subject,
        text=command.text,
        clocks=() if settled else _urgent_clocks(case, command.at, book),
    )
    if not settled:
        return *before, report
    case = reported(case, report)
    again = reopening.reopen(case, ReopeningReason.DANGER, command.at, by, book)
    return report, *again


def running_again(case: Case, at: datetime, book: Book) -> tuple[tuple[Event, ...], Case]:
    """What stood still runs again: no shelf and no supervisor's look at a decline holds it up."""
    if case.phase is Phase.SUSPENDED:
        resumed = pauses.resumption(case, at, SYSTEM, book)
        return (resumed,), pauses.resumed(case, resumed)
    if case.phase is Phase.SHELVED:
        taken_off = shelving.taken_off(case, at, SYSTEM, book)
        return (taken_off,), shelving.shelf_reviewed(case, taken_off)
    if authority.is_declined(case):
        overturned = declining.overturned(case, at, SYSTEM, book)
        return (overturned,), declining.reviewed(case, overturned)
    return (), case


def _urgent_clocks(case: Case, at: datetime, book: Book) -> tuple[Clock, ...]:
    """Somebody on site, and all that runs in an emergency's time instead of the usual."""
    there: tuple[Clock, ...] = ()
    if case.running(ClockKind.ON_SITE) is None:
        span, unit_id = book.policies[case.policy].urgent.on_site, case.stint.unit_id
        there = (clocks.start(case, ClockKind.ON_SITE, span, unit_id, at, book),)
    if case.urgency is Urgency.EMERGENCY:
        return there
    urgent = changed(case, urgency=Urgency.EMERGENCY)
    return *there, *emergencies.hastened(urgent, at, book)


def reported(case: Case, event: DangerReported) -> Case:
    """An emergency from here on; the resident's clock is not touched."""
    return became(changed(case, urgency=Urgency.EMERGENCY), event)


def became(case: Case, event: DangerReported | Reclassified) -> Case:
    """The clocks of an emergency run instead of the usual ones."""
    kinds = {clock.kind for clock in event.clocks if not clock.continues}
    kinds &= {ClockKind.ACCEPT, ClockKind.HANDLE}  # an event of long ago does not say what it stops
    if isinstance(event, DangerReported) and ClockKind.HANDLE in kinds:
        kinds.add(ClockKind.EXTENSION)
        case = changed(case, extension=None)
    return emergencies.set_anew(clocks.stop(case, event.at, *kinds), event.clocks)
