"""The case: four pure functions. Each command and event goes to the chapter that knows it."""

from dataclasses import replace
from functools import reduce
from typing import assert_never

from domain import (
    agency,
    agreements,
    authority,
    carried,
    clocks,
    coming_back,
    deadlines,
    delegation,
    deliberation,
    disputes,
    erasing,
    files,
    first_contact,
    ladder,
    mediation,
    merging,
    pauses,
    proactive,
    questions,
    ratings,
    redress,
    returns,
    shelving,
    supervision,
    whistle,
)
from domain.book import Book
from domain.commands import (
    AgreementCommand,
    AnswerSupervision,
    Appeal,
    AskReconsideration,
    CheckDuty,
    Command,
    DecideAppeal,
    DeclareRelation,
    DelegationCommand,
    DeliberationCommand,
    DisputeCommand,
    EraseSubject,
    ErasingCommand,
    FirstContactCommand,
    GiveBack,
    Join,
    LadderCommand,
    MarkRecurrence,
    MergingCommand,
    NoteRecurrence,
    Part,
    PauseCommand,
    ProactiveCommand,
    Rate,
    RatingCommand,
    Reconsider,
    RecordFollowUp,
    RedressCommand,
    Register,
    ReportDanger,
    ReturnCommand,
    ShelvingCommand,
    Split,
    SupervisionCommand,
    Tick,
    UnmarkRecurrence,
    WhistleCommand,
)
from domain.events import (
    AgreementEvent,
    ClockBroken,
    ClockWarned,
    DecisionPassedUp,
    DelegationEvent,
    DeliberationEvent,
    DisputeEvent,
    Event,
    FileAttached,
    FirstContactEvent,
    LadderEvent,
    MergingEvent,
    PauseEvent,
    ProactiveEvent,
    RatingEvent,
    RedressEvent,
    ReturnEvent,
    ShelvingEvent,
    SubjectErased,
    SupervisionEvent,
    TimeEvent,
    WhistleEvent,
)
from domain.refusals import Refused
from domain.state import Case, changed
from domain.words import ActorKind

AFTER_CLOSING = (
    *(Register, Rate, RecordFollowUp, AskReconsideration, Reconsider),
    *(Appeal, DecideAppeal, MarkRecurrence, NoteRecurrence, UnmarkRecurrence),
    *(CheckDuty, ReportDanger, AnswerSupervision, DeclareRelation),
    *(Split, GiveBack, Part, EraseSubject),
)
"""Commands that a closed case still hears; their chapters say what it answers."""
BRINGS_CLOCKS = (Join, Split, GiveBack)
"""Commands after which a clock may run that was set long ago."""


def initial(case_id: str) -> Case:
    """A case nobody has opened yet."""
    return Case(case_id=case_id)


def is_closed(case: Case) -> bool:
    """Whether the case has ended."""
    return case.closed_at is not None


def is_over(case: Case) -> bool:
    """Whether nothing of the case is left to wait for: closed, and no clock outlives it."""
    return case.closed_at is not None and clocks.next_due(case) is None


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
        due = _completed(case, due, book)
        found += due
        for event in due:
            case = evolve(case, event)
    made = _completed(case, _decide(case, command, book), book)
    return (*found, *made, *_overdue(case, made, command, book))


def _completed(case: Case, events: tuple[Event, ...], book: Book) -> tuple[Event, ...]:
    """The events with what ends because of them said aloud, and with who answers from then on."""
    events = _with_climb(case, events, book)
    ended = deliberation.with_end(case, whistle.with_releases(case, events))
    ended = agency.with_end(case, mediation.with_failure(case, ended), book)
    if not any(isinstance(event, coming_back.COMES_BACK) for event in ended):
        return ended
    after = reduce(evolve, ended, case)
    return *ended, *coming_back.people(after, ended[-1].at, book)


def _with_climb(case: Case, events: tuple[Event, ...], book: Book) -> tuple[Event, ...]:
    """The events, and the climb that waited for as long as the parties might say no."""
    was = deadlines.held(case)
    if was is None or not events:
        return events
    after = reduce(evolve, events, case)
    return *events, *deadlines.held_no_more(was, after, events[-1].at, book)


def _overdue(
    case: Case, made: tuple[Event, ...], command: Command, book: Book
) -> tuple[Event, ...]:
    """What was due already on a clock that came with the command from another case."""
    if not isinstance(command, BRINGS_CLOCKS):
        return ()
    found: list[Event] = []
    after = reduce(evolve, made, case)
    while due := deadlines.settle(after, command.at, book):
        found += due
        after = reduce(evolve, due, after)
    return tuple(found)


def _decide(case: Case, command: Command, book: Book) -> tuple[Event, ...]:
    """Send the command to its chapter."""
    if not case.opened and not isinstance(command, Register):
        raise Refused("no_such_case", "R1.1", case=case.case_id)
    if isinstance(command, Tick):
        authority.system(command)
        return ()
    heard = isinstance(command, AFTER_CLOSING) or carried.follows(case, command)
    heard = heard or coming_back.hears(case, command)
    if is_closed(case) and not heard:
        raise Refused("case_closed", "R9", reason=str(case.closing))
    erasing.need_known(case, command)
    carried.need_present(case, command)
    return files.with_files(case, command, _in_chapter(case, command, book), book)


def _in_chapter(  # noqa: C901, PLR0911, PLR0912 - one line for each chapter
    case: Case, command: Command, book: Book
) -> tuple[Event, ...]:
    if isinstance(command, LadderCommand):
        return ladder.decide(case, command, book)
    if isinstance(command, ReturnCommand):
        return returns.decide(case, command, book)
    if isinstance(command, DelegationCommand):
        return delegation.decide(case, command, book)
    if isinstance(command, ShelvingCommand):
        return shelving.decide(case, command, book)
    if isinstance(command, FirstContactCommand):
        return first_contact.decide(case, command, book)
    if isinstance(command, MergingCommand):
        return merging.decide(case, command, book)
    if isinstance(command, RatingCommand):
        return ratings.decide(case, command, book)
    if isinstance(command, RedressCommand):
        return redress.decide(case, command, book)
    if isinstance(command, PauseCommand):
        return pauses.decide(case, command, book)
    if isinstance(command, SupervisionCommand):
        return supervision.decide(case, command, book)
    if isinstance(command, ProactiveCommand):
        return proactive.decide(case, command, book)
    if isinstance(command, WhistleCommand):
        return whistle.decide(case, command, book)
    if isinstance(command, DisputeCommand):
        return disputes.decide(case, command, book)
    if isinstance(command, AgreementCommand):
        return agreements.decide(case, command, book)
    if isinstance(command, DeliberationCommand):
        return deliberation.decide(case, command, book)
    if isinstance(command, ErasingCommand):
        return erasing.decide(case, command, book)
    if isinstance(command, Tick):
        return ()
    assert_never(command)


def evolve(case: Case, event: Event) -> Case:
    """The case after the event. Total: every event `decide` can make is accepted."""
    after = _evolve(changed(case, version=case.version + 1, last_at=event.at), event)
    return redress.noted(after, event)


def _evolve(  # noqa: C901, PLR0911, PLR0912 - one line for each chapter
    case: Case, event: Event
) -> Case:
    if isinstance(event, LadderEvent):
        return ladder.evolve(case, event)
    if isinstance(event, ReturnEvent):
        return returns.evolve(case, event)
    if isinstance(event, DelegationEvent):
        return delegation.evolve(case, event)
    if isinstance(event, ShelvingEvent):
        return shelving.evolve(case, event)
    if isinstance(event, TimeEvent):
        return _time_passed(case, event)
    if isinstance(event, FirstContactEvent):
        return first_contact.evolve(case, event)
    if isinstance(event, RatingEvent):
        return ratings.evolve(case, event)
    if isinstance(event, RedressEvent):
        return redress.evolve(case, event)
    if isinstance(event, MergingEvent):
        return merging.evolve(case, event)
    if isinstance(event, PauseEvent):
        return pauses.evolve(case, event)
    if isinstance(event, SupervisionEvent):
        return supervision.evolve(case, event)
    if isinstance(event, ProactiveEvent):
        return proactive.evolve(case, event)
    if isinstance(event, WhistleEvent):
        return whistle.evolve(case, event)
    if isinstance(event, DisputeEvent):
        return disputes.evolve(case, event)
    if isinstance(event, AgreementEvent):
        return agreements.evolve(case, event)
    if isinstance(event, DeliberationEvent):
        return deliberation.evolve(case, event)
    if isinstance(event, SubjectErased):
        return erasing.evolve(case, event)
    if isinstance(event, FileAttached):
        return files.evolve(case, event)
    assert_never(event)


def _time_passed(case: Case, event: TimeEvent) -> Case:
    match event:
        case ClockWarned():
            return clocks.warned(case, event)
        case ClockBroken():
            return clocks.broken(case, event)
        case DecisionPassedUp():
            return questions.passed_up(case, event)
