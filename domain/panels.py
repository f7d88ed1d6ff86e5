"""Chapter R7.2: who mediates, and who has a stake and does not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from domain import authority, clocks, mediation
from domain.book import Book
from domain.commands import (
    DeclareRelation,
    FormPanel,
    RejectMediator,
)
from domain.events import (
    Event,
    MediatorLeft,
    Member,
    PanelFormed,
    RelationDeclared,
)
from domain.organisation import Post
from domain.refusals import Refused
from domain.state import Case, changed
from domain.state.disputes import Mediation, Seat
from domain.values import RESIDENT
from domain.words import ActorKind, ClockKind, Role, Stage, SuspensionGround
from domain.words.disputes import (
    JOINT,
    LeavingReason,
    MediationStep,
    Relation,
)

HANDLER, PLACE = "handler", "mediator-"


# -- who has a stake ---------------------------------------------------------


def declare_relation(case: Case, command: DeclareRelation, book: Book) -> tuple[Event, ...]:
    """Whoever is declared to have a stake takes no part from then on; taken at their word.

    Also after an agreement, for as long as somebody has to check what is owed by it.
    """
    if all(duty.performed is not None for duty in mediation.of(case).duties):
        authority.need_open(case, "R7.2")
    subject, by = "", RESIDENT
    if command.actor.kind is ActorKind.RESIDENT:
        subject = mediation.party(case, command)
    else:
        by = mediation.involved(case, command, book)
    person_id = _meant(case, command, book)
    said = RelationDeclared(
        at=command.at,
        by=by,
        subject=subject,
        person_id=person_id,
        relation=command.relation.value,
        complained=command.relation is Relation.COMPLAINED_ABOUT,
    )
    here = case.mediation
    seat = next((s for s in here.panel if s.person_id == person_id), None) if here else None
    if seat is None:
        return (said,)
    reason = LeavingReason.RELATED
    gone = MediatorLeft(at=command.at, by=by, seat=seat.number, person_id=person_id, reason=reason)
    return said, gone


def _meant(case: Case, command: DeclareRelation, book: Book) -> str:
    """Who is meant; parties know mediators by their place, and the handler as such."""
    about, here = command.about, case.mediation or mediation.of(case).last
    if about == HANDLER:
        return case.stint.person_id
    number = about.removeprefix(PLACE)
    seat = here.seat(int(number)) if here and number.isdecimal() else None
    if seat is not None:
        return seat.person_id
    if command.actor.kind is ActorKind.RESIDENT or about not in book.organisation.people:
        raise Refused("nobody_meant", "R7.2", about=about)
    return about


def declared(case: Case, event: RelationDeclared) -> Case:
    """They take no part."""
    dispute = mediation.of(case)
    barred = tuple(dict.fromkeys((*dispute.barred, event.person_id)))
    complained = dispute.complained
    if event.complained:
        complained = tuple(dict.fromkeys((*complained, event.person_id)))
    return changed(case, dispute=replace(dispute, barred=barred, complained=complained))


# -- the panel ---------------------------------------------------------------


def form_panel(case: Case, command: FormPanel, book: Book) -> tuple[Event, ...]:
    """One or more mediators of the unit in charge or above; where one left, the panel anew."""
    here = mediation.under_way(case)
    by = mediation.host(case, command, book)
    if here.step is MediationStep.ASKED:
        raise Refused("consents_missing", "R7.1")
    if here.complete and not _vacant(here, command.at, book):
        raise Refused("panel_complete", "R7.2")
    members = _members(case, here, command, book)
    if not members:
        raise Refused("panel_empty", "R7.2")
    if case.stage is Stage.STREET and JOINT.isdisjoint(m.mediator_kind for m in members):
        raise Refused("joint_panel_incomplete", "R7.4")
    formed_now = PanelFormed(at=command.at, by=by, members=members)
    if here.formed_at is not None:
        return (formed_now,)
    span, unit_id = book.policies[case.policy].mediation.limit, case.stint.unit_id
    limit = clocks.start(case, ClockKind.MEDIATION, span, unit_id, command.at, book)
    formed_now = replace(formed_now, clocks=(limit,))
    after, ground = formed(case, formed_now), SuspensionGround.MEDIATION
    return formed_now, *mediation.stand_still(after, ground, command.at, by, book)


def _vacant(here: Mediation, at: datetime, book: Book) -> bool:
    posts = book.organisation.posts
    return any(s.post_id not in posts or not posts[s.post_id].holder(at) for s in here.panel)


def _members(case: Case, here: Mediation, command: FormPanel, book: Book) -> tuple[Member, ...]:
    """The posts named, each looked at; who already sits keeps the place."""
    path = book.organisation.path(case.stint.unit_id)
    found: list[Member] = []
    places = {seat.person_id: seat.number for seat in here.panel}
    free = here.seats
    for post_id in command.posts:
        post = book.organisation.posts.get(post_id)
        person = _mediates(post, path, command.at)
        _free_to_mediate(case, here, person, found)
        if person not in places:
            free += 1
        place = places.get(person, free)
        kind = post.mediator_kind if post and post.mediator_kind else ""
        found.append(Member(seat=place, post_id=post_id, person_id=person, mediator_kind=kind))
    return tuple(found)


def _mediates(post: Post | None, path: Iterable[str], at: datetime) -> str:
    """Who acts at that mediator's post of the unit in charge or above."""
    person = post.holder(at) if post else None
    if post is None or person is None or post.role is not Role.MEDIATOR or post.unit_id not in path:
        raise Refused("no_mediator_here", "R7.2", post=post.post_id if post else "unknown")
    return person


def _free_to_mediate(case: Case, here: Mediation, person: str, found: list[Member]) -> None:
    if person in mediation.of(case).barred:
        raise Refused("mediator_has_a_stake", "R7.2", person=person)
    if person in here.gone:
        raise Refused("mediator_was_rejected", "R7.2", person=person)
    if person in {member.person_id for member in found}:
        raise Refused("mediator_named_twice", "R7.2", person=person)


def can_be_formed(case: Case, at: datetime, book: Book) -> bool:
    """Whether anybody sits, or could take a place, who is neither barred nor gone (R7.2)."""
    here = mediation.under_way(case)
    out = {*mediation.of(case).barred, *here.gone}
    path, organisation = book.organisation.path(case.stint.unit_id), book.organisation
    posts = (post for unit in path for post in organisation.acting(unit, Role.MEDIATOR, at))
    return bool(here.panel) or any(post.holder(at) not in out for post in posts)


def formed(case: Case, event: PanelFormed) -> Case:
    """They mediate; the limit runs from the first panel."""
    here = mediation.of(case).mediations[-1]
    panel = tuple(
        Seat(number=m.seat, post_id=m.post_id, person_id=m.person_id) for m in event.members
    )
    seats = max(here.seats, *(seat.number for seat in panel))
    step = MediationStep.UNDER_WAY if here.formed_at is None else here.step
    case = mediation.with_last(
        case,
        panel=panel,
        seats=seats,
        complete=True,
        step=step,
        formed_at=here.formed_at or event.at,
    )
    return clocks.set_clocks(case, event.clocks)


def reject_mediator(case: Case, command: RejectMediator, book: Book) -> tuple[Event, ...]:
    """A party's own right, once in a mediation, without giving reasons."""
    here = mediation.under_way(case)
    by, subject, how = mediation.speaker(case, command, book)
    if subject in here.rejecters:
        raise Refused("already_rejected_one", "R7.2", subject=subject)
    seat = here.seat(command.seat)
    if seat is None:
        raise Refused("nobody_in_that_place", "R7.2", seat=str(command.seat))
    return (
        MediatorLeft(
            at=command.at,
            by=by,
            seat=seat.number,
            person_id=seat.person_id,
            reason=LeavingReason.REJECTED,
            subject=subject,
            how=how,
        ),
    )


def left(case: Case, event: MediatorLeft) -> Case:
    """The place is empty; the panel has to be formed anew before the next session."""
    here = mediation.of(case).mediations[-1]
    panel = tuple(s for s in here.panel if s.number != event.seat)
    rejecters = (*here.rejecters, event.subject) if event.subject else here.rejecters
    gone = (*here.gone, event.person_id)
    return mediation.with_last(case, panel=panel, gone=gone, rejecters=rejecters, complete=False)
