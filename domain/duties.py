"""Chapter R7.4: duties of an agreement in force: falling due, being checked, never forgotten."""

from dataclasses import replace
from datetime import datetime

from domain import authority, clocks, mediation, reopening, routing
from domain.book import Book
from domain.clocks import Expired
from domain.commands import CheckDuty
from domain.events import DutyChecked, DutyCheckPassedUp, DutyFellDue, Event
from domain.organisation import Post
from domain.refusals import Refused
from domain.state import Case, changed
from domain.state.disputes import Duty
from domain.values import SYSTEM, By, Clock
from domain.words import ClockKind, Role
from domain.words.disputes import ReopeningReason


def check_duty(case: Case, command: CheckDuty, book: Book) -> tuple[Event, ...]:
    """Performed, or not: then what was settled is open again."""
    duty = mediation.of(case).duty(command.duty_id)
    if duty is None:
        raise Refused("no_such_duty", "R7.4", duty=command.duty_id)
    by = _checker(case, command, book)
    if duty.performed is not None:
        raise Refused("already_checked", "R7.4", duty=duty.duty_id)
    if not command.performed and duty.check_id is None and command.at < duty.due_at:
        raise Refused("not_due_yet", "R7.4", due=duty.due_at.isoformat())
    seen = DutyChecked(
        at=command.at,
        by=by,
        duty_id=duty.duty_id,
        performed=command.performed,
        text=command.text,
    )
    if command.performed:
        return (seen,)
    return seen, *_not_performed(checked(case, seen), seen, book)


def _not_performed(case: Case, seen: DutyChecked, book: Book) -> tuple[Event, ...]:
    """What was settled is open again; a rating under review was right to say so."""
    if not reopening.settled(case):
        return ()
    reason = ReopeningReason.NOT_PERFORMED
    return reopening.reopen(case, reason, seen.at, seen.by, book, duty_id=seen.duty_id)


def _checker(case: Case, command: CheckDuty, book: Book) -> By:
    """A mediator, the officer, who answers for the case, or a supervisor; nobody with a stake."""
    posts = {case.stint.post_id, *authority.officers(case), *mediation.of(case).mediators}
    path = book.organisation.path(case.stint.unit_id)

    def fits(post: Post) -> bool:
        over = post.role is Role.SUPERVISOR and post.unit_id in path
        return over or post.post_id in posts

    need = "a mediator, the officer or the post in charge"
    return mediation.impartial(case, authority.acting(command, book, fits, need))


def checked(case: Case, event: DutyChecked) -> Case:
    """Its clocks are done."""
    duty = _duty(case, event.duty_id)
    for clock_id in filter(None, (duty.clock_id, duty.check_id)):
        running = clocks.named(case, clock_id)
        if running.stopped_at is None:
            case = clocks.put(case, changed(running, stopped_at=event.at))
    return _with(case, replace(duty, performed=event.performed))


# -- falling due -------------------------------------------------------------


def fell_due(expired: Expired) -> tuple[Event, ...]:
    """The day has come: who answers for the case and the mediators are to look."""
    case, now, book = expired.case, expired.now, expired.book
    duty = next(d for d in _owed(case) if d.clock_id == expired.running.clock.clock_id)
    unit_id, person_id = _first_asked(case, now, book)
    return (
        DutyFellDue(
            at=now,
            by=SYSTEM,
            duty_id=duty.duty_id,
            unit_id=unit_id,
            person_id=person_id,
            clocks=(_check_clock(case, now, book),),
        ),
    )


def _first_asked(case: Case, now: datetime, book: Book) -> tuple[str, str | None]:
    """Unit and person who answer for the case; a superior where they have a stake (R7.2)."""
    desk = routing.same_desk(case, now, book)
    if desk.person_id not in mediation.of(case).barred:
        return desk.unit_id, desk.person_id
    post = _superior(case, now, book)
    return (post.unit_id, post.holder(now)) if post else (desk.unit_id, None)


def _superior(case: Case, now: datetime, book: Book, *, skip: int = 0) -> Post | None:
    """The nearest supervisor above without a stake, after `skip` asked before; else the top's."""
    above = routing.supervisors_above(case.stint.unit_id, now, book)
    free = [post for post in above if post.holder(now) not in mediation.of(case).barred]
    return free[min(skip, len(free) - 1)] if free else None


def unchecked(expired: Expired) -> tuple[Event, ...]:
    """Nobody looked in time: the breach, and the next superior is told; at the top again."""
    case, now, book = expired.case, expired.now, expired.book
    duty = next(d for d in _owed(case) if d.check_id == expired.running.clock.clock_id)
    unit_id = case.stint.unit_id
    post = _superior(case, now, book, skip=duty.passed)
    passed = DutyCheckPassedUp(
        at=now,
        by=SYSTEM,
        duty_id=duty.duty_id,
        unit_id=post.unit_id if post else book.organisation.path(unit_id)[-1],
        person_id=post.holder(now) if post else None,
        clocks=(_check_clock(case, now, book),),
    )
    return expired.broken(), passed


def to_check(case: Case, event: DutyFellDue | DutyCheckPassedUp) -> Case:
    """Somebody has a clock to check it."""
    duty = _duty(case, event.duty_id)
    earlier = duty.check_id or duty.clock_id
    case = clocks.put(case, changed(clocks.named(case, earlier), stopped_at=event.at))
    passed = duty.passed + isinstance(event, DutyCheckPassedUp)
    (clock,) = event.clocks
    put_to = replace(
        duty,
        check_id=clock.clock_id,
        asked_unit=event.unit_id,
        asked=event.person_id,
        passed=passed,
    )
    case = _with(case, put_to)
    return clocks.set_clocks(case, event.clocks)


def _check_clock(case: Case, at: datetime, book: Book) -> Clock:
    """As long as an order from above has to be answered."""
    span, unit_id = book.policies[case.policy].supervision_answer, case.stint.unit_id
    return clocks.start(case, ClockKind.DUTY_CHECK, span, unit_id, at, book)


def _owed(case: Case) -> tuple[Duty, ...]:
    return tuple(d for d in mediation.of(case).duties if d.performed is None)


def _duty(case: Case, duty_id: str) -> Duty:
    return next(d for d in mediation.of(case).duties if d.duty_id == duty_id)


def _with(case: Case, duty: Duty) -> Case:
    dispute = mediation.of(case)
    kept = tuple(duty if d.duty_id == duty.duty_id else d for d in dispute.duties)
    return changed(case, dispute=replace(dispute, duties=kept))
