"""§2: who works here. A person who leaves ends every post and hands over every open case."""

from datetime import datetime

from domain.office import authority, timing
from domain.office.commands import AddPerson, AssignDuty, ChangePerson, Leave
from domain.office.events import (
    DutyAssigned,
    OfficeEvent,
    PersonAdded,
    PersonChanged,
    PersonLeft,
    PostEnded,
    PostOpened,
    StandInNamed,
)
from domain.office.hand_overs import planned
from domain.office.posts import need_post
from domain.office.records import Records
from domain.office.stating import change
from domain.organisation import Organisation, Post
from domain.refusals import Refused
from domain.values import By
from domain.words import Role


def add_person(command: AddPerson, records: Records) -> tuple[OfficeEvent, ...]:
    """Enter a member of staff; no two may share a login, in whatever case it is written."""
    by = authority.over_any(command, records)
    people = records.organisation_at(records.far).people
    if command.person_id in people:
        raise Refused("person_exists", "§2", person=command.person_id)
    login = command.login.lower()
    if any(person.login.lower() == login for person in people.values()):
        raise Refused("login_taken", "§2", person=command.person_id)
    at = timing.effective(command, records)
    return timing.settled(change(PersonAdded, command, by, at), records)


def change_person(command: ChangePerson, records: Records) -> tuple[OfficeEvent, ...]:
    """Another name, another way to reach them."""
    at = timing.effective(command, records)
    organisation = records.organisation_at(at)
    person = organisation.people.get(command.person_id)
    if person is None:
        raise Refused("unknown_person", "§2", person=command.person_id)
    by = _over_posts_of(command, organisation, at, records)
    known = (None, person.name), (None, person.email), (None, person.phone)
    asked = command.name, command.email, command.phone
    if all(new in old for new, old in zip(asked, known, strict=True)):
        raise Refused("nothing_changes", "§2", person=person.person_id)
    return timing.settled(change(PersonChanged, command, by, at), records)


def leave(command: Leave, records: Records) -> tuple[OfficeEvent, ...]:
    """Every post ends, every stand-in duty with it, and every open case is handed over."""
    at = timing.effective(command, records)
    organisation = records.organisation_at(at)
    if command.person_id not in organisation.people:
        raise Refused("unknown_person", "§2", person=command.person_id)
    by = _over_posts_of(command, organisation, at, records)
    posts = _posts_of(command.person_id, organisation, at)
    held = [post for post in posts if post.person_id == command.person_id]
    if not posts:
        raise Refused("no_post_to_leave", "§2", person=command.person_id)
    _need_own(command, held)
    _need_nothing_planned(command, at, records)
    left = PersonLeft(
        at=command.at,
        by=by,
        text=command.text,
        person_id=command.person_id,
        effective_from=at,
        posts=tuple(post.post_id for post in held),
    )
    ends = (e for post in held for e in _ended(command, post, at, by, organisation, records))
    stands = (_stands_no_more(command, post, at, by) for post in posts if post not in held)
    return left, *ends, *stands


def _ended(
    command: Leave,
    post: Post,
    at: datetime,
    by: By,
    organisation: Organisation,
    records: Records,
) -> tuple[OfficeEvent, ...]:
    """The end of one of the posts, with its hand-over; nobody who leaves as well takes over."""
    successor = next((s.successor for s in command.successors if s.post_id == post.post_id), None)
    if successor is not None:
        need_post(successor, organisation, at)
        if organisation.posts[successor].holder(at) == command.person_id:
            raise Refused("successor_leaves_too", "§2", post=successor)
    event = PostEnded(
        at=command.at, by=by, effective_from=at, post_id=post.post_id, successor=successor
    )
    return event, *planned(post, successor, event, organisation, records)


def _stands_no_more(command: Leave, post: Post, at: datetime, by: By) -> StandInNamed:
    return StandInNamed(
        at=command.at, by=by, effective_from=at, post_id=post.post_id, person_id=None
    )


def _need_own(command: Leave, held: list[Post]) -> None:
    own = {post.post_id for post in held}
    for named in command.successors:
        if named.post_id not in own:
            raise Refused("not_a_post_of_theirs", "§2", post=named.post_id)


def _need_nothing_planned(command: Leave, at: datetime, records: Records) -> None:
    for later in records.later_than(at):
        event = later.event
        if isinstance(event, PostOpened) and command.person_id in {event.person_id, event.stand_in}:
            raise Refused("planned_change_depends", "§2", change=str(later.number))


def _posts_of(person_id: str, organisation: Organisation, at: datetime) -> list[Post]:
    """Posts the person holds or stands in for that are not over by then."""
    found = organisation.all_posts_of(person_id)
    return [p for p in found if p.valid_until is None or p.valid_until > at]


def _over_posts_of(
    command: ChangePerson | Leave, organisation: Organisation, at: datetime, records: Records
) -> By:
    """An administrator over every post the person holds; any one for somebody without a post."""
    posts = _posts_of(command.person_id, organisation, at)
    units = sorted({p.unit_id for p in posts if p.person_id == command.person_id})
    if not units:
        return authority.over_any(command, records)
    return authority.over(command, records, *units)


def assign_duty(command: AssignDuty, records: Records) -> tuple[OfficeEvent, ...]:
    """Set who receives what comes in through a channel (R1.2)."""
    by = authority.over_all(command, records)
    at = timing.effective(command, records)
    organisation = records.organisation_at(at)
    if command.post_id is not None:
        post = need_post(command.post_id, organisation, at)
        if post.role is not Role.FIRST_CONTACT_CLERK:
            raise Refused("not_a_clerk", "R1.2", post=post.post_id, role=post.role)
    if organisation.duty.get(command.channel) == command.post_id:
        raise Refused("nothing_changes", "R1.2", channel=command.channel)
    return timing.settled(change(DutyAssigned, command, by, at), records)
