"""Asking for an admission: by whom, for what, for which communities, and who decides (R3.2)."""

from dataclasses import replace

from domain import authority, routing
from domain.admission import approval
from domain.admission.commands import ApplyForAdmission
from domain.admission.events import AdmissionApplied, AdmissionEvent
from domain.admission.state import Admission
from domain.book import Book
from domain.catalogue import Item
from domain.organisation import KINDS, Organisation, Post, Unit
from domain.refusals import Refused
from domain.values import By, Versions
from domain.words import Belonging, Role, Stage, UnitKind

STREETS = KINDS[Stage.STREET]
APPLICANTS = STREETS | KINDS[Stage.DEPARTMENT]
SPEAKING = frozenset({Role.STREET_COORDINATOR, Role.DEPARTMENT_HANDLER, Role.SUPERVISOR})
APPROVERS = frozenset({UnitKind.DISTRICT, UnitKind.CITY})
HOLDING = KINDS[Stage.COMMUNITY] | STREETS | APPROVERS
"""What an admission may be for: a community, or all of a superior's."""


def apply(
    admission: Admission, command: ApplyForAdmission, book: Book
) -> tuple[AdmissionEvent, ...]:
    """A street asks for communities of its own, a department for those where it is responsible."""
    by = _applicant(command, book)
    if admission.applied_at is not None:
        raise Refused("admission_exists", "R3.2", admission=admission.admission_id)
    item = routing.item(command.item_id, book)
    _need_item(item, by, book.organisation)
    units = tuple(sorted(set(command.units)))
    _need_units(units, by, book.organisation)
    _need_terms(command)
    over = approving_unit(units, book.organisation)
    fresh = replace(admission, policy=book.policy)
    question, clock = approval.ask(fresh, over, command.at, book, frozenset({by.person_id}))
    applied = AdmissionApplied(
        at=command.at,
        by=by,
        item_id=item.item_id,
        units=units,
        valid_from=command.valid_from,
        valid_until=command.valid_until,
        authority=command.authority,
        yearly=command.yearly,
        reason=command.reason,
        approver_unit=over,
        versions=_versions(book),
        question=question,
        clocks=(clock,),
    )
    return (applied,)


def _applicant(command: ApplyForAdmission, book: Book) -> By:
    return authority.acting(
        command,
        book,
        lambda post: speaks(post, book.organisation),
        "a deciding post of a street or a department",
    )


def speaks(post: Post, organisation: Organisation) -> bool:
    """Whether an admission can be asked for at that post."""
    unit = organisation.units.get(post.unit_id)
    return post.role in SPEAKING and unit is not None and unit.kind in APPLICANTS


def reach(unit: Unit) -> str:
    """Over which communities a street or a department may ask: those below this unit."""
    return unit.unit_id if unit.kind in STREETS else unit.parent_id or unit.unit_id


def concerns(item: Item, unit: Unit) -> bool:
    """Whether a street or a department may ask for that item at all."""
    if item.belonging is Belonging.COMMUNITY_OWN:
        return False
    return unit.kind in STREETS or item.department_id == unit.unit_id


def _need_item(item: Item, by: By, organisation: Organisation) -> None:
    """Refuse what is the community's own, and to a department what is another's."""
    if item.belonging is Belonging.COMMUNITY_OWN:
        raise Refused("community_own", "R3.2", item=item.item_id)
    if not concerns(item, organisation.units[by.unit_id or ""]):
        raise Refused("not_responsible", "R3.1", item=item.item_id, department=item.department_id)


def _need_units(units: tuple[str, ...], by: By, organisation: Organisation) -> None:
    """Refuse units that hold no communities, and those of others."""
    if not units:
        raise Refused("units_missing", "R3.2")
    over = reach(organisation.units[by.unit_id or ""])
    for unit_id in units:
        unit = organisation.units.get(unit_id)
        if unit is None or unit.kind not in HOLDING:
            raise Refused("not_a_community", "R3.2", unit=unit_id)
        if over not in organisation.path(unit_id):
            raise Refused("outside_reach", "R3.2", unit=unit_id, reach=over)


def _need_terms(command: ApplyForAdmission) -> None:
    if command.valid_until <= command.valid_from:
        raise Refused("period_empty", "R3.2")
    if command.valid_until <= command.at:
        raise Refused("period_over", "R3.2", until=command.valid_until.isoformat())
    if command.yearly < 0:
        raise Refused("money_negative", "R3.2", fen=str(command.yearly))


def approving_unit(units: tuple[str, ...], organisation: Organisation) -> str:
    """The lowest district or city over all the units; the top of a tree that has none."""
    common = routing.common_superior(units, organisation) or units[0]
    path = organisation.path(common)
    return next((u for u in path if organisation.units[u].kind in APPROVERS), path[-1])


def _versions(book: Book) -> Versions:
    return Versions(
        policy=book.policy,
        catalogue=book.catalogue.version,
        organisation=book.organisation.version,
        calendar=book.calendar.version,
    )


def applied(admission: Admission, event: AdmissionApplied) -> Admission:
    """The application is in, and somebody is asked."""
    return approval.asked(
        replace(
            admission,
            item_id=event.item_id,
            units=event.units,
            valid_from=event.valid_from,
            valid_until=event.valid_until,
            ends_at=event.valid_until,
            yearly=event.yearly,
            applicant=event.by,
            approver_unit=event.approver_unit,
            policy=event.versions.policy,
            applied_at=event.at,
        ),
        event,
    )
