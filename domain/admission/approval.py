"""The yes of two different people, neither of them the applicant; each has a clock (R3.2).

Who does not decide in time has a breach, and the next superior is asked, as in `questions`.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from domain import authority, clocks
from domain.admission.commands import ApproveAdmission, RefuseAdmission
from domain.admission.events import (
    AdmissionApproved,
    AdmissionEvent,
    AdmissionRefused,
    ApprovalOverdue,
    ApprovalPassedUp,
    ApprovalWarned,
    FirstApproved,
)
from domain.admission.state import Admission
from domain.book import Book
from domain.organisation import Post
from domain.refusals import Refused
from domain.state import Running, changed
from domain.values import SYSTEM, By, Clock, PutsQuestion, Question
from domain.words import ClockKind, QuestionKind, Role
from domain.words.admission import AdmissionState

DECIDERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)


# -- asking ------------------------------------------------------------------


def ask(
    admission: Admission, unit_id: str, at: datetime, book: Book, barred: frozenset[str]
) -> tuple[Question, Clock]:
    """The question to whoever is nearest at the unit or above it, with the clock for it."""
    return _put(admission, unit_id, _nearest(unit_id, at, book, barred), at, book, barred)


def _put(
    admission: Admission,
    unit_id: str,
    post: Post | None,
    at: datetime,
    book: Book,
    barred: frozenset[str],
) -> tuple[Question, Clock]:
    unit_id = unit_id if post is None else post.unit_id
    span = book.policies[admission.policy].decisions.admission
    clock = clocks.start(admission, ClockKind.DECISION, span, unit_id, at, book)
    question = Question(
        kind=QuestionKind.ADMISSION,
        unit_id=unit_id,
        post_id=None if post is None else post.post_id,
        person_id=None if post is None else post.holder(at),
        clock_id=clock.clock_id,
        barred=tuple(sorted(barred)),
    )
    return question, clock


def _nearest(unit_id: str, at: datetime, book: Book, barred: frozenset[str]) -> Post | None:
    """A supervisor, else an administrator, of the unit or the nearest superior with one."""
    for unit in book.organisation.path(unit_id):
        for role in DECIDERS:
            posts = book.organisation.acting(unit, role, at)
            free = [post for post in posts if post.holder(at) not in barred]
            if free:
                return min(free, key=lambda post: post.post_id)
    return None


def asked(admission: Admission, event: PutsQuestion) -> Admission:
    """Somebody is asked, in the place of whoever was before."""
    fresh = tuple(Running(clock=clock, stint=0) for clock in event.clocks)
    admission = answered(admission, event.at)
    return replace(admission, question=event.question, clocks=(*admission.clocks, *fresh))


def answered(admission: Admission, at: datetime) -> Admission:
    """Nobody is asked any more."""
    stopped = tuple(
        changed(r, stopped_at=at) if r.stopped_at is None else r for r in admission.clocks
    )
    return replace(admission, question=None, clocks=stopped)


# -- answering ---------------------------------------------------------------


def approve(
    admission: Admission, command: ApproveAdmission, book: Book
) -> tuple[AdmissionEvent, ...]:
    """The first yes asks a second person; the second one puts the admission in force."""
    by = _decider(admission, command, book)
    if admission.state is AdmissionState.AWAITING_SECOND:
        return (_approval(admission, command, by, book),)
    barred = frozenset({admission.applicant.person_id, by.person_id})
    question, clock = ask(admission, admission.approver_unit, command.at, book, barred)
    first = FirstApproved(
        at=command.at, by=by, text=command.text, question=question, clocks=(clock,)
    )
    return (first,)


def _approval(
    admission: Admission, command: ApproveAdmission, by: By, book: Book
) -> AdmissionApproved:
    starts, ends = admission.valid_from or command.at, admission.ends_at or command.at
    in_force_from = max(starts, command.at)
    span = book.policies[admission.policy].admission_reminder
    before = timedelta(seconds=span.allowance(in_force_from, book.working_time(by.unit_id or "")))
    remind_at = ends - before
    return AdmissionApproved(
        at=command.at,
        by=by,
        text=command.text,
        in_force_from=in_force_from,
        remind_at=remind_at if remind_at > in_force_from else None,
    )


def refuse(
    admission: Admission, command: RefuseAdmission, book: Book
) -> tuple[AdmissionEvent, ...]:
    """One no ends it."""
    by = _decider(admission, command, book)
    return (AdmissionRefused(at=command.at, by=by, text=command.text),)


def _decider(admission: Admission, command: ApproveAdmission | RefuseAdmission, book: Book) -> By:
    """Somebody of the unit asked or above it who has no part in it yet."""
    question = admission.question
    if question is None:
        raise Refused("not_awaiting_approval", "R3.2", state=admission.state)
    person = command.actor.person_id
    if person == admission.applicant.person_id:
        raise Refused("own_application", "R3.2", forbidden=True)
    if any(person == by.person_id for by in admission.approvals):
        raise Refused("approved_before", "R3.2", forbidden=True)
    path = book.organisation.path(question.unit_id)

    def fits(post: Post) -> bool:
        return post.role in DECIDERS and post.unit_id in path

    need = f"a supervisor or administrator of {question.unit_id} or above"
    return authority.acting(command, book, fits, need)


def first_approved(admission: Admission, event: FirstApproved) -> Admission:
    """One of two."""
    admission = replace(admission, approvals=(event.by,), state=AdmissionState.AWAITING_SECOND)
    return asked(admission, event)


def approved(admission: Admission, event: AdmissionApproved) -> Admission:
    """In force from its day on."""
    return replace(
        answered(admission, event.at),
        approvals=(*admission.approvals, event.by),
        state=AdmissionState.APPROVED,
        in_force_from=event.in_force_from,
        remind_at=event.remind_at,
    )


def refused(admission: Admission, event: AdmissionRefused) -> Admission:
    """Over before it began."""
    return replace(answered(admission, event.at), state=AdmissionState.REFUSED)


# -- not answering -----------------------------------------------------------


def due(
    admission: Admission, running: Running, at: datetime, now: datetime, book: Book
) -> tuple[AdmissionEvent, ...]:
    """A warning; or the breach, and the next superior is asked."""
    clock, level = running.clock, running.next_mark()[1]
    if level is not None:
        return (
            ApprovalWarned(
                at=at, by=SYSTEM, clock_id=clock.clock_id, level=level, due_at=clock.due_at
            ),
        )
    broken = ApprovalOverdue(at=at, by=SYSTEM, clock_id=clock.clock_id, due_at=clock.due_at)
    question, fresh = _higher(admission, now, book)
    return broken, ApprovalPassedUp(at=now, by=SYSTEM, question=question, clocks=(fresh,))


def _higher(admission: Admission, now: datetime, book: Book) -> tuple[Question, Clock]:
    """The next superior with somebody free; where nobody is higher, whoever had it, again."""
    question = admission.question
    unit_id = admission.approver_unit if question is None else question.unit_id
    barred = frozenset(() if question is None else question.barred)
    above = book.organisation.path(unit_id)[1:]
    post = _nearest(above[0], now, book, barred) if above else None
    if post is None:
        post = _nearest(unit_id, now, book, barred)
    return _put(admission, unit_id, post, now, book, barred)


def passed_up(admission: Admission, event: ApprovalPassedUp) -> Admission:
    """The same question to another."""
    return asked(admission, event)


def marked(admission: Admission, event: ApprovalWarned | ApprovalOverdue) -> Admission:
    """Remember a warning, or the breach, so that it is given once."""
    *earlier, running = admission.clocks
    if isinstance(event, ApprovalWarned):
        running = changed(running, warned=(*running.warned, event.level))
    else:
        running = changed(running, broken_at=event.due_at)
    return replace(admission, clocks=(*earlier, running))
