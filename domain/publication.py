"""Chapter R8: decision and result stand in public for a while, and residents may object."""

from dataclasses import replace

from domain import authority, clocks, meetings, questions
from domain.book import Book
from domain.clocks import Expired
from domain.commands import DecideObjection, Object, PublishDeliberation
from domain.events import (
    DeliberationPublished,
    Event,
    ObjectionDecided,
    ObjectionRaised,
    PublicationEnded,
)
from domain.refusals import Refused
from domain.state import Case
from domain.state.deliberation import Deliberation, Objection
from domain.values import RESIDENT, SYSTEM
from domain.words import ClockKind, Phase, QuestionKind, Stage
from domain.words.deliberation import PUBLICATIONS, STEPS, DeliberationEnd, DeliberationStep

OBJECTION = QuestionKind.OBJECTION


def publish(case: Case, command: PublishDeliberation, book: Book) -> tuple[Event, ...]:
    """Publish the decision, and after it was carried out the result."""
    by = authority.in_charge(case, command, book)
    authority.need_phase(case, "R8", Phase.IN_PROGRESS, Phase.SUSPENDED)
    here = meetings.need_turn(case, command.step)
    if command.step not in PUBLICATIONS:
        raise Refused("a_meeting_decides", "R8", step=command.step)
    span = book.policies[case.policy].deliberation.publication
    unit_id = case.stint.unit_id
    clock = clocks.start(case, ClockKind.PUBLICATION, span, unit_id, command.at, book)
    return (
        DeliberationPublished(
            at=command.at,
            by=by,
            number=here.number,
            step=command.step,
            title=command.title,
            text=command.text,
            clocks=(clock,),
        ),
    )


def published(case: Case, event: DeliberationPublished) -> Case:
    """After the decision the result is awaited, after the result nothing more."""
    here, (clock,) = meetings.need_under_way(case), event.clocks
    decision = event.step is DeliberationStep.DECISION_PUBLISHED
    awaits = DeliberationStep.RESULT_PUBLISHED if decision else None
    here = replace(here, awaits=awaits, since=event.at, clock_id=clock.clock_id)
    return clocks.set_clocks(meetings.put(case, here), event.clocks)


def _published_step(here: Deliberation) -> DeliberationStep:
    """What stands in public: the step before the one awaited."""
    return STEPS[-1] if here.awaits is None else STEPS[STEPS.index(here.awaits) - 1]


def over(expired: Expired) -> tuple[Event, ...]:
    """The period is over; with nothing left to decide a published result ends the deliberation."""
    case, at = expired.case, expired.at
    here = meetings.need_under_way(case)
    undecided = len(_undecided(case, here))
    done = PublicationEnded(
        at=at,
        by=SYSTEM,
        number=here.number,
        step=_published_step(here),
        clock_id=expired.running.clock.clock_id,
        undecided=undecided,
    )
    if undecided or here.awaits is not None:
        return (done,)
    return done, *meetings.ending(case, DeliberationEnd.COMPLETED, at, SYSTEM, expired.book)


def period_ended(case: Case, event: PublicationEnded) -> Case:
    """Nobody can object any more."""
    return clocks.stop_named(case, event.clock_id, event.at)


# -- objections --------------------------------------------------------------


def _undecided(case: Case, here: Deliberation) -> tuple[Objection, ...]:
    """The objections still to be decided."""
    return tuple(o for o in here.objections if questions.find(case, OBJECTION, o.objection_id))


def raise_objection(case: Case, command: Object, book: Book) -> tuple[Event, ...]:
    """A resident objects, once to each publication; staff record what others tell them."""
    by = authority.resident_or(command, lambda: authority.officer_or_in_charge(case, command, book))
    here = meetings.need_under_way(case)
    if not here.clock_id or not clocks.named(case, here.clock_id).live:
        raise Refused("nothing_published", "R8")
    subject = command.actor.subject if by is RESIDENT else ""
    known = {(o.clock_id, o.subject) for o in here.objections}
    if subject and (here.clock_id, subject) in known:
        raise Refused("already_objected", "R8")
    unit_id = case.stint.unit_id
    street = book.organisation.unit_of(unit_id, Stage.STREET) or unit_id
    objection_id = f"objection-{1 + sum(len(d.objections) for d in case.deliberations)}"
    question, clock = questions.put(case, OBJECTION, street, command.at, book, about=objection_id)
    return (
        ObjectionRaised(
            at=command.at,
            by=by,
            number=here.number,
            objection_id=objection_id,
            publication=here.clock_id,
            subject=subject,
            text=command.text,
            question=question,
            clocks=(clock,),
        ),
    )


def raised(case: Case, event: ObjectionRaised) -> Case:
    """A supervisor has to decide it before the next step."""
    here = meetings.need_under_way(case)
    objection = Objection(
        objection_id=event.objection_id, clock_id=event.publication, subject=event.subject
    )
    case = meetings.put(case, replace(here, objections=(*here.objections, objection)))
    return questions.opened(case, event.question, event.clocks)


def decide_objection(case: Case, command: DecideObjection, book: Book) -> tuple[Event, ...]:
    """Upheld, it sends the deliberation back one step, unless an earlier one already has."""
    here = meetings.need_under_way(case)
    objection = next((o for o in here.objections if o.objection_id == command.objection_id), None)
    question = questions.find(case, OBJECTION, command.objection_id)
    if objection is None or question is None:
        raise Refused("no_such_objection", "R8", objection=command.objection_id)
    by = questions.decider(case, question, command, book)
    standing = objection.clock_id == here.clock_id
    back = STEPS[STEPS.index(_published_step(here)) - 1] if standing and command.upheld else None
    decided = ObjectionDecided(
        at=command.at,
        by=by,
        text=command.text,
        number=here.number,
        objection_id=command.objection_id,
        upheld=command.upheld,
        back_to=back,
    )
    complete = here.awaits is None and _undecided(case, here) == (objection,)
    ran_out = bool(here.clock_id) and not clocks.named(case, here.clock_id).live
    if back is None and complete and ran_out:
        how = DeliberationEnd.COMPLETED
        return decided, *meetings.ending(case, how, command.at, SYSTEM, book)
    return (decided,)


def decided(case: Case, event: ObjectionDecided) -> Case:
    """The question is answered; what has to be taken again is awaited again."""
    case = questions.answered(case, OBJECTION, event.at, event.objection_id)
    if event.back_to is None:
        return case
    here = meetings.need_under_way(case)
    if clocks.named(case, here.clock_id).stopped_at is None:
        case = clocks.stop_named(case, here.clock_id, event.at)
    return meetings.put(case, replace(here, awaits=event.back_to, since=event.at, clock_id=""))
