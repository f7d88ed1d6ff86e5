"""Chapter R2.3 at the lead case: others join it, part again or leave; many make a mass case."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from domain import (
    authority,
    carried,
    clocks,
    ladder,
    meetings,
    questions,
    routing,
    verification,
)
from domain.book import Book
from domain.commands import Join, Part
from domain.events import BecameMass, Closed, Event, Joined, Parted, ResidentLeft
from domain.refusals import Refused
from domain.state import Case, changed, rungs_above, with_merging
from domain.state.merging import JoinedCase
from domain.values import REPORTER, SYSTEM, By, Clock
from domain.words import (
    CaseType,
    ClockKind,
    ClosingReason,
    LeftWhy,
    Phase,
    QuestionKind,
    Stage,
    Urgency,
)


def join(case: Case, command: Join, book: Book) -> tuple[Event, ...]:
    """Carry on another case here."""
    authority.system(command)
    authority.need_open(case, "R2.3")
    if any(other.case_id == command.case_id for other in case.merging.joined):
        raise Refused("already_joined", "R2.3", case=command.case_id)
    if case.case_type is CaseType.DISPUTE:
        raise Refused("is_dispute", "R2.3")
    if command.urgency is Urgency.EMERGENCY and case.urgency is not Urgency.EMERGENCY:
        raise Refused("less_urgent", "R2.3", joining=command.case_id)
    promised = () if command.promised is None else (_own(case, command.promised, command.at),)
    event = Joined(
        at=command.at,
        by=SYSTEM,
        case_id=command.case_id,
        residents=command.residents - _known(case, command, book),
        rates=command.residents > 0,
        officer=command.officer,
        organisation=book.organisation.version,
        clocks=promised,
    )
    return event, *mass(joined(case, event), command.at, book)


def _own(case: Case, clock: Clock, at: datetime) -> Clock:
    """Their clock as it was set, under an id of this case, with the warnings still ahead."""
    marks = tuple(mark for mark in clock.marks if mark.at > at)
    return replace(clock, clock_id=case.next_id(clock.kind), marks=marks)


def _known(case: Case, command: Join, book: Book) -> int:
    """1 where the same resident is here already: they are counted once."""
    joining = book.neighbours.get(command.case_id)
    here = tuple(case.case_id if s == REPORTER else s for s in carried.residents(case))
    lookups = {book.neighbours[c].lookup for c in here if c in book.neighbours}
    same = joining is not None and joining.lookup != "" and joining.lookup in lookups
    return 1 if same and command.residents else 0


def joined(case: Case, event: Joined) -> Case:
    """One more resident who waits and rates."""
    other = JoinedCase(
        case_id=event.case_id,
        residents=event.residents,
        rates=event.rates,
        officer=event.officer,
        clock_id=event.clocks[0].clock_id if event.clocks else "",
    )
    merging = case.merging
    case = clocks.set_clocks(case, event.clocks)
    gone = tuple(subject for subject in merging.gone if subject != event.case_id)
    residents = merging.residents + event.residents
    return with_merging(case, joined=(*merging.joined, other), residents=residents, gone=gone)


def part(case: Case, command: Part, book: Book) -> tuple[Event, ...]:
    """A case that had joined is given back."""
    authority.system(command)
    if not any(other.case_id == command.case_id for other in case.merging.joined):
        raise Refused("not_joined", "R2.3", case=command.case_id)
    event = Parted(at=command.at, by=SYSTEM, case_id=command.case_id)
    return event, *ended(parted(case, event), command.at, book)


def parted(case: Case, event: Parted) -> Case:
    """Its residents wait and rate elsewhere."""
    merging = case.merging
    other = next(other for other in merging.joined if other.case_id == event.case_id)
    case = _without_clock(case, other, event.at)
    left = tuple(one for one in merging.joined if one is not other)
    counted = 0 if other.case_id in merging.gone else other.residents
    return with_merging(case, joined=left, residents=merging.residents - counted)


def _without_clock(case: Case, other: JoinedCase, at: datetime) -> Case:
    if not other.clock_id:
        return case
    running = clocks.named(case, other.clock_id)
    return clocks.put(case, changed(running, stopped_at=running.stopped_at or at))


def ended(case: Case, at: datetime, book: Book) -> tuple[Event, ...]:
    """The end, where everybody who is left has rated; a look at it, where nobody is left (R13)."""
    if case.phase is not Phase.AWAITING_RATING or case.unrated:
        return ()
    if not case.raters:
        return verification.opening(case, case.redress.resolver or SYSTEM, at, book)
    return (Closed(at=at, by=SYSTEM, reason=ClosingReason.RATED),)


def withdrawal(
    case: Case, subject: str, at: datetime, by: By, text: str, book: Book
) -> tuple[Event, ...]:
    """Somebody takes their request back: the case goes on for whoever and whatever is left."""
    here = need_here(case, subject)
    if here == (subject,) and not _goes_on(case):
        reason = ClosingReason.WITHDRAWN
        return (Closed(at=at, by=by, reason=reason, taken_back_by=subject, text=text),)
    left = ResidentLeft(at=at, by=by, subject=subject, text=text)
    return left, *ended(resident_left(case, left), at, book)


def _goes_on(case: Case) -> bool:
    """Whether there is more to the case than its residents' requests: what staff had found, here
    or in a case carried on here, or what the street deliberates (R8, R13).
    """
    found = not case.merging.own or any(not other.rates for other in case.merging.joined)
    return found or carried.is_merged(case) or meetings.under_way(case) is not None


def need_here(case: Case, subject: str) -> tuple[str, ...]:
    """Everybody on the matter; refuse where that resident is not, or not any more."""
    if subject == REPORTER and not case.merging.own:
        raise Refused("no_resident", "R13")
    here = carried.residents(case)
    if subject not in here:
        raise Refused("not_joined", "R2.3", case=subject)
    return here


def resident_left(case: Case, event: ResidentLeft) -> Case:
    """They are asked for nothing any more, and nothing is promised to them."""
    for clock_id in _promised(case, event.subject):
        running = clocks.named(case, clock_id)
        case = clocks.put(case, changed(running, stopped_at=running.stopped_at or event.at))
    if event.subject == REPORTER:
        case = questions.answered(case, QuestionKind.WITHDRAWAL, event.at)
        case = clocks.stop(case, event.at, ClockKind.FOLLOW_UP)
    merging = case.merging
    came = {other.case_id: other.residents for other in merging.joined} | {REPORTER: merging.own}
    residents = merging.residents - came[event.subject]
    return with_merging(case, gone=(*merging.gone, event.subject), residents=residents)


def _promised(case: Case, subject: str) -> tuple[str, ...]:
    """The resident's clocks that are theirs alone; one of a later round is a promise to all."""
    joined = {other.case_id: other.clock_id for other in case.merging.joined if other.clock_id}
    if subject in joined:
        return (joined[subject],)
    if subject not in case.reporters or case.round > 1:
        return ()
    promised = (r.clock for r in case.clocks if r.clock.kind is ClockKind.RESIDENT)
    return tuple(c.clock_id for c in promised if c.clock_id not in joined.values())


# -- mass cases --------------------------------------------------------------


def mass(case: Case, at: datetime, book: Book) -> Iterator[Event]:
    """Enough residents on one matter: it enters at the street at once, if it is below."""
    residents = case.merging.residents
    if case.merging.mass or residents < book.policies[case.policy].duplicates.mass_residents:
        return
    below = Stage.STREET in rungs_above(case.stage)
    desk = routing.desk_from(case, (Stage.STREET,), at, book) if below else None
    event = BecameMass(at=at, by=SYSTEM, residents=residents, enters=desk is not None)
    yield event
    if desk is not None:
        yield ladder.arrival(became_mass(case, event), desk, at, SYSTEM, book)


def became_mass(case: Case, event: BecameMass) -> Case:
    """The unit that has it lets go of it, if it is below the street."""
    if event.enters:
        case = case.with_stint(left_why=LeftWhy.BECAME_MASS)
    return with_merging(case, mass=True)
