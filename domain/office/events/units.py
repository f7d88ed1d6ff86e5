"""Events of units and the borders of grids."""

from dataclasses import dataclass
from typing import Literal

from domain.office.events.base import ChangeRoot
from domain.office.facts import UnitChange, UnitFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAdded(UnitFacts, ChangeRoot):
    """A unit was put into the tree."""

    kind: Literal["office.unit_added"] = "office.unit_added"
    border: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChanged(UnitChange, ChangeRoot):
    """A unit got another name, setting or superior."""

    kind: Literal["office.unit_changed"] = "office.unit_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitClosed(ChangeRoot):
    """A unit was closed; `successor` answers wherever it is still named."""

    kind: Literal["office.unit_closed"] = "office.unit_closed"
    unit_id: str
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GridDrawn(ChangeRoot):
    """A grid got a border (``"longitude,latitude …"`` in microdegrees) and its households."""

    kind: Literal["office.grid_drawn"] = "office.grid_drawn"
    unit_id: str
    border: str
    households: int
