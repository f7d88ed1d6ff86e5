"""What fits where in the tree (rulebook §2): superiors of units, units of roles. Facts only."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.organisation import KINDS
from domain.words import Role, Stage, UnitKind

LEVELS = range(1, 4)
"""Levels of grids; a grid in a grid has the higher number."""

SUPERIORS: Mapping[UnitKind, tuple[UnitKind, ...]] = MappingProxyType(
    {
        UnitKind.CITY: (),
        UnitKind.DISTRICT: (UnitKind.CITY,),
        UnitKind.STREET: (UnitKind.DISTRICT,),
        UnitKind.TOWNSHIP: (UnitKind.DISTRICT,),
        UnitKind.COMMUNITY: (UnitKind.STREET, UnitKind.TOWNSHIP),
        UnitKind.VILLAGE: (UnitKind.STREET, UnitKind.TOWNSHIP),
        UnitKind.GRID: (UnitKind.COMMUNITY, UnitKind.VILLAGE, UnitKind.GRID),
        UnitKind.DEPARTMENT: (UnitKind.DISTRICT, UnitKind.CITY),
    }
)
MEDIATORS = (
    "party_veteran",
    "retired_official",
    "teacher",
    "group_leader",
    "lawyer",
    "police_officer",
    "social_worker",
)
_ABOVE_GRIDS = frozenset(UnitKind) - {UnitKind.GRID}
_OFFICES = _ABOVE_GRIDS - {UnitKind.COMMUNITY, UnitKind.VILLAGE}
SUITS: Mapping[Role, frozenset[UnitKind]] = MappingProxyType(
    {
        Role.FIRST_CONTACT_CLERK: frozenset(UnitKind),
        Role.GRID_WORKER: KINDS[Stage.GRID],
        Role.COMMUNITY_WORKER: KINDS[Stage.COMMUNITY],
        Role.STREET_COORDINATOR: KINDS[Stage.STREET],
        Role.DEPARTMENT_HANDLER: KINDS[Stage.DEPARTMENT],
        Role.MEDIATOR: frozenset(UnitKind),
        Role.SUPERVISOR: _ABOVE_GRIDS,
        Role.ADMINISTRATOR: _OFFICES,
        Role.AUDITOR: _OFFICES,
        Role.DATA_PROTECTION: _OFFICES,
    }
)
"""The kinds of unit a role may serve in."""

OVERSIGHT = frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR, Role.DATA_PROTECTION})
"""Roles that watch over others, give such posts or make the record forget: two people
give them, and nobody to themselves.

Were one administrator enough for another, one could be both of the two.
"""
