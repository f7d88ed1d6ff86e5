"""Chapter R7.5: signs of violence or self-harm are an emergency at once."""

from datetime import datetime

from domain import authority, clocks, declining, mediation, pauses, reopening, shelving
from domain.book import Book
from domain.commands import ReportDanger
from domain.events import DangerReported, Event
from domain.policy import Span
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
        clocks=() if settled else _urgent_clocks(case, command, book),
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


def _urgent_clocks(case: Case, command: ReportDanger, book: Book) -> tuple[Clock, ...]:
    """Somebody on site, and acceptance or handling in an emergency's time instead of the usual."""
    urgent = book.policies[case.policy].urgent
    wanted: list[tuple[ClockKind, Span]] = []
    if case.running(ClockKind.ON_SITE) is None:
        wanted.append((ClockKind.ON_SITE, urgent.on_site))
    if case.urgency is not Urgency.EMERGENCY:
        if case.phase is Phase.AWAITING_ACCEPTANCE:
            wanted.append((ClockKind.ACCEPT, urgent.accept))
        if case.phase is Phase.IN_PROGRESS:
            wanted.append((ClockKind.HANDLE, urgent.handle[case.stage]))
    unit_id, at = case.stint.unit_id, command.at
    return tuple(
        clocks.start(case, kind, span, unit_id, at, book)
        for kind, span in wanted
        if not _broken(case, kind)
    )


def _broken(case: Case, kind: ClockKind) -> bool:
    """A breach stays as it is: no new clock makes it undone."""
    running = case.running(kind)
    return running is not None and running.broken_at is not None


def reported(case: Case, event: DangerReported) -> Case:
    """An emergency from here on; the resident's clock is not touched."""
    kinds = {clock.kind for clock in event.clocks}
    if ClockKind.HANDLE in kinds:  # more time was asked for on a clock that is no more
        kinds.add(ClockKind.EXTENSION)
        case = changed(case, extension=None)
    case = changed(clocks.stop(case, event.at, *kinds), urgency=Urgency.EMERGENCY)
    return clocks.set_clocks(case, event.clocks)
