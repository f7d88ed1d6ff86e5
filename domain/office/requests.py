"""§2: a post that watches over others takes two people: one asks, another agrees in time."""

from dataclasses import replace
from datetime import datetime

from domain.office import authority, people, posts, timing
from domain.office.commands import ConfirmPost, DeclinePost, Leave, OpenPost
from domain.office.events import (
    OfficeEvent,
    PostConfirmed,
    PostDeclined,
    PostOpened,
    PostRequested,
    StandInNamed,
)
from domain.office.posts import need_other, need_post
from domain.office.records import Records
from domain.office.state import Office
from domain.office.units import open_unit
from domain.refusals import Refused
from domain.values import SYSTEM, By


def confirm_post(office: Office, command: ConfirmPost, records: Records) -> tuple[OfficeEvent, ...]:
    """Another administrator agrees; the post is open from the day asked for, or from now."""
    request = _open(office, command.request)
    by = authority.over(command, records, request.unit_id)
    if by.person_id == request.by.person_id:
        raise Refused("second_person_needed", "§2", forbidden=True)
    need_other(by.person_id, request.person_id, request.stand_in)
    starts_at = request.starts_at
    if starts_at is not None and starts_at < command.at:
        starts_at = None
    at = timing.effective(replace(command, effective_from=starts_at), records)
    organisation = records.organisation_at(at)
    open_unit(request.unit_id, organisation)
    agreed = PostConfirmed(at=command.at, by=by, request=request.request)
    new = request.new if request.new is not None else request.post_id not in organisation.posts
    if not new:
        need_post(request.post_id, organisation, at)
        return agreed, *timing.settled(_stand_in(request, command, by, at), records)
    if request.post_id in records.organisation_at(records.far).posts:
        raise Refused("post_exists", "§2", post=request.post_id)
    return agreed, *timing.settled(_opened(request, command, by, at), records)


def _stand_in(request: PostRequested, command: ConfirmPost, by: By, at: datetime) -> StandInNamed:
    return StandInNamed(
        at=command.at,
        by=by,
        text=command.text,
        effective_from=at,
        post_id=request.post_id,
        person_id=request.stand_in,
    )


def _opened(request: PostRequested, command: ConfirmPost, by: By, at: datetime) -> PostOpened:
    return PostOpened(
        at=command.at,
        by=by,
        text=command.text,
        effective_from=at,
        post_id=request.post_id,
        person_id=request.person_id,
        role=request.role,
        unit_id=request.unit_id,
        valid_until=request.valid_until,
        stand_in=request.stand_in,
    )


def open_post(office: Office, command: OpenPost, records: Records) -> tuple[OfficeEvent, ...]:
    """Open a post, or ask for it, under an id nobody else has asked for."""
    decided = posts.open_post(command, records)
    asked = (r for r in office.requests if r.post_id == command.post_id)
    if other := next(asked, None):
        raise Refused("post_requested", "§2", post=command.post_id, request=other.request)
    return decided


def leave(office: Office, command: Leave, records: Records) -> tuple[OfficeEvent, ...]:
    """Leave; what was asked for the one who leaves is declined with it."""
    decided, person = people.leave(command, records), command.person_id
    theirs = [r for r in office.requests if person in {r.person_id, r.stand_in}]
    by = decided[0].by
    return *decided, *(PostDeclined(at=command.at, by=by, request=r.request) for r in theirs)


def decline_post(office: Office, command: DeclinePost, records: Records) -> tuple[OfficeEvent, ...]:
    """Another administrator does not agree, or the one who asked takes it back."""
    request = _open(office, command.request)
    by = authority.over(command, records, request.unit_id)
    return (PostDeclined(at=command.at, by=by, text=command.text, request=request.request),)


def lapsed(office: Office, at: datetime) -> tuple[OfficeEvent, ...]:
    """Requests nobody answered in time are declined."""
    late = [r for r in office.requests if r.due_at <= at]
    return tuple(
        PostDeclined(at=r.due_at, by=SYSTEM, request=r.request, automatic=True) for r in late
    )


def _open(office: Office, request: str) -> PostRequested:
    found = next((r for r in office.requests if r.request == request), None)
    if found is None:
        raise Refused("no_such_request", "§2", request=request)
    return found


def evolve(
    requests: tuple[PostRequested, ...], event: PostRequested | PostConfirmed | PostDeclined
) -> tuple[PostRequested, ...]:
    """The requests still open after the event."""
    others = tuple(r for r in requests if r.request != event.request)
    return (*others, event) if isinstance(event, PostRequested) else others
