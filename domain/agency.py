"""Chapter R13, agency service 代办: a resident lets one member of staff act for them in a case."""

from dataclasses import replace
from datetime import datetime

from domain import authority
from domain.book import Book
from domain.commands import AuthoriseAgent, RecordAgencyStep, RevokeAgent
from domain.events import (
    AgencyEnded,
    AgencyResumed,
    AgencyStepTaken,
    AgentAuthorised,
    Closed,
    Event,
    ResidentLeft,
)
from domain.refusals import Refused
from domain.state import Case, changed, with_merging
from domain.state.proactive import Agency
from domain.values import REPORTER, RESIDENT, SYSTEM, By
from domain.words import CaseType
from domain.words.proactive import AgencyEnd, Authorised


def authorise_agent(case: Case, command: AuthoriseAgent, book: Book) -> tuple[Event, ...]:
    """The resident names the agent, by their receipt or by a word the officer records."""
    by = _word(case, command, book)
    authority.need_open(case, "R13")
    if case.case_type is CaseType.DISPUTE:
        raise Refused("is_dispute", "R13")
    if REPORTER not in case.raters:
        raise Refused("no_resident", "R13")
    if case.agency is not None and _stays(case.agency, command.at, book):
        raise Refused("agent_already_named", "R13", post=case.agency.post_id)
    asked = command.post_id or case.officer.post_id or ""
    post = book.organisation.posts.get(asked)
    person_id = None if post is None else post.holder(command.at)
    if post is None or person_id is None or post.role not in authority.RECEIVERS:
        raise Refused("no_such_agent", "R13", post=asked)
    named = AgentAuthorised(
        at=command.at,
        by=by,
        post_id=post.post_id,
        person_id=person_id,
        unit_id=post.unit_id,
        organisation=book.organisation.version,
        how=command.how,
        text=command.text,
        documents=command.documents,
    )
    return (named,) if case.agency is None else (_gone(case.agency, command.at), named)


def _stays(agent: Agency, at: datetime, book: Book) -> bool:
    """Whether the agent still has the post at which the resident named them, absent or not."""
    post = book.organisation.posts.get(agent.post_id)
    return post is not None and post.valid(at) and post.person_id == agent.person_id


def _gone(agent: Agency, at: datetime) -> AgencyEnded:
    return AgencyEnded(at=at, by=SYSTEM, person_id=agent.person_id, reason=AgencyEnd.LEFT)


def _word(case: Case, command: AuthoriseAgent | RevokeAgent, book: Book) -> By:
    """Whose word it is: the resident's own, or the officer's record of it, each said as such.

    Others who are on the same matter let nobody act in this resident's name.
    """
    by = authority.resident_or(command, lambda: authority.officer_or_in_charge(case, command, book))
    if by is RESIDENT and command.actor.subject != REPORTER:
        raise Refused("reporter_only", "R13", forbidden=True)
    if (by is RESIDENT) is not (command.how is Authorised.BY_RECEIPT):
        raise Refused("not_how_it_was_said", "R13", how=command.how)
    return by


def authorised(case: Case, event: AgentAuthorised) -> Case:
    """They may act from now on."""
    agent = Agency(post_id=event.post_id, person_id=event.person_id, since=event.at, how=event.how)
    return changed(case, agency=agent)


def record_agency_step(case: Case, command: RecordAgencyStep, book: Book) -> tuple[Event, ...]:
    """Only the person named acts; a stand-in was not authorised by the resident."""
    agent = case.agency
    if agent is None:
        raise Refused("no_agent", "R13")
    need = "the agent the resident named"
    by = authority.acting(command, book, lambda p: p.post_id == agent.post_id, need)
    if by.person_id != agent.person_id:
        raise Refused("not_the_agent", "R13", forbidden=True)
    step = AgencyStepTaken(at=command.at, by=by, text=command.text, documents=command.documents)
    if not command.delivered:
        return (step,)
    return step, _end(agent, command, by, AgencyEnd.DELIVERED)


def _end(
    agent: Agency, command: RecordAgencyStep | RevokeAgent, by: By, reason: AgencyEnd
) -> AgencyEnded:
    how = command.how if isinstance(command, RevokeAgent) else None
    text = command.text if isinstance(command, RevokeAgent) else ""
    person_id = agent.person_id
    return AgencyEnded(at=command.at, by=by, person_id=person_id, reason=reason, how=how, text=text)


def step_taken(case: Case) -> Case:
    """One more step."""
    agent = case.agency
    return case if agent is None else changed(case, agency=replace(agent, steps=agent.steps + 1))


def revoke_agent(case: Case, command: RevokeAgent, book: Book) -> tuple[Event, ...]:
    """At any time, for no reason."""
    by = _word(case, command, book)
    if case.agency is None:
        raise Refused("no_agent", "R13")
    return (_end(case.agency, command, by, AgencyEnd.REVOKED),)


def ended(case: Case) -> Case:
    """Nobody acts for the resident."""
    return changed(case, agency=None)


def resumption(case: Case, at: datetime, book: Book) -> tuple[Event, ...]:
    """The agent a merged case had acts again in the case given back, if they still can."""
    agent = case.merging.agency
    if agent is None or REPORTER not in case.raters or not _stays(agent, at, book):
        return ()
    return (AgencyResumed(at=at, by=SYSTEM, person_id=agent.person_id),)


def resumed(case: Case) -> Case:
    """They may act as they did, by the word they were given then."""
    return with_merging(changed(case, agency=case.merging.agency), agency=None)


def with_end(case: Case, events: tuple[Event, ...], book: Book) -> tuple[Event, ...]:
    """The events, and before the case ends or its resident leaves, the agent's end.

    Of an agent who left, it is the end with the next thing that happens: the resident is told.
    """
    agent, found = case.agency, list[Event]()
    for event in events:
        why = _outlived(event)
        if isinstance(event, AgencyEnded):
            agent = None
        elif agent is not None and why is not None:
            found.append(AgencyEnded(at=event.at, by=SYSTEM, person_id=agent.person_id, reason=why))
            agent = None
        found.append(event)
    if agent is not None and found and not _stays(agent, found[-1].at, book):
        found.append(_gone(agent, found[-1].at))
    return tuple(found)


def _outlived(event: Event) -> AgencyEnd | None:
    """Why no agent acts after the event; None where one still may."""
    match event:
        case Closed():
            return AgencyEnd.CASE_CLOSED
        case ResidentLeft(subject=subject) if subject == REPORTER:
            return AgencyEnd.WITHDRAWN
        case _:
            return None
