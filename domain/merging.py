"""Chapter R2.3: one matter, several residents: merging a case into another, and giving it back.

The case that is absorbed closes at once and owes the lead a word; where the lead refuses, it is
given back. Each resident keeps receipt, rating and clock. How the word travels: `crossing`.
"""

from datetime import datetime

from domain import agency, authority, carried, clocks, joining, meetings, summoning
from domain.book import Book, Neighbour
from domain.commands import GiveBack, Join, Merge, MergingCommand, Part, Split
from domain.events import (
    BecameMass,
    Closed,
    Event,
    Joined,
    Merged,
    MergeUndone,
    MergingEvent,
    Parted,
    ResidentLeft,
)
from domain.refusals import Refused
from domain.state import Case, Running, changed, with_merging
from domain.values import SYSTEM, By, Clock
from domain.words import CaseType, ClockKind, ClosingReason, Phase, Urgency

GOING_ON = frozenset(
    {
        *(ClockKind.ACCEPT, ClockKind.HANDLE, ClockKind.RESIDENT, ClockKind.ON_SITE),
        *(ClockKind.SUPERVISION, ClockKind.SUPERVISION_REVIEW),
    }
)
"""Clocks a case has again when it is given back."""
STANDING = frozenset({ClockKind.ACCEPT, ClockKind.HANDLE})
"""Clocks that stood still while a case was wrongly merged; all others ran on."""


def decide(case: Case, command: MergingCommand, book: Book) -> tuple[Event, ...]:
    """The chapter's decisions."""
    match command:
        case Merge():
            return merge(case, command, book)
        case Split():
            return split(case, command, book)
        case Join():
            return joining.join(case, command, book)
        case Part():
            return joining.part(case, command, book)
        case GiveBack():
            return give_back(case, command, book)


def evolve(case: Case, event: MergingEvent) -> Case:
    """The chapter's events."""
    match event:
        case Merged():
            return merged(case, event)
        case MergeUndone():
            return undone(case, event)
        case Joined():
            return joining.joined(case, event)
        case Parted():
            return joining.parted(case, event)
        case ResidentLeft():
            return joining.resident_left(case, event)
        case BecameMass():
            return joining.became_mass(case, event)


def merge(case: Case, command: Merge, book: Book) -> tuple[Event, ...]:
    """Close the case as merged; the lead hears of it."""
    by = authority.officer_or_in_charge(case, command, book)
    authority.need_phase(case, "R2.3", Phase.IN_PROGRESS, Phase.AWAITING_ACCEPTANCE)
    _need_free(case)
    if case.order_open:
        raise Refused("order_unanswered", "R4.6")
    lead = _lead(case, command, book)
    if case.urgency is Urgency.EMERGENCY and lead.urgency is not Urgency.EMERGENCY:
        raise Refused("lead_less_urgent", "R2.3", lead=lead.case_id)
    told = Merged(
        at=command.at,
        by=by,
        lead_id=lead.case_id,
        residents=case.merging.own,
        officer=case.officer,
        urgency=case.urgency,
        promised=_promised(case),
        text=command.text,
    )
    return told, Closed(at=command.at, by=SYSTEM, reason=ClosingReason.MERGED)


def _need_free(case: Case) -> None:
    """Nothing may be left behind that the lead cannot take over."""
    if case.case_type is CaseType.DISPUTE:
        raise Refused("is_dispute", "R2.3")
    offered = case.running(ClockKind.TRANSFER) is not None
    if case.questions or offered or case.extension is not None:
        raise Refused("decision_pending", "R2.3")
    meetings.need_none(case)
    if called := summoning.called(case):
        raise Refused("helpers_summoned", "R5", summons=called[0].helper.summons_id)
    if case.merging.joined:
        raise Refused("leads_others", "R2.3", joined=str(len(case.merging.joined)))


def _lead(case: Case, command: Merge, book: Book) -> Neighbour:
    lead = book.neighbours.get(command.lead_id)
    if lead is None:
        raise Refused("no_such_lead", "R2.3", lead=command.lead_id)
    if lead.case_id == case.case_id:
        raise Refused("lead_is_itself", "R2.3")
    if not lead.open:
        raise Refused("lead_not_open", "R2.3", lead=lead.case_id)
    if lead.case_type is CaseType.DISPUTE:
        raise Refused("lead_is_dispute", "R2.3", lead=lead.case_id)
    return lead


def _promised(case: Case) -> Clock | None:
    """The resident's clock while it still runs; a breach stays with the case that had it."""
    running = case.running(ClockKind.RESIDENT)
    return running.clock if running is not None and running.live else None


def merged(case: Case, event: Merged) -> Case:
    """Remember what the case is given back with if it has to be."""
    running = (r for r in case.clocks if r.stopped_at is None and r.clock.kind in GOING_ON)
    open_now = tuple(r.clock.clock_id for r in running)
    return with_merging(
        case,
        lead_id=event.lead_id,
        merged_at=event.at,
        phase=case.phase,
        clocks=open_now,
        agency=case.agency,
    )


# -- giving back -------------------------------------------------------------


def split(case: Case, command: Split, book: Book) -> tuple[Event, ...]:
    """A supervisor over the unit that had it finds the merge wrong."""
    by = authority.supervisor(case, command, book)
    if not carried.is_merged(case):
        raise Refused("not_merged", "R2.3")
    return _undo(case, command.at, by, book, text=command.text)


def give_back(case: Case, command: GiveBack, book: Book) -> tuple[Event, ...]:
    """The lead could not take it: nobody is left without a case."""
    authority.system(command)
    if not carried.is_merged(case):
        raise Refused("not_merged", "R2.3")
    return _undo(case, command.at, SYSTEM, book, refusal=command.refusal)


def _undo(
    case: Case, at: datetime, by: By, book: Book, *, text: str = "", refusal: str = ""
) -> tuple[Event, ...]:
    kept = (clocks.named(case, clock_id) for clock_id in case.merging.clocks)
    event = MergeUndone(
        at=at,
        by=by,
        text=text,
        lead_id=case.merging.lead_id,
        refusal=refusal,
        clocks=tuple(_running_on(running, case, at, book) for running in kept),
    )
    if carried.residents(case) or not case.merging.own:
        return event, *agency.resumption(case, at, book)
    return event, Closed(at=at, by=SYSTEM, reason=ClosingReason.WITHDRAWN)


def _running_on(running: Running, case: Case, at: datetime, book: Book) -> Clock:
    """A handler's clock counts on from where it stood; what was promised never stopped."""
    if running.clock.kind not in STANDING or running.broken_at is not None:
        return running.clock
    return clocks.restarted(changed(running, paused_at=case.merging.merged_at), at, book)


def undone(case: Case, event: MergeUndone) -> Case:
    """The case is where it was, with the clocks it had."""
    for clock in event.clocks:
        running = clocks.named(case, clock.clock_id)
        going_on = changed(running, stopped_at=None)
        if clock == running.clock:
            case = clocks.put(case, going_on)
        else:
            case = clocks.put(case, changed(going_on, paused_at=running.stopped_at))
            case = clocks.set_clocks(case, (clock,))
    before = case.merging.phase
    case = changed(case, phase=before, closed_at=None, closing=None)
    return with_merging(case, lead_id="", merged_at=None, clocks=())
