"""Chapter R2.3: what a case that is carried on in another one still hears, and who is on a matter.

Questions only; what is decided stands in `merging` (the case absorbed) and `joining` (the lead).
"""

from domain.book import Book
from domain.commands import (
    AddInformation,
    Command,
    Join,
    MarkRecurrence,
    Merge,
    NoteRecurrence,
    RecordFollowUp,
    Remind,
    Withdraw,
)
from domain.refusals import Refused
from domain.state import Case
from domain.words import ActorKind

FOLLOWED = (Remind, AddInformation, Withdraw)
"""What a resident still says to their own case after it was merged; it is told to the lead."""


def neighbours(case: Case, command: Command) -> tuple[str, ...]:
    """The other cases a decision on the command speaks of, by id."""
    if isinstance(command, Merge):
        return (command.lead_id,)
    if isinstance(command, MarkRecurrence):
        return case.case_id, command.earlier
    if isinstance(command, NoteRecurrence):
        return case.case_id, command.later
    if isinstance(command, Join):
        here = (other.case_id for other in case.merging.joined)
        return (case.case_id, command.case_id, *here)
    lead_id = case.merging.lead_id
    return (lead_id,) if lead_id and isinstance(command, (*FOLLOWED, RecordFollowUp)) else ()


def is_merged(case: Case) -> bool:
    """Whether the case is carried on in another one."""
    return bool(case.merging.lead_id)


def follows(case: Case, command: Command) -> bool:
    """Whether the resident of a merged case says something that is told to the lead."""
    resident = command.actor.kind is ActorKind.RESIDENT
    return is_merged(case) and resident and isinstance(command, FOLLOWED)


def residents(case: Case) -> tuple[str, ...]:
    """Who is on the matter as a resident and has not taken their request back."""
    return tuple(subject for subject in case.raters if subject not in case.parties)


def need_lead_open(case: Case, book: Book) -> None:
    """Refuse once the case that this one is carried on in is resolved or closed."""
    lead = book.neighbours.get(case.merging.lead_id)
    if lead is not None and not lead.open:
        raise Refused("lead_not_open", "R2.3", lead=lead.case_id)


def lead_resolved(case: Case, book: Book) -> bool:
    """Whether the case is carried on in one that was resolved: its resident is owed a call too."""
    lead = book.neighbours.get(case.merging.lead_id)
    return lead is not None and lead.resolved


def need_present(case: Case, command: Command) -> None:
    """Refuse a resident who has taken their request back while the case goes on for others."""
    resident = command.actor.kind is ActorKind.RESIDENT
    if resident and isinstance(command, FOLLOWED) and command.actor.subject in case.merging.gone:
        raise Refused("already_withdrawn", "R2.3")
