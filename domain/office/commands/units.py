"""Commands about units and the borders of grids."""

from dataclasses import dataclass
from typing import Literal

from domain.office.commands.base import OfficeAsked
from domain.office.facts import UnitChange, UnitFacts
from domain.organisation import Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUnit(UnitFacts, OfficeAsked):
    """Put a unit under another; a grid comes with its border, level and households."""

    kind: Literal["add_unit"] = "add_unit"
    border: Ring = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeUnit(UnitChange, OfficeAsked):
    """Give a unit another name, setting or superior; None leaves as it is."""

    kind: Literal["change_unit"] = "change_unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseUnit(OfficeAsked):
    """Close a unit; the successor takes its posts, its units and its open cases."""

    kind: Literal["close_unit"] = "close_unit"
    unit_id: str
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawGrid(OfficeAsked):
    """Set a grid's border and its number of households."""

    kind: Literal["draw_grid"] = "draw_grid"
    unit_id: str
    border: Ring
    households: int
