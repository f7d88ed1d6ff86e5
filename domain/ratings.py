"""Chapter R9: resolution, follow-up, the resident's rating, and the ways a case ends."""

from datetime import datetime

from domain import (
    authority,
    clocks,
    follow_up,
    meetings,
    reviews,
    verification,
    withdrawing,
)
from domain.book import Book
from domain.commands import (
    DecideWithdrawal,
    Keep,
    Rate,
    RatingCommand,
    RecordFollowUp,
    Refer,
    Resolve,
    Withdraw,
)
from domain.events import (
    Closed,
    Event,
    FollowedUp,
    Rated,
    RatingAskedAgain,
    RatingEvent,
    RatingLapsed,
    Resolved,
    WithdrawalDecided,
    WithdrawalDenied,
    WithdrawalRecorded,
)
from domain.refusals import Refused
from domain.state import Case, changed
from domain.values import SYSTEM, By
from domain.words import ActorKind, ClockKind, ClosingReason, Phase


def decide(case: Case, command: RatingCommand, book: Book) -> tuple[Event, ...]:  # noqa: PLR0911 - one line for each command
    """The chapter's decisions."""
    match command:
        case Resolve():
            return resolve(case, command, book)
        case RecordFollowUp():
            return follow_up.record_follow_up(case, command, book)
        case Rate():
            return rate(case, command, book)
        case Withdraw():
            return withdrawing.withdraw(case, command, book)
        case DecideWithdrawal():
            return withdrawing.decide_withdrawal(case, command, book)
        case Keep():
            return withdrawing.keep(case, command)
        case Refer():
            return refer(case, command, book)


def evolve(case: Case, event: RatingEvent) -> Case:  # noqa: PLR0911 - one line for each event
    """The chapter's events."""
    match event:
        case Resolved():
            return resolved(case, event)
        case FollowedUp():
            return follow_up.followed_up(case, event)
        case Rated():
            return rated(case, event)
        case RatingAskedAgain():
            return asked_again(case, event)
        case WithdrawalRecorded():
            return withdrawing.recorded(case, event)
        case WithdrawalDecided() | WithdrawalDenied():
            return withdrawing.answered(case, event)
        case Closed():
            return closed(case, event)


def resolve(case: Case, command: Resolve, book: Book) -> tuple[Event, ...]:
    """State what was done, with the evidence the catalogue asks for (R9.1)."""
    by = authority.in_charge(case, command, book)
    authority.need_phase(case, "R9.1", Phase.IN_PROGRESS)
    if case.mediation is not None:
        raise Refused("mediation_under_way", "R7.4")
    if case.order_open:
        raise Refused("order_unanswered", "R4.6")
    meetings.need_none(case)
    if _evidence_owed(case, command, book):
        raise Refused("evidence_missing", "R9.1", item=case.item_id)
    done = resolution(case, command.at, by, book, command.text, command.evidence)
    if command.actor.kind is not ActorKind.IMPORTER:  # the other system made its own calls
        done = follow_up.with_call(case, done, book)
    return done, *verification.opening(resolved(case, done), by, command.at, book)


def resolution(
    case: Case, at: datetime, by: By, book: Book, text: str = "", evidence: tuple[str, ...] = ()
) -> Resolved:
    """The event that says it is done, with the clocks of the rating."""
    if not case.raters:
        return Resolved(at=at, by=by, text=text, evidence=evidence)
    policy, unit_id = book.policies[case.policy], case.stint.unit_id
    again = clocks.start(case, ClockKind.RATING_REMINDER, policy.ask_again, unit_id, at, book)
    last = clocks.start(case, ClockKind.RATING, policy.unrated_after, unit_id, at, book)
    return Resolved(at=at, by=by, text=text, evidence=evidence, clocks=(again, last))


def _evidence_owed(case: Case, command: Resolve, book: Book) -> bool:
    known = book.catalogue.items.get(case.item_id)
    return known is not None and known.evidence and not command.evidence


def resolved(case: Case, event: Resolved) -> Case:
    """Every clock stops but those of the rating, and those that outlive the case."""
    case = changed(
        clocks.stop_all(case, event.at),
        phase=Phase.AWAITING_RATING,
        resolved_at=event.at,
        extension=None,
    )
    return clocks.set_clocks(case, event.clocks)


def rate(case: Case, command: Rate, book: Book) -> tuple[Event, ...]:
    """A resident's three answers; given once a round and never changed (R9.2, R9.3, R7.6)."""
    by = authority.resident(command)
    subject = command.actor.subject
    if subject not in case.raters:
        raise Refused("not_asked", "R9.2", forbidden=True, subject=subject)
    if (case.round, subject) in case.ratings:
        raise Refused("already_rated", "R9.3", round=str(case.round))
    if case.running(ClockKind.RATING) is None:
        raise Refused("not_awaiting_rating", "R9.2", phase=case.phase)
    if command.grade not in follow_up.GRADES:
        raise Refused("grade_out_of_range", "R9.2", grade=str(command.grade))
    rating = Rated(
        at=command.at,
        by=by,
        subject=subject,
        round=case.round,
        contacted=command.contacted,
        solved=command.solved,
        grade=command.grade,
        tags=command.tags,
        text=command.text,
        evidence=command.evidence,
    )
    return rating, *_follows(rated(case, rating), rating, book)


def _follows(case: Case, rating: Rated, book: Book) -> tuple[Event, ...]:
    """A review of a bad rating (R10.1); the end when everybody has rated and none is open."""
    if reviews.is_open(case):
        return ()
    if reviews.is_bad(rating):
        return (reviews.opening(case, rating, book),)
    if case.unrated:
        return ()
    return (Closed(at=rating.at, by=SYSTEM, reason=ClosingReason.RATED),)


def unanswered(case: Case, at: datetime) -> Closed | RatingLapsed:
    """The time for rating is over: rated if anybody did, else unrated (R9.4).

    While a review is open the case stays so: how it ends is for the supervisor.
    """
    if reviews.is_open(case):
        return RatingLapsed(at=at, by=SYSTEM)
    nobody = case.unrated == case.raters
    reason = ClosingReason.UNRATED if nobody else ClosingReason.RATED
    return Closed(at=at, by=SYSTEM, reason=reason)


def rated(case: Case, event: Rated) -> Case:
    """One more has rated; once all have, nobody is asked any longer."""
    case = changed(case, ratings=(*case.ratings, (event.round, event.subject)))
    if not case.unrated:
        case = clocks.stop(case, event.at, ClockKind.RATING, ClockKind.RATING_REMINDER)
    return reviews.joined(case, event)


def asked_again(case: Case, event: RatingAskedAgain) -> Case:
    """Asked once more; only the closing clock is left."""
    return clocks.stop(case, event.at, ClockKind.RATING_REMINDER)


def refer(case: Case, command: Refer, book: Book) -> tuple[Event, ...]:
    """An imported case that went to another door; for staff it would be "not our business"."""
    if command.actor.kind is not ActorKind.IMPORTER:
        raise Refused("importer_only", "R1.3", forbidden=True)
    by = authority.officer_or_in_charge(case, command, book)
    authority.need_open(case, "R1.3")
    reason = ClosingReason.REFERRED
    return (Closed(at=command.at, by=by, reason=reason, referred_to=command.to, text=command.text),)


def closed(case: Case, event: Closed) -> Case:
    """Nothing runs any more but what outlives the case."""
    case = follow_up.after_closing(clocks.stop_all(case, event.at), event)
    return changed(case, phase=Phase.CLOSED, closed_at=event.at, closing=event.reason)
