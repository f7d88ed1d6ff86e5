"""What is shown of the board. Every number of cases has the address of its list beside it."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel

from api.models_named import Named


class Counts(BaseModel):
    """Open cases, all of them and by what is to be known of some. `yellow` are those with a card
    that are not overdue; `oldest_due` is the earliest time at which something was or is due.
    """

    open: int
    awaiting_acceptance: int
    yellow: int
    overdue: int
    suspended: int
    shelved: int
    oldest_due: datetime | None


class StageCounts(Counts):
    """Those at one rung."""

    stage: str
    words: str
    lists: Mapping[str, str]


class UnitCounts(Counts):
    """Those at a unit and all below it; `own` says that it is the unit itself, without those below.

    `stages` has the rungs at which any stands.
    """

    unit: Named
    kind: str
    own: bool
    stages: list[StageCounts]
    lists: Mapping[str, str]


class Board(BaseModel):
    """A unit's open cases at a moment: all, by stage from the lowest up, and by the units right
    below it and itself, those with the most overdue first. Both add up to all.
    """

    at: datetime
    unit: Named
    kind: str
    all: Counts
    lists: Mapping[str, str]
    stages: list[StageCounts]
    units: list[UnitCounts]
