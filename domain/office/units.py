"""§2: the tree of units and the borders of grids."""

from domain.office import authority, changes, timing
from domain.office.commands import AddUnit, ChangeUnit, CloseUnit, DrawGrid
from domain.office.events import GridDrawn, OfficeEvent, UnitAdded, UnitChanged, UnitClosed
from domain.office.records import NOTHING, Records
from domain.office.stating import change
from domain.organisation import Organisation, Ring, Unit
from domain.refusals import Refused
from domain.structure import LEVELS, SUPERIORS
from domain.words import UnitKind

CORNERS = range(3, 5_001)
EXTENT = 2_000_000
"""The widest a grid may be, in microdegrees (about 200 km)."""


def add_unit(command: AddUnit, records: Records) -> tuple[OfficeEvent, ...]:
    """Put a unit into the tree, where its kind may hang."""
    by = authority.over(command, records, command.parent_id)
    at = timing.effective(command, records)
    organisation = records.organisation_at(at)
    if command.unit_id in organisation.units or _planned(command.unit_id, records):
        raise Refused("unit_exists", "§2", unit=command.unit_id)
    unit = Unit(
        unit_id=command.unit_id,
        kind=command.unit_kind,
        parent_id=command.parent_id,
        name=command.name,
        setting=command.setting,
        level=command.level,
        households=command.households,
    )
    _need_place(unit, organisation)
    _need_grid(command)
    if command.border:
        _need_border(command.border, records)
    event = change(UnitAdded, command, by, at, border=changes.text_of(command.border))
    return timing.settled(event, records)


def _planned(unit_id: str, records: Records) -> bool:
    added = (p.event for p in records.planned if isinstance(p.event, UnitAdded))
    return any(event.unit_id == unit_id for event in added)


def _need_place(unit: Unit, organisation: Organisation) -> None:
    """Refuse a superior that is not there, or under which such a unit cannot hang."""
    parent = open_unit(unit.parent_id or "", organisation)
    if parent.kind not in SUPERIORS[unit.kind]:
        raise Refused("kind_does_not_fit", "§2", kind=unit.kind, under=parent.kind)
    if parent.level is not None and parent.level >= (unit.level or 0):
        raise Refused("level_does_not_fit", "§2", level=str(unit.level), under=str(parent.level))


def _need_grid(command: AddUnit) -> None:
    """Level, households and border belong to a grid, and to nothing else."""
    facts = (command.level in LEVELS, command.households is not None, bool(command.border))
    if command.unit_kind is UnitKind.GRID and not all(facts):
        raise Refused("grid_incomplete", "§2", needs="level 1 to 3, households, border")
    if command.unit_kind is not UnitKind.GRID and (command.level is not None or command.border):
        raise Refused("not_a_grid", "§2", kind=command.unit_kind)


def change_unit(command: ChangeUnit, records: Records) -> tuple[OfficeEvent, ...]:
    """Another name, another setting, another place in the tree."""
    superiors = filter(None, (command.unit_id, command.parent_id))
    by = authority.over(command, records, *superiors)
    at = timing.effective(command, records)
    organisation = records.organisation_at(at)
    unit = open_unit(command.unit_id, organisation)
    event = change(UnitChanged, command, by, at)
    after = changes.organisation(organisation, [event])
    if after.units[unit.unit_id] == unit:
        raise Refused("nothing_changes", "§2", unit=unit.unit_id)
    if command.parent_id is not None:
        _need_place(after.units[unit.unit_id], organisation)
    return timing.settled(event, records)


def close_unit(command: CloseUnit, records: Records) -> tuple[OfficeEvent, ...]:
    """Close a unit that is empty, or whose successor takes over everything."""
    named = filter(None, (command.unit_id, command.successor))
    by = authority.over(command, records, *named)
    at = timing.effective(command, records)
    organisation = records.organisation_at(at)
    unit = open_unit(command.unit_id, organisation)
    if unit.parent_id is None:
        raise Refused("top_of_the_tree", "§2", unit=unit.unit_id)
    if command.successor is None:
        _need_empty(unit, organisation, records)
    else:
        _need_successor(unit, command.successor, organisation)
    return timing.settled(change(UnitClosed, command, by, at), records)


def _need_empty(unit: Unit, organisation: Organisation, records: Records) -> None:
    units = [u for u in organisation.units.values() if u.parent_id == unit.unit_id]
    inside = sum(not u.closed for u in units)
    posts = organisation.posts_in(unit.unit_id)
    valid = sum(p.valid_until is None or p.valid_until > records.now for p in posts)
    cases = records.unit_work.get(unit.unit_id, NOTHING).in_charge
    items = records.book.catalogue.items.values()
    kept = sum(item.department_id == unit.unit_id and not item.retired for item in items)
    if inside or valid or cases or kept:
        raise Refused(
            "unit_in_use",
            "§2",
            units=str(inside),
            posts=str(valid),
            cases=str(cases),
            items=str(kept),
        )


def _need_successor(unit: Unit, successor: str, organisation: Organisation) -> None:
    found = open_unit(successor, organisation)
    if successor in organisation.subtree(unit.unit_id):
        raise Refused("successor_inside", "§2", unit=unit.unit_id, successor=successor)
    if found.kind is not unit.kind or found.level != unit.level:
        raise Refused("successor_of_other_kind", "§2", kind=unit.kind, successor=found.kind)


def draw_grid(command: DrawGrid, records: Records) -> tuple[OfficeEvent, ...]:
    """Set where a grid ends and how many households it has."""
    by = authority.over(command, records, command.unit_id)
    at = timing.effective(command, records)
    unit = open_unit(command.unit_id, records.organisation_at(at))
    if unit.kind is not UnitKind.GRID:
        raise Refused("not_a_grid", "§2", kind=unit.kind)
    _need_border(command.border, records)
    event = change(GridDrawn, command, by, at, border=changes.text_of(command.border))
    return timing.settled(event, records)


def _need_border(border: Ring, records: Records) -> None:
    """Refuse what encloses no area, what is too large, and what is another grid's already."""
    if len(border) not in CORNERS:
        raise Refused("border_unusable", "§2", corners=str(len(border)))
    if _extent(border) > EXTENT:
        raise Refused("border_too_large", "§2", most=str(EXTENT))
    drawing = records.drawing
    if drawing.fault:
        raise Refused("border_unusable", "§2", fault=drawing.fault)
    if drawing.overlaps:
        raise Refused("borders_overlap", "§2", grids=", ".join(drawing.overlaps))


def drawable(border: Ring) -> bool:
    """Whether the border is small enough for geometry to look at."""
    return len(border) in CORNERS and _extent(border) <= EXTENT


def _extent(border: Ring) -> int:
    xs, ys = [x for x, _ in border], [y for _, y in border]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def open_unit(unit_id: str, organisation: Organisation) -> Unit:
    """The unit, or a refusal of one that is not there or closed."""
    unit = organisation.units.get(unit_id)
    if unit is None:
        raise Refused("unknown_unit", "§2", unit=unit_id)
    if unit.closed:
        raise Refused("unit_closed", "§2", unit=unit_id)
    return unit
