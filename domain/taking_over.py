"""Chapter R2.2: the post in charge has ended, and another of its unit takes the case over."""

from domain import routing
from domain.book import Book
from domain.commands import Assign
from domain.events import Assigned, Event
from domain.organisation import HANDLERS, Post
from domain.refusals import Refused
from domain.state import Case
from domain.values import SYSTEM


def take_over(case: Case, command: Assign, book: Book) -> tuple[Event, ...]:
    """The office hands the case over; whoever holds it by now keeps it. No clock changes."""
    posts, ended = book.organisation.posts, command.instead_of or ""
    if case.stint.post_id != ended:
        raise Refused("not_in_charge_any_more", "R2.2", post=ended)
    if ended in posts and posts[ended].valid(command.at):
        raise Refused("post_still_valid", "R2.2", post=ended)
    post = _successor(case, command, book)
    person = None if post is None else post.holder(command.at)
    if post is None or person is None:
        raise Refused("nobody_takes_over", "R2.2", unit=case.stint.unit_id)
    return (
        Assigned(
            at=command.at,
            by=SYSTEM,
            person_id=person,
            post_id=post.post_id,
            by_hand=False,
            text=command.text,
        ),
    )


def _successor(case: Case, command: Assign, book: Book) -> Post | None:
    """The post named, or the least loaded that does what the ended one did; both of the unit."""
    unit_id, at = case.stint.unit_id, command.at
    was = book.organisation.posts.get(command.instead_of or "")
    role = HANDLERS[case.stint.stage] if was is None else was.role
    if command.post_id is None:
        return routing.least_loaded(unit_id, role, at, book)
    here = book.organisation.acting(unit_id, role, at)
    return next((post for post in here if post.post_id == command.post_id), None)
