"""Chapter R7.3: the sessions of a mediation, and how long it may take."""

from collections.abc import Iterator
from datetime import datetime

from domain import clocks, mediation
from domain.book import Book
from domain.clocks import Expired
from domain.commands import ExtendMediation, GiveConsent, RecordSession
from domain.events import (
    ConsentGiven,
    ConsentRefused,
    Event,
    LongerAsked,
    MediationExtended,
    MediationLimitReached,
    SessionRecorded,
)
from domain.refusals import Refused
from domain.state import Case
from domain.state.disputes import Mediation
from domain.values import SYSTEM, By, Clock
from domain.words import ClockKind
from domain.words.disputes import TALKING, FailureReason, Given, MediationStep

# -- sessions ----------------------------------------------------------------


def record_session(case: Case, command: RecordSession, book: Book) -> tuple[Event, ...]:
    """When, where, who, what: of a session that was held under the panel (R7.3)."""
    here = mediation.under_way(case, *TALKING)
    by = mediation.helper(case, command, book)
    if not here.complete:
        raise Refused("panel_incomplete", "R7.2")
    if here.formed_at is None or command.held_at < here.formed_at:
        raise Refused("session_before_the_panel", "R7.3")
    if command.held_at > command.at:
        raise Refused("session_in_the_future", "R7.3")
    if not command.mediators or any(here.seat(n) is None for n in command.mediators):
        raise Refused("mediators_not_of_the_panel", "R7.3")
    mediation.known(case, *command.subjects)
    return (
        SessionRecorded(
            at=command.at,
            by=by,
            held_at=command.held_at,
            place=command.place,
            mediators=command.mediators,
            subjects=command.subjects,
            summary=command.summary,
        ),
    )


def recorded(case: Case) -> Case:
    """One session more."""
    here = mediation.of(case).mediations[-1]
    return mediation.with_last(case, sessions=here.sessions + 1)


# -- the limit ---------------------------------------------------------------


def extend_mediation(case: Case, command: ExtendMediation, book: Book) -> tuple[Event, ...]:
    """Ask the parties for more time: in all at most the limit once more (R7.3)."""
    here = mediation.under_way(case, *TALKING)
    by = mediation.helper(case, command, book)
    if here.limit_over:
        raise Refused("limit_over", "R7.3")
    if here.asked_longer:
        raise Refused("longer_already_asked", "R7.3")
    limit = book.policies[case.policy].mediation.limit
    if command.extend_by.basis is not limit.basis:
        raise Refused("wrong_time_unit", "R7.3", asked=command.extend_by.unit)
    time = book.working_time(here.unit_id)
    seconds = command.extend_by.allowance(command.at, time)
    if here.added + seconds > limit.allowance(command.at, time):
        raise Refused("longer_than_the_limit_again", "R7.3", asked=f"{seconds} s")
    return (LongerAsked(at=command.at, by=by, seconds=seconds, text=command.text),)


def longer_asked(case: Case, event: LongerAsked) -> Case:
    """Each party is asked."""
    return mediation.with_last(case, asked_longer=event.seconds, longer_consents=())


def about_longer(
    case: Case, command: GiveConsent, by: By, subject: str, how: Given, book: Book
) -> tuple[Event, ...]:
    """All of them, or the limit stays."""
    here = mediation.under_way(case)
    if not here.asked_longer:
        raise Refused("no_longer_asked", "R7.3")
    if subject in here.longer_consents:
        raise Refused("already_consented", "R7.3", subject=subject)
    kind = ConsentGiven if command.given else ConsentRefused
    answer: ConsentGiven | ConsentRefused = kind(
        at=command.at, by=by, subject=subject, matter=command.matter, how=how, text=command.text
    )
    return answer, *_extension(case, here, answer, book)


def _extension(
    case: Case, here: Mediation, answer: ConsentGiven | ConsentRefused, book: Book
) -> Iterator[MediationExtended]:
    """The new end, with the last consent; the handling clock waits for it as well (R6.4)."""
    running = case.running(ClockKind.MEDIATION)
    all_said = {*here.longer_consents, answer.subject} == set(case.raters)
    if isinstance(answer, ConsentGiven) and all_said and running is not None:
        clock = clocks.restarted(running, answer.at, book, more=here.asked_longer)
        waits = _waits_longer(case, running.clock, clock, answer.at, book)
        yield MediationExtended(at=answer.at, by=SYSTEM, clocks=(clock, *waits))


def _waits_longer(
    case: Case, was: Clock, limit: Clock, at: datetime, book: Book
) -> tuple[Clock, ...]:
    """The suspension's clock with the time between the limit's old end and its new one added."""
    waits = case.running(ClockKind.SUSPENSION)
    if waits is None or not mediation.stands_still(case):
        return ()
    time = book.time_of(waits.clock)
    more = clocks.counted(waits.clock.basis, was.due_at, limit.due_at, time)
    return (clocks.restarted(waits, at, book, more=more),)


def longer_consented(case: Case, event: ConsentGiven) -> Case:
    """One more."""
    here = mediation.of(case).mediations[-1]
    return mediation.with_last(case, longer_consents=(*here.longer_consents, event.subject))


def longer_refused(case: Case) -> Case:
    """The limit stays where it is."""
    return mediation.with_last(case, asked_longer=0, longer_consents=())


def extended(case: Case, event: MediationExtended) -> Case:
    """The limit lies further off."""
    here = mediation.of(case).mediations[-1]
    added = here.added + here.asked_longer
    case = mediation.with_last(case, asked_longer=0, longer_consents=(), added=added)
    return clocks.set_clocks(case, event.clocks)


def limit_over(expired: Expired) -> tuple[Event, ...]:
    """The time is up; only a draft that already lies before the parties is waited for."""
    case, at = expired.case, expired.at
    here = case.mediation
    if here is not None and here.step is MediationStep.DRAFTED:
        reached = MediationLimitReached(at=at, by=SYSTEM)
        return reached, *mediation.go_on(case, at, SYSTEM, expired.book)
    return mediation.failed(case, FailureReason.LIMIT, at, SYSTEM, expired.book, now=expired.now)


def limit_reached(case: Case, event: MediationLimitReached) -> Case:
    """No more talks."""
    case = clocks.stop(case, event.at, ClockKind.MEDIATION)
    return mediation.with_last(case, limit_over=True, asked_longer=0, longer_consents=())
