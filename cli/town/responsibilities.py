"""catalogue.csv: what a matter is, whose it is, where it starts (R3.1)."""

from collections.abc import Mapping

from cli.town.tables import Keyed, Row, keyed, read_table
from domain.catalogue import Item
from domain.organisation import Unit
from domain.papers.findings import Findings, quoted
from domain.words import Belonging, DeadlineClass, Stage, UnitKind

FILE = "catalogue.csv"
COLUMNS = (
    "item_id",
    "class_id",
    "class_name",
    "item_name",
    "belonging",
    "owner_level",
    "department_id",
    "first_rung",
    "deadline_class",
    "evidence",
    "skips_rungs",
)


def read_items(
    texts: Mapping[str, str], units: Keyed[Unit], findings: Findings
) -> Mapping[str, Item]:
    """Every catalogue item, its department checked against the units."""
    classes: dict[str, tuple[str, int]] = {}

    def item(row: Row) -> Item:
        _check_department(row, units)
        _check_class(row, classes)
        return Item(
            item_id=row["item_id"],
            class_id=row["class_id"],
            class_name=row["class_name"],
            name=row.text("item_name"),
            belonging=row.choice("belonging", Belonging),
            owner_level=_rung(row, "owner_level"),
            department_id=row["department_id"],
            first_rung=_rung(row, "first_rung"),
            deadline=row.choice("deadline_class", DeadlineClass),
            evidence=row.yes("evidence"),
            skips_rungs=row.yes("skips_rungs"),
        )

    table = read_table(FILE, texts, COLUMNS, findings)
    items = keyed(table, "item_id", item, "item")
    if items.whole and not items.rows:
        findings.error(FILE, None, "has no item; without one no case can be registered")
    return items.values


def _rung(row: Row, column: str) -> Stage:
    """A rung that handles cases; first contact is where they come from, not where they go."""
    stage = row.choice(column, Stage)
    if row[column] == Stage.FIRST_CONTACT:
        row.error(f"{column} cannot be first_contact; use grid, community, street or department")
    return stage


def _check_department(row: Row, units: Keyed[Unit]) -> None:
    department, item = row["department_id"], f"item {quoted(row['item_id'])}"
    if not department:
        row.error(f"{item} has no department; name the one responsible in department_id")
    elif units.lacks(department):
        row.error(f"{item} names department {quoted(department)}, which does not exist")
    unit = units.values.get(department)
    if unit is not None and unit.kind is not UnitKind.DEPARTMENT:
        row.error(f"{item} names {quoted(department)}, a {unit.kind}; it must be a department")


def _check_class(row: Row, classes: dict[str, tuple[str, int]]) -> None:
    """One class, one name: a class spelt two ways would be counted as one and shown as two."""
    class_id, name = row.ident("class_id"), row.text("class_name")
    known, line = classes.setdefault(class_id, (name, row.line))
    if class_id and known != name:
        row.error(
            f"class {quoted(class_id)} is named {quoted(name)} here and {quoted(known)} "
            f"on line {line}; use one name"
        )
