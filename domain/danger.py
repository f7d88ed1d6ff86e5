"""Chapter R7.5: signs of violence or self-harm are an emergency at once."""

from domain import clocks, ladder, mediation, pauses, reopening
from domain.book import Book
from domain.commands import ReportDanger
from domain.events import DangerReported, Event
from domain.policy import Span
from domain.state import Case, changed
from domain.values import RESIDENT, SYSTEM, By, Clock
from domain.words import ActorKind, ClockKind, Phase, Urgency
from domain.words.disputes import ReopeningReason

SETTLED = (Phase.AWAITING_RATING, Phase.CLOSED)


def report_danger(case: Case, command: ReportDanger, book: Book) -> tuple[Event, ...]:
    """Heard from anybody who has to do with it, at any time; every report alarms."""
    mediation.of(case)
    by, subject = RESIDENT, ""
    if command.actor.kind is ActorKind.RESIDENT:
        subject = mediation.party(case, command)
    else:
        by = mediation.involved(case, command, book)
    before, case = _running_again(case, command, by, book)
    report = DangerReported(
        at=command.at,
        by=by,
        subject=subject,
        text=command.text,
        clocks=_urgent_clocks(case, command, book),
    )
    return *before, report


def _running_again(
    case: Case, command: ReportDanger, by: By, book: Book
) -> tuple[tuple[Event, ...], Case]:
    """What was settled is open again, what stood still runs again."""
    if case.phase in SETTLED:
        again, arrival = reopening.reopen(case, ReopeningReason.DANGER, command.at, by, book)
        return (again, arrival), ladder.arrived(reopening.reopened(case, again), arrival)
    if case.phase is Phase.SUSPENDED:
        resumed = pauses.resumption(case, command.at, SYSTEM, book)
        return (resumed,), pauses.resumed(case, resumed)
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
