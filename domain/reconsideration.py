"""Chapter R10.3: a resident whose rating was excluded asks the next level once to look again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from domain import authority, clocks, questions, reviews, routing
from domain.book import Book
from domain.commands import AskReconsideration, Reconsider
from domain.events import (
    Event,
    RatingRestored,
    ReconsiderationAsked,
    ReconsiderationDecided,
    ReviewDecided,
)
from domain.refusals import Refused
from domain.state import Case, changed
from domain.state.redress import Exclusion, rating_name
from domain.words import ClosingReason, Phase, QuestionKind
from domain.words.redress import ChargeKind, ExcludedBecause, Finding

RECONSIDERATION = QuestionKind.RECONSIDERATION


def ask_reconsideration(case: Case, command: AskReconsideration, book: Book) -> tuple[Event, ...]:
    """Once for each excluded rating, in the policy's time, by the resident who gave it (R10.3)."""
    by = authority.resident(command)
    found = excluded_of(case, command.actor.subject)
    if found is None:
        raise Refused("nothing_excluded", "R10.3")
    round_, exclusion = found
    if exclusion.about in case.redress.reconsidered:
        raise Refused("already_reconsidered", "R10.3")
    until = open_until(case, exclusion, book)
    if command.at >= until:
        raise Refused("reconsideration_too_late", "R10.3", until=until.isoformat())
    had_a_part = case.redress.handlers(round_) | reviews.mediators(case, command.at, book)
    barred = had_a_part | {exclusion.person_id}
    unit_id = routing.impartial(exclusion.unit_id, command.at, book, barred=barred)
    question, clock = questions.put(
        case,
        RECONSIDERATION,
        unit_id,
        command.at,
        book,
        about=exclusion.about,
        barred=barred,
        outlives=True,
    )
    return (
        ReconsiderationAsked(
            at=command.at,
            by=by,
            round=round_,
            subject=command.actor.subject,
            text=command.text,
            question=question,
            clocks=(clock,),
        ),
    )


def open_until(case: Case, exclusion: Exclusion, book: Book) -> datetime:
    """Until when the resident may ask."""
    span = book.policies[case.policy].redress.reconsider_within
    return clocks.end_of(span, exclusion.at, exclusion.unit_id, book)


def rights(case: Case, book: Book) -> Iterator[datetime]:
    """Until when each of those whose rating was left out may ask, who has not asked yet."""
    for subject in {who for _, who in case.ratings}.difference(case.erased):
        found = excluded_of(case, subject)
        if found is not None and found[1].about not in case.redress.reconsidered:
            yield open_until(case, found[1], book)


def excluded_of(case: Case, subject: str) -> tuple[int, Exclusion] | None:
    """The latest rating of that resident that does not count, with its round."""
    for round_, who in reversed(case.ratings):
        exclusion = case.redress.excluded(ChargeKind.RATING, rating_name(round_, who))
        if who == subject and exclusion is not None:
            return round_, exclusion
    return None


def reconsideration_asked(case: Case, event: ReconsiderationAsked) -> Case:
    """Asked once; the question outlives the case."""
    about = rating_name(event.round, event.subject)
    redress = replace(case.redress, reconsidered=(*case.redress.reconsidered, about))
    return questions.opened(changed(case, redress=redress), event.question, event.clocks)


def reconsider(case: Case, command: Reconsider, book: Book) -> tuple[Event, ...]:
    """Upheld, it stays excluded. Lifted, it counts again, and what was not looked into is now."""
    question = questions.find(case, RECONSIDERATION, command.about)
    exclusion = case.redress.excluded(ChargeKind.RATING, command.about)
    if question is None or exclusion is None:
        raise Refused("no_reconsideration_open", "R10.3")
    by = questions.decider(case, question, command, book)
    number, _, subject = command.about.partition("/")
    answer = ReconsiderationDecided(
        at=command.at,
        by=by,
        round=int(number),
        subject=subject,
        upheld=command.upheld,
        text=command.text,
    )
    if command.upheld:
        return (answer,)
    restored = RatingRestored(at=command.at, by=by, round=int(number), subject=subject)
    if not _reopens(case, int(number), exclusion):
        return answer, restored
    settled: tuple[ReviewDecided, ...] = ()
    after = rating_restored(case, restored)
    if reviews.is_open(case):  # the round's other ratings go with it, to one new round
        settled = (reviews.finding(case, Finding.JUSTIFIED, command.text, by, command.at),)
        after = reviews.review_decided(after, settled[0])
    again = reviews.rectification(after, command.rectify_at, by, command.at, book)
    return answer, restored, *settled, *again


def _reopens(case: Case, round_: int, exclusion: Exclusion) -> bool:
    """Whether lifting it opens a new round: the round still stands as a review left it.

    An exclusion by appeal says nothing of the matter: that was rectified, or needed nothing.
    """
    waiting = case.phase in {Phase.AWAITING_RATING, Phase.UNDER_REVIEW}
    stands = waiting or case.closing is ClosingReason.RATED
    return exclusion.why is not ExcludedBecause.APPEAL and round_ == case.round and stands


def decided(case: Case, event: ReconsiderationDecided) -> Case:
    """The question is answered."""
    about = rating_name(event.round, event.subject)
    return questions.answered(case, RECONSIDERATION, event.at, about)


def rating_restored(case: Case, event: RatingRestored) -> Case:
    """It counts again."""
    lifted = case.redress.excluded(ChargeKind.RATING, rating_name(event.round, event.subject))
    left = tuple(e for e in case.redress.exclusions if e is not lifted)
    return changed(case, redress=replace(case.redress, exclusions=left))
