"""What a person was told, newest first, and what of it is unread."""

from collections.abc import Mapping, Sequence
from typing import Any

from store.database import Connection

# A title is for those who may see the case now, not for all who were told of it once.
PAGE = """
select i.entry_id, i.case_id, i.topic, i.created_at, i.read_at, c.unit_id, c.phase, c.overdue_at,
 case when $5::text[] is null or exists (select from case_units u
   where u.case_id = i.case_id and u.unit_id = any($5)) then c.title end as title
from inbox i left join cases c using (case_id)
where i.person_id = $1 and ($2::bigint is null or i.entry_id < $2)
 and (not $3 or i.read_at is null)
order by i.entry_id desc limit $4
"""
NEWEST = """
select p as person_id,
 coalesce((select max(entry_id) from inbox i where i.person_id = p), 0) as newest
from unnest($1::text[]) p
"""
READ = """
update inbox set read_at = clock_timestamp()
where person_id = $1 and entry_id = $2 and read_at is null
"""
READ_UPTO = """
update inbox set read_at = clock_timestamp()
where person_id = $1 and entry_id <= $2 and read_at is null
"""


async def page(
    connection: Connection,
    person_id: str,
    units: Sequence[str] | None,
    *,
    before: int | None,
    only_unread: bool,
    size: int,
) -> list[Mapping[str, Any]]:
    """At most so many entries older than `before`; titles of cases that `units` may see."""
    seen = None if units is None else list(units)
    rows = await connection.fetch(PAGE, person_id, before, only_unread, size, seen)
    return [dict(row) for row in rows]


async def unread(connection: Connection, person_id: str) -> int:
    """How many entries a person has not read."""
    count = await connection.fetchval(
        "select count(*) from inbox where person_id = $1 and read_at is null", person_id
    )
    return int(count)


async def newest(connection: Connection, person_ids: Sequence[str]) -> dict[str, int]:
    """The newest entry of each; 0 for who was never told anything."""
    rows = await connection.fetch(NEWEST, list(person_ids))
    return {row["person_id"]: row["newest"] for row in rows}


async def read(connection: Connection, person_id: str, entry_id: int) -> bool:
    """Mark one entry as read; False when the person has no such entry."""
    await connection.execute(READ, person_id, entry_id)
    found = await connection.fetchval(
        "select 1 from inbox where person_id = $1 and entry_id = $2", person_id, entry_id
    )
    return bool(found)


async def read_upto(connection: Connection, person_id: str, entry_id: int) -> None:
    """Mark an entry and everything older as read."""
    await connection.execute(READ_UPTO, person_id, entry_id)
