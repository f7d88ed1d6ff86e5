"""Chapter R7.4: an agreement, from its draft to the day every party has confirmed it."""

from dataclasses import replace
from datetime import datetime

from domain import clocks, duties, follow_up, mediation, ratings
from domain.book import Book
from domain.clocks import Expired
from domain.commands import AgreementCommand, CheckDuty, ConfirmAgreement, DraftAgreement
from domain.events import (
    AgreedDuty,
    AgreementConfirmed,
    AgreementDrafted,
    AgreementEvent,
    AgreementInForce,
    AgreementLapsed,
    AgreementRejected,
    DutyChecked,
    DutyCheckPassedUp,
    DutyFellDue,
    DutySet,
    Event,
)
from domain.policy import due_after
from domain.refusals import Refused
from domain.state import Case, changed
from domain.state.disputes import Duty, Mediation
from domain.values import SYSTEM, Clock
from domain.words import ClockKind
from domain.words.disputes import TALKING, FailureReason, Given, MediationStep


def decide(case: Case, command: AgreementCommand, book: Book) -> tuple[Event, ...]:
    """The chapter's decisions."""
    match command:
        case DraftAgreement():
            return draft_agreement(case, command, book)
        case ConfirmAgreement():
            return confirm_agreement(case, command, book)
        case CheckDuty():
            return duties.check_duty(case, command, book)


def evolve(case: Case, event: AgreementEvent) -> Case:
    """The chapter's events."""
    match event:
        case AgreementDrafted():
            return drafted(case, event)
        case AgreementConfirmed():
            return confirmed(case, event)
        case AgreementRejected() | AgreementLapsed():
            return void(case, event.at)
        case AgreementInForce():
            return in_force(case, event)
        case DutyFellDue() | DutyCheckPassedUp():
            return duties.to_check(case, event)
        case DutyChecked():
            return duties.checked(case, event)


# -- the draft ---------------------------------------------------------------


def draft_agreement(case: Case, command: DraftAgreement, book: Book) -> tuple[Event, ...]:
    """What came out of the talks, put before the parties in the place of any earlier draft."""
    here = mediation.under_way(case, *TALKING)
    by = mediation.mediator(case, command, book)
    if here.limit_over:
        raise Refused("limit_over", "R7.3")
    if not here.sessions:
        raise Refused("no_session_held", "R7.3")
    mediation.known(case, *(promise.owes for promise in command.duties))
    if any(promise.due_at <= command.at for promise in command.duties):
        raise Refused("duty_already_due", "R7.4")
    number = here.drafts + 1
    return (
        AgreementDrafted(
            at=command.at,
            by=by,
            draft=number,
            form=command.form,
            facts=command.facts,
            content=command.content,
            manner=command.manner,
            duties=_numbered(command, here, number),
            clocks=(_to_confirm(case, here, command.at, book),),
        ),
    )


def _numbered(command: DraftAgreement, here: Mediation, draft: int) -> tuple[AgreedDuty, ...]:
    """The duties, each with a name of its own in the case."""
    return tuple(
        AgreedDuty(
            duty_id=f"duty-{here.number}.{draft}.{n}",
            owes=promise.owes,
            text=promise.text,
            due_at=promise.due_at,
        )
        for n, promise in enumerate(command.duties, start=1)
    )


def drafted(case: Case, event: AgreementDrafted) -> Case:
    """It waits for every party's word."""
    case = clocks.stop(case, event.at, ClockKind.CONFIRM)
    case = mediation.with_last(
        case,
        step=MediationStep.DRAFTED,
        drafts=event.draft,
        confirmed=(),
        recorded=(),
        promised=tuple((d.duty_id, d.owes, d.due_at) for d in event.duties),
    )
    return clocks.set_clocks(case, event.clocks)


# -- the parties' word -------------------------------------------------------


def confirm_agreement(case: Case, command: ConfirmAgreement, book: Book) -> tuple[Event, ...]:
    """A party's word on that very draft; with the last one it is in force.

    A word that a mediator recorded stays the party's: it is told, and may say no until its time is
    over, unless it says yes itself.
    """
    here = mediation.under_way(case, MediationStep.DRAFTED)
    by, subject, how = mediation.speaker(case, command, book, to_panel=command.confirmed)
    if command.draft != here.drafts:
        raise Refused("another_draft_by_now", "R7.4", draft=str(here.drafts))
    if not command.confirmed:
        no = AgreementRejected(
            at=command.at, by=by, subject=subject, draft=here.drafts, how=how, text=command.text
        )
        return no, *_no_more_time(case, no, book)
    own = how is Given.OWN_LINK
    if subject in here.confirmed and not (own and subject in here.recorded):
        raise Refused("already_confirmed", "R7.4", subject=subject)
    said = AgreementConfirmed(
        at=command.at,
        by=by,
        subject=subject,
        draft=here.drafts,
        how=how,
        text=command.text,
        clocks=() if own else (_to_confirm(case, here, command.at, book),),
    )
    after = confirmed(case, said)
    if not _all_said(after) or mediation.under_way(after).recorded:
        return (said,)
    return said, *_agreed(after, command.at, command.at, book)


def _to_confirm(case: Case, here: Mediation, at: datetime, book: Book) -> Clock:
    """The parties' time to confirm a draft, or to deny what was recorded in their name."""
    span = book.policies[case.policy].mediation.confirm
    return clocks.start(case, ClockKind.CONFIRM, span, here.unit_id, at, book)


def waits_for_a_no(case: Case) -> bool:
    """Whether all have confirmed, and only the time for a no is left (R7.4)."""
    here = case.mediation
    return here is not None and here.step is MediationStep.DRAFTED and _all_said(case)


def _all_said(case: Case) -> bool:
    return set(mediation.under_way(case).confirmed) == set(case.raters)


def _no_more_time(case: Case, no: AgreementRejected, book: Book) -> tuple[Event, ...]:
    """Back to the talks, unless the limit is over."""
    if not mediation.under_way(case).limit_over:
        return ()
    return mediation.failed(void(case, no.at), FailureReason.LIMIT, no.at, no.by, book)


def confirmed(case: Case, event: AgreementConfirmed) -> Case:
    """One more; what was recorded for a party waits for its no."""
    here = mediation.of(case).mediations[-1]
    known = tuple(dict.fromkeys((*here.confirmed, event.subject)))
    recorded = tuple(s for s in here.recorded if s != event.subject)
    if event.how is not Given.OWN_LINK:
        recorded = (*recorded, event.subject)
    if event.clocks:
        case = clocks.stop(case, event.at, ClockKind.CONFIRM)
    case = mediation.with_last(case, confirmed=known, recorded=recorded)
    return clocks.set_clocks(case, event.clocks)


def void(case: Case, at: datetime) -> Case:
    """The draft is gone, the talks may go on."""
    case = clocks.stop(case, at, ClockKind.CONFIRM)
    step = MediationStep.UNDER_WAY
    return mediation.with_last(case, step=step, confirmed=(), recorded=(), promised=())


def lapsed(expired: Expired) -> tuple[Event, ...]:
    """In force where all have confirmed and nobody denied it; else void."""
    case, at, book = expired.case, expired.at, expired.book
    if _all_said(case):
        return _agreed(case, at, expired.now, book)
    here = mediation.under_way(case)
    gone = AgreementLapsed(at=at, by=SYSTEM, draft=here.drafts)
    if not here.limit_over:
        return (gone,)
    after = void(case, at)
    over = mediation.failed(after, FailureReason.SILENCE, at, SYSTEM, book, now=expired.now)
    return gone, *over


# -- in force ----------------------------------------------------------------


def _agreed(case: Case, at: datetime, now: datetime, book: Book) -> tuple[Event, ...]:
    """In force at `at`, and with it the case is settled; each party is asked for its rating now."""
    policy = book.policies[case.policy]
    here = mediation.under_way(case)
    time, court = book.working_time(here.unit_id), policy.mediation.court
    set_now, running = _duties(case, here, at, book)
    agreement = AgreementInForce(
        at=at,
        by=SYSTEM,
        draft=here.drafts,
        court_until=due_after(court.basis, court.allowance(at, time), at, time).at,
        duties=set_now,
        clocks=running,
    )
    done = ratings.resolution(in_force(case, agreement), now, SYSTEM, book)
    return agreement, follow_up.with_call(case, done, book)


def _duties(
    case: Case, here: Mediation, at: datetime, book: Book
) -> tuple[tuple[DutySet, ...], tuple[Clock, ...]]:
    """Each duty with a clock of its own, that outlives the case."""
    found: list[DutySet] = []
    running: list[Clock] = []
    for duty_id, owes, due_at in here.promised:
        clock = clocks.start_until(case, ClockKind.DUTY, due_at, here.unit_id, at, book)
        case = clocks.set_clocks(case, (clock,))
        running.append(clock)
        found.append(DutySet(duty_id=duty_id, owes=owes, due_at=due_at, clock_id=clock.clock_id))
    return tuple(found), tuple(running)


def in_force(case: Case, event: AgreementInForce) -> Case:
    """The duties are owed."""
    here = mediation.of(case).mediations[-1]
    case = clocks.stop(case, event.at, ClockKind.CONFIRM, ClockKind.MEDIATION)
    case = mediation.with_last(case, step=MediationStep.AGREED, promised=())
    dispute = mediation.of(case)
    owed = tuple(
        Duty(
            duty_id=d.duty_id,
            mediation=here.number,
            owes=d.owes,
            due_at=d.due_at,
            clock_id=d.clock_id,
        )
        for d in event.duties
    )
    case = changed(case, dispute=replace(dispute, duties=(*dispute.duties, *owed)))
    return clocks.set_clocks(case, event.clocks)
