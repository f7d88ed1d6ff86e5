"""Chapter R14.4: whose keys go when a case forgets somebody (docs/decisions/0004). The erasure
itself, who asks for it and who agrees, is `domain/erasure`.
"""

from collections.abc import Sequence
from datetime import datetime

from domain import appeals, authority, clocks, reconsideration
from domain.book import Book
from domain.commands import (
    AnswerSupervision,
    Command,
    EraseSubject,
    Part,
    RecordFollowUp,
    Register,
    UnmarkRecurrence,
)
from domain.events import SubjectErased
from domain.refusals import Refused
from domain.remembered import Remembered
from domain.sealing import CASE
from domain.state import Case, changed
from domain.values import REPORTER, SYSTEM
from domain.words import ActorKind, ClosingReason

CONCLUDES = (Register, EraseSubject, AnswerSupervision, RecordFollowUp, Part, UnmarkRecurrence)
"""What a case still hears that forgot who came: it opens nothing and asks nobody for anything."""


def need_known(case: Case, command: Command) -> None:
    """Who is forgotten can be neither called nor asked: nothing opens their case again. Nor is
    anything more heard of one of several who is.
    """
    resident = command.actor.kind is ActorKind.RESIDENT
    if resident and command.actor.subject in case.erased:
        raise Refused("erased", "R14.4", case=case.case_id, subject=command.actor.subject)
    if REPORTER in case.erased and not isinstance(command, CONCLUDES):
        raise Refused("erased", "R14.4", case=case.case_id)


def erase_subject(case: Case, command: EraseSubject, book: Book) -> tuple[SubjectErased, ...]:
    """Nobody is forgotten who is still owed something: they would never hear of it."""
    authority.system(command)
    if not _over(case):
        raise Refused("case_open", "R14.4", case=case.case_id)
    until = rights_until(case, book)
    if until is not None and command.at < until:
        raise Refused("right_open", "R14.4", case=case.case_id, until=until.isoformat())
    if command.subject in case.erased:
        raise Refused("already_erased", "R14.4", case=case.case_id, subject=command.subject)
    keys = _keys(case, command)
    return (
        SubjectErased(
            at=command.at,
            by=SYSTEM,
            subject=command.subject,
            erasure_id=command.erasure_id,
            keys=keys,
        ),
    )


def _over(case: Case) -> bool:
    return case.closed_at is not None and clocks.next_due(case) is None


def rights_until(case: Case, book: Book) -> datetime | None:
    """Until when somebody may still contest something of it, of which no clock tells."""
    rights = (*reconsideration.rights(case, book), *appeals.rights(case, book))
    return max(rights, default=None)


def _keys(case: Case, command: EraseSubject) -> tuple[str, ...]:
    """The subject's own; what staff wrote too, once it is about nobody who is left."""
    left = set(people(case)) - {*case.erased, command.subject}
    staff_too = CASE not in case.erased and (command.whole or not left)
    return (command.subject, CASE) if staff_too else (command.subject,)


def people(case: Case) -> tuple[str, ...]:
    """Everybody a case is about: who came with it, the parties, those it is carried on for."""
    return (REPORTER, *case.parties, *(other.case_id for other in case.merging.joined))


def subject_erased(case: Case, event: SubjectErased) -> Case:
    """They are forgotten."""
    return changed(case, erased=(*case.erased, *event.keys))


def remembered(case: Case, book: Book, leads: Sequence[str] = ()) -> Remembered:
    """What an erasure has to know of it; `leads` are the cases it was ever carried on in."""
    hands = {case.officer.person_id, *(stint.person_id for stint in case.stints)}
    referred = case.closing is ClosingReason.REFERRED
    return Remembered(
        case_id=case.case_id,
        unit_id=case.stint.unit_id,
        over=_over(case),
        rights_until=rights_until(case, book),
        people=people(case),
        erased=case.erased,
        joined=tuple(other.case_id for other in case.merging.joined),
        hands=case.redress.everybody | hands,
        leads=tuple(leads),
        visit_id=case.origin.visit_id,
        referred_at=case.closed_at if referred else None,
    )


def decide(case: Case, command: EraseSubject, book: Book) -> tuple[SubjectErased, ...]:
    """The chapter's decisions."""
    return erase_subject(case, command, book)


def evolve(case: Case, event: SubjectErased) -> Case:
    """The chapter's events."""
    return subject_erased(case, event)
