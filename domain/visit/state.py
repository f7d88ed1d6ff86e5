"""The state of one visit's record, folded from its events. Values only."""

from dataclasses import dataclass
from datetime import datetime

from domain.state import NOBODY
from domain.values import Area, By
from domain.words.visit import Occasion

NOWHERE = Area(grid_id=None, community_id=None, street_id=None)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Everything a decision needs to know of a visit; no texts.

    `cases` are those it opens, `unopened` the ones that were refused, each with the code.
    """

    visit_id: str
    version: int = 0
    visitor: By = NOBODY
    occasion: Occasion = Occasion.IN_NEED
    visited_at: datetime | None = None
    recorded_at: datetime | None = None
    last_at: datetime | None = None
    area: Area = NOWHERE
    met: int = 0
    cases: tuple[str, ...] = ()
    unopened: tuple[tuple[str, str], ...] = ()
    amended: int = 0
    erased: tuple[str, ...] = ()
    policy: str = ""

    @property
    def unit_id(self) -> str:
        """The narrowest unit known of its place."""
        return narrowest(self.area)


def narrowest(area: Area) -> str:
    """The narrowest unit of an area; empty for none."""
    return area.grid_id or area.community_id or area.street_id or ""
