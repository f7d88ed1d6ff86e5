"""units.csv: the tree of units and what may hang on what (rulebook §2). Borders are elsewhere."""

from collections.abc import Mapping

from cli.town.tables import Keyed, Row, keyed, read_table
from domain.organisation import Unit
from domain.papers.findings import Findings, listed, quoted
from domain.structure import LEVELS, SUPERIORS
from domain.words import UnitKind

FILE = "units.csv"
COLUMNS = ("unit_id", "kind", "parent_id", "name", "setting", "level", "households")
HOUSEHOLDS = range(10_000_000)


def read_units(texts: Mapping[str, str], findings: Findings) -> Keyed[Unit]:
    """Every unit, with the tree checked."""
    units = keyed(read_table(FILE, texts, COLUMNS, findings), "unit_id", _unit, "unit")
    for row in units.rows.values():
        _check_exists(row, units)
    for unit in units.values.values():
        _check_superior(unit, units)
    _check_cities(units, findings)
    _check_circles(units)
    return units


def check_households(units: Keyed[Unit], households: tuple[int, int]) -> None:
    """Grids outside the policy's range are reported, never refused (§2)."""
    least, most = households
    for unit in units.values.values():
        if unit.kind is not UnitKind.GRID or unit.households is None:
            continue
        if not least <= unit.households <= most:
            units.rows[unit.unit_id].warning(
                f"grid {quoted(unit.unit_id)} has {unit.households} households; "
                f"the policy's range is {least} to {most}"
            )


def _unit(row: Row) -> Unit:
    kind = row.choice("kind", UnitKind)
    return Unit(
        unit_id=row["unit_id"],
        kind=kind,
        parent_id=row["parent_id"] or None,
        name=row.text("name"),
        setting=row.word("setting", ("urban", "rural")),
        level=_level(row, kind),
        households=_households(row, kind),
    )


def _level(row: Row, kind: UnitKind) -> int | None:
    if kind is UnitKind.GRID:
        return row.whole("level", LEVELS)
    if row["level"]:
        row.error(f"level is for grids; leave it empty for a {row['kind']}")
    return None


def _households(row: Row, kind: UnitKind) -> int | None:
    if not row["households"] and kind is not UnitKind.GRID:
        return None
    return row.whole("households", HOUSEHOLDS)


def _check_exists(row: Row, units: Keyed[Unit]) -> None:
    superior = row["parent_id"]
    if superior and units.lacks(superior):
        row.error(
            f"unit {quoted(row['unit_id'])} names superior {quoted(superior)}, which does not exist"
        )


def _check_superior(unit: Unit, units: Keyed[Unit]) -> None:
    row, allowed = units.rows[unit.unit_id], SUPERIORS[unit.kind]
    if unit.parent_id is None and allowed:
        row.error(
            f"unit {quoted(unit.unit_id)} names no superior; "
            f"a {unit.kind} belongs to a {' or '.join(allowed)}"
        )
    superior = units.values.get(unit.parent_id or "")
    if superior is not None:
        _check_kind(unit, superior, row)


def _check_kind(unit: Unit, superior: Unit, row: Row) -> None:
    allowed = SUPERIORS[unit.kind]
    what = f"{unit.kind} {quoted(unit.unit_id)} has superior {quoted(superior.unit_id)}"
    if not allowed:
        row.error(f"{what}; a city has none, leave parent_id empty")
    elif superior.kind not in allowed:
        row.error(f"{what}, a {superior.kind}; it must be a {' or '.join(allowed)}")
    elif superior.level is not None and superior.level >= (unit.level or 0):
        row.error(f"{what} of level {superior.level}; a grid in a grid has the higher level number")


def _check_cities(units: Keyed[Unit], findings: Findings) -> None:
    cities = [u.unit_id for u in units.values.values() if u.kind is UnitKind.CITY]
    broken = any(row.broken for row in units.rows.values())
    if units.whole and not cities and not broken:
        findings.error(FILE, None, "has no unit of kind city; the tree hangs on exactly one")
    for other in cities[1:]:
        first = units.rows[cities[0]].line
        units.rows[other].error(
            f"city {quoted(other)} is a second city beside the one on line {first}; keep one"
        )


def _check_circles(units: Keyed[Unit]) -> None:
    """Name each circle once, at the first of its lines."""
    done: set[str] = set()
    for start in units.values:
        path: list[str] = []
        at: str | None = start
        while at in units.values and at not in done and at not in path:
            path.append(at)
            at = units.values[at].parent_id
        if at in path:
            circle = [*path[path.index(at) :], at]
            first = min(circle, key=lambda unit: units.rows[unit].line)
            units.rows[first].error(
                f"units {listed(map(quoted, circle))} are each other's superiors in a circle; "
                "give one of them another superior"
            )
        done.update(path)
