"""How many open cases stand where: by unit and stage for the board, by place for the map. Reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

import orjson

from domain.words import Stage
from store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Open cases. `yellow` are those with a card that are not overdue; `oldest` is the earliest
    time at which something was or is due, None where nothing is owed.
    """

    open: int = 0
    waiting: int = 0
    yellow: int = 0
    overdue: int = 0
    suspended: int = 0
    shelved: int = 0
    oldest: datetime | None = None

    def __add__(self, other: "Count") -> "Count":
        due = [at for at in (self.oldest, other.oldest) if at is not None]
        sums = {name: getattr(self, name) + getattr(other, name) for name in NUMBERS}
        return Count(oldest=min(due, default=None), **sums)


NUMBERS = tuple(each.name for each in fields(Count) if each.name != "oldest")
Cells = Mapping[tuple[str, Stage], Count]
"""By unit and stage."""

_COUNTS = """count(*) as open,
 count(*) filter (where phase = 'awaiting_acceptance') as waiting,
 count(*) filter (where yellow_at <= $1 and overdue_at > $1) as yellow,
 count(*) filter (where overdue_at <= $1) as overdue,
 count(*) filter (where phase = 'suspended') as suspended,
 count(*) filter (where phase = 'shelved') as shelved, min(overdue_at) as oldest"""
# Units first, then those they are summed to: a case is looked at once, in the index alone.
_BOARD = """select m.root, g.stage, {sums}, min(g.oldest) as oldest from (
 select unit_id, stage, {counts} from cases where closed_at is null {which} group by 1, 2) g
 join (select r.key as root, u.unit_id from jsonb_each($2::jsonb) r,
  jsonb_array_elements_text(r.value) u(unit_id)) m using (unit_id) group by 1, 2"""
_SUMS = ", ".join(f"sum(g.{name})::bigint as {name}" for name in NUMBERS)
EVERYWHERE = _BOARD.format(sums=_SUMS, counts=_COUNTS, which="")
THERE = _BOARD.format(sums=_SUMS, counts=_COUNTS, which="and unit_id = any($3)")
AREAS = """select area, count(*) as open, count(*) filter (where overdue_at <= $1) as overdue
 from cases where closed_at is null and area = any($2) group by 1"""


async def cells(
    connection: Connection,
    at: datetime,
    below: Mapping[str, Sequence[str]],
    *,
    everywhere: bool = False,
) -> Cells:
    """The open cases at each of these units and all `below` it; `everywhere` for a whole town."""
    # As JSON: a city's thousands of units as an array take as long to send as to count.
    members = orjson.dumps({root: [*units] for root, units in below.items()}).decode()
    if everywhere:
        rows = await connection.fetch(EVERYWHERE, at, members)
    else:
        units = [each for units in below.values() for each in units]
        rows = await connection.fetch(THERE, at, members, units)
    return {
        (row["root"], Stage(row["stage"])): Count(
            **{name: row[name] for name in (*NUMBERS, "oldest")}
        )
        for row in rows
    }


async def areas(connection: Connection, at: datetime, units: Sequence[str]) -> dict[str, Count]:
    """The open cases that lie in each of these units, and in none below it that is known."""
    rows = await connection.fetch(AREAS, at, list(units))
    return {row["area"]: Count(open=row["open"], overdue=row["overdue"]) for row in rows}
