"""Chapter R5: who may be called to help with a case, by whom, and until when it has to come."""

from domain import authority, clocks
from domain.book import Book
from domain.commands import Call, Summon
from domain.events import Event, Summoned
from domain.organisation import Post
from domain.refusals import Refused
from domain.state import Case, changed
from domain.state.whistle import Summons
from domain.values import By, Helper
from domain.words import ClockKind, Phase, Role, Stage, UnitKind, Urgency

OF_A_STREET = frozenset({Role.STREET_COORDINATOR, Role.SUPERVISOR})
"""Roles that summon for their street."""


def find(case: Case, summons_id: str) -> Summons:
    """The summons of that id, released or not."""
    found = next((s for s in case.summons if s.helper.summons_id == summons_id), None)
    if found is None:
        raise Refused("no_such_summons", "R5", summons=summons_id)
    return found


def put(case: Case, summons: Summons) -> Case:
    """The case with that summons in the place of its earlier state."""
    same = summons.helper
    return changed(case, summons=tuple(summons if s.helper == same else s for s in case.summons))


def summon(case: Case, command: Summon, book: Book) -> tuple[Event, ...]:
    """Call several helpers at once; stint, handler and handling clock stay as they are."""
    by = _summoner(case, command, book)
    authority.need_phase(case, "R5", Phase.IN_PROGRESS, Phase.SUSPENDED)
    if not command.calls:
        raise Refused("nobody_summoned", "R5")
    found: list[Event] = []
    for call in command.calls:
        event = _summoned(case, command, call, by, book)
        case = summoned(case, event)
        found.append(event)
    return tuple(found)


def _summoner(case: Case, command: Summon, book: Book) -> By:
    """The street in charge; for a community in charge the street over it, on its behalf."""
    stint = case.stint
    if stint.stage not in {Stage.STREET, Stage.COMMUNITY}:
        raise Refused("only_a_street_summons", "R5", stage=stint.stage)
    street = book.organisation.unit_of(stint.unit_id, Stage.STREET)

    def fits(post: Post) -> bool:
        handles = stint.stage is Stage.STREET and post.post_id == stint.post_id
        return handles or (post.unit_id == street and post.role in OF_A_STREET)

    return authority.acting(command, book, fits, f"a coordinator or supervisor of {street}")


def _summoned(case: Case, command: Summon, call: Call, by: By, book: Book) -> Summoned:
    hours = _hours_of(case, call, book)
    whistle = book.policies[case.policy].whistle
    span = whistle.urgent if case.urgency is Urgency.EMERGENCY else whistle.report_in
    clock = clocks.start(case, ClockKind.REPORT_IN, span, hours, command.at, book)
    number = len(case.summons) + 1
    return Summoned(
        at=command.at,
        by=by,
        helper=Helper(
            summons_id=f"summons-{number}", unit_id=call.unit_id, partner_id=call.partner_id
        ),
        text=command.text,
        asked=call.asked,
        address_shared=command.share_address,
        organisation=book.organisation.version,
        clocks=(clock,),
    )


def _hours_of(case: Case, call: Call, book: Book) -> str:
    """The unit by whose hours the helper's clock runs; refused when it cannot be called."""
    organisation = book.organisation
    unit_id, partner_id = call.unit_id, call.partner_id
    if (unit_id is None) == (partner_id is None):
        raise Refused("a_unit_or_a_partner", "R5")
    if any((s.helper.unit_id, s.helper.partner_id) == (unit_id, partner_id) for s in called(case)):
        raise Refused("already_summoned", "R5", helper=unit_id or partner_id or "")
    if partner_id is not None:
        partner = organisation.partner(partner_id)
        if partner is None:
            raise Refused("unknown_partner", "R5", partner=partner_id)
        return partner.unit_id
    unit = organisation.units.get(unit_id or "")
    superiors = organisation.path(case.stint.unit_id)
    if unit is None or unit.kind is not UnitKind.DEPARTMENT or unit.parent_id not in superiors:
        raise Refused("not_a_department_here", "R5", unit=unit_id or "")
    return unit.unit_id


def summoned(case: Case, event: Summoned) -> Case:
    """One more helper is called."""
    (clock,) = event.clocks
    summons = Summons(
        helper=event.helper,
        clock_id=clock.clock_id,
        by=event.by,
        address_shared=event.address_shared,
        summoned_at=event.at,
    )
    return clocks.set_clocks(changed(case, summons=(*case.summons, summons)), event.clocks)


def called(case: Case) -> tuple[Summons, ...]:
    """The helpers not yet released."""
    return tuple(s for s in case.summons if s.open)
