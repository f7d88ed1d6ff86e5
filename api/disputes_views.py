"""How a dispute's history becomes what is shown of it. Texts come covered for who may not read."""

from dataclasses import dataclass, field

from api import words
from api.models_disputes import (
    AgreementView,
    ConsentView,
    DisputeView,
    DutyView,
    MediationView,
    PartyAgreement,
    PartyDispute,
    PartyDuty,
    PartySeat,
    RecordedWord,
    SeatView,
    SessionView,
)
from api.models_named import Named
from domain import masking, mediation
from domain.events import (
    AgreementConfirmed,
    AgreementDrafted,
    AgreementInForce,
    AgreementLapsed,
    AgreementRejected,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    DisputeReferred,
    Event,
    MediationFailed,
    MediationOpened,
    MediatorLeft,
    Member,
    PanelFormed,
    SessionRecorded,
)
from domain.organisation import Organisation
from domain.state import Case
from domain.state.disputes import Mediation
from domain.words import ClockKind
from domain.words.disputes import Given, Matter, MediationStep
from store.reading import History

Consent = ConsentGiven | ConsentRefused | ConsentWithdrawn
WAITS = {
    MediationStep.ASKED: ClockKind.CONSENT,
    MediationStep.UNDER_WAY: ClockKind.MEDIATION,
    MediationStep.DRAFTED: ClockKind.CONFIRM,
}


@dataclass(slots=True)
class _Past:
    """What happened in one mediation."""

    opened: MediationOpened
    consents: list[Consent] = field(default_factory=list)
    panel: tuple[Member, ...] = ()
    sessions: list[SessionRecorded] = field(default_factory=list)
    draft: AgreementDrafted | None = None
    confirmed: dict[str, AgreementConfirmed] = field(default_factory=dict)
    in_force: AgreementInForce | None = None
    failed: MediationFailed | None = None


def _pasts(history: History) -> list[_Past]:
    """Every mediation, in order."""
    found: list[_Past] = []
    for line in history.lines:
        if isinstance(line.event, MediationOpened):
            found.append(_Past(line.event))
        elif found:
            _add(found[-1], line.event)
    return found


def _add(past: _Past, event: Event) -> None:
    match event:
        case ConsentGiven() | ConsentRefused() | ConsentWithdrawn():
            past.consents.append(event)
        case PanelFormed():
            past.panel = event.members
        case MediatorLeft():
            past.panel = tuple(m for m in past.panel if m.seat != event.seat)
        case SessionRecorded():
            past.sessions.append(event)
        case AgreementDrafted():
            past.draft, past.confirmed = event, {}
        case AgreementConfirmed():
            past.confirmed[event.subject] = event
        case AgreementRejected() | AgreementLapsed():
            past.draft, past.confirmed = None, {}
        case AgreementInForce():
            past.in_force = event
        case MediationFailed():
            past.failed = event
        case _:
            pass


# -- staff -------------------------------------------------------------------


def dispute_view(history: History, organisation: Organisation) -> DisputeView | None:
    """The dispute as staff see it; None for a request."""
    case = history.case
    if case.dispute is None:
        return None
    pairs = zip(_pasts(history), case.dispute.mediations, strict=True)
    return DisputeView(
        mediations=[_mediation(past, state, case, organisation) for past, state in pairs],
        exhausted=mediation.exhausted(case),
    )


def _mediation(
    past: _Past, state: Mediation, case: Case, organisation: Organisation
) -> MediationView:
    waits = WAITS.get(state.step) if state is case.mediation else None
    running = case.running(waits) if waits else None
    return MediationView(
        number=state.number,
        stage=state.stage,
        unit=Named(id=state.unit_id, name=words.unit_name(state.unit_id, organisation)),
        step=state.step,
        opened_at=past.opened.at,
        due_at=running.clock.due_at if running else None,
        consents=[_consent(event) for event in past.consents],
        panel=[_seat(member, organisation) for member in past.panel],
        panel_complete=state.complete,
        sessions=[_session(event) for event in past.sessions],
        agreement=_agreement(past, case, organisation),
        failed_because=past.failed.reason if past.failed else None,
    )


def _consent(event: Consent) -> ConsentView:
    return ConsentView(
        subject=event.subject,
        given=isinstance(event, ConsentGiven),
        matter=Matter.MEDIATION if isinstance(event, ConsentWithdrawn) else event.matter,
        how=event.how,
        at=event.at,
        text=masking.text(event.text),
    )


def _seat(member: Member, organisation: Organisation) -> SeatView:
    name = words.person_name(member.person_id, organisation)
    return SeatView(
        seat=member.seat,
        post_id=member.post_id,
        person=Named(id=member.person_id, name=name),
        mediator_kind=member.mediator_kind,
    )


def _session(event: SessionRecorded) -> SessionView:
    return SessionView(
        held_at=event.held_at,
        place=masking.text(event.place),
        mediators=list(event.mediators),
        subjects=list(event.subjects),
        summary=masking.text(event.summary),
    )


def _agreement(past: _Past, case: Case, organisation: Organisation) -> AgreementView | None:
    draft = past.draft
    if draft is None:
        return None
    return AgreementView(
        draft=draft.draft,
        form=draft.form,
        facts=masking.text(draft.facts),
        content=masking.text(draft.content),
        manner=masking.text(draft.manner),
        duties=[
            DutyView(
                duty_id=duty.duty_id,
                owes=duty.owes,
                text=masking.text(duty.text),
                due_at=duty.due_at,
                performed=_performed(case, duty.duty_id),
            )
            for duty in draft.duties
        ],
        confirmed=list(past.confirmed),
        recorded=[
            _recorded(word, organisation)
            for word in past.confirmed.values()
            if word.how is not Given.OWN_LINK
        ],
        in_force_at=past.in_force.at if past.in_force else None,
        court_until=past.in_force.court_until if past.in_force else None,
    )


def _recorded(word: AgreementConfirmed, organisation: Organisation) -> RecordedWord:
    name = words.person_name(word.by.person_id, organisation)
    return RecordedWord(
        subject=word.subject,
        how=word.how,
        by=Named(id=word.by.person_id, name=name),
        at=word.at,
    )


def _performed(case: Case, duty_id: str) -> bool | None:
    duty = case.dispute.duty(duty_id) if case.dispute else None
    return duty.performed if duty else None


# -- parties -----------------------------------------------------------------


def party_dispute(
    history: History, subject: str, organisation: Organisation
) -> PartyDispute | None:
    """The dispute as one party sees it; None for a request."""
    case = history.case
    if case.dispute is None:
        return None
    pasts = _pasts(history)
    past = pasts[-1] if pasts else None
    state = case.dispute.last
    waits = WAITS.get(case.mediation.step) if case.mediation else None
    running = case.running(waits) if waits else None
    events = (line.event for line in history.lines)
    referred = next((e for e in events if isinstance(e, DisputeReferred)), None)
    longer = state.asked_longer if state and subject not in state.longer_consents else 0
    return PartyDispute(
        you=subject,
        step=state.step if state else None,
        unit=words.unit_name(state.unit_id, organisation) if state else None,
        answer_by=running.clock.due_at if running else None,
        consent_given=_own_word(past, subject),
        more_time_asked_seconds=longer or None,
        mediators=_mediators(past, organisation),
        sessions=[event.held_at for event in past.sessions] if past else [],
        agreement=_own_agreement(past, case, subject, organisation),
        referred_to=referred.to if referred else None,
        reference=referred.reference if referred else None,
    )


def _own_word(past: _Past | None, subject: str) -> bool | None:
    """The party's own last word on being mediated here."""
    said = [e for e in past.consents if e.subject == subject] if past else []
    words_of = [e for e in said if getattr(e, "matter", Matter.MEDIATION) is Matter.MEDIATION]
    return isinstance(words_of[-1], ConsentGiven) if words_of else None


def _mediators(past: _Past | None, organisation: Organisation) -> list[PartySeat]:
    """By name: a party must know whom it may reject."""
    return [
        PartySeat(
            place=member.seat,
            name=words.person_name(member.person_id, organisation),
            mediator_kind=member.mediator_kind,
        )
        for member in (past.panel if past else ())
    ]


def _own_agreement(
    past: _Past | None, case: Case, subject: str, organisation: Organisation
) -> PartyAgreement | None:
    shown = _agreement(past, case, organisation) if past else None
    if shown is None:
        return None
    return PartyAgreement(
        draft=shown.draft,
        facts=shown.facts,
        content=shown.content,
        manner=shown.manner,
        duties=[
            PartyDuty(
                yours=duty.owes == subject,
                text=duty.text,
                due_at=duty.due_at,
                performed=duty.performed,
            )
            for duty in shown.duties
        ],
        confirmed_by_you=subject in shown.confirmed,
        recorded_by=next((w.by.name for w in shown.recorded if w.subject == subject), None),
        in_force_at=shown.in_force_at,
        court_until=shown.court_until,
    )
