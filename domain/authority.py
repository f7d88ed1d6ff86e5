"""Who may: the post somebody acts at, or a refusal. Nobody acts without a post valid now (§2)."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from domain.book import Book
from domain.commands import Actor
from domain.organisation import DECIDERS, HANDLERS, Post
from domain.refusals import Refused
from domain.state import Case
from domain.values import RESIDENT, By
from domain.words import ActorKind, Phase, QuestionKind, Role


class Asks(Protocol):
    """The part of a command that says who and when."""

    @property
    def actor(self) -> Actor:
        """Who asks."""

    @property
    def at(self) -> datetime:
        """When."""


STAFF = frozenset({ActorKind.STAFF, ActorKind.IMPORTER})
OPEN = (Phase.AWAITING_ACCEPTANCE, Phase.IN_PROGRESS, Phase.SUSPENDED, Phase.SHELVED)
RECEIVERS = frozenset({*HANDLERS.values(), Role.SUPERVISOR})
"""Roles that may receive a resident, and so become first-contact officer."""


def need_phase(case: Case, rule: str, *phases: Phase) -> None:
    """Refuse unless the case is in one of the phases."""
    if case.phase not in phases:
        raise Refused(f"not_{phases[0]}", rule, phase=case.phase)


def need_open(case: Case, rule: str) -> None:
    """Refuse once the case is resolved or closed."""
    if case.phase not in OPEN:
        raise Refused("not_open", rule, phase=case.phase)


def need_unresolved(case: Case, rule: str) -> None:
    """Refuse once the case is resolved or closed; a declined one, looked at again, is neither."""
    if case.phase not in OPEN and not is_declined(case):
        raise Refused("not_open", rule, phase=case.phase)


def is_declined(case: Case) -> bool:
    """Whether a supervisor is looking at a decline."""
    return any(q.kind is QuestionKind.DECLINE_REVIEW for q in case.questions)


def acting(command: Asks, book: Book, fits: Callable[[Post], bool], need: str) -> By:
    """The first post of the actor, valid now, that fits; `need` names what was missing."""
    actor = command.actor
    if actor.kind not in STAFF:
        raise Refused("staff_only", "§2", forbidden=True, need=need)
    posts = book.organisation.posts_of(actor.person_id, command.at)
    if actor.post_id is not None:
        posts = tuple(p for p in posts if p.post_id == actor.post_id)
    if not posts:
        raise Refused("no_valid_post", "§2", forbidden=True, need=need)
    post = next(filter(fits, posts), None)
    if post is None:
        raise Refused("not_entitled", "§2", forbidden=True, need=need)
    return By(person_id=actor.person_id, post_id=post.post_id, unit_id=post.unit_id)


def at_post(post_id: str, person_id: str, at: datetime, book: Book) -> frozenset[str]:
    """That person, and both who act at that post: what one of them did is the other's matter."""
    post = book.organisation.posts.get(post_id)
    pair = () if post is None else (post.person_id, post.stand_in, post.holder(at))
    return frozenset(filter(None, (person_id, *pair)))


def system(command: Asks) -> None:
    """Time itself, or another case; nobody else."""
    if command.actor.kind is not ActorKind.SYSTEM:
        raise Refused("system_only", "R4.4", forbidden=True)


def supervisor(case: Case, command: Asks, book: Book) -> By:
    """A supervisor of the unit in charge or of a superior of it."""
    path = book.organisation.path(case.stint.unit_id)
    need = "a supervisor over the unit in charge"
    return acting(command, book, lambda p: p.role is Role.SUPERVISOR and p.unit_id in path, need)


def receiver(command: Asks, book: Book) -> By:
    """Staff who may receive a resident."""
    return acting(command, book, lambda p: p.role in RECEIVERS, "a post that receives residents")


def in_charge(case: Case, command: Asks, book: Book) -> By:
    """The person who answers for the case now, or who stands in at that post."""
    post_id = case.stint.post_id
    return acting(command, book, lambda p: p.post_id == post_id, "the post in charge of the case")


def in_unit(case: Case, command: Asks, book: Book) -> By:
    """Anybody who could answer for the case in the unit whose turn it is."""
    stint = case.stint

    def fits(post: Post) -> bool:
        own = post.post_id == stint.post_id
        return own or (post.unit_id == stint.unit_id and post.role is HANDLERS[stint.stage])

    return acting(command, book, fits, "a handling post in the unit in charge")


def in_charge_or_above(case: Case, command: Asks, book: Book) -> By:
    """The person in charge, or a supervisor of the unit or a superior of it."""
    stint, path = case.stint, book.organisation.path(case.stint.unit_id)

    def fits(post: Post) -> bool:
        over = post.role is Role.SUPERVISOR and post.unit_id in path
        return over or post.post_id == stint.post_id

    return acting(command, book, fits, "the post in charge, or a supervisor over it")


def over(unit_id: str, command: Asks, book: Book) -> By:
    """A supervisor of the unit or of a superior of it."""
    path = book.organisation.path(unit_id)

    def fits(post: Post) -> bool:
        return post.role is Role.SUPERVISOR and post.unit_id in path

    return acting(command, book, fits, f"a supervisor over {unit_id}")


def unit_above(case: Case, command: Asks, book: Book) -> By:
    """Somebody who may decide for the unit above the one in charge (R6.5)."""
    above = book.organisation.path(case.stint.unit_id)[1:]

    def fits(post: Post) -> bool:
        nearest = post.unit_id == above[0] and post.role in DECIDERS
        return nearest or (post.role is Role.SUPERVISOR and post.unit_id in above)

    if not above:
        raise Refused("no_unit_above", "R6.5", unit=case.stint.unit_id)
    return acting(command, book, fits, f"a deciding post in {above[0]} or a supervisor above")


def officer(case: Case, command: Asks, book: Book) -> By:
    """The first-contact officer (R1.1), or who is asked for another one while there is none."""
    posts = officers(case)
    return acting(command, book, lambda p: p.post_id in posts, "the first-contact officer")


def officers(case: Case) -> tuple[str | None, ...]:
    """The posts that answer for the reception now."""
    asked = (q.post_id for q in case.questions if q.kind is QuestionKind.SUCCESSION)
    return (case.officer.post_id, *asked)


def officer_or_in_charge(case: Case, command: Asks, book: Book) -> By:
    """The first-contact officer or the person in charge."""
    posts = {*officers(case), case.stint.post_id}
    need = "the first-contact officer or the post in charge"
    return acting(command, book, lambda p: p.post_id in posts, need)


def officer_or_in_unit(case: Case, command: Asks, book: Book) -> By:
    """The first-contact officer, or anybody who could answer for the case where it is."""
    stint = case.stint

    def fits(post: Post) -> bool:
        own = post.post_id in {*officers(case), stint.post_id}
        return own or (post.unit_id == stint.unit_id and post.role is HANDLERS[stint.stage])

    return acting(command, book, fits, "the first-contact officer or the unit in charge")


def resident(command: Asks) -> By:
    """The resident in person, who showed the receipt or the rating link."""
    if command.actor.kind is not ActorKind.RESIDENT:
        raise Refused("resident_only", "R9.2", forbidden=True)
    return RESIDENT


def resident_or(command: Asks, staff: Callable[[], By]) -> By:
    """The resident, or the staff that `staff` allows."""
    return RESIDENT if command.actor.kind is ActorKind.RESIDENT else staff()
