"""The case: four pure functions. Each command and event goes to the chapter that knows it."""

from dataclasses import replace
from typing import assert_never

from domain import clocks, deadlines, first_contact, ladder, pauses, ratings
from domain.book import Book
from domain.commands import (
    Accept,
    AddInformation,
    AnswerSupervision,
    ArriveOnSite,
    Assign,
    Command,
    DecideExtension,
    Escalate,
    HandOver,
    Rate,
    RecordFollowUp,
    RecordProgress,
    Refer,
    Register,
    Remind,
    RequestExtension,
    Resolve,
    Resume,
    Reveal,
    Suspend,
    Tick,
    Withdraw,
)
from domain.events import (
    Accepted,
    Arrived,
    Assigned,
    ClockBroken,
    ClockWarned,
    Closed,
    Escalated,
    Event,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    FollowedUp,
    HandedOver,
    InformationAdded,
    OnSite,
    ProgressRecorded,
    Rated,
    RatingAskedAgain,
    Registered,
    Reminded,
    Resolved,
    Resumed,
    Revealed,
    SupervisionAnswered,
    SupervisionOrdered,
    Suspended,
)
from domain.refusals import Refused
from domain.state import Case, changed
from domain.words import ActorKind, ClockKind


def initial(case_id: str) -> Case:
    """A case nobody has opened yet."""
    return Case(case_id=case_id)


def is_closed(case: Case) -> bool:
    """Whether the case has ended."""
    return case.closed_at is not None


def decide(case: Case, command: Command, book: Book) -> tuple[Event, ...]:
    """The events the command causes, after those time has caused by then; raises `Refused`.

    A command dated before the case's last event is taken as happening right after it: clocks of
    different machines differ, the order of the journal does not.
    """
    if case.last_at is not None and command.at < case.last_at:
        command = replace(command, at=case.last_at)
    found: list[Event] = []
    elsewhere = command.actor.kind is ActorKind.IMPORTER
    while due := deadlines.settle(case, command.at, book, elsewhere=elsewhere):
        found += due
        for event in due:
            case = evolve(case, event)
    return (*found, *_decide(case, command, book))


def _decide(case: Case, command: Command, book: Book) -> tuple[Event, ...]:
    """Send the command to its chapter."""
    if isinstance(command, Register):
        return first_contact.register(case, command, book)
    if not case.opened:
        raise Refused("no_such_case", "R1.1", case=case.case_id)
    if isinstance(command, Tick):
        if command.actor.kind is not ActorKind.SYSTEM:
            raise Refused("system_only", "R4.4", forbidden=True)
        return ()
    if is_closed(case) and not isinstance(command, Rate | RecordFollowUp):
        raise Refused("case_closed", "R9", reason=str(case.closing))
    return _in_open_case(case, command, book)


def _in_open_case(  # noqa: C901, PLR0911, PLR0912 - one line for each command
    case: Case, command: Command, book: Book
) -> tuple[Event, ...]:
    match command:
        case HandOver():
            return first_contact.hand_over(case, command, book)
        case Accept():
            return ladder.accept(case, command, book)
        case Assign():
            return ladder.assign(case, command, book)
        case RecordProgress():
            return ladder.record_progress(case, command, book)
        case ArriveOnSite():
            return ladder.arrive_on_site(case, command, book)
        case Escalate():
            return ladder.escalate(case, command, book)
        case Suspend():
            return pauses.suspend(case, command, book)
        case Resume():
            return pauses.resume(case, command, book)
        case RequestExtension():
            return pauses.request_extension(case, command, book)
        case DecideExtension():
            return pauses.decide_extension(case, command, book)
        case AnswerSupervision():
            return ladder.answer_supervision(case, command, book)
        case Resolve():
            return ratings.resolve(case, command, book)
        case RecordFollowUp():
            return ratings.record_follow_up(case, command, book)
        case Rate():
            return ratings.rate(case, command, book)
        case Withdraw():
            return ratings.withdraw(case, command, book)
        case Remind():
            return ladder.remind(case, command, book)
        case AddInformation():
            return ladder.add_information(case, command, book)
        case Reveal():
            return ladder.reveal(case, command, book)
        case Refer():
            return ratings.refer(case, command, book)
        case Register() | Tick():
            return ()
        case unreachable:
            assert_never(unreachable)


def evolve(case: Case, event: Event) -> Case:
    """The case after the event. Total: every event `decide` can make is accepted."""
    return _evolve(changed(case, version=case.version + 1, last_at=event.at), event)


def _evolve(case: Case, event: Event) -> Case:  # noqa: PLR0911, C901, PLR0912 - as above
    match event:  # the frequent ones first: a fold goes through this for every event
        case ProgressRecorded():
            return case.with_stint(progress=case.stint.progress + 1)
        case ClockWarned():
            return clocks.warned(case, event)
        case HandedOver() | FollowedUp() | InformationAdded() | Revealed():
            return case
        case Registered():
            return first_contact.registered(case, event)
        case Arrived():
            return ladder.arrived(case, event)
        case Accepted():
            return ladder.accepted(case, event)
        case Assigned():
            return ladder.assigned(case, event)
        case OnSite():
            return clocks.stop(case, event.at, ClockKind.ON_SITE)
        case Escalated():
            return ladder.escalated(case, event)
        case ClockBroken():
            return clocks.broken(case, event)
        case Suspended():
            return pauses.suspended(case, event)
        case Resumed():
            return pauses.resumed(case, event)
        case ExtensionRequested():
            return pauses.extension_requested(case, event)
        case ExtensionGranted() | ExtensionRefused():
            return pauses.extension_decided(case, event)
        case SupervisionOrdered():
            return ladder.supervision_ordered(case, event)
        case SupervisionAnswered():
            return ladder.supervision_answered(case, event)
        case Resolved():
            return ratings.resolved(case, event)
        case Rated():
            return ratings.rated(case, event)
        case RatingAskedAgain():
            return ratings.asked_again(case, event)
        case Closed():
            return ratings.closed(case, event)
        case Reminded():
            return changed(case, reminded_at=event.at)
        case unreachable:
            assert_never(unreachable)
