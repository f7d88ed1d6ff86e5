"""The list of visits made anew from the journal alone, while the system runs."""

import orjson

from store import reading, visits
from store.database import Connection
from store.folds import VISIT
from store.keys import KeyRing
from store.views import Row

STREAMS = """
select case_id from events where version = 1 and kind = 'visit.recorded' and case_id > $1
order by case_id limit $2
"""
SHOWN = "select visit_id, version from visits where visit_id = any($1)"
ORPHANS = """
delete from visits v where not exists (select from events e where e.case_id = v.visit_id)
"""
REPLACE = f"""
insert into visits ({visits.NAMES}) select {visits.NAMES}
from jsonb_to_recordset($1::jsonb) as r({visits.COLUMNS})
on conflict (visit_id) do update set {visits.CHANGES}
where visits.version <= excluded.version
   or visits.version = ($2::jsonb ->> visits.visit_id)::int
"""  # noqa: S608 - the names are constants


async def rebuild_visits(connection: Connection, ring: KeyRing, size: int = 200) -> int:
    """Rebuild every row; how many visits there are."""
    await connection.execute(ORPHANS)
    count, after = 0, ""
    while found := [row["case_id"] for row in await connection.fetch(STREAMS, after, size)]:
        await _page(connection, ring, found)
        count, after = count + len(found), found[-1]
    return count


async def _page(connection: Connection, ring: KeyRing, streams: list[str]) -> None:
    shown = {row["visit_id"]: row["version"] for row in await connection.fetch(SHOWN, streams)}
    rows: list[Row] = []
    impossible: Row = {}
    for stream in streams:
        past = await reading.past(connection, VISIT, stream, ring)
        if past is None:
            raise LookupError(stream)
        rows.append(visits.row(past.state))
        if shown.get(stream, 0) > past.state.version:
            # The row was read before the events: it did not move on, it is damage.
            impossible[stream] = shown[stream]
    await connection.execute(
        REPLACE, orjson.dumps(rows).decode(), orjson.dumps(impossible).decode()
    )
