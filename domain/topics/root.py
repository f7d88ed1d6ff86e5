"""Who could settle a topic at its root: whose matter it is, and who is over all who had it."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from domain.catalogue import Item
from domain.organisation import Organisation
from domain.words import Belonging


class Because(StrEnum):
    """Why that unit."""

    RESPONSIBLE = "responsible"
    OVER_ALL = "over_all"
    ALONE = "alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settler:
    """The unit that could, and why it."""

    unit_id: str
    because: Because


def common_superior(units: Collection[str], organisation: Organisation) -> str | None:
    """The lowest unit at or above every one of them; None where there is none."""
    paths = [organisation.path(unit) for unit in sorted(units)]
    shared = set(paths[0]).intersection(*paths) if paths else set()
    return next((unit for unit in paths[0] if unit in shared), None) if paths else None


def settler(
    item: Item | None, units: Collection[str], organisation: Organisation
) -> Settler | None:
    """The responsible department, unless the catalogue says that it is the community's own matter:
    then the lowest unit over all that had the cases. None where neither is known.
    """
    if item is not None and item.belonging is not Belonging.COMMUNITY_OWN and item.department_id:
        return Settler(unit_id=item.department_id, because=Because.RESPONSIBLE)
    over = common_superior(units, organisation)
    if over is None:
        return None
    because = Because.ALONE if set(units) == {over} else Because.OVER_ALL
    return Settler(unit_id=over, because=because)
