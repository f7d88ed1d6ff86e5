"""Chapter R1: whoever receives the resident registers the case and owns the reception."""

from dataclasses import replace

from domain import (
    authority,
    clocks,
    declining,
    joining,
    ladder,
    officers,
    proactive,
    questions,
    reclassifying,
    recurrences,
    routing,
)
from domain.book import Book
from domain.catalogue import Item
from domain.commands import (
    Decline,
    FirstContactCommand,
    HandOver,
    Reclassify,
    Register,
    ReplaceOfficer,
    ReviewDecline,
)
from domain.events import (
    Declined,
    DeclineReviewed,
    Event,
    FirstContactEvent,
    HandedOver,
    OfficerLeft,
    OfficerReplaced,
    Reclassified,
    Registered,
)
from domain.organisation import Post
from domain.refusals import Refused
from domain.routing import Desk
from domain.state import Case, changed
from domain.state.disputes import Dispute
from domain.state.proactive import Origin
from domain.values import RESIDENT, By, Clock, External, Party, Reporter, Versions
from domain.words import (
    UNATTENDED,
    ActorKind,
    CaseType,
    ClockKind,
    DeadlineClass,
    LeftWhy,
    Phase,
    Stage,
    Urgency,
)


def decide(case: Case, command: FirstContactCommand, book: Book) -> tuple[Event, ...]:
    """The chapter's decisions."""
    match command:
        case Register():
            return register(case, command, book)
        case HandOver():
            return hand_over(case, command, book)
        case Decline():
            return declining.decline(case, command, book)
        case ReviewDecline():
            return declining.review_decline(case, command, book)
        case ReplaceOfficer():
            return officers.replace_officer(case, command, book)
        case Reclassify():
            return reclassifying.reclassify(case, command, book)


def evolve(case: Case, event: FirstContactEvent) -> Case:  # noqa: PLR0911 - one line for each event
    """The chapter's events."""
    match event:
        case Registered():
            return registered(case, event)
        case HandedOver():
            return case.with_stint(left_why=LeftWhy.HANDED_OVER)
        case Declined():
            return declining.declined(case, event)
        case DeclineReviewed():
            return declining.reviewed(case, event)
        case OfficerReplaced():
            return officers.officer_replaced(case, event)
        case OfficerLeft():
            return questions.opened(case, event.question, event.clocks)
        case Reclassified():
            return reclassifying.reclassified(case, event)


def register(case: Case, command: Register, book: Book) -> tuple[Event, ...]:
    """Open the case: at once in the officer's hands, or waiting at the channel's duty desk."""
    if case.opened:
        raise Refused("case_exists", "R1.1", case=case.case_id)
    if command.case_type is CaseType.DISPUTE and not command.parties:
        raise Refused("parties_missing", "R7.1")
    if command.case_type is CaseType.REQUEST and command.parties:
        raise Refused("parties_of_a_request", "R7.1")
    proactive.need_own_visit(command, book)
    if command.source is not None and command.actor.kind is not ActorKind.IMPORTER:
        raise Refused("importer_only", "R1.1", forbidden=True)
    item = routing.item(command.item_id, book)
    by, officer, desk = _reception(command, book)
    opened = _registered(case, command, book, item, by, officer)
    after = registered(case, opened)
    clocks_set = _case_clocks(after, command, book)
    opened = replace(opened, clocks=clocks_set)
    after = registered(case, opened)
    accepted = by is not RESIDENT
    arrival = ladder.arrival(after, desk, command.at, by, book, accepted=accepted)
    many = joining.mass(ladder.arrived(after, arrival), command.at, book)
    return opened, arrival, *many, *recurrences.again(after, command, book)


def _reception(command: Register, book: Book) -> tuple[By, By, Desk]:
    """Who registers, who is the officer, and whose desk the case lands on (R1.1, R1.2)."""
    if command.actor.kind is ActorKind.RESIDENT:
        post = _duty_post(command, book)
        desk = routing.duty_desk(post, command.at)
        officer = By(person_id=desk.person_id, post_id=desk.post_id, unit_id=desk.unit_id)
        return RESIDENT, officer, desk
    by = authority.receiver(command, book)
    post = book.organisation.posts[by.post_id or ""]
    return by, by, replace(routing.duty_desk(post, command.at), person_id=by.person_id)


def _duty_post(command: Register, book: Book) -> Post:
    if command.channel not in UNATTENDED:
        raise Refused("channel_needs_staff", "R1.2", forbidden=True, channel=command.channel)
    post = book.organisation.posts.get(book.organisation.duty.get(command.channel, ""))
    if post is not None and post.holder(command.at) is None:
        post = routing.clerk_near(post.unit_id, command.at, book)
    if post is None:
        raise Refused("no_duty_clerk", "R1.2", channel=command.channel)
    return post


def _registered(
    case: Case, command: Register, book: Book, item: Item, by: By, officer: By
) -> Registered:
    urgent = item.deadline is DeadlineClass.URGENT
    return Registered(
        at=command.at,
        by=by,
        case_id=case.case_id,
        case_type=command.case_type,
        channel=command.channel,
        item_id=item.item_id,
        class_id=item.class_id,
        title=command.title,
        text=command.text,
        urgency=Urgency.EMERGENCY if urgent else command.urgency,
        deadline=item.deadline,
        department_id=item.department_id,
        location=routing.locate(command.place, book.organisation),
        reporter=_reporter(command),
        parties=tuple(
            Party(subject=f"party-{number}", name=party.name, phone=party.phone)
            for number, party in enumerate(command.parties, start=1)
        ),
        officer=officer,
        receipt_hash=command.receipt_hash,
        versions=_versions(book),
        external=_external(command),
        residents=proactive.residents(command),
        proactive=proactive.unasked(command),
        informant=command.informant,
        visit_id=command.visit_id,
        evidence=command.evidence,
    )


def _reporter(command: Register) -> Reporter:
    reporter = command.reporter
    return Reporter(name=reporter.name, phone=reporter.phone, lookup=command.reporter_lookup)


def _versions(book: Book) -> Versions:
    return Versions(
        policy=book.policy,
        catalogue=book.catalogue.version,
        organisation=book.organisation.version,
        calendar=book.calendar.version,
    )


def _external(command: Register) -> External | None:
    source = command.source
    if source is None:
        return None
    return External(
        system=source.system,
        reference=source.reference,
        status=source.status,
        channel=source.channel,
    )


def _case_clocks(case: Case, command: Register, book: Book) -> tuple[Clock, ...]:
    """The resident's own clock (R6.3)."""
    policy, unit_id, at = book.policies[case.policy], case.officer.unit_id or "", command.at
    found: list[Clock] = []
    promised = command.source.promised_at if command.source else None
    span = policy.resolution(case.urgency)
    if promised is not None:
        kind = ClockKind.RESIDENT
        found.append(clocks.start_until(case, kind, promised, unit_id, at, book))
    elif span is not None:
        found.append(clocks.start(case, ClockKind.RESIDENT, span, unit_id, at, book))
    return tuple(found)


def registered(case: Case, event: Registered) -> Case:
    """The case exists."""
    opened = changed(
        case,
        case_type=event.case_type,
        channel=event.channel,
        item_id=event.item_id,
        class_id=event.class_id,
        urgency=event.urgency,
        deadline=event.deadline,
        department_id=event.department_id,
        location=event.location,
        officer=event.officer,
        parties=tuple(party.subject for party in event.parties),
        alone=event.by.person_id == RESIDENT.person_id,
        dispute=Dispute() if event.case_type is CaseType.DISPUTE else None,
        receipt_hash=event.receipt_hash,
        anonymous=not event.reporter.lookup,
        policy=event.versions.policy,
        opened_at=event.at,
        last_at=event.at,
        merging=changed(case.merging, own=event.residents, residents=event.residents),
        origin=Origin(
            proactive=event.proactive, informant=event.informant, visit_id=event.visit_id
        ),
    )
    return clocks.set_clocks(opened, event.clocks)


def hand_over(case: Case, command: HandOver, book: Book) -> tuple[Event, ...]:
    """Hand the case to the rung the catalogue names (R1.3)."""
    by = authority.in_charge(case, command, book)
    if case.stage is not Stage.FIRST_CONTACT:
        raise Refused("not_at_first_contact", "R1.3", stage=case.stage)
    authority.need_phase(case, "R1.3", Phase.IN_PROGRESS)
    desk = routing.above(case, command.at, book)
    if desk is None:
        raise Refused("no_one_in_charge", "R4.4", department=case.department_id)
    handed = HandedOver(at=command.at, by=by, text=command.text)
    return handed, ladder.arrival(case, desk, command.at, by, book)
