"""The files of reports are there, and are what their hash says: the events name them by it."""

import asyncpg

from store.verifying.faults import Fault, Reason

NAMED = 100
FILES = """
select e.case_id, e.version, q.seq, f ->> 'sha256' as sha256, r.sha256 is null as gone
 from events e left join event_sequence q using (position),
 jsonb_array_elements(e.data -> 'files') f
 left join report_files r on r.sha256 = f ->> 'sha256'
 where e.kind = 'report.written'
 and (r.sha256 is null or encode(sha256(r.content), 'hex') <> r.sha256)
 order by q.seq limit $1
"""


async def check(connection: asyncpg.Connection) -> list[Fault]:
    """Files that are gone or were changed, each at the event that names it."""
    return [
        Fault(
            reason=Reason.FILE_GONE if row["gone"] else Reason.FILE_CHANGED,
            seq=row["seq"],
            stream=row["case_id"],
            version=row["version"],
            detail=row["sha256"],
        )
        for row in await connection.fetch(FILES, NAMED)
    ]
