"""What the parts of chapter R7 share: whose word counts, what stops the clock, how it fails."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain import authority, ladder, pauses, routing
from domain.book import Book
from domain.commands.disputes import ByParty
from domain.events import (
    Adjudicated,
    AgreementInForce,
    Arrived,
    Closed,
    Delegated,
    Escalated,
    Event,
    MediationFailed,
    Resolved,
    Resumed,
    Returned,
    Shelved,
    Suspended,
    TransferAccepted,
)
from domain.organisation import Post
from domain.refusals import Refused
from domain.routing import Desk
from domain.state import Case, Stint, changed, rungs_above
from domain.state.disputes import Dispute, Mediation
from domain.values import RESIDENT, SYSTEM, By
from domain.words import (
    ActorKind,
    EscalationReason,
    Phase,
    Role,
    Stage,
    SuspensionGround,
)
from domain.words.disputes import FailureReason, Given, MediationStep

MOVES = (Escalated, Returned, Delegated, TransferAccepted, Adjudicated, Arrived)
"""With these the case goes to another unit."""
TOP = (Stage.STREET, Stage.DEPARTMENT)
"""Where a failed mediation has no further panel."""


# -- which -------------------------------------------------------------------


def of(case: Case) -> Dispute:
    """The dispute; a request has none."""
    if case.dispute is None:
        raise Refused("not_a_dispute", "R7.1")
    return case.dispute


def under_way(case: Case, *steps: MediationStep) -> Mediation:
    """The mediation at this rung, at one of those steps if any are given."""
    of(case)
    mediation = case.mediation
    if mediation is None:
        raise Refused("no_mediation", "R7.1")
    if steps and mediation.step not in steps:
        raise Refused("not_at_this_step", "R7.1", step=mediation.step)
    return mediation


def exhausted(case: Case) -> bool:
    """Whether mediation was tried to the end and failed where no further panel is."""
    last = of(case).last
    if last is None or last.step is not MediationStep.FAILED or last.cut_short:
        return False
    return last.stage in TOP or last.stint == len(case.stints)


def failed_in(case: Case, stint: Stint) -> bool:
    """Whether mediation was tried to the end in that turn, and failed."""
    made = case.dispute.mediations if case.dispute else ()
    failed = (m for m in made if m.stint == stint.number and m.step is MediationStep.FAILED)
    return any(not m.cut_short for m in failed)


def with_last(case: Case, **changes: Any) -> Case:  # noqa: ANN401 - fields of a mediation
    """The case with its latest mediation changed."""
    dispute = of(case)
    *earlier, last = dispute.mediations
    mediations = (*earlier, replace(last, **changes))
    return changed(case, dispute=replace(dispute, mediations=mediations))


# -- who ---------------------------------------------------------------------


def host(case: Case, command: authority.Asks, book: Book) -> By:
    """Who may open a mediation and form its panel: in charge, or a supervisor over it."""
    return impartial(case, authority.in_charge_or_above(case, command, book))


def mediator(case: Case, command: authority.Asks, book: Book) -> By:
    """A mediator of the panel."""
    posts = {seat.post_id for seat in _seats(case)}
    by = authority.acting(command, book, lambda p: p.post_id in posts, "a place on the panel")
    return impartial(case, _wanted(case, by))


def helper(case: Case, command: authority.Asks, book: Book) -> By:
    """A mediator of the panel, or the person in charge."""
    posts = {case.stint.post_id, *(seat.post_id for seat in _seats(case))}
    need = "a place on the panel, or the post in charge"
    by = authority.acting(command, book, lambda p: p.post_id in posts, need)
    return impartial(case, by if by.post_id == case.stint.post_id else _wanted(case, by))


def _wanted(case: Case, by: By) -> By:
    """Who left the panel does not come back to a post whose place somebody else has taken."""
    here = case.mediation
    if here is not None and by.person_id in here.gone:
        raise Refused("mediator_was_rejected", "R7.2", forbidden=True, person=by.person_id)
    return by


def involved(case: Case, command: authority.Asks, book: Book) -> By:
    """Staff who have to do with the dispute: in charge or in the unit, officer, mediator, above."""
    posts = {case.stint.post_id, *authority.officers(case), *of(case).mediators}
    path = book.organisation.path(case.stint.unit_id)

    def fits(post: Post) -> bool:
        over = post.role is Role.SUPERVISOR and post.unit_id in path
        return over or post.post_id in posts or post.unit_id == case.stint.unit_id

    return authority.acting(command, book, fits, "a post that has to do with the dispute")


def speaker(
    case: Case, command: ByParty, book: Book, *, to_panel: bool = False
) -> tuple[By, str, Given]:
    """Whose word it is, and how it was given: a party's own, or recorded by who heard it.

    `to_panel`: only a mediator of the panel may have heard it.
    """
    if command.actor.kind is ActorKind.RESIDENT:
        subject = party(case, command)
        if command.subject not in {"", subject}:
            raise Refused("not_your_word", "R7.1", forbidden=True)
        return RESIDENT, subject, Given.OWN_LINK
    by = (mediator if to_panel else _hears)(case, command, book)
    if command.how is Given.OWN_LINK:
        raise Refused("how_it_was_given_missing", "R7.1")
    known(case, command.subject)
    return by, command.subject, command.how


def _hears(case: Case, command: authority.Asks, book: Book) -> By:
    """The officer, the person in charge, or a mediator of the panel."""
    seats = (seat.post_id for seat in _seats(case))
    posts = {*authority.officers(case), case.stint.post_id, *seats}
    need = "the officer, the post in charge, or a place on the panel"
    return impartial(case, authority.acting(command, book, lambda p: p.post_id in posts, need))


def party(case: Case, command: authority.Asks) -> str:
    """The party who asks, by its own secret."""
    authority.resident(command)
    subject = command.actor.subject
    if subject not in case.raters:
        raise Refused("not_a_party", "R7.1", forbidden=True, subject=subject)
    return subject


def known(case: Case, *subjects: str) -> None:
    """Refuse a name that is no party's."""
    strange = next((s for s in subjects if s not in case.raters), None)
    if strange is not None:
        raise Refused("unknown_party", "R7.1", subject=strange)


def _seats(case: Case) -> Iterable[Any]:
    mediation = case.mediation
    return mediation.panel if mediation else ()


def impartial(case: Case, by: By) -> By:
    """Nobody with a stake in it takes part (R7.2)."""
    if by.person_id in of(case).barred:
        raise Refused("has_a_stake", "R7.2", forbidden=True)
    return by


# -- the handling clock ------------------------------------------------------


def stand_still(
    case: Case, ground: SuspensionGround, at: datetime, by: By, book: Book
) -> tuple[Resumed | Suspended, ...]:
    """The handling clock stops, where it may on that ground in this stint.

    Where it stands on another ground, it stands on this one from here on.
    """
    if not pauses.may_pause(case, ground):
        return ()
    before: tuple[Resumed, ...] = ()
    if case.phase is Phase.SUSPENDED:
        before = (pauses.resumption(case, at, SYSTEM, book),)
        case = pauses.resumed(case, before[0])
    return *before, pauses.suspension(case, ground, at, by, book)


def stands_still(case: Case) -> bool:
    """Whether it is a mediation that stopped the handling clock."""
    return case.phase is Phase.SUSPENDED and case.stint.grounds[-1] in pauses.OF_MEDIATION


def go_on(case: Case, at: datetime, by: By, book: Book) -> tuple[Resumed, ...]:
    """The handling clock runs again, if it is a mediation that stopped it."""
    if not stands_still(case):
        return ()
    return (pauses.resumption(case, at, by, book),)


# -- failing -----------------------------------------------------------------


def failed(
    case: Case,
    reason: FailureReason,
    at: datetime,
    by: By,
    book: Book,
    *,
    text: str = "",
    now: datetime | None = None,
) -> tuple[Event, ...]:
    """The mediation ends at `at`; the next rung's panel gets the case at `now`, if there is one."""
    then = now or at
    over = MediationFailed(at=at, by=by, reason=reason, text=text)
    after = with_last(case, step=MediationStep.FAILED)
    desk = _next_rung(case, then, book)
    if desk is None:
        return over, *go_on(after, then, by, book)
    left = Escalated(at=then, by=by, reason=EscalationReason.MEDIATION_FAILED)
    return over, left, ladder.arrival(after, desk, then, by, book)


def _next_rung(case: Case, at: datetime, book: Book) -> Desk | None:
    if case.stage in TOP:
        return None
    rungs = (stage for stage in rungs_above(case.stage) if stage is not Stage.DEPARTMENT)
    return routing.desk_from(case, rungs, at, book)


def with_failure(case: Case, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events, and before the one that ends the unit's turn that the mediation failed by it."""
    found: list[Event] = []
    lasts = case.mediation is not None
    for event in events:
        lasts = lasts and not isinstance(event, MediationFailed | AgreementInForce)
        why = _ends(case, event) if lasts else None
        if why is not None:
            found.append(MediationFailed(at=event.at, by=SYSTEM, reason=why))
            lasts = False
        found.append(event)
    return tuple(found)


def _ends(case: Case, event: Event) -> FailureReason | None:
    """Why nobody mediates any longer after the event; None where they do."""
    match event:
        case Adjudicated() if event.seat == case.stint.seat:
            return None
        case Escalated(automatic=True):
            return FailureReason.OVERDUE
        case Shelved():
            return FailureReason.SHELVED
        case Resolved() | Closed():
            return FailureReason.CLOSED
        case _:
            return FailureReason.MOVED if isinstance(event, MOVES) else None
