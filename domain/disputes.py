"""Chapter R7: consent, and the ways a mediation ends. Panels, talks and agreements stand apart."""

from dataclasses import replace
from typing import assert_never

from domain import authority, clocks, danger, mediation, panels, reopening, talks
from domain.book import Book
from domain.clocks import Expired
from domain.commands import (
    DeclareRelation,
    DisputeCommand,
    ExtendMediation,
    FailMediation,
    FormPanel,
    GiveConsent,
    OpenMediation,
    RecordSession,
    ReferDispute,
    RejectMediator,
    ReportDanger,
    WithdrawConsent,
)
from domain.events import (
    Closed,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    DangerReported,
    DisputeEvent,
    DisputeReferred,
    DisputeReopened,
    Event,
    LongerAsked,
    MediationExtended,
    MediationFailed,
    MediationLimitReached,
    MediationOpened,
    MediatorLeft,
    PanelFormed,
    RelationDeclared,
    SessionRecorded,
)
from domain.refusals import Refused
from domain.state import Case, changed
from domain.state.disputes import Mediation
from domain.values import SYSTEM
from domain.words import (
    ClockKind,
    ClosingReason,
    Phase,
    ReferredTo,
    Stage,
    SuspensionGround,
)
from domain.words.disputes import CUT_SHORT, FailureReason, Matter, MediationStep

DOORS = (ReferredTo.ARBITRATION, ReferredTo.COURT, ReferredTo.LEGAL_AID)
"""Where a dispute may go that mediation did not settle (R7.4)."""


def decide(case: Case, command: DisputeCommand, book: Book) -> tuple[Event, ...]:  # noqa: C901, PLR0911 - one line for each command
    """The chapter's decisions."""
    match command:
        case OpenMediation():
            return open_mediation(case, command, book)
        case GiveConsent():
            return give_consent(case, command, book)
        case WithdrawConsent():
            return withdraw_consent(case, command, book)
        case DeclareRelation():
            return panels.declare_relation(case, command, book)
        case FormPanel():
            return panels.form_panel(case, command, book)
        case RejectMediator():
            return panels.reject_mediator(case, command, book)
        case RecordSession():
            return talks.record_session(case, command, book)
        case ExtendMediation():
            return talks.extend_mediation(case, command, book)
        case FailMediation():
            return fail_mediation(case, command, book)
        case ReferDispute():
            return refer_dispute(case, command, book)
        case ReportDanger():
            return danger.report_danger(case, command, book)


def evolve(case: Case, event: DisputeEvent) -> Case:  # noqa: C901, PLR0911, PLR0912 - one line for each event
    """The chapter's events."""
    match event:
        case MediationOpened():
            return opened(case, event)
        case ConsentGiven(matter=Matter.MEDIATION):
            return consented(case, event)
        case ConsentGiven():
            return talks.longer_consented(case, event)
        case ConsentRefused(matter=Matter.LONGER):
            return talks.longer_refused(case)
        case ConsentRefused() | ConsentWithdrawn():
            return case
        case RelationDeclared():
            return panels.declared(case, event)
        case PanelFormed():
            return panels.formed(case, event)
        case MediatorLeft():
            return panels.left(case, event)
        case SessionRecorded():
            return talks.recorded(case)
        case LongerAsked():
            return talks.longer_asked(case, event)
        case MediationExtended():
            return talks.extended(case, event)
        case MediationLimitReached():
            return talks.limit_reached(case, event)
        case MediationFailed():
            return over(case, event)
        case DisputeReferred():
            return case
        case DisputeReopened():
            return reopening.reopened(case, event)
        case DangerReported():
            return danger.reported(case, event)
    assert_never(event)


# -- opening and consent -----------------------------------------------------


def open_mediation(case: Case, command: OpenMediation, book: Book) -> tuple[Event, ...]:
    """Ask every party, once a stint; the handling clock waits for them (R7.1, R6.4)."""
    dispute = mediation.of(case)
    by = mediation.host(case, command, book)
    authority.need_phase(case, "R7.1", Phase.IN_PROGRESS)
    if case.stage is Stage.FIRST_CONTACT:
        raise Refused("hand_over_first", "R7.1")
    last = dispute.last
    if last is not None and last.stint == len(case.stints) and not last.cut_short:
        raise Refused("already_mediated_here", "R7.4", step=last.step)
    span, unit_id = book.policies[case.policy].mediation.consent, case.stint.unit_id
    clock = clocks.start(case, ClockKind.CONSENT, span, unit_id, command.at, book)
    asked = MediationOpened(
        at=command.at,
        by=by,
        number=len(dispute.mediations) + 1,
        stage=case.stage,
        unit_id=unit_id,
        text=command.text,
        clocks=(clock,),
    )
    waiting = SuspensionGround.AWAITING_RESIDENT
    return asked, *mediation.stand_still(opened(case, asked), waiting, command.at, by, book)


def opened(case: Case, event: MediationOpened) -> Case:
    """The parties are asked."""
    dispute = mediation.of(case)
    new = Mediation(
        number=event.number,
        stint=len(case.stints),
        round=case.round,
        stage=event.stage,
        unit_id=event.unit_id,
    )
    dispute = replace(dispute, mediations=(*dispute.mediations, new))
    return clocks.set_clocks(changed(case, dispute=dispute), event.clocks)


def give_consent(case: Case, command: GiveConsent, book: Book) -> tuple[Event, ...]:
    """A party's own answer; a refusal ends the mediation, or leaves the limit where it is."""
    here = mediation.under_way(case)
    by, subject, how = mediation.speaker(case, command, book)
    if command.matter is Matter.LONGER:
        return talks.about_longer(case, command, by, subject, how, book)
    if subject in here.consents:
        raise Refused("already_consented", "R7.1", subject=subject)
    kind = ConsentGiven if command.given else ConsentRefused
    answer = kind(
        at=command.at, by=by, subject=subject, matter=command.matter, how=how, text=command.text
    )
    if isinstance(answer, ConsentRefused):
        reason = FailureReason.REFUSED
        return answer, *mediation.failed(case, reason, command.at, by, book)
    after = consented(case, answer)
    if set(here.consents) | {subject} != set(case.raters):
        return (answer,)
    return answer, *mediation.go_on(after, command.at, by, book)


def consented(case: Case, event: ConsentGiven) -> Case:
    """One more; with the last of them a panel may be formed."""
    last = mediation.of(case).mediations[-1]
    consents = (*last.consents, event.subject)
    if set(consents) != set(case.raters):
        return mediation.with_last(case, consents=consents)
    case = clocks.stop(case, event.at, ClockKind.CONSENT)
    return mediation.with_last(case, consents=consents, step=MediationStep.CONSENTED)


def withdraw_consent(case: Case, command: WithdrawConsent, book: Book) -> tuple[Event, ...]:
    """Voluntary to the end: without one party there is no mediation."""
    here = mediation.under_way(case)
    by, subject, how = mediation.speaker(case, command, book)
    if subject not in here.consents:
        raise Refused("not_consented", "R7.1", subject=subject)
    taken = ConsentWithdrawn(at=command.at, by=by, subject=subject, how=how, text=command.text)
    reason = FailureReason.WITHDRAWN
    return taken, *mediation.failed(case, reason, command.at, by, book)


def unanswered(expired: Expired) -> tuple[Event, ...]:
    """Silence is no consent."""
    case, at, book = expired.case, expired.at, expired.book
    return mediation.failed(case, FailureReason.SILENCE, at, SYSTEM, book, now=expired.now)


# -- how it ends -------------------------------------------------------------


def fail_mediation(case: Case, command: FailMediation, book: Book) -> tuple[Event, ...]:
    """The mediators see no agreement to come; the parties were asked, and have answered.

    The handler gives up only what was tried: after a session, or where nobody can mediate.
    """
    here = mediation.under_way(case)
    by = mediation.helper(case, command, book)
    if here.step is MediationStep.ASKED:
        raise Refused("consents_missing", "R7.1")
    mediates = any(seat.post_id == by.post_id for seat in here.panel)
    if not mediates and not here.sessions and panels.can_be_formed(case, command.at, book):
        raise Refused("no_session_held", "R7.3")
    reason = FailureReason.GIVEN_UP
    return mediation.failed(case, reason, command.at, by, book, text=command.text)


def over(case: Case, event: MediationFailed) -> Case:
    """It ended without an agreement."""
    kinds = (ClockKind.CONSENT, ClockKind.MEDIATION, ClockKind.CONFIRM)
    case = clocks.stop(case, event.at, *kinds)
    cut_short = event.reason in CUT_SHORT
    return mediation.with_last(case, step=MediationStep.FAILED, cut_short=cut_short)


def refer_dispute(case: Case, command: ReferDispute, book: Book) -> tuple[Event, ...]:
    """At the end: to another door, with the reference it has there."""
    if not mediation.exhausted(case):
        raise Refused("mediation_not_exhausted", "R7.4")
    by = mediation.impartial(case, authority.in_charge(case, command, book))
    authority.need_phase(case, "R7.4", Phase.IN_PROGRESS)
    if command.to not in DOORS:
        raise Refused("no_door_for_disputes", "R7.4", to=command.to)
    at, to = command.at, command.to
    gone = DisputeReferred(at=at, by=by, to=to, reference=command.reference, text=command.text)
    return gone, Closed(at=at, by=by, reason=ClosingReason.REFERRED, referred_to=to)
