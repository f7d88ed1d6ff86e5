"""Chapter R5: departments and partners report in to help; the case stays with who summoned them."""

from dataclasses import replace
from datetime import datetime

from domain import authority, clocks, routing, summoning
from domain.book import Book
from domain.clocks import Expired
from domain.commands import RecordHelp, Release, ReportIn, Summon, WhistleCommand
from domain.events import (
    Arrived,
    Closed,
    Event,
    HelpRecorded,
    NotReportedIn,
    Released,
    ReportedIn,
    Resolved,
    Summoned,
    WhistleEvent,
)
from domain.organisation import Post
from domain.refusals import Refused
from domain.state import Case
from domain.state.whistle import Summons
from domain.values import SYSTEM, By
from domain.words import ActorKind, Role
from domain.words.whistle import ReleaseReason

HELPING = frozenset({Role.DEPARTMENT_HANDLER, Role.SUPERVISOR})
"""Roles that answer for a department that was summoned."""


def decide(case: Case, command: WhistleCommand, book: Book) -> tuple[Event, ...]:
    """The chapter's decisions."""
    match command:
        case Summon():
            return summoning.summon(case, command, book)
        case ReportIn():
            return report_in(case, command, book)
        case RecordHelp():
            return record_help(case, command, book)
        case Release():
            return release(case, command, book)


def evolve(case: Case, event: WhistleEvent) -> Case:
    """The chapter's events."""
    match event:
        case Summoned():
            return summoning.summoned(case, event)
        case ReportedIn():
            summons = summoning.find(case, event.helper.summons_id)
            case = summoning.put(case, replace(summons, reported_at=event.at))
            return clocks.stop_named(case, event.clock_id, event.at)
        case HelpRecorded():
            summons = summoning.find(case, event.helper.summons_id)
            return summoning.put(case, replace(summons, helped=summons.helped + 1))
        case NotReportedIn():
            return case
        case Released():
            return released(case, event)


# -- helping -----------------------------------------------------------------


def report_in(case: Case, command: ReportIn, book: Book) -> tuple[Event, ...]:
    """The helper is here; late is late."""
    summons, by = _helping(case, command, book)
    if summons.reported_at is not None:
        raise Refused("already_reported_in", "R5", summons=command.summons_id)
    return (
        ReportedIn(
            at=command.at,
            by=by,
            text=command.text,
            helper=summons.helper,
            clock_id=summons.clock_id,
            on_time=_on_time(case, summons),
        ),
    )


def record_help(case: Case, command: RecordHelp, book: Book) -> tuple[Event, ...]:
    """What the helper did; as often as it did something."""
    summons, by = _helping(case, command, book)
    if summons.reported_at is None:
        raise Refused("not_reported_in", "R5", summons=command.summons_id)
    return (HelpRecorded(at=command.at, by=by, helper=summons.helper, text=command.text),)


def _helping(case: Case, command: ReportIn | RecordHelp, book: Book) -> tuple[Summons, By]:
    """The summons and who answers it: staff of the unit, or the partner through its own link."""
    summons = summoning.find(case, command.summons_id)
    unit_id, partner_id = summons.helper.unit_id, summons.helper.partner_id
    if partner_id is not None:
        if (command.actor.kind, command.actor.person_id) != (ActorKind.PARTNER, partner_id):
            raise Refused("partner_only", "R5", forbidden=True, partner=partner_id)
        by = By(person_id=partner_id)
    else:

        def fits(post: Post) -> bool:
            return post.unit_id == unit_id and post.role in HELPING

        by = authority.acting(command, book, fits, f"a handling or supervising post of {unit_id}")
    return _still_called(summons), by


def _still_called(summons: Summons) -> Summons:
    if not summons.open:
        raise Refused("already_released", "R5", summons=summons.helper.summons_id)
    return summons


def _on_time(case: Case, summons: Summons) -> bool:
    return clocks.named(case, summons.clock_id).broken_at is None


def not_reported_in(expired: Expired) -> tuple[Event, ...]:
    """The helper's breach, and the superior of the helper who is told of it."""
    case, now, book = expired.case, expired.now, expired.book
    clock = expired.running.clock
    summons = next(s for s in case.summons if s.clock_id == clock.clock_id)
    if summons.helper.partner_id is None:
        post = routing.supervisor_above(clock.unit_id, now, book)
    else:  # a partner hangs on a unit that looks after it
        post = routing.supervisor_at(clock.unit_id, now, book)
    missed = NotReportedIn(
        at=expired.at,
        by=SYSTEM,
        helper=summons.helper,
        clock_id=clock.clock_id,
        unit_id=post.unit_id if post else book.organisation.path(clock.unit_id)[-1],
        person_id=post.holder(now) if post else None,
    )
    return expired.broken(), missed


# -- releasing ---------------------------------------------------------------


def release(case: Case, command: Release, book: Book) -> tuple[Event, ...]:
    """Let a helper go, with a word on its help; help nobody wrote down was of no use."""
    summons = summoning.find(case, command.summons_id)
    street, in_charge = summons.by.unit_id, case.stint.post_id

    def fits(post: Post) -> bool:
        summoner = post.unit_id == street and post.role in summoning.OF_A_STREET
        return summoner or post.post_id == in_charge

    by = authority.acting(command, book, fits, "the post in charge, or who summoned")
    _still_called(summons)
    if command.useful and not summons.helped:
        raise Refused("no_help_recorded", "R5", summons=command.summons_id)
    ended = _release(case, summons, ReleaseReason.RELEASED, by, at=command.at)
    return (replace(ended, useful=command.useful, text=command.text),)


def released(case: Case, event: Released) -> Case:
    """Nothing is owed any more; a breach stays what it is."""
    summons = summoning.find(case, event.helper.summons_id)
    case = summoning.put(case, replace(summons, released_at=event.at))
    if summons.reported_at is None:
        case = clocks.stop_named(case, summons.clock_id, event.at)
    return case


def with_releases(case: Case, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events, and before each that ends a summons the release that says so."""
    found: list[Event] = []
    for event in events:
        for summons in summoning.called(case):
            why = _ends(summons, event)
            if why is not None:
                ended = _release(case, summons, why, SYSTEM, at=event.at)
                case = released(case, ended)
                found.append(ended)
        found.append(event)
    return tuple(found)


def _ends(summons: Summons, event: Event) -> ReleaseReason | None:
    """Why the event leaves nothing of the summons; None where it does not."""
    match event:
        case Resolved():
            return ReleaseReason.RESOLVED
        case Closed():
            return ReleaseReason.CLOSED
        case Arrived(unit_id=summons.helper.unit_id):
            return ReleaseReason.TOOK_OVER
        case _:
            return None


def _release(case: Case, summons: Summons, why: ReleaseReason, by: By, *, at: datetime) -> Released:
    reported = summons.reported_at is not None
    return Released(
        at=at,
        by=by,
        helper=summons.helper,
        why=why,
        reported_in=reported,
        on_time=reported and _on_time(case, summons),
        helped=summons.helped,
    )
