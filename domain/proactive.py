"""Chapter R13: cases that come before anybody asks, how they end, and the resident's agent."""

from domain import agency, verification
from domain.book import Book
from domain.commands import (
    AuthoriseAgent,
    ProactiveCommand,
    RecordAgencyStep,
    Register,
    RevokeAgent,
    Verify,
)
from domain.events import (
    AgencyEnded,
    AgencyResumed,
    AgencyStepTaken,
    AgentAuthorised,
    Event,
    ProactiveEvent,
    VerificationOpened,
    Verified,
)
from domain.refusals import Refused
from domain.state import Case
from domain.words import ActorKind, Channel


def decide(case: Case, command: ProactiveCommand, book: Book) -> tuple[Event, ...]:
    """The chapter's decisions."""
    match command:
        case Verify():
            return verification.verify(case, command, book)
        case AuthoriseAgent():
            return agency.authorise_agent(case, command, book)
        case RecordAgencyStep():
            return agency.record_agency_step(case, command, book)
        case RevokeAgent():
            return agency.revoke_agent(case, command, book)


def evolve(case: Case, event: ProactiveEvent) -> Case:
    """The chapter's events."""
    match event:
        case VerificationOpened():
            return verification.opened(case, event)
        case Verified():
            return verification.verified(case, event)
        case AgentAuthorised():
            return agency.authorised(case, event)
        case AgencyStepTaken():
            return agency.step_taken(case)
        case AgencyEnded():
            return agency.ended(case)
        case AgencyResumed():
            return agency.resumed(case)


def unasked(command: Register) -> bool:
    """Whether staff bring it before anybody asked: on patrol, from an informant, from a visit."""
    found = command.proactive or command.informant is not None or bool(command.visit_id)
    if command.actor.kind is ActorKind.RESIDENT and found:
        raise Refused("proactive_needs_staff", "R13", forbidden=True)
    if command.actor.kind is not ActorKind.STAFF:
        return found
    on_the_way = command.channel is Channel.GRID_VISIT and not _somebody(command)
    return found or on_the_way or command.channel is Channel.PATROL


def residents(command: Register) -> int:
    """How many residents came with it; none with what staff found themselves."""
    return 0 if unasked(command) and not _somebody(command) else command.residents


def need_own_visit(command: Register, book: Book) -> None:
    """Only who made a visit says that a case came of it."""
    named = command.visit_id
    if named and book.visits.get(named) != command.actor.person_id:
        raise Refused("not_your_visit", "R13", forbidden=True, visit=named)


def _somebody(command: Register) -> bool:
    reporter = command.reporter
    return bool(reporter.name or reporter.phone or command.reporter_lookup)
