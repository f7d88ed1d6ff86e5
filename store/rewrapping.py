"""Every data key wrapped anew under the newest master key, so that older ones can be destroyed, and
with them what old backups hold. Done as the role that owns the tables: the program may not.
"""

from collections.abc import Callable

from store.database import Connection
from store.journal import label
from store.keys import KeyRing

BATCH = 500
OLDER = """
select case_id, subject, wrapped from subject_keys
where wrapped is not null and substring(wrapped from 1 for 8) <> convert_to($1, 'UTF8')
order by case_id, subject limit $2
"""
ANEW = """
update subject_keys k set wrapped = r.anew
from unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[]) as r(case_id, subject, old, anew)
where k.case_id = r.case_id and k.subject = r.subject and k.wrapped = r.old
returning k.case_id
"""
COUNT = """
select convert_from(substring(wrapped from 1 for 8), 'UTF8') as master, count(*) as so_many
from subject_keys where wrapped is not null group by 1 order by 1
"""
LOOKUPS = """
select case_id, lookup from cases where lookup <> '' order by opened_at desc limit 50
"""


async def rewrap(
    connection: Connection, ring: KeyRing, progress: Callable[[int], None] = lambda _: None
) -> int:
    """Wrap anew what is under an older key, a batch at a time; how many were. It may be cut off."""
    done = 0
    while rows := await connection.fetch(OLDER, ring.current, BATCH):
        streams, subjects, old, anew = [], [], [], []
        for case_id, subject, wrapped in rows:
            bound = label(case_id, subject)
            streams.append(case_id)
            subjects.append(subject)
            old.append(wrapped)
            anew.append(ring.wrap(ring.unwrap(wrapped, bound), bound))
        # A key that was destroyed meanwhile is left alone: it is not the old one any more.
        done += len(await connection.fetch(ANEW, streams, subjects, old, anew))
        progress(done)
    return done


async def known_lookups(connection: Connection) -> list[tuple[str, str]]:
    """Some cases with the look-up of the number they were brought with, the newest."""
    return [(row["case_id"], row["lookup"]) for row in await connection.fetch(LOOKUPS)]


async def masters(connection: Connection) -> dict[str, int]:
    """How many data keys are under each master key, by its id."""
    return {row["master"]: row["so_many"] for row in await connection.fetch(COUNT)}
