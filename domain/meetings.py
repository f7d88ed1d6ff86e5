"""Chapter R8: a proposal and its meetings, in strict order; publication has its own file."""

from dataclasses import replace
from datetime import datetime

from domain import authority, clocks, pauses, questions
from domain.book import Book
from domain.commands import ProposeDeliberation, RecordMeeting, StopDeliberation
from domain.events import (
    Closed,
    DeliberationEnded,
    DeliberationProposed,
    Event,
    MeetingRecorded,
)
from domain.policy import Deliberation as Rule
from domain.refusals import Refused
from domain.state import Case, changed
from domain.state.deliberation import Deliberation
from domain.values import SYSTEM, By
from domain.words import CaseType, Phase, QuestionKind, Stage, SuspensionGround
from domain.words.deliberation import (
    MEETINGS,
    STEPS,
    DeliberationEnd,
    DeliberationStep,
    MeetingOutcome,
)

GROUND = SuspensionGround.DELIBERATION


def under_way(case: Case) -> Deliberation | None:
    """The deliberation not yet ended."""
    return next((d for d in case.deliberations if d.ended is None), None)


def need_under_way(case: Case) -> Deliberation:
    """The same, or a refusal."""
    found = under_way(case)
    if found is None:
        raise Refused("nothing_deliberated", "R8")
    return found


def put(case: Case, deliberation: Deliberation) -> Case:
    """The case with that deliberation in the place of its earlier state."""
    number = deliberation.number
    kept = tuple(deliberation if d.number == number else d for d in case.deliberations)
    return changed(case, deliberations=kept)


# -- the proposal ------------------------------------------------------------


def propose(case: Case, command: ProposeDeliberation, book: Book) -> tuple[Event, ...]:
    """Begin; the handling clock stands still if it may (R6.4), else it runs on meanwhile.

    Who is in charge answers for the next step by the end of the suspension, and after it by the
    handling clock: no step waits without a clock.
    """
    by = authority.in_charge(case, command, book)
    authority.need_phase(case, "R8", Phase.IN_PROGRESS)
    if case.stage is Stage.FIRST_CONTACT:
        raise Refused("hand_over_first", "R8", stage=case.stage)
    if case.case_type is CaseType.DISPUTE:
        raise Refused("not_a_public_matter", "R8")
    if under_way(case) is not None:
        raise Refused("already_deliberated", "R8")
    proposed = DeliberationProposed(
        at=command.at,
        by=by,
        number=len(case.deliberations) + 1,
        title=command.title,
        text=command.text,
    )
    if not pauses.may_pause(case, GROUND):
        return (proposed,)
    return proposed, pauses.suspension(case, GROUND, command.at, by, book, text=command.title)


def proposed(case: Case, event: DeliberationProposed) -> Case:
    """The two committees discuss it next."""
    begun = Deliberation(
        number=event.number, awaits=DeliberationStep.JOINT_DISCUSSION, since=event.at
    )
    return changed(case, deliberations=(*case.deliberations, begun))


# -- meetings ----------------------------------------------------------------


def record_meeting(case: Case, command: RecordMeeting, book: Book) -> tuple[Event, ...]:
    """A meeting in its turn; a rejected proposal ends there, one without quorum is held again."""
    by = authority.in_charge(case, command, book)
    authority.need_phase(case, "R8", Phase.IN_PROGRESS, Phase.SUSPENDED)
    here = need_turn(case, command.step)
    if command.step not in MEETINGS:
        raise Refused("publish_it_instead", "R8", step=command.step)
    _check_time(here, command)
    _check_counts(command)
    if not command.minutes and not command.reference:
        raise Refused("minutes_missing", "R8")
    rule = book.policies[case.policy].deliberation
    came_to = outcome(command.eligible, command.present, command.in_favour, rule)
    recorded = MeetingRecorded(
        at=command.at,
        by=by,
        number=here.number,
        step=command.step,
        held_at=command.held_at,
        eligible=command.eligible,
        present=command.present,
        in_favour=command.in_favour,
        against=command.against,
        abstained=command.abstained,
        outcome=came_to,
        minutes=command.minutes,
        reference=command.reference,
    )
    if came_to is not MeetingOutcome.REJECTED:
        return (recorded,)
    return recorded, *ending(case, DeliberationEnd.REJECTED, command.at, by, book)


def need_turn(case: Case, step: DeliberationStep) -> Deliberation:
    """The deliberation, if it is that step's turn; none passes what is published or objected to."""
    here = need_under_way(case)
    if _in_public(case, here):
        raise Refused("publication_running", "R8")
    if any(questions.find(case, QuestionKind.OBJECTION, o.objection_id) for o in here.objections):
        raise Refused("objections_open", "R8")
    if step is not here.awaits:
        raise Refused("not_its_turn", "R8", next=str(here.awaits), asked=step)
    return here


def _in_public(case: Case, here: Deliberation) -> bool:
    return here.clock_id != "" and clocks.named(case, here.clock_id).live


def _check_time(here: Deliberation, command: RecordMeeting) -> None:
    """A meeting follows the record of the step before it, and is not still to come."""
    if command.held_at > command.at:
        raise Refused("still_to_come", "R8", held_at=command.held_at.isoformat())
    if command.held_at < here.since:
        raise Refused("back_dated", "R8", not_before=here.since.isoformat())


def _check_counts(command: RecordMeeting) -> None:
    votes = (command.in_favour, command.against, command.abstained)
    adds_up = min(votes) >= 0 and sum(votes) == command.present
    if not adds_up or not 0 <= command.present <= command.eligible or not command.eligible:
        raise Refused("counts_do_not_add_up", "R8")


def needed(eligible: int, present: int, rule: Rule) -> tuple[int, int]:
    """How many of the eligible must be there, at least the quorum's share; and how many of those
    present in favour, more than the majority's share.
    """
    (quorum, of), (majority, over) = rule.quorum, rule.majority
    return -(-eligible * quorum // of), present * majority // over + 1


def outcome(eligible: int, present: int, in_favour: int, rule: Rule) -> MeetingOutcome:
    """What such a meeting came to."""
    quorum, majority = needed(eligible, present, rule)
    if present < quorum:
        return MeetingOutcome.NO_QUORUM
    return MeetingOutcome.CARRIED if in_favour >= majority else MeetingOutcome.REJECTED


def recorded(case: Case, event: MeetingRecorded) -> Case:
    """A carried proposal goes on to the next step."""
    here = replace(need_under_way(case), since=event.at)
    if event.outcome is MeetingOutcome.CARRIED:
        here = replace(here, awaits=STEPS[STEPS.index(event.step) + 1])
    return put(case, here)


# -- the end -----------------------------------------------------------------


def stop(case: Case, command: StopDeliberation, book: Book) -> tuple[Event, ...]:
    """Give it up; what stands in public stands its time, and objections are decided first."""
    by = authority.in_charge(case, command, book)
    here = need_under_way(case)
    if any(questions.find(case, QuestionKind.OBJECTION, o.objection_id) for o in here.objections):
        raise Refused("objections_open", "R8")
    if _in_public(case, here):
        raise Refused("publication_running", "R8")
    return ending(case, DeliberationEnd.STOPPED, command.at, by, book, text=command.text)


def ending(
    case: Case, how: DeliberationEnd, at: datetime, by: By, book: Book, *, text: str = ""
) -> tuple[Event, ...]:
    """The end of the deliberation, and of the suspension it was the ground of."""
    number = need_under_way(case).number
    ended = DeliberationEnded(at=at, by=by, number=number, how=how, text=text)
    if case.phase is not Phase.SUSPENDED or case.stint.grounds[-1] is not GROUND:
        return (ended,)
    return ended, pauses.resumption(case, at, by, book)


def ended(case: Case, event: DeliberationEnded) -> Case:
    """Nothing of it runs or is asked any more."""
    here = need_under_way(case)
    for objection in here.objections:
        kind, about = QuestionKind.OBJECTION, objection.objection_id
        case = questions.answered(case, kind, event.at, about)
    if here.clock_id and clocks.named(case, here.clock_id).stopped_at is None:
        case = clocks.stop_named(case, here.clock_id, event.at)
    return put(case, replace(here, awaits=None, ended=event.how))


def with_end(case: Case, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events, and before one that closes the case the end of what is deliberated in it."""
    here = under_way(case)
    if here is None:
        return events
    found: list[Event] = []
    for event in events:
        if isinstance(event, Closed):
            how, number = DeliberationEnd.STOPPED, here.number
            found.append(DeliberationEnded(at=event.at, by=SYSTEM, number=number, how=how))
        found.append(event)
    return tuple(found)


def need_none(case: Case) -> None:
    """Refuse while something is deliberated: nobody settles over the heads of who decides."""
    if under_way(case) is not None:
        raise Refused("deliberation_under_way", "R8")
