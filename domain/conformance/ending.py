"""R1.4, R9, R10: resolved with what the catalogue asks for, called, rated by the resident alone,
closed for a reason the record bears out, and no bad rating without a review.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.conformance.past import Deviation, Past, Rule, Step
from domain.events import (
    AgreementInForce,
    ClockBroken,
    Closed,
    DisputeReopened,
    Event,
    FollowedUp,
    Rated,
    RatingAskedAgain,
    RectificationOpened,
    ResidentLeft,
    Resolved,
    ReviewOpened,
    Verified,
)
from domain.values import REPORTER, RESIDENT
from domain.words import ClockKind, ClosingReason

AFTER_RATING = (ClosingReason.RATED, ClosingReason.UNRATED)
BAD = 2
"""Grades up to this one are bad (R10)."""


def unproved(past: Past) -> Iterator[Deviation]:
    """A resolution says what was done, and shows what the catalogue asks for (R9.1)."""
    for step in past.steps:
        event = step.event
        if not isinstance(event, Resolved):
            continue
        item = past.item(step)
        agreed = any(isinstance(each, AgreementInForce) for each in step.together)  # R7.4
        if item is not None and item.evidence and not event.evidence and not agreed:
            yield step.deviates("R9.1", "evidence_missing", item=step.before.item_id)


def rated_by_others(past: Past) -> Iterator[Deviation]:
    """The resident rates, nobody else, once a round, after the resolution (R9.2, R9.3)."""
    for step in past.steps:
        event = step.event
        if not isinstance(event, Rated):
            continue
        if event.by.person_id != RESIDENT.person_id:
            yield step.deviates("R9.2", "rated_by_another", person=event.by.person_id)
        if (event.round, event.subject) in step.before.rated:
            yield step.deviates("R9.3", "rated_again", round=event.round, subject=event.subject)
        if step.before.resolved_at is None:
            yield step.deviates("R9.2", "rated_unresolved", subject=event.subject)


def unreviewed(past: Past) -> Iterator[Deviation]:
    """A bad rating opens a review at once; one that is open already takes it in (R10.1)."""
    under_review = False
    for step in past.steps:
        match step.event:
            case ReviewOpened():
                under_review = True
            case RectificationOpened() | Closed():
                under_review = False
            case Rated() if _bad(step.event) and not under_review:
                if not any(isinstance(e, ReviewOpened) for e in step.together):
                    yield step.deviates("R10.1", "review_missing", grade=step.event.grade)
            case _:
                pass


def _bad(rating: Rated) -> bool:
    return rating.grade <= BAD or not rating.solved


def closed_otherwise(past: Past) -> Iterator[Deviation]:
    """The reason a case closed for is borne out by what stands before it (R9)."""
    for number, step in enumerate(past.steps):
        event = step.event
        if not isinstance(event, Closed):
            continue
        earlier = [each.event for each in past.steps[:number]]
        ends = event.reason in (*AFTER_RATING, ClosingReason.VERIFIED)
        if ends and step.before.resolved_at is None:
            yield step.deviates("R9.1", "closed_unresolved", reason=event.reason)
        yield from _of_rating(step, event, earlier)


def _of_rating(step: Step, event: Closed, earlier: Sequence[Event]) -> Iterator[Deviation]:
    last = max((n for n, e in enumerate(earlier) if isinstance(e, Resolved)), default=0)
    since = earlier[last:]
    rated = any(isinstance(each, Rated) for each in since)
    if event.reason is ClosingReason.RATED and not rated:
        yield step.deviates("R9.2", "closed_without_rating")
    if event.reason is ClosingReason.UNRATED and rated:
        yield step.deviates("R9.4", "rating_not_counted")
    if event.reason is ClosingReason.UNRATED and not _asked(since):
        yield step.deviates("R9.4", "not_asked_again")
    if event.reason is ClosingReason.VERIFIED and not any(isinstance(e, Verified) for e in since):
        yield step.deviates("R13", "closed_unverified")


def _asked(events: Sequence[Event]) -> bool:
    return any(isinstance(each, RatingAskedAgain) for each in events)


def uncalled(past: Past) -> Iterator[Deviation]:
    """After each resolution the officer calls (R1.4).

    Said where the time for it is over, by the breach or by the clock alone, where the next
    resolution came first, or where the case closed and nobody owes a call any more; where it is
    still owed it is early to say.
    """
    owed: Step | None = None
    for step in past.steps:
        match step.event:
            case Resolved():
                if owed:
                    yield _not_called(step, owed)
                owed = step
            case FollowedUp() | RectificationOpened() | DisputeReopened():
                owed = None
            case ResidentLeft(subject=subject) if subject == REPORTER:
                owed = None
            case ClockBroken() if owed and _of_call(step.event.clock_id):
                yield _not_called(step, owed)
                owed = None
            case Closed(reason=reason) if reason not in AFTER_RATING:
                owed = None
            case Closed() if owed and not _due(owed):
                yield step.deviates("R1.4", "closed_without_follow_up")
                owed = None
            case _:
                pass
    due = owed and _due(owed)
    if owed and due and due < past.norm.now - past.norm.tolerance:
        yield _not_called(past.steps[-1], owed)


def _not_called(step: Step, owed: Step) -> Deviation:
    return step.deviates("R1.4", "not_called", resolved=owed.entry.version)


def _of_call(clock_id: str) -> bool:
    return clock_id.rpartition("-")[0] == ClockKind.FOLLOW_UP


def _due(step: Step) -> datetime | None:
    """Until when the call was owed after that resolution; None where no clock was set for it."""
    event = step.event
    clocks = event.clocks if isinstance(event, Resolved) else ()
    return next((c.due_at for c in clocks if c.kind is ClockKind.FOLLOW_UP), None)


RULES: tuple[Rule, ...] = (unproved, rated_by_others, unreviewed, closed_otherwise, uncalled)
