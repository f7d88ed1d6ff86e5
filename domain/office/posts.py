"""§2: posts. Nobody gives themselves one that watches over others; two people give it."""

from datetime import datetime

from domain.office import authority, timing
from domain.office.commands import (
    CancelAbsence,
    ChangePost,
    EndPost,
    NameStandIn,
    OpenPost,
    RecordAbsence,
)
from domain.office.events import (
    AbsenceCancelled,
    AbsenceRecorded,
    OfficeEvent,
    PostChanged,
    PostEnded,
    PostOpened,
    PostRequested,
    StandInNamed,
)
from domain.office.hand_overs import need_another, planned
from domain.office.records import Records
from domain.office.stating import change
from domain.office.units import open_unit
from domain.organisation import Organisation, Post
from domain.policy import due_after
from domain.refusals import Refused
from domain.structure import MEDIATORS, OVERSIGHT, SUITS
from domain.values import By
from domain.words import Role


def open_post(command: OpenPost, records: Records) -> tuple[OfficeEvent, ...]:
    """Give a person a post, or ask a second administrator to."""
    by = authority.over(command, records, command.unit_id)
    at = timing.effective(command, records)
    organisation = records.organisation_at(at)
    if command.post_id in records.organisation_at(records.far).posts:
        raise Refused("post_exists", "§2", post=command.post_id)
    _need_person(command.person_id, organisation)
    _need_suits(command.role, command.unit_id, organisation)
    _need_mediator(command.role, command.mediator_kind)
    _need_stand_in(command.person_id, command.stand_in, organisation)
    if command.valid_until is not None and command.valid_until <= at:
        raise Refused("ends_before_it_starts", "§2", until=command.valid_until.isoformat())
    if command.role in OVERSIGHT:
        return (_requested(command, by, records),)
    return timing.settled(change(PostOpened, command, by, at), records)


def _requested(command: OpenPost, by: By, records: Records) -> PostRequested:
    need_other(by.person_id, command.person_id, command.stand_in)
    return PostRequested(
        at=command.at,
        by=by,
        text=command.text,
        request=command.command_id,
        post_id=command.post_id,
        person_id=command.person_id,
        role=command.role,
        unit_id=command.unit_id,
        starts_at=command.effective_from,
        valid_until=command.valid_until,
        stand_in=command.stand_in,
        new=True,
        due_at=answer_due(command.at, command.unit_id, records),
    )


def answer_due(at: datetime, unit_id: str, records: Records) -> datetime:
    """Until when the second person has to answer."""
    book = records.book
    span = book.policies[book.policy].office.confirm
    time = book.working_time(unit_id)
    return due_after(span.basis, span.allowance(at, time), at, time).at


def need_other(actor: str, *holders: str | None) -> None:
    """Nobody gives themselves a post that watches over others."""
    if actor in holders:
        raise Refused("own_oversight", "§2", forbidden=True)


def change_post(command: ChangePost, records: Records) -> tuple[OfficeEvent, ...]:
    """Another role, another kind of mediator, another last moment."""
    at = timing.effective(command, records)
    organisation = records.organisation_at(at)
    post = need_post(command.post_id, organisation, at)
    by = authority.over(command, records, post.unit_id)
    role = command.role or post.role
    if OVERSIGHT & {role, post.role}:
        raise Refused("oversight_is_opened_anew", "§2", post=post.post_id)
    if (role, command.mediator_kind, command.valid_until) == (post.role, None, None):
        raise Refused("nothing_changes", "§2", post=post.post_id)
    _need_suits(role, post.unit_id, organisation)
    _need_mediator(role, command.mediator_kind or post.mediator_kind)
    if role != post.role:
        _need_free(post, records)
    if command.valid_until is not None and command.valid_until <= at:
        raise Refused("ends_before_it_starts", "§2", until=command.valid_until.isoformat())
    if command.valid_until is not None and _earlier(command.valid_until, post):
        need_another(post, organisation, command.valid_until, records)
    return timing.settled(change(PostChanged, command, by, at), records)


def _earlier(until: datetime, post: Post) -> bool:
    return post.valid_until is None or until < post.valid_until


def _need_free(post: Post, records: Records) -> None:
    """Who answers for cases does not become somebody who cannot."""
    work = records.post_work.get(post.post_id)
    if work is not None and (work.in_charge or work.officer):
        raise Refused(
            "post_has_open_cases",
            "§2",
            in_charge=str(work.in_charge),
            officer=str(work.officer),
        )


def end_post(command: EndPost, records: Records) -> tuple[OfficeEvent, ...]:
    """End a post and plan where its open cases go."""
    at = timing.effective(command, records)
    organisation = records.organisation_at(at)
    post = need_post(command.post_id, organisation, at)
    by = authority.over(command, records, post.unit_id)
    event = change(PostEnded, command, by, at)
    handed = planned(post, command.successor, event, organisation, records)
    return *timing.settled(event, records), *handed


def name_stand_in(command: NameStandIn, records: Records) -> tuple[OfficeEvent, ...]:
    """Name who acts while the holder is away; for oversight a second person agrees."""
    at = timing.effective(command, records)
    organisation = records.organisation_at(at)
    post = need_post(command.post_id, organisation, at)
    by = authority.over(command, records, post.unit_id)
    _need_stand_in(post.person_id, command.person_id, organisation)
    if command.person_id == post.stand_in:
        raise Refused("nothing_changes", "§2", post=post.post_id)
    if post.role in OVERSIGHT and command.person_id is not None:
        return (_stand_in_requested(command, post, by, records),)
    return timing.settled(change(StandInNamed, command, by, at), records)


def _stand_in_requested(
    command: NameStandIn, post: Post, by: By, records: Records
) -> PostRequested:
    need_other(by.person_id, command.person_id)
    return PostRequested(
        at=command.at,
        by=by,
        text=command.text,
        request=command.command_id,
        post_id=post.post_id,
        person_id=post.person_id,
        role=post.role,
        unit_id=post.unit_id,
        starts_at=command.effective_from,
        stand_in=command.person_id,
        new=False,
        due_at=answer_due(command.at, post.unit_id, records),
    )


def record_absence(command: RecordAbsence, records: Records) -> tuple[OfficeEvent, ...]:
    """The holder is away for a while; the stand-in acts (AB 角)."""
    at = timing.effective(command, records)
    post = need_post(command.post_id, records.organisation_at(at), at)
    by = _holder_or_over(command, post, records)
    if command.until <= at:
        raise Refused("ends_before_it_starts", "§2", until=command.until.isoformat())
    if any(start < command.until and at < end for start, end in post.absences):
        raise Refused("absent_already", "§2", post=post.post_id)
    return timing.settled(change(AbsenceRecorded, command, by, at), records)


def cancel_absence(command: CancelAbsence, records: Records) -> tuple[OfficeEvent, ...]:
    """The holder is back earlier than was thought."""
    at = timing.effective(command, records)
    post = need_post(command.post_id, records.organisation_at(at), at)
    by = _holder_or_over(command, post, records)
    if not any(at < end for _, end in post.absences):
        raise Refused("not_absent", "§2", post=post.post_id)
    return timing.settled(change(AbsenceCancelled, command, by, at), records)


def _holder_or_over(command: RecordAbsence | CancelAbsence, post: Post, records: Records) -> By:
    """An absence is recorded by the holder in person, or by an administrator."""
    if command.actor.person_id == post.person_id and post.valid(command.at):
        return By(person_id=post.person_id, post_id=post.post_id, unit_id=post.unit_id)
    return authority.over(command, records, post.unit_id)


def need_post(post_id: str, organisation: Organisation, at: datetime) -> Post:
    """The post, or a refusal of one that is not there or over by then."""
    post = organisation.posts.get(post_id)
    if post is None:
        raise Refused("unknown_post", "§2", post=post_id)
    if post.valid_until is not None and post.valid_until <= at:
        raise Refused("post_ended", "§2", until=post.valid_until.isoformat())
    return post


def _need_person(person_id: str, organisation: Organisation) -> None:
    if person_id not in organisation.people:
        raise Refused("unknown_person", "§2", person=person_id)


def _need_stand_in(holder: str, stand_in: str | None, organisation: Organisation) -> None:
    if stand_in is None:
        return
    _need_person(stand_in, organisation)
    if stand_in == holder:
        raise Refused("stands_in_for_themselves", "§2", person=stand_in)


def _need_suits(role: Role, unit_id: str, organisation: Organisation) -> None:
    unit = open_unit(unit_id, organisation)
    if unit.kind not in SUITS[role]:
        raise Refused("role_does_not_fit", "§2", role=role, kind=unit.kind)


def _need_mediator(role: Role, kind: str | None) -> None:
    """A mediator has a kind from the list, and nobody else has one."""
    fits = kind in MEDIATORS if role is Role.MEDIATOR else kind is None
    if not fits:
        raise Refused("mediator_kind_does_not_fit", "§2", role=role, kind=str(kind))
