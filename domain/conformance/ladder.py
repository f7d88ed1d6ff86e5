"""R1, R3, R4: from first contact rung by rung, accepted before it is worked on, nothing skipped but
by exception, no breach without its consequence.
"""

from collections.abc import Iterator

from domain.conformance.past import Deviation, Past, Rule, Step
from domain.events import (
    Accepted,
    Adjudicated,
    AdjudicationRequested,
    AgreementDrafted,
    AgreementInForce,
    AgreementLapsed,
    AgreementRejected,
    Arrived,
    BecameMass,
    ClockBroken,
    Closed,
    Declined,
    DeclineReviewed,
    Delegated,
    DisputeReopened,
    Escalated,
    HandedOver,
    OfficerReplaced,
    ProgressRecorded,
    RectificationOpened,
    Registered,
    Resolved,
    Returned,
    SupervisionOrdered,
    Suspended,
    TransferAccepted,
)
from domain.words import (
    LADDER,
    OWN_REASONS,
    Belonging,
    ClosingReason,
    EscalationReason,
    Stage,
    Urgency,
)

MOVES = (
    *(HandedOver, Escalated, Returned, Adjudicated, Delegated, TransferAccepted),
    *(OfficerReplaced, RectificationOpened, DisputeReopened, BecameMass),
)
"""Why a case leaves a unit for another."""
WORK = ProgressRecorded | Suspended | Resolved
"""What a unit does with a case only after it has accepted it."""
CLIMBS = ("accept", "handle")
"""Clocks whose breach moves the case up, or brings an order (R4.4)."""


def unopened(past: Past) -> Iterator[Deviation]:
    """Whoever receives the resident registers the case first, once, and somebody has it at once."""
    for number, step in enumerate(past.steps):
        registers = isinstance(step.event, Registered)
        if number == 0 and not registers:
            yield step.deviates("R1.1", "not_registered_first")
        if registers and step.before.opened:
            yield step.deviates("R1.1", "registered_again")
        if registers and not any(isinstance(e, Arrived) for e in step.together):
            yield step.deviates("§3", "nobody_answers")


def unaccepted(past: Past) -> Iterator[Deviation]:
    """Until somebody accepts, nobody works on it (R4.1)."""
    for step in past.steps:
        if isinstance(step.event, WORK) and not step.before.accepted:
            yield step.deviates("R4.1", "not_accepted", unit=_unit(step))
        if isinstance(step.event, Accepted) and step.before.accepted:
            yield step.deviates("R4.1", "accepted_again", unit=_unit(step))


def _unit(step: Step) -> str:
    return step.before.seat.unit_id if step.before.seat else ""


def unexplained(past: Past) -> Iterator[Deviation]:
    """Every move has a reason that stands in the record with it (R4)."""
    for step in past.steps:
        event = step.event
        if not isinstance(event, Arrived) or step.before.seat is None:
            continue
        if not any(isinstance(other, MOVES) for other in step.together):
            facts = {"from": step.before.seat.unit_id, "to": event.unit_id}
            yield step.deviates("R4.3", "moved_without_reason", **facts)


def handed_past(past: Past) -> Iterator[Deviation]:
    """First contact hands the case to the rung the catalogue names, or the next that answers."""
    for step, arrival in _moves(past, HandedOver):
        item = past.item(step)
        if step.before.seat is None or step.before.seat.stage is not Stage.FIRST_CONTACT:
            yield step.deviates("R1.3", "handed_over_later", unit=_unit(step))
        elif item is not None and item.first_rung is not Stage.FIRST_CONTACT:
            yield from _skipped(step, arrival, LADDER.index(item.first_rung), "R1.3")


def skipped(past: Past) -> Iterator[Deviation]:
    """One rung up, unless the catalogue, an emergency or nobody there allows more (R4.3)."""
    for step, arrival in _moves(past, Escalated):
        seat, item = step.before.seat, past.item(step)
        if seat is None or seat.stage is Stage.FIRST_CONTACT or _emergency(step):
            continue
        if LADDER.index(arrival.stage) <= LADDER.index(seat.stage):
            yield step.deviates("R4.3", "not_upwards", stage=arrival.stage)
        elif item is None or not item.skips_rungs:
            yield from _skipped(step, arrival, LADDER.index(seat.stage) + 1, "R4.3")


def _skipped(step: Step, arrival: Arrived, first: int, rule: str) -> Iterator[Deviation]:
    """The rungs from the first that was due to the one it came to, where somebody could answer."""
    for stage in LADDER[first : LADDER.index(arrival.stage)]:
        unit = step.before.places.get(stage)
        if unit is not None and unit not in arrival.passed:
            yield step.deviates(rule, "rung_skipped", stage=stage, to=arrival.stage)


def _moves(past: Past, cause: type[HandedOver | Escalated]) -> Iterator[tuple[Step, Arrived]]:
    """The steps that move a case for that reason, each with the arrival it led to."""
    for step in past.steps:
        if isinstance(step.event, cause):
            rest = step.together[step.together.index(step.event) :]
            arrival = next((each for each in rest if isinstance(each, Arrived)), None)
            if arrival is not None:
                yield step, arrival


def _emergency(step: Step) -> bool:
    reason = step.event.reason if isinstance(step.event, Escalated) else None
    return Urgency.EMERGENCY is step.before.urgency or reason is EscalationReason.EMERGENCY


def without_progress(past: Past) -> Iterator[Deviation]:
    """Whoever sends a case up has worked on it first, except in an emergency (R4.3)."""
    for step in past.steps:
        event = step.event
        if not isinstance(event, Escalated) or event.automatic or event.reason in OWN_REASONS:
            continue
        if not step.before.progress and not _emergency(step):
            yield step.deviates("R4.3", "no_progress_recorded", unit=_unit(step))


def unheeded(past: Past) -> Iterator[Deviation]:
    """A broken clock moves the case up; at the top it brings an order (R4.4).

    While a superior decides whose it is, or the parties may still say no, it waits.
    """
    waits = False
    for step in past.steps:
        event = step.event
        waits = _waits(event, waits=waits)
        if not isinstance(event, ClockBroken) or waits:
            continue
        kind = event.clock_id.rpartition("-")[0]
        follows = any(isinstance(e, Escalated | SupervisionOrdered) for e in step.together)
        if kind in CLIMBS and not follows:
            yield step.deviates("R4.4", "breach_without_consequence", clock=event.clock_id)


def _waits(event: object, *, waits: bool) -> bool:
    match event:
        case AdjudicationRequested() | AgreementDrafted():
            return True
        case Adjudicated() | AgreementInForce() | AgreementRejected() | AgreementLapsed():
            return False
        case _:
            return waits


def returned_again(past: Past) -> Iterator[Deviation]:
    """The third time it is not returned: a superior says whose it is (R4.2)."""
    count = 0
    for step in past.steps:
        if isinstance(step.event, Adjudicated):
            count = 0
        if isinstance(step.event, Returned):
            count += 1
            if count > past.norm.returns:
                yield step.deviates("R4.2", "returned_too_often", returns=count)


def not_admitted(past: Past) -> Iterator[Deviation]:
    """Downwards goes what belongs there, or has an admission (R3.2)."""
    for step in past.steps:
        event = step.event
        if not isinstance(event, Delegated) or event.admission_id is not None:
            continue
        if event.belonging is not Belonging.COMMUNITY_OWN:
            yield step.deviates("R3.2", "not_admitted", unit=event.unit_id)


def unreviewed_decline(past: Past) -> Iterator[Deviation]:
    """A declined case closes after a supervisor has looked at it (R1.3)."""
    upheld = False
    for step in past.steps:
        match step.event:
            case Declined():
                upheld = False
            case DeclineReviewed():
                upheld = step.event.upheld
            case Closed(reason=ClosingReason.DECLINED) if not upheld:
                yield step.deviates("R1.3", "decline_not_reviewed")
            case _:
                pass


RULES: tuple[Rule, ...] = (
    *(unopened, unaccepted, unexplained, handed_past, skipped, without_progress),
    *(unheeded, returned_again, not_admitted, unreviewed_decline),
)
