"""The yes of a second person, who has a clock for it (R14.4). Who asked never agrees to it, nor who
had one of the cases in hand. Who does not decide in time has a breach, and the next is asked.
"""

from dataclasses import replace
from datetime import datetime

from domain import authority, clocks
from domain.book import Book
from domain.erasure import erasable
from domain.erasure.commands import ApproveErasure, RefuseErasure, WithdrawErasure
from domain.erasure.events import (
    ErasureApproved,
    ErasureEvent,
    ErasureOverdue,
    ErasurePassedUp,
    ErasureRefused,
    ErasureTakenUp,
    ErasureWarned,
    ErasureWithdrawn,
)
from domain.erasure.state import Erasure
from domain.organisation import Post
from domain.policy import due_after
from domain.refusals import Refused
from domain.state import Running, changed
from domain.values import SYSTEM, By, Clock, PutsQuestion, Question
from domain.words import ClockKind, QuestionKind, Role
from domain.words.erasure import ErasureState

DECIDERS = (Role.DATA_PROTECTION, Role.ADMINISTRATOR, Role.AUDITOR)
"""Who may agree, those asked first before the others."""


# -- asking ------------------------------------------------------------------


def ask(
    erasure: Erasure,
    unit_id: str,
    at: datetime,
    book: Book,
    barred: frozenset[str],
    *,
    proposed: bool,
) -> tuple[Question, Clock]:
    """The question to whoever is nearest at the unit or above it, with the clock for it."""
    roles = DECIDERS[:1] if proposed else DECIDERS
    post = _nearest(book.organisation.path(unit_id), roles, at, book, barred)
    return _put(erasure, unit_id, post, at, book, barred)


def _nearest(
    path: tuple[str, ...],
    roles: tuple[Role, ...],
    at: datetime,
    book: Book,
    barred: frozenset[str],
) -> Post | None:
    for role in roles:
        for unit in path:
            posts = book.organisation.acting(unit, role, at)
            free = [post for post in posts if post.holder(at) not in barred]
            if free:
                return min(free, key=lambda post: post.post_id)
    return None


def _put(
    erasure: Erasure,
    unit_id: str,
    post: Post | None,
    at: datetime,
    book: Book,
    barred: frozenset[str],
) -> tuple[Question, Clock]:
    unit_id = unit_id if post is None else post.unit_id
    span = book.policies[erasure.policy].decisions.erasure
    clock = clocks.start(erasure, ClockKind.DECISION, span, unit_id, at, book)
    question = Question(
        kind=QuestionKind.ERASURE,
        unit_id=unit_id,
        post_id=None if post is None else post.post_id,
        person_id=None if post is None else post.holder(at),
        clock_id=clock.clock_id,
        barred=tuple(sorted(barred)),
    )
    return question, clock


def asked(erasure: Erasure, event: PutsQuestion) -> Erasure:
    """Somebody is asked, in the place of whoever was before."""
    fresh = tuple(Running(clock=clock, stint=0) for clock in event.clocks)
    erasure = answered(erasure, event.at)
    return replace(erasure, question=event.question, clocks=(*erasure.clocks, *fresh))


def answered(erasure: Erasure, at: datetime) -> Erasure:
    """Nobody is asked any more."""
    stopped = tuple(
        changed(r, stopped_at=at) if r.stopped_at is None else r for r in erasure.clocks
    )
    return replace(erasure, question=None, clocks=stopped)


# -- answering ---------------------------------------------------------------


def approve_erasure(
    erasure: Erasure, command: ApproveErasure, book: Book
) -> tuple[ErasureEvent, ...]:
    """The yes is given on what the cases are now: one may have come back meanwhile."""
    by = _decider(erasure, command, book)
    erasable.need_erasable(erasure.targets, by, command.at, book)
    if erasure.state is ErasureState.PROPOSED:
        return (_taken_up(erasure, command, by, book),)
    span = book.policies[erasure.policy].keeping.carry_out
    time = book.working_time(by.unit_id or "")
    due = due_after(span.basis, span.allowance(command.at, time), command.at, time)
    return (ErasureApproved(at=command.at, by=by, text=command.text, due_at=due.at),)


def _taken_up(erasure: Erasure, command: ApproveErasure, by: By, book: Book) -> ErasureTakenUp:
    barred = frozenset({*_barred(erasure), by.person_id})
    question, clock = ask(erasure, erasure.unit_id, command.at, book, barred, proposed=False)
    return ErasureTakenUp(
        at=command.at, by=by, text=command.text, question=question, clocks=(clock,)
    )


def refuse_erasure(
    erasure: Erasure, command: RefuseErasure, book: Book
) -> tuple[ErasureEvent, ...]:
    """One no ends it."""
    by = _decider(erasure, command, book)
    return (ErasureRefused(at=command.at, by=by, text=command.text),)


def withdraw_erasure(
    erasure: Erasure, command: WithdrawErasure, book: Book
) -> tuple[ErasureEvent, ...]:
    """By who asked for it, before somebody agreed."""
    if not erasure.awaiting:
        raise Refused("not_awaiting_approval", "R14.4", state=erasure.state)
    asker = erasure.asker.person_id
    if command.actor.person_id != asker:
        raise Refused("not_your_erasure", "R14.4", forbidden=True)
    by = authority.acting(
        command, book, lambda post: post.role is Role.DATA_PROTECTION, "a data protection officer"
    )
    return (ErasureWithdrawn(at=command.at, by=by, text=command.text),)


def _decider(erasure: Erasure, command: ApproveErasure | RefuseErasure, book: Book) -> By:
    """Somebody of the unit over the cases or above it who has no part in them or in asking."""
    if not erasure.awaiting:
        raise Refused("not_awaiting_approval", "R14.4", state=erasure.state)
    if command.actor.person_id == erasure.asker.person_id:
        raise Refused("asked_for_it", "R14.4", forbidden=True)
    if command.actor.person_id in _barred(erasure):
        raise Refused("own_matter", "R14.4", forbidden=True)
    path = book.organisation.path(erasure.unit_id)
    proposed = erasure.state is ErasureState.PROPOSED
    roles = DECIDERS[:1] if proposed and isinstance(command, ApproveErasure) else DECIDERS

    def fits(post: Post) -> bool:
        return post.role in roles and post.unit_id in path

    return authority.acting(command, book, fits, f"one of {', '.join(roles)} over the cases")


def _barred(erasure: Erasure) -> tuple[str, ...]:
    return () if erasure.question is None else erasure.question.barred


def taken_up(erasure: Erasure, event: ErasureTakenUp) -> Erasure:
    """It is that person's now, and somebody else has to agree."""
    erasure = replace(erasure, asker=event.by, state=ErasureState.AWAITING_APPROVAL)
    return asked(erasure, event)


def approved(erasure: Erasure, event: ErasureApproved) -> Erasure:
    """To be carried out."""
    return replace(
        answered(erasure, event.at),
        approver=event.by,
        state=ErasureState.UNDER_WAY,
        due_at=event.due_at,
    )


def ended(erasure: Erasure, event: ErasureRefused | ErasureWithdrawn) -> Erasure:
    """Over, and everybody is remembered."""
    refused = isinstance(event, ErasureRefused)
    state = ErasureState.REFUSED if refused else ErasureState.WITHDRAWN
    return replace(answered(erasure, event.at), state=state, left=(), ended_at=event.at)


# -- not answering -----------------------------------------------------------


def due(
    erasure: Erasure, running: Running, at: datetime, now: datetime, book: Book
) -> tuple[ErasureEvent, ...]:
    """A warning; or the breach, and somebody else is asked."""
    clock, level = running.clock, running.next_mark()[1]
    if level is not None:
        warned = ErasureWarned(
            at=at, by=SYSTEM, clock_id=clock.clock_id, level=level, due_at=clock.due_at
        )
        return (warned,)
    broken = ErasureOverdue(at=at, by=SYSTEM, clock_id=clock.clock_id, due_at=clock.due_at)
    question, fresh = _higher(erasure, now, book)
    return broken, ErasurePassedUp(at=now, by=SYSTEM, question=question, clocks=(fresh,))


def _higher(erasure: Erasure, now: datetime, book: Book) -> tuple[Question, Clock]:
    """Somebody else at the unit or above it; where nobody is, whoever had it, again."""
    question = erasure.question
    had = None if question is None else question.person_id
    barred = frozenset(_barred(erasure))
    roles = DECIDERS[:1] if erasure.state is ErasureState.PROPOSED else DECIDERS
    path = book.organisation.path(erasure.unit_id)
    post = _nearest(path, roles, now, book, barred | frozenset(filter(None, (had,))))
    if post is None:
        post = _nearest(path, roles, now, book, barred)
    return _put(erasure, erasure.unit_id, post, now, book, barred)


def marked(erasure: Erasure, event: ErasureWarned | ErasureOverdue) -> Erasure:
    """Remember a warning, or the breach, so that it is given once."""
    *earlier, running = erasure.clocks
    if isinstance(event, ErasureWarned):
        running = changed(running, warned=(*running.warned, event.level))
    else:
        running = changed(running, broken_at=event.due_at)
    return replace(erasure, clocks=(*earlier, running))
