"""R7, R8: nobody is mediated without every party's consent, no agreement is in force unconfirmed,
and the steps of a deliberation come in their order.
"""

from collections.abc import Iterator

from domain.conformance.past import Deviation, Past, Rule
from domain.events import (
    AgreementConfirmed,
    AgreementDrafted,
    AgreementInForce,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    DeliberationProposed,
    DeliberationPublished,
    MediationOpened,
    MeetingRecorded,
    ObjectionDecided,
    PanelFormed,
    ResidentLeft,
    SessionRecorded,
)
from domain.values import REPORTER
from domain.words.deliberation import STEPS, DeliberationStep, MeetingOutcome
from domain.words.disputes import Matter


def unconsented(past: Past) -> Iterator[Deviation]:
    """A panel is formed and sits when every party has consented (R7.1)."""
    parties = _parties(past)
    consent: set[str] = set()
    for step in past.steps:
        match step.event:
            case MediationOpened():
                consent = set()
            case ConsentGiven(matter=Matter.MEDIATION):
                consent.add(step.event.subject)
            case ConsentRefused(matter=Matter.MEDIATION) | ConsentWithdrawn():
                consent.discard(step.event.subject)
            case ResidentLeft():
                parties -= {step.event.subject}
            case PanelFormed() | SessionRecorded() if missing := parties - consent:
                yield step.deviates("R7.1", "without_consent", parties=", ".join(sorted(missing)))
            case _:
                pass


def unconfirmed(past: Past) -> Iterator[Deviation]:
    """An agreement is in force when every party has confirmed that very draft (R7.4)."""
    parties = _parties(past)
    confirmed: set[str] = set()
    for step in past.steps:
        match step.event:
            case AgreementDrafted():
                confirmed = set()
            case AgreementConfirmed():
                confirmed.add(step.event.subject)
            case ResidentLeft():
                parties -= {step.event.subject}
            case AgreementInForce() if missing := parties - confirmed:
                yield step.deviates("R7.4", "not_confirmed", parties=", ".join(sorted(missing)))
            case _:
                pass


def _parties(past: Past) -> frozenset[str]:
    opening = past.opening
    if opening is None or not opening.parties:
        return frozenset()
    came = {REPORTER} if opening.residents else set()
    return frozenset(came | {party.subject for party in opening.parties})


def out_of_order(past: Past) -> Iterator[Deviation]:
    """No step of a deliberation is skipped (R8); an upheld objection sends it back."""
    taken: dict[int, int] = {}
    for step in past.steps:
        event = step.event
        match event:
            case DeliberationProposed():
                taken[event.number] = 0
            case ObjectionDecided(back_to=back) if back is not None:
                taken[event.number] = STEPS.index(back) - 1
            case MeetingRecorded() | DeliberationPublished():
                at = STEPS.index(event.step)
                due = taken.get(event.number, -1) + 1
                if at > due:
                    facts = {"due": STEPS[due], "taken": DeliberationStep(event.step)}
                    yield step.deviates("R8", "step_skipped", **facts)
                if not isinstance(event, MeetingRecorded) or _carried(event):
                    taken[event.number] = max(at, taken.get(event.number, -1))
            case _:
                pass


def _carried(event: MeetingRecorded) -> bool:
    return event.outcome is MeetingOutcome.CARRIED


RULES: tuple[Rule, ...] = (unconsented, unconfirmed, out_of_order)
