"""Chapter R8: deliberation (四议两公开); its rules stand in meetings and publication."""

from domain import meetings, publication
from domain.book import Book
from domain.commands import (
    DecideObjection,
    DeliberationCommand,
    Object,
    ProposeDeliberation,
    PublishDeliberation,
    RecordMeeting,
    StopDeliberation,
)
from domain.events import (
    DeliberationEnded,
    DeliberationEvent,
    DeliberationProposed,
    DeliberationPublished,
    Event,
    MeetingRecorded,
    ObjectionDecided,
    ObjectionRaised,
    PublicationEnded,
)
from domain.meetings import with_end
from domain.state import Case

__all__ = ["decide", "evolve", "with_end"]


def decide(case: Case, command: DeliberationCommand, book: Book) -> tuple[Event, ...]:
    """The chapter's decisions."""
    match command:
        case ProposeDeliberation():
            return meetings.propose(case, command, book)
        case RecordMeeting():
            return meetings.record_meeting(case, command, book)
        case PublishDeliberation():
            return publication.publish(case, command, book)
        case Object():
            return publication.raise_objection(case, command, book)
        case DecideObjection():
            return publication.decide_objection(case, command, book)
        case StopDeliberation():
            return meetings.stop(case, command, book)


def evolve(case: Case, event: DeliberationEvent) -> Case:  # noqa: PLR0911 - one line for each event
    """The chapter's events."""
    match event:
        case DeliberationProposed():
            return meetings.proposed(case, event)
        case MeetingRecorded():
            return meetings.recorded(case, event)
        case DeliberationPublished():
            return publication.published(case, event)
        case PublicationEnded():
            return publication.period_ended(case, event)
        case ObjectionRaised():
            return publication.raised(case, event)
        case ObjectionDecided():
            return publication.decided(case, event)
        case DeliberationEnded():
            return meetings.ended(case, event)
