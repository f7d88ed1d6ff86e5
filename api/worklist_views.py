"""One line of the worklist, drawn from its row; masked as all staff see it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api import words
from api.models_named import Named
from api.models_worklist import DutyView, RowView
from domain import masking
from domain.book import Book
from domain.organisation import Organisation
from store.owed import Owed


def row_view(
    row: Mapping[str, Any], book: Book, at: datetime, owers: Sequence[str] | None = None
) -> RowView:
    """One line; with `owers` its duty is the first of theirs."""
    organisation = book.organisation
    item = words.item_name(row["item_id"], book.catalogue)
    overdue = row["closed_at"] is None and row["overdue_at"] and row["overdue_at"] <= at
    return RowView.model_validate(
        {
            **row,
            "title": masking.text(row["title"]) or item,
            "item": Named(id=row["item_id"], name=item),
            "unit": _unit(row["unit_id"], organisation),
            "handler": _person(row["person_id"], organisation),
            "overdue": bool(overdue),
            "duty": _first(row.get("owed", ()), organisation, owers),
        }
    )


def _first(
    duties: Sequence[Owed], organisation: Organisation, owers: Sequence[str] | None
) -> DutyView | None:
    """Duties stand in the order in which they break."""
    theirs = (duty for duty in duties if owers is None or not set(owers).isdisjoint(duty["by"]))
    duty = next(theirs, None)
    if duty is None:
        return None
    unit, person = duty["unit_id"], duty["person_id"]
    return DutyView(
        kind=duty["kind"],
        unit=_unit(unit, organisation) if unit else None,
        person=_person(person, organisation) if person else None,
        due_at=duty["due_at"],
        yellow=duty["yellow"],
        red=duty["red"],
    )


def _unit(unit_id: str, organisation: Organisation) -> Named:
    return Named(id=unit_id, name=words.unit_name(unit_id, organisation))


def _person(person_id: str, organisation: Organisation) -> Named:
    return Named(id=person_id, name=words.person_name(person_id, organisation))
