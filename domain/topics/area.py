"""Which places a unit's topics lie in. No I/O."""

from dataclasses import dataclass
from typing import Literal

from domain.organisation import Organisation
from domain.words import Stage, UnitKind

By = Literal["community", "item"]
"""How topics are told apart: by item and community, or by item alone, wherever in the area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """`places` holds for each of `areas` the community it lies in, None where it is above them.

    `units` are the unit and all below it; `responsible` where it is a department, whose topics
    are those it is responsible for, wherever they are.
    """

    areas: tuple[str, ...]
    places: tuple[str | None, ...]
    units: tuple[str, ...]
    responsible: bool


def area(unit_id: str, organisation: Organisation) -> Area:
    """The area of a unit of the tree."""
    units = organisation.subtree(unit_id)
    responsible = organisation.units[unit_id].kind is UnitKind.DEPARTMENT
    found = [
        each
        for each in (organisation.units if responsible else units)
        if organisation.units[each].kind is not UnitKind.DEPARTMENT
    ]
    places = tuple(organisation.unit_of(each, Stage.COMMUNITY) for each in found)
    return Area(areas=tuple(found), places=places, units=units, responsible=responsible)
