"""What must hold of every case at every version, whoever did what. Used by examples and walks."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from domain import clocks, coming_back, questions, reviews
from domain.book import Book
from domain.case import evolve, is_closed, is_over
from domain.commands import AddInformation, Command, RecordProgress, Remind
from domain.events import (
    ClockBroken,
    ClockWarned,
    Delegated,
    DeliberationPublished,
    Event,
    Joined,
    MeetingRecorded,
    OfficerReplaced,
    Rated,
    Registered,
    Resolved,
    WhistleEvent,
)
from domain.policy import due_after
from domain.refusals import Refused
from domain.state import Case, Stint
from domain.values import REPORTER, Clock
from domain.words import (
    LADDER,
    OUTLIVING,
    ActorKind,
    Basis,
    Belonging,
    ClockKind,
    LeftWhy,
    Phase,
    QuestionKind,
    Stage,
)
from domain.words.disputes import MediationStep

CODE = re.compile(r"[a-z][a-z_]*")
RULE = re.compile(r"R\d+(\.\d+)?|§\d")
WAITING = {
    MediationStep.ASKED: ClockKind.CONSENT,
    MediationStep.UNDER_WAY: ClockKind.MEDIATION,
    MediationStep.DRAFTED: ClockKind.CONFIRM,
}
"""What a mediation waits for; the panel is owed within the handling clock."""
QUIET = (Remind, AddInformation, RecordProgress)
"""Commands that may move no clock (R6.3)."""


def check_refusal(refused: Refused) -> None:
    """A refusal names a rule and a machine-readable code, and its details are plain text."""
    assert CODE.fullmatch(refused.code), refused.code
    assert RULE.fullmatch(refused.rule), refused.rule
    assert all(isinstance(v, str) for v in refused.details.values()), refused.details


def check_step(before: Case, command: Command, events: Sequence[Event], book: Book) -> Case:
    """Fold the events one by one, hold every version to the promises, give the case after."""
    case = before
    for event in events:
        previous, case = case, evolve(case, event)
        assert case.version == previous.version + 1
        assert previous.last_at is None or event.at >= previous.last_at, "time went backwards"
        if not isinstance(event, Registered):
            check_answerable(case)
        if previous.opened:
            check_officer(previous, event, case)
            assert case.receipt_hash == previous.receipt_hash
            assert case.stints[: len(previous.stints) - 1] == previous.stints[:-1]
        check_once(previous, event)
        if isinstance(event, Delegated):
            check_delegated(previous, event, book)
        check_order(previous, event)
        if isinstance(event, WhistleEvent):
            check_still_owned(previous, case)
        check_clocks_kept(previous, case)
        for clock in getattr(event, "clocks", ()):
            carried = isinstance(event, Joined) or clock in [r.clock for r in previous.clocks]
            check_clock(clock, event.at, book, carried=carried)
    if any(isinstance(event, coming_back.COMES_BACK) for event in events) and not is_closed(case):
        check_people(case, events[-1].at, book)
    if any(isinstance(event, Resolved) for event in events):
        check_call(command, case)
    if REPORTER in case.erased:
        assert is_over(case), "who is forgotten is waited for"
    check_after(before, command, case, events, book)
    return case


def check_delegated(before: Case, event: Delegated, book: Book) -> None:
    """Down goes only the community's own, or what is admitted there at that moment (R3.2)."""
    if event.admission_id is None:
        assert book.catalogue.items[before.item_id].belonging is Belonging.COMMUNITY_OWN
        return
    (admission,) = (a for a in book.admissions if a.admission_id == event.admission_id)
    assert admission.covers(before.item_id, book.organisation.path(event.unit_id))
    assert admission.in_force(event.at)


def check_people(case: Case, at: datetime, book: Book) -> None:
    """Whoever answers for a case that came back holds the post; or somebody is to find them."""
    stint, officer = case.stint, case.officer
    if not book.organisation.serves(stint.post_id, stint.person_id, at):
        order = case.running(ClockKind.SUPERVISION)
        assert case.order_open, "in the hands of nobody"
        assert order is not None
        assert order.live, "an order nobody has to answer"
    if not book.organisation.serves(officer.post_id or "", officer.person_id, at):
        asked = questions.find(case, QuestionKind.SUCCESSION)
        assert asked is not None, "the reception is nobody's"
        assert clocks.named(case, asked.clock_id).live


def check_call(command: Command, case: Case) -> None:
    """After a resolution the officer owes the resident who came a call, on a clock (R1.4)."""
    if REPORTER not in case.raters or command.actor.kind is ActorKind.IMPORTER:
        return
    call = case.running(ClockKind.FOLLOW_UP)
    assert call is not None, "a call nobody owes"
    assert call.live


def check_officer(before: Case, event: Event, after: Case) -> None:
    """The officer never changes but by the event that says so (R1.1)."""
    if isinstance(event, OfficerReplaced):
        assert (event.was, event.officer) == (before.officer, after.officer)
    else:
        assert after.officer == before.officer


def check_answerable(case: Case) -> None:
    """Exactly one unit and one named person answer: the system's first promise (§3)."""
    *earlier, present = case.stints
    assert all(s.left_at is not None for s in earlier)
    assert present.left_at is None
    for stint in case.stints:
        assert stint.unit_id
        assert stint.person_id
        assert stint.post_id
    turns = zip((None, *case.stints), case.stints, case.stints[1:], strict=False)
    for before, left, entered in turns:
        assert left.left_at == entered.entered_at, "a moment without anybody in charge"
        check_move(before, left, entered)


UPWARDS = (LeftWhy.HANDED_OVER, LeftWhy.ESCALATED, LeftWhy.OVERDUE, LeftWhy.BECAME_MASS)


def check_move(before: Stint | None, left: Stint, entered: Stint) -> None:
    """Each way of leaving a stint leads where that way may lead."""
    up = LADDER.index(entered.stage) - LADDER.index(left.stage)
    assert left.left_why is not None, "nobody says why it left"
    if left.left_why in UPWARDS:
        assert up > 0, f"{left.stage} is followed by {entered.stage}"
    if left.left_why is LeftWhy.REOPENED:
        assert up >= 0, f"{left.stage} is followed by {entered.stage}"
    if left.left_why is LeftWhy.OFFICER_REPLACED:
        assert left.stage is entered.stage is Stage.FIRST_CONTACT
    if left.left_why is LeftWhy.RECTIFIED:
        assert up >= 0, "a rectification goes down"
    assert entered.round - left.round == (left.left_why in {LeftWhy.RECTIFIED, LeftWhy.REOPENED})
    if left.left_why is LeftWhy.RETURNED:
        assert before is not None
        counter = before.stage is Stage.FIRST_CONTACT and entered.stage is before.stage
        assert entered.seat == before.seat or counter, "returned to where it did not come from"
    if left.left_why is LeftWhy.TRANSFERRED:
        assert left.stage is entered.stage is Stage.DEPARTMENT
    if left.left_why is LeftWhy.DELEGATED:
        assert up < 0, "a delegation goes down (R3.2)"
    if left.left_why in {LeftWhy.TRANSFERRED, LeftWhy.ADJUDICATED}:
        assert left.seat != entered.seat


def check_clocks_kept(before: Case, after: Case) -> None:
    """Clocks end with their stint, and a breach stays as it was."""
    for running in after.clocks:
        if running.clock.kind in clocks.OF_STINT and running.stint < len(after.stints):
            assert running.stopped_at is not None, f"{running.clock.clock_id} outlived its stint"
    for was, now in zip(before.clocks, after.clocks, strict=False):
        if was.broken_at is not None:
            assert (now.clock, now.broken_at) == (was.clock, was.broken_at)
            assert now.paused_at is None, "a broken clock cannot be stopped"
        if was.clock.kind is ClockKind.RESIDENT:
            assert now.clock == was.clock, "the resident's clock moved (R6.3)"
            assert now.paused_at is None, "the resident's clock stood still"


def check_still_owned(before: Case, after: Case) -> None:
    """Helpers come and go; who owns the case, and until when, does not change by it (R5)."""
    assert (after.stints, after.phase, after.officer) == (
        before.stints,
        before.phase,
        before.officer,
    )
    others = [r for r in before.clocks if r.clock.kind is not ClockKind.REPORT_IN]
    assert [r for r in after.clocks if r.clock.kind is not ClockKind.REPORT_IN] == others


def check_summons(case: Case) -> None:
    """Who was called and did not come owes it on a clock; nobody else does (R5)."""
    ended = is_closed(case) or case.phase is Phase.AWAITING_RATING
    for summons in case.summons:
        owes = summons.open and summons.reported_at is None
        assert (clocks.named(case, summons.clock_id).stopped_at is None) == owes
        assert not (ended and summons.open), "nobody helps with a case that is settled"
    helpers = [(s.helper.unit_id, s.helper.partner_id) for s in case.summons if s.open]
    assert len(set(helpers)) == len(helpers), "called twice at once"


def check_deliberated(case: Case) -> None:
    """One deliberation at a time; its publications and objections have clocks that run (R8)."""
    open_ = [d for d in case.deliberations if d.ended is None]
    assert len(open_) <= 1
    assert not (open_ and (is_closed(case) or case.phase is Phase.AWAITING_RATING))
    asked = {q.about for q in case.questions if q.kind is QuestionKind.OBJECTION}
    assert asked <= {o.objection_id for d in open_ for o in d.objections}
    running = {
        r.clock.clock_id for r in case.clocks if r.live and r.clock.kind is ClockKind.PUBLICATION
    }
    assert running <= {d.clock_id for d in open_}
    for each in open_:
        waits = each.awaits is None and each.clock_id not in running
        assert asked or not waits, "nothing is left to wait for, and it has not ended"


def check_order(before: Case, event: Event) -> None:
    """A step is recorded in its turn, after the record of the one before it (R8)."""
    if isinstance(event, MeetingRecorded | DeliberationPublished):
        here = before.deliberations[-1]
        assert (here.ended, here.awaits) == (None, event.step)
        assert event.at >= here.since
    if isinstance(event, MeetingRecorded):
        assert before.deliberations[-1].since <= event.held_at <= event.at
        assert event.in_favour + event.against + event.abstained == event.present


def check_once(before: Case, event: Event) -> None:
    """A warning and a breach of one clock are given once."""
    if isinstance(event, ClockWarned):
        running = next(r for r in before.clocks if r.clock.clock_id == event.clock_id)
        assert event.level not in running.warned
        assert event.due_at == running.clock.due_at
    if isinstance(event, ClockBroken):
        running = next(r for r in before.clocks if r.clock.clock_id == event.clock_id)
        assert running.broken_at is None
        assert event.due_at == running.clock.due_at


def check_clock(clock: Clock, at: datetime, book: Book, *, carried: bool = False) -> None:
    """Due time and marks are a pure function of what the clock carries (R6.2).

    One that is carried over from a case that joined, or goes on as it was, keeps its calendar.
    """
    time = book.time_of(clock)
    assert carried or clock.calendar == book.calendar.version
    assert clock.policy in book.policies
    left = max(0, clock.allowance - clock.consumed)
    again = due_after(clock.basis, left, clock.running_from, time)
    assert (clock.due_at, clock.unpublished) == (again.at, again.unpublished)
    assert clock.started_at <= clock.running_from <= clock.due_at
    assert all(clock.running_from <= m.at <= clock.due_at for m in clock.marks)
    assert len({m.level for m in clock.marks}) == len(clock.marks)


def check_returns(case: Case, book: Book) -> None:
    """Returned as often as the policy says, and handed on with what was used of the clock."""
    assert case.returns.count <= book.policies[case.policy].returns.allowed
    for running in case.clocks:
        clock = running.clock
        assert 0 <= clock.carried <= clock.consumed
        if clock.continues:
            earlier = clocks.named(case, clock.continues)
            assert (earlier.clock.kind, earlier.clock.unit_id) == (clock.kind, clock.unit_id)
            assert earlier.stopped_at is not None


def check_questions(case: Case) -> None:
    """Every open question has a decider or at least a unit, and a clock that is running."""
    for question in case.questions:
        assert question.unit_id
        assert question.person_id not in question.barred
        clock = clocks.named(case, question.clock_id)
        assert clock.stopped_at is None, "a question without a clock"
        assert clock.live, "a question nobody is asked any more"


def check_ratings(before: Case, after: Case, events: Sequence[Event]) -> None:
    """No bad rating goes without a review, and a rating stays as it was given (R9.3, R10.1)."""
    looked_at = {(r.round, s) for r in after.redress.reviews for s in r.subjects}
    for event in events:
        if isinstance(event, Rated) and reviews.is_bad(event):
            assert (event.round, event.subject) in looked_at, "a bad rating without a review"
    undecided = [review for review in after.redress.reviews if review.finding is None]
    assert undecided == list(after.redress.reviews[-1:] if reviews.is_open(after) else ())
    assert after.ratings[: len(before.ratings)] == before.ratings, "a rating is never changed"
    assert after.round >= before.round
    if after.phase is Phase.UNDER_REVIEW:
        assert after.questions, "under review, and nobody is asked"


def check_proactive(case: Case) -> None:
    """A rating is awaited of somebody, a look where nobody rates; no agent acts for none (R13)."""
    if case.phase is Phase.AWAITING_RATING:
        assert case.raters, "a rating is awaited of nobody"
    verifying = any(q.kind is QuestionKind.VERIFICATION for q in case.questions)
    assert not (verifying and (case.raters or case.phase is not Phase.UNDER_REVIEW))
    if case.agency is not None:
        assert not is_closed(case), "an authority that outlives its case"
        assert REPORTER in case.raters, "an agent of nobody"


def check_dispute(case: Case) -> None:
    """A mediation under way has a clock, nobody with a stake mediates, every duty is watched."""
    if case.dispute is None:
        return
    here = case.mediation
    left = [m for m in case.dispute.mediations if not m.ended]
    assert left == ([here] if here else []), "a mediation that ended without a word"
    if here is not None:
        assert not {seat.person_id for seat in here.panel} & set(case.dispute.barred)
        waits = WAITING.get(here.step)
        running = None if waits is None else case.running(waits)
        assert waits is None or (running is not None and running.live), here.step
    for duty in case.dispute.duties:
        watched = [c for c in (duty.clock_id, duty.check_id) if c and clocks.named(case, c).live]
        assert bool(watched) == (duty.performed is None), "a duty nobody watches"


def check_orders(case: Case) -> None:
    """An order is owed on a clock until it is answered, however the case ends (R4.6)."""
    live = {
        r.clock.clock_id for r in case.clocks if r.clock.kind is ClockKind.SUPERVISION and r.live
    }
    assert live == {order.clock_id for order in case.open_orders}, "an order nobody waits for"


def check_after(
    before: Case, command: Command, after: Case, events: Sequence[Event], book: Book
) -> None:
    """Nobody is forgotten, nothing due is left unsettled, and a closed case is still."""
    due = clocks.next_due(after)
    check_questions(after)
    check_summons(after)
    check_orders(after)
    check_ratings(before, after, events)
    check_returns(after, book)
    check_dispute(after)
    check_deliberated(after)
    check_proactive(after)
    if is_closed(after):
        assert after.phase is Phase.CLOSED
        lasting = {q.clock_id for q in after.questions if q.outlives}
        left = [r for r in after.clocks if r.live]
        assert all(r.clock.kind in OUTLIVING or r.clock.clock_id in lasting for r in left)
        assert (due is None) == (not left)
    else:
        assert due is not None
        now = max(command.at, before.last_at or command.at)
        at_once = due[1] is None or due[1].clock.running_from == due[1].clock.due_at == now
        assert due[0] > now or at_once, "something due was left unsettled"
    if isinstance(command, QUIET) and len(events) == 1:
        assert before.clocks == after.clocks, "no clock moves by a word (R6.3)"
    if after.phase is Phase.SHELVED:
        handle = after.running(ClockKind.HANDLE)
        assert handle is None or not handle.live
        assert after.running(ClockKind.SHELVE_REVIEW) is not None, "a shelf nobody looks at"
        assert (after.resolved_at, after.closed_at) == (None, None)
    if after.phase is Phase.SUSPENDED:
        handle = after.running(ClockKind.HANDLE)
        assert handle is None or handle.paused_at is not None
        assert after.running(ClockKind.SUSPENSION) is not None


def check_explained(case: Case, until: datetime, book: Book) -> None:
    """The stretches of every clock tile its life, and the counted ones add up (R6.2)."""
    for running in case.clocks:
        clock = running.clock
        end = max(until, clock.running_from)
        parts = list(clocks.segments(running, end, book))
        at = clock.started_at
        for part in parts:
            assert part.start == at, "a gap or an overlap"
            assert part.end >= part.start
            at = part.end
        assert at == max(end, clock.started_at)
        if running.paused_at is None:
            counted = sum((p.end - p.start for p in parts if p.counted), timedelta())
            now = clocks.counted(clock.basis, clock.running_from, end, book.time_of(clock))
            used = int(counted.total_seconds()) + clock.carried
            off = abs(used - clock.consumed - now)
            assert off <= len(running.stretches) + 1, (clock.kind, off)
        if clock.basis is Basis.WALL:
            assert all(p.counted or p.why == "suspended" for p in parts)
