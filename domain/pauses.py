"""Chapter R6.4–5: what may stop or lengthen the handling clock: suspension and extension."""

from datetime import datetime

from domain import authority, clocks, routing
from domain.book import Book
from domain.commands import DecideExtension, PauseCommand, RequestExtension, Resume, Suspend
from domain.events import (
    Event,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    PauseEvent,
    Resumed,
    Suspended,
)
from domain.policy import Span
from domain.refusals import Refused
from domain.state import Case, changed
from domain.values import SYSTEM, By, Clock
from domain.words import ClockKind, LeftWhy, Phase, SuspensionGround, Urgency

OF_MEDIATION = (SuspensionGround.AWAITING_RESIDENT, SuspensionGround.MEDIATION)
"""On these the handling clock stands still while parties are asked, and while they talk."""


def decide(case: Case, command: PauseCommand, book: Book) -> tuple[Event, ...]:
    """The chapter's decisions."""
    match command:
        case Suspend():
            return suspend(case, command, book)
        case Resume():
            return resume(case, command, book)
        case RequestExtension():
            return request_extension(case, command, book)
        case DecideExtension():
            return decide_extension(case, command, book)


def evolve(case: Case, event: PauseEvent) -> Case:
    """The chapter's events."""
    match event:
        case Suspended():
            return suspended(case, event)
        case Resumed():
            return resumed(case, event)
        case ExtensionRequested():
            return extension_requested(case, event)
        case ExtensionGranted() | ExtensionRefused():
            return extension_decided(case, event)


# -- suspension --------------------------------------------------------------


def suspend(case: Case, command: Suspend, book: Book) -> tuple[Event, ...]:
    """Stop the handling clock on a ground not yet used in this stint (R6.4)."""
    by = authority.in_charge(case, command, book)
    authority.need_phase(case, "R6.4", Phase.IN_PROGRESS)
    if command.ground is SuspensionGround.MEDIATION:
        raise Refused("mediation_suspends_by_itself", "R6.4")
    nothing = all(d.ended is not None for d in case.deliberations)
    if command.ground is SuspensionGround.DELIBERATION and nothing:
        raise Refused("nothing_deliberated", "R8")
    if nobody_there(case):
        raise Refused("nobody_on_site", "R6.7")
    if command.ground in case.stint.grounds:
        raise Refused("ground_already_used", "R6.4", ground=command.ground)
    handle = case.running(ClockKind.HANDLE)
    if handle is None:
        raise Refused("no_handling_clock", "R6.4")
    if handle.broken_at is not None:
        raise Refused("past_due", "R6.4")
    return (suspension(case, command.ground, command.at, by, book, text=command.text),)


def may_pause(case: Case, ground: SuspensionGround) -> bool:
    """Whether the handling clock can be stopped on that ground now."""
    handle = case.running(ClockKind.HANDLE)
    if handle is None or handle.broken_at is not None or nobody_there(case):
        return False
    return ground not in case.stint.grounds


def nobody_there(case: Case) -> bool:
    """Whether somebody on site is still owed: an emergency does not stand still before (R6.7)."""
    return case.urgency is Urgency.EMERGENCY and case.running(ClockKind.ON_SITE) is not None


def suspension(
    case: Case, ground: SuspensionGround, at: datetime, by: By, book: Book, *, text: str = ""
) -> Suspended:
    """The event that stops the handling clock, for the ground's maximum at most."""
    span = book.policies[case.policy].suspension[ground]
    longest = clocks.start(case, ClockKind.SUSPENSION, span, case.stint.unit_id, at, book)
    return Suspended(at=at, by=by, ground=ground, text=text, clocks=(longest,))


def suspended(case: Case, event: Suspended) -> Case:
    """The handling clock stands still."""
    case = clocks.pause(case, ClockKind.HANDLE, event.at)
    case = case.with_stint(grounds=(*case.stint.grounds, event.ground))
    return changed(clocks.set_clocks(case, event.clocks), phase=Phase.SUSPENDED)


def resume(case: Case, command: Resume, book: Book) -> tuple[Event, ...]:
    """Let the handling clock run again."""
    by = authority.in_charge(case, command, book)
    authority.need_phase(case, "R6.4", Phase.SUSPENDED)
    if case.mediation is not None and case.stint.grounds[-1] in OF_MEDIATION:
        raise Refused("mediation_under_way", "R7.4")
    return (resumption(case, command.at, by, book, text=command.text),)


def resumption(case: Case, at: datetime, by: By, book: Book, text: str = "") -> Resumed:
    """The event that ends a suspension, by hand or by itself."""
    again = clocks.unpaused(case, ClockKind.HANDLE, at, book)
    return Resumed(at=at, by=by, automatic=by is SYSTEM, text=text, clocks=again)


def resumed(case: Case, event: Resumed) -> Case:
    """The handling clock counts on from where it stood."""
    case = clocks.stop(case, event.at, ClockKind.SUSPENSION)
    return changed(clocks.set_clocks(case, event.clocks), phase=Phase.IN_PROGRESS)


# -- extension ---------------------------------------------------------------


def request_extension(case: Case, command: RequestExtension, book: Book) -> tuple[Event, ...]:
    """Ask for more time: before the due time, once a stint, at most the policy's share (R6.5)."""
    by = authority.in_charge(case, command, book)
    authority.need_phase(case, "R6.5", Phase.IN_PROGRESS)
    handle = case.running(ClockKind.HANDLE)
    if handle is None or handle.broken_at is not None:
        raise Refused("past_due", "R6.5")
    if len(case.stints) > 1 and case.stints[-2].left_why is LeftWhy.RECTIFIED:
        raise Refused("rectification_is_bounded", "R10.2")
    if case.stint.extension_asked:
        raise Refused("extension_already_asked", "R6.5")
    policy, unit_id = book.policies[case.policy], case.stint.unit_id
    seconds = _in_basis(command.extend_by, handle.clock, command.at, book)
    most = handle.clock.allowance * policy.extension_percent // 100
    if seconds > most:
        raise Refused("extension_too_long", "R6.5", asked=f"{seconds} s", most=f"{most} s")
    decide_by = clocks.start(
        case, ClockKind.EXTENSION, policy.extension_decision, unit_id, command.at, book
    )
    asked = _asked(case, by, command.at, book)
    return (
        ExtensionRequested(
            at=command.at,
            by=by,
            seconds=seconds,
            text=command.text,
            clocks=(decide_by,),
            unit_id=asked.unit_id or "",
            post_id=asked.post_id,
            person_id=asked.person_id or None,
        ),
    )


def _asked(case: Case, by: By, at: datetime, book: Book) -> By:
    """Who is asked first: somebody of the unit above, else the nearest supervisor over it."""
    stint, above = case.stint, book.organisation.path(case.stint.unit_id)[1:]
    own = authority.at_post(stint.post_id, stint.person_id, at, book)
    post = routing.decider_at(above[0], at, book, barred=own | {by.person_id}) if above else None
    if post is None:
        return By(person_id="", unit_id=above[0] if above else None)
    return By(person_id=post.holder(at) or "", post_id=post.post_id, unit_id=post.unit_id)


def _in_basis(span: Span, clock: Clock, at: datetime, book: Book) -> int:
    if span.basis is not clock.basis:
        raise Refused("wrong_time_unit", "R6.5", clock_counts=clock.basis, asked=span.unit)
    return span.allowance(at, book.working_time(clock.unit_id))


def extension_requested(case: Case, event: ExtensionRequested) -> Case:
    """An answer is owed by the unit above."""
    case = case.with_stint(extension_asked=True)
    case = clocks.set_clocks(case, event.clocks)
    to = By(person_id=event.person_id or "", post_id=event.post_id, unit_id=event.unit_id)
    return changed(case, extension=event.seconds, extension_by=event.by.person_id, extension_to=to)


def decide_extension(case: Case, command: DecideExtension, book: Book) -> tuple[Event, ...]:
    """The unit above answers."""
    by = authority.unit_above(case, command, book)
    if case.extension is None:
        raise Refused("no_extension_asked", "R6.5")
    if by.person_id == case.extension_by:
        raise Refused("own_request", "R6.5", forbidden=True)
    stint = case.stint
    if by.person_id in authority.at_post(stint.post_id, stint.person_id, command.at, book):
        raise Refused("judge_in_own_cause", "R11", forbidden=True)
    if not command.granted:
        return (ExtensionRefused(at=command.at, by=by, text=command.text),)
    handle = case.running(ClockKind.HANDLE)
    if handle is None or handle.broken_at is not None:
        raise Refused("past_due", "R6.5")
    if handle.paused_at is not None:
        raise Refused("suspended", "R6.5")
    clock = clocks.restarted(handle, command.at, book, more=case.extension)
    return (ExtensionGranted(at=command.at, by=by, text=command.text, clocks=(clock,)),)


def extension_decided(case: Case, event: ExtensionGranted | ExtensionRefused) -> Case:
    """The question is answered; a granted one moved the due time."""
    case = clocks.stop(case, event.at, ClockKind.EXTENSION)
    if isinstance(event, ExtensionGranted):
        case = clocks.set_clocks(case, event.clocks)
    return changed(case, extension=None)
