"""Chapters R4.4 and R11: who owes what a clock counts: the unit, the post and the person asked.

Who the clock was set for owes it, whoever has the case by the time it breaks.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.book import Book
from domain.state import Case, Stint
from domain.values import By, Question
from domain.words import ClockKind, QuestionKind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """Post and person are empty where the unit alone owes it."""

    unit_id: str
    post_id: str
    person_id: str


def debtor(case: Case, clock_id: str) -> Debtor | None:
    """Who was to do it; None for a partner, who is no staff."""
    helper = next((s.helper for s in case.summons if s.clock_id == clock_id), None)
    if helper is not None:
        unit_id = helper.unit_id
        return Debtor(unit_id=unit_id, post_id="", person_id="") if unit_id else None
    duties = () if case.dispute is None else case.dispute.duties
    duty = next((d for d in duties if d.check_id == clock_id), None)
    if duty is not None:
        return Debtor(unit_id=duty.asked_unit, post_id="", person_id=duty.asked or "")
    question = next((q for q in case.questions if q.clock_id == clock_id), None)
    running = next(r for r in case.clocks if r.clock.clock_id == clock_id)
    if running.clock.kind is ClockKind.FOLLOW_UP:
        return _of_officer(case)
    if running.clock.kind is ClockKind.EXTENSION and case.extension_to.unit_id:
        return _of(case.extension_to)
    asked = case.returns.offer if running.clock.kind is ClockKind.TRANSFER else question
    if asked is None:
        return _of_turn(case.stints[running.stint - 1] if running.stint else case.stint)
    return Debtor(
        unit_id=asked.unit_id, post_id=asked.post_id or "", person_id=asked.person_id or ""
    )


def _of_officer(case: Case) -> Debtor:
    """The first-contact officer, or who is asked for another while there is none."""
    vacant = (q for q in case.questions if q.kind is QuestionKind.SUCCESSION)
    asked, officer = next(vacant, None), case.officer
    if asked is not None:
        unit_id, post_id, person_id = asked.unit_id, asked.post_id, asked.person_id
    else:
        unit_id, post_id, person_id = officer.unit_id or "", officer.post_id, officer.person_id
    return Debtor(unit_id=unit_id, post_id=post_id or "", person_id=person_id or "")


def _of(by: By) -> Debtor:
    return Debtor(unit_id=by.unit_id or "", post_id=by.post_id or "", person_id=by.person_id)


def _of_turn(stint: Stint) -> Debtor:
    return Debtor(unit_id=stint.unit_id, post_id=stint.post_id, person_id=stint.person_id)


def person(case: Case, clock_id: str, at: datetime, book: Book) -> str:
    """Who was to do it at that moment, or stood in; empty where the unit alone or a partner was.

    What was put to a supervisor whose post is over is for who came after in the unit to decide.
    """
    owes = debtor(case, clock_id)
    if owes is None:
        return ""
    post = book.organisation.posts.get(owes.post_id)
    question = next((q for q in case.questions if q.clock_id == clock_id), None)
    if question is not None and owes.post_id and (post is None or not post.valid(at)):
        return _after(question, at, book)
    return (post and post.holder(at)) or owes.person_id


def _after(question: Question, at: datetime, book: Book) -> str:
    posts = book.organisation.acting(question.unit_id, Role.SUPERVISOR, at)
    holders = (post.holder(at) for post in posts)
    return next((p for p in holders if p is not None and p not in question.barred), "")
