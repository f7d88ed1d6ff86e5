"""Chapter R1.1: replacing a first-contact officer who left. Nothing else changes the officer."""

from dataclasses import replace
from datetime import datetime

from domain import authority, ladder, questions, routing
from domain.book import Book
from domain.commands import ReplaceOfficer
from domain.events import Event, OfficerReplaced
from domain.organisation import Post
from domain.refusals import Refused
from domain.state import Case, changed
from domain.values import SYSTEM, By
from domain.words import ActorKind, LeftWhy, QuestionKind, Stage


def replace_officer(case: Case, command: ReplaceOfficer, book: Book) -> tuple[Event, ...]:
    """Only of an officer who left; a case still in their hands goes along (R1.1)."""
    by = _by(case, command, book)
    was = case.officer
    if book.organisation.serves(was.post_id or "", was.person_id, command.at):
        raise Refused("officer_still_here", "R1.1", post=case.officer.post_id or "")
    post = _successor(case, command, by, book)
    officer = By(person_id=_holder(post, command.at), post_id=post.post_id, unit_id=post.unit_id)
    replaced = OfficerReplaced(
        at=command.at,
        by=by,
        officer=officer,
        was=was,
        organisation=book.organisation.version,
        text=command.text,
    )
    if not _leaves(case, officer):
        return (replaced,)
    desk = routing.duty_desk(post, command.at)
    after = officer_replaced(case, replaced)
    return replaced, ladder.arrival(after, desk, command.at, by, book)


def _by(case: Case, command: ReplaceOfficer, book: Book) -> By:
    """A supervisor over the officer's unit, or the office when it hands over an ended post."""
    if command.actor.kind is ActorKind.SYSTEM:
        return SYSTEM
    return authority.over(case.officer.unit_id or "", command, book)


def _successor(case: Case, command: ReplaceOfficer, by: By, book: Book) -> Post:
    """The post named, under the supervisor; else the least loaded clerk near."""
    unit_id, posts = case.officer.unit_id or "", book.organisation.posts
    if command.post_id is None:
        post = routing.clerk_near(unit_id, command.at, book)
        if post is None:
            raise Refused("no_clerk_near", "R1.1", unit=unit_id)
        return post
    post = posts.get(command.post_id)
    if post is None or not post.holder(command.at) or post.role not in authority.RECEIVERS:
        raise Refused("no_such_receiver", "R1.1", post=command.post_id)
    if by is not SYSTEM and by.unit_id not in book.organisation.path(post.unit_id):
        raise Refused("not_under_you", "R1.1", forbidden=True, unit=post.unit_id)
    return post


def _holder(post: Post, at: datetime) -> str:
    return post.holder(at) or post.person_id


def _in_their_hands(case: Case) -> bool:
    """Whether the case is still with first contact at the post of the officer."""
    return case.stage is Stage.FIRST_CONTACT and case.stint.post_id == case.officer.post_id


def _leaves(case: Case, new: By) -> bool:
    """Whether the case leaves its unit with the officer, also while a decline is looked at."""
    elsewhere = new.unit_id != case.stint.unit_id
    unresolved = case.phase in authority.OPEN or authority.is_declined(case)
    return _in_their_hands(case) and elsewhere and unresolved


def _looks(case: Case, event: OfficerReplaced) -> Case:
    """The look at what was done goes to the new officer with the reception (R13)."""
    question = questions.find(case, QuestionKind.VERIFICATION)
    new, was = event.officer, event.was
    if question is None or question.post_id != was.post_id or new.person_id in question.barred:
        return case
    unit_id = new.unit_id or question.unit_id
    moved = replace(question, unit_id=unit_id, post_id=new.post_id, person_id=new.person_id)
    return changed(case, questions=tuple(moved if q is question else q for q in case.questions))


def officer_replaced(case: Case, event: OfficerReplaced) -> Case:
    """Another officer owns the reception; in the same unit the case in hand goes along."""
    new = event.officer
    case = questions.answered(case, QuestionKind.SUCCESSION, event.at)
    case = _looks(case, event)
    if _in_their_hands(case) and new.unit_id == case.stint.unit_id:
        case = case.with_stint(person_id=new.person_id, post_id=new.post_id or "")
    if _leaves(case, new):
        case = case.with_stint(left_why=LeftWhy.OFFICER_REPLACED)
    return changed(case, officer=new)
