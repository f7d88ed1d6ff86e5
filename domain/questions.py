"""Questions a superior must decide: put to one named post, with a clock, and never forgotten.

Chapters put them and act on the answers; here is only who decides, until when, and what happens
when nobody does: the breach is recorded and the question goes to the next superior.
"""

from dataclasses import replace
from datetime import datetime

from domain import authority, clocks, routing
from domain.book import Book
from domain.clocks import Expired
from domain.events import DecisionPassedUp, Event
from domain.organisation import Post
from domain.policy import Span
from domain.refusals import Refused
from domain.state import Case, changed
from domain.values import SYSTEM, By, Clock, Question
from domain.words import ClockKind, QuestionKind, Role, Urgency


def put(  # noqa: PLR0913 - what, to whom, about what, when
    case: Case,
    kind: QuestionKind,
    unit_id: str,
    at: datetime,
    book: Book,
    *,
    about: str = "",
    barred: frozenset[str] = frozenset(),
    outlives: bool = False,
    post: Post | None = None,
) -> tuple[Question, Clock]:
    """A question to the supervisor of the unit, or of the nearest superior with one, or to `post`.

    `about` says what it is about where a case can hold several of a kind; nobody of `barred`
    decides, nor anybody in whose hands the matter is; `outlives` keeps it open when the case
    closes.
    """
    barred = barred | own_matter(case, kind, at, book)
    post = post or routing.supervisor_at(unit_id, at, book, barred=barred)
    blank = Question(
        kind=kind,
        about=about,
        unit_id=unit_id,
        post_id=None,
        person_id=None,
        clock_id="",
        barred=tuple(sorted(barred)),
        outlives=outlives,
    )
    return _put(case, blank, post, at, book)


def _put(
    case: Case, question: Question, post: Post | None, at: datetime, book: Book
) -> tuple[Question, Clock]:
    """The question in the hands of that post, or of its unit where there is none."""
    unit_id = question.unit_id if post is None else post.unit_id
    span = span_for(case, question.kind, book)
    clock = clocks.start(case, ClockKind.DECISION, span, unit_id, at, book)
    asked = replace(
        question,
        unit_id=unit_id,
        post_id=None if post is None else post.post_id,
        person_id=None if post is None else post.holder(at),
        clock_id=clock.clock_id,
    )
    return asked, clock


BEFORE_RESOLUTION = frozenset(
    {QuestionKind.DECLINE_REVIEW, QuestionKind.ADJUDICATION, QuestionKind.SHELVING}
)
"""What an emergency waits for: decided in the time of an acceptance, day and night (R6.7)."""
ADJUDICATED = frozenset({QuestionKind.OBJECTION, QuestionKind.SUCCESSION})
"""Questions with the span of an adjudication."""


def span_for(case: Case, kind: QuestionKind, book: Book) -> Span:
    """How long the policy gives for deciding a question of that kind."""
    policy = book.policies[case.policy]
    if case.urgency is Urgency.EMERGENCY and kind in BEFORE_RESOLUTION:
        return policy.urgent.accept
    name = QuestionKind.ADJUDICATION if kind in ADJUDICATED else kind
    span: Span = getattr(policy.decisions, name)
    return span


def opened(case: Case, question: Question, clock_set: tuple[Clock, ...]) -> Case:
    """The question waits for its answer."""
    case = changed(case, questions=(*case.questions, question))
    return clocks.set_clocks(case, clock_set)


def find(case: Case, kind: QuestionKind, about: str = "") -> Question | None:
    """The open question of that kind."""
    return next((q for q in case.questions if (q.kind, q.about) == (kind, about)), None)


def answered(case: Case, kind: QuestionKind, at: datetime, about: str = "") -> Case:
    """The question is settled; its clock stops."""
    question = find(case, kind, about)
    if question is None:
        return case
    case = clocks.stop_named(case, question.clock_id, at)
    return changed(case, questions=tuple(q for q in case.questions if q is not question))


OF_STINT = (QuestionKind.ADJUDICATION, QuestionKind.SHELVING)
"""Questions about a unit's turn: they lapse when the case leaves it."""


def lapsed(case: Case, at: datetime, *kinds: QuestionKind) -> Case:
    """Nobody has to decide those any more."""
    for kind in kinds:
        case = answered(case, kind, at)
    return case


def need_no_adjudication(case: Case) -> None:
    """While a superior decides whose the case is, it stays where it is (R4.2)."""
    if find(case, QuestionKind.ADJUDICATION) is not None:
        raise Refused("adjudication_open", "R4.2")


OF_THE_TURN = frozenset(
    {QuestionKind.DECLINE_REVIEW, QuestionKind.ADJUDICATION, QuestionKind.SHELVING}
    | {QuestionKind.OBJECTION, QuestionKind.WITHDRAWAL, QuestionKind.REVIEW}
)
"""Questions about what the post in charge did or asks for."""
OF_THE_RECEPTION = frozenset({QuestionKind.DECLINE_REVIEW, QuestionKind.WITHDRAWAL})
"""Questions about what the first-contact officer did or wrote down."""


def own_matter(case: Case, kind: QuestionKind, at: datetime, book: Book) -> frozenset[str]:
    """Whose own matter such a question is now: none of them decides it (§2, R11)."""
    stint, officer = case.stint, case.officer
    people: frozenset[str] = frozenset()
    if kind in OF_THE_TURN:
        people |= authority.at_post(stint.post_id, stint.person_id, at, book)
    if kind in OF_THE_RECEPTION:
        people |= authority.at_post(officer.post_id or "", officer.person_id, at, book)
    return people


def decider(case: Case, question: Question, command: authority.Asks, book: Book) -> By:
    """The supervisor asked, or one over that unit; nobody in their own matter (§2, R11).

    Who that is, is asked again: the matter may have come into their hands since it was put.
    """
    own = own_matter(case, question.kind, command.at, book)
    if command.actor.person_id in own.union(question.barred):
        raise Refused("judge_in_own_cause", "R11", forbidden=True, question=question.kind)
    path = book.organisation.path(question.unit_id)

    def fits(post: Post) -> bool:
        over = post.role is Role.SUPERVISOR and post.unit_id in path
        return over or post.post_id == question.post_id

    return authority.acting(command, book, fits, f"the supervisor of {question.unit_id} or above")


def undecided(expired: Expired) -> tuple[Event, ...]:
    """Nobody decided in time: the breach, and the next superior is asked (R4.4)."""
    case, now, book = expired.case, expired.now, expired.book
    clock_id = expired.running.clock.clock_id
    question = next(q for q in case.questions if q.clock_id == clock_id)
    above = book.organisation.path(question.unit_id)[1:]
    barred = own_matter(case, question.kind, now, book).union(question.barred)
    post = routing.supervisor_at(above[0], now, book, barred=barred) if above else None
    if post is None:  # nobody is higher: who had it is asked again
        post = routing.supervisor_at(question.unit_id, now, book, barred=barred)
    asked, clock = _put(case, question, post, now, book)
    passed = DecisionPassedUp(at=now, by=SYSTEM, question=asked, clocks=(clock,))
    return expired.broken(), passed


def passed_up(case: Case, event: DecisionPassedUp) -> Case:
    """The same question with another decider and a clock of its own."""
    asked = event.question
    case = answered(case, asked.kind, event.at, asked.about)
    return opened(case, asked, event.clocks)
