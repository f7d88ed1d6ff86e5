"""Chapter R10.4: the same matter reported again soon after it was resolved.

Staff say so on the later case; the earlier one hears of it and alone knows when it was resolved.
"""

from dataclasses import replace

from domain import authority, clocks
from domain.book import Book
from domain.commands import MarkRecurrence, NoteRecurrence, UnmarkRecurrence
from domain.events import Event, Recurred, RecurrenceMarked, RecurrenceUnmarked
from domain.refusals import Refused
from domain.state import Case, changed
from domain.values import SYSTEM
from domain.words import ActorKind


def mark_recurrence(case: Case, command: MarkRecurrence, book: Book) -> tuple[Event, ...]:
    """The officer or who is in charge names the earlier case."""
    by = authority.officer_or_in_charge(case, command, book)
    if command.earlier == case.case_id:
        raise Refused("recurs_itself", "R10.4")
    if case.redress.recurrence_of:
        raise Refused("already_marked", "R10.4", earlier=case.redress.recurrence_of)
    if command.earlier not in book.neighbours:
        raise Refused("no_such_earlier", "R10.4", earlier=command.earlier)
    return (
        RecurrenceMarked(
            at=command.at,
            by=by,
            text=command.text,
            earlier=command.earlier,
            reported_at=case.opened_at or command.at,
        ),
    )


def note_recurrence(case: Case, command: NoteRecurrence, book: Book) -> tuple[Event, ...]:
    """The earlier case was resolved, and the later one came within the policy's time."""
    _need_system(command)
    if command.later in case.redress.recurred:
        raise Refused("already_noted", "R10.4", later=command.later)
    if case.resolved_at is None or command.reported_at < case.resolved_at:
        raise Refused("not_resolved_before", "R10.4")
    span = book.policies[case.policy].redress.recurrence
    until = clocks.end_of(span, case.resolved_at, case.stint.unit_id, book)
    if command.reported_at >= until:
        raise Refused("recurrence_too_late", "R10.4", until=until.isoformat())
    return (
        Recurred(
            at=command.at,
            by=SYSTEM,
            later=command.later,
            round=case.round,
            reported_at=command.reported_at,
        ),
    )


def unmark_recurrence(case: Case, command: UnmarkRecurrence, _book: Book) -> tuple[Event, ...]:
    """The mark goes with the reason; the earlier case said no."""
    _need_system(command)
    if not case.redress.recurrence_of:
        raise Refused("not_marked", "R10.4")
    return (
        RecurrenceUnmarked(
            at=command.at,
            by=SYSTEM,
            earlier=case.redress.recurrence_of,
            refusal=command.refusal,
        ),
    )


def _need_system(command: NoteRecurrence | UnmarkRecurrence) -> None:
    if command.actor.kind is not ActorKind.SYSTEM:
        raise Refused("cases_only", "R10.4", forbidden=True)


def marked(case: Case, event: RecurrenceMarked) -> Case:
    """The case knows the earlier one."""
    return changed(case, redress=replace(case.redress, recurrence_of=event.earlier))


def unmarked(case: Case, _event: RecurrenceUnmarked) -> Case:
    """It is a matter of its own; staff may name another case."""
    return changed(case, redress=replace(case.redress, recurrence_of=""))


def recurred(case: Case, event: Recurred) -> Case:
    """Noted once for each later case."""
    later = (*case.redress.recurred, event.later)
    return changed(case, redress=replace(case.redress, recurred=later))
