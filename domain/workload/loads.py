"""Open cases of units and posts at a moment, and of all below a unit. No I/O."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from domain.organisation import Organisation
from domain.words import UnitKind
from domain.workload.fence import Fence, beyond, fence
from domain.workload.staff import HANDLER, handlers


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Open cases: how many are in charge of somebody, wait for acceptance, are overdue."""

    in_charge: int = 0
    waiting: int = 0
    overdue: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(
            in_charge=self.in_charge + other.in_charge,
            waiting=self.waiting + other.waiting,
            overdue=self.overdue + other.overdue,
        )


Loads = Mapping[tuple[str, str], Load]
"""By unit and post."""
NO_LOAD = Load()


def total(loads: Iterable[Load]) -> Load:
    """All of them together."""
    return sum(loads, NO_LOAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Units held against each other: of one kind, urban or rural, with people who work there."""

    kind: UnitKind
    setting: str
    loads: Mapping[str, Fraction]
    fence: Fence

    @property
    def beyond(self) -> list[str]:
        """Those that carry far more a head than the others."""
        return beyond(self.loads, self.fence)


def by_unit(loads: Loads) -> dict[str, Load]:
    """Of each unit itself."""
    found: dict[str, Load] = {}
    for (unit_id, _), load in loads.items():
        found[unit_id] = found.get(unit_id, NO_LOAD) + load
    return found


def groups(loads: Loads, organisation: Organisation, at: datetime) -> list[Group]:
    """Every unit of the town by its like; open cases for each person who is there to work on them.

    Who has nobody at all is missing people, not overloaded.
    """
    of_units = by_unit(loads)
    found: dict[tuple[UnitKind, str], dict[str, Fraction]] = {}
    for unit in organisation.units.values():
        people = () if unit.closed or unit.kind not in HANDLER else handlers(unit, organisation, at)
        if people:
            cases = of_units.get(unit.unit_id, NO_LOAD).in_charge
            found.setdefault((unit.kind, unit.setting), {})[unit.unit_id] = Fraction(
                cases, len(people)
            )
    return [
        Group(kind=kind, setting=setting, loads=each, fence=fence(list(each.values())))
        for (kind, setting), each in sorted(found.items())
    ]
