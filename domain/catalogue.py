"""The responsibility catalogue: what a matter is, whose it is, where it starts (R3.1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.words import Belonging, DeadlineClass, Stage

OTHER = "其他"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One kind of matter. `skips_rungs` allows an escalation past the next rung (R4.3).

    A retired item takes no new case; the open ones keep it.
    """

    item_id: str
    class_id: str
    class_name: str
    name: str
    belonging: Belonging
    owner_level: Stage
    department_id: str
    first_rung: Stage
    deadline: DeadlineClass
    evidence: bool
    skips_rungs: bool
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One version of the catalogue."""

    version: str
    items: Mapping[str, Item]

    @property
    def unsure(self) -> Item | None:
        """What a matter goes under that its resident cannot name: the item called "other"."""
        live = (item for item in self.items.values() if not item.retired)
        return next((item for item in live if item.name.startswith(OTHER)), None)
