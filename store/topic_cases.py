"""One topic's cases: page by page, on the map, what they cost and who had them. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store import cursors
from store.database import Connection
from store.topics import Key, Row, Scope

_MINE = "item_id = $7 and place = $8"
_SEEN = """($9::text[] is null or exists (
 select from case_units u where u.case_id = base.case_id and u.unit_id = any($9)))"""
VOICES = "count(distinct lookup) filter (where lookup <> '') + count(*) filter (where lookup = '')"
PAGE = f"""select * from base where {_MINE} and {_SEEN}
 and ($10::text[] is null or case_id = any($10))
 and ($11::timestamptz is null or (opened_at, case_id) < ($11, $12))
 order by opened_at desc, case_id desc limit $13"""  # noqa: S608 - constants
UNSEEN = f"select count(*) from base where {_MINE} and not {_SEEN}"  # noqa: S608 - constants
COSTS = f""", mine as (select case_id from base where {_MINE} and not proactive)
select count(*) filter (where kind = 'case.escalated') as escalations,
 count(*) filter (where kind = 'helper.summoned') as helpers,
 count(distinct case_id) filter (where kind = 'case.recurred') as recurrences
from mine join events using (case_id)
where kind in ('case.escalated', 'helper.summoned', 'case.recurred')
"""  # noqa: S608 - constants
HAD = f""", mine as (select case_id, unit_id from base where {_MINE} and not proactive)
select unit_id from mine union select s.unit_id from mine join case_spans s using (case_id)"""  # noqa: S608 - constants
SETTLED = f"""select stage, unit_id, count(*) as cases from base
where {_MINE} and not proactive and resolved_at is not null and closed_at is not null
 and closing in ('rated', 'unrated', 'verified') group by 1, 2 order by cases desc, stage, unit_id
"""  # noqa: S608 - constants
CELL = 1000
"""Side of a cell of the map in microdegrees: about 110 m from south to north."""
CELLS = f"""select (floor(longitude / {CELL}.0) * {CELL} + {CELL // 2})::int as longitude,
 (floor(latitude / {CELL}.0) * {CELL} + {CELL // 2})::int as latitude,
 count(*) as cases, {VOICES} as voices from base
where {_MINE} and not proactive and case_type <> 'dispute' and longitude is not null
group by 1, 2 order by 1, 2"""  # noqa: S608 - constants
AREAS = f"""select area, count(*) as cases, {VOICES} as voices,
 count(*) filter (where longitude is not null and case_type <> 'dispute') as pointed from base
where {_MINE} and not proactive group by 1 order by 1"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What the cases of a topic cost beside broken clocks."""

    escalations: int
    helpers: int
    recurrences: int


async def page(
    connection: Connection,
    scope: Scope,
    key: Key,
    sight: Sequence[str] | None,
    *,
    only: Sequence[str] | None = None,
    cursor: str | None = None,
    size: int,
) -> tuple[list[Row], str | None]:
    """Its cases in sight, the newest first, and the cursor that asks for those after them."""
    after = (None, "") if cursor is None else cursors.place(cursor, datetime, str)
    text, values = scope.query(PAGE, *key, sight, only, *after, size + 1)
    rows: list[Mapping[str, Any]] = [dict(row) for row in await connection.fetch(text, *values)]
    last = rows[size - 1] if len(rows) > size else None
    return rows[:size], None if last is None else cursors.made(last["opened_at"], last["case_id"])


async def unseen(
    connection: Connection, scope: Scope, key: Key, sight: Sequence[str] | None
) -> int:
    """How many of its cases are not in sight."""
    if sight is None:
        return 0
    text, values = scope.query(UNSEEN, *key, sight)
    return int(await connection.fetchval(text, *values))


async def cost(connection: Connection, scope: Scope, key: Key) -> Cost:
    """From the events of its cases."""
    text, values = scope.query(COSTS, *key)
    row = await connection.fetchrow(text, *values)
    return Cost(**dict(row))


async def had(connection: Connection, scope: Scope, key: Key) -> list[str]:
    """Every unit that was ever in charge of one of its cases."""
    text, values = scope.query(HAD, *key)
    return sorted(row["unit_id"] for row in await connection.fetch(text, *values))


async def settled(connection: Connection, scope: Scope, key: Key) -> list[Row]:
    """The rungs and units at which its cases were settled at last, most first."""
    text, values = scope.query(SETTLED, *key)
    return [dict(row) for row in await connection.fetch(text, *values)]


async def cells(connection: Connection, scope: Scope, key: Key) -> list[Row]:
    """Its cases by cells of the map, by their middles; disputes have no point there."""
    text, values = scope.query(CELLS, *key)
    return [dict(row) for row in await connection.fetch(text, *values)]


async def areas(connection: Connection, scope: Scope, key: Key) -> list[Row]:
    """Its cases by the unit of their place, with how many of them have a point."""
    text, values = scope.query(AREAS, *key)
    return [dict(row) for row in await connection.fetch(text, *values)]
