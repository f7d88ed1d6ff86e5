"""§2, R1.1: when a post ends, its open cases go to others; somebody answers throughout."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.office import authority
from domain.office.commands import RecordHandOver
from domain.office.events import (
    HandedOver,
    HandOverBegun,
    HandOverCalledOff,
    HandOverPlanned,
    OfficeEvent,
    PostEnded,
    Share,
)
from domain.office.records import NOTHING, Records
from domain.office.state import HandOver, Office
from domain.organisation import HANDLERS, Organisation, Post
from domain.refusals import Refused
from domain.values import SYSTEM, By
from domain.words import Role

AGAIN = timedelta(hours=1)
"""What could not be handed over is tried again after so long, for as long as anything is left."""
ANSWERING = frozenset({*HANDLERS.values(), Role.SUPERVISOR})
"""Roles whose posts can be in charge of a case or its first-contact officer."""


def planned(
    post: Post,
    successor: str | None,
    ended: PostEnded,
    organisation: Organisation,
    records: Records,
) -> tuple[OfficeEvent, ...]:
    """The hand-over that goes with the end of a post; nothing for a post that never has cases."""
    at = ended.effective_from
    if successor is not None:
        _need_successor(post, successor, organisation, at)
    work = records.post_work.get(post.post_id, NOTHING)
    if post.role not in ANSWERING:
        return ()
    if successor is None:
        need_another(post, organisation, at, records)
    if at <= records.now and not (work.in_charge or work.officer):
        return ()
    plan = HandOverPlanned(
        at=ended.at, by=ended.by, post_id=post.post_id, successor=successor, starts_at=at
    )
    return (plan, *(begun(plan.post_id, ended.at, ended.by, records) if at <= records.now else ()))


def _need_successor(post: Post, successor: str, organisation: Organisation, at: datetime) -> None:
    """Refuse a successor who could not answer for the same cases."""
    found = organisation.posts.get(successor)
    if found is None:
        raise Refused("unknown_post", "§2", post=successor)
    same = (found.unit_id, found.role) == (post.unit_id, post.role)
    if found.post_id == post.post_id or not same or found.holder(at) is None:
        raise Refused("successor_cannot_answer", "§2", post=successor)


def need_another(post: Post, organisation: Organisation, at: datetime, records: Records) -> None:
    """Refuse to leave open cases where nobody else could answer for them."""
    work = records.post_work.get(post.post_id, NOTHING)
    if not (work.in_charge or work.officer):
        return
    others = organisation.acting(post.unit_id, post.role, at)
    if all(other.post_id == post.post_id for other in others):
        raise Refused("nobody_to_hand_over_to", "§2", unit=post.unit_id, role=post.role)


def begun(post_id: str, at: datetime, by: By, records: Records) -> tuple[OfficeEvent, ...]:
    """The hand-over begins, with what there is to hand over."""
    work = records.post_work.get(post_id, NOTHING)
    return (
        HandOverBegun(
            at=at, by=by, post_id=post_id, in_charge=work.in_charge, officer=work.officer
        ),
    )


def due(office: Office, at: datetime, records: Records) -> tuple[OfficeEvent, ...]:
    """Hand-overs whose time has come."""
    ready = [h.post_id for h in office.hand_overs if not h.begun and h.at <= at]
    return tuple(event for post in ready for event in begun(post, at, SYSTEM, records))


def record_hand_over(
    office: Office, command: RecordHandOver, records: Records
) -> tuple[OfficeEvent, ...]:
    """Write down to whom the cases went; what is left is tried again."""
    authority.system(command)
    if command.post_id not in office.errands():
        raise Refused("no_hand_over", "R1.1", post=command.post_id)
    pairs = zip(command.to, command.numbers, strict=True)
    return (
        HandedOver(
            at=command.at,
            by=SYSTEM,
            post_id=command.post_id,
            shares=tuple(Share(post_id=post, cases=number) for post, number in pairs),
            left=command.left,
            again_at=records.now + AGAIN if command.left else None,
        ),
    )


def evolve(
    hand_overs: tuple[HandOver, ...],
    event: HandOverPlanned | HandOverCalledOff | HandOverBegun | HandedOver,
) -> tuple[HandOver, ...]:
    """The hand-overs still to do after the event."""
    others = tuple(h for h in hand_overs if h.post_id != event.post_id)
    if isinstance(event, HandOverPlanned):
        plan = HandOver(post_id=event.post_id, successor=event.successor, at=event.starts_at)
        return (*others, plan)
    mine = next((h for h in hand_overs if h.post_id == event.post_id), None)
    if mine is None or isinstance(event, HandOverCalledOff):
        return others
    if isinstance(event, HandOverBegun):
        return (*others, replace(mine, begun=True, attempt=mine.attempt + 1))
    if event.again_at is None:
        return others
    return (*others, replace(mine, begun=False, at=event.again_at))
