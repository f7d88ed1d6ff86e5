"""Keys are destroyed with the event that says so, and only then, and do not come back. That there
is a key at all for whatever is sealed is checked along the streams.
"""

import asyncpg

from store.verifying.faults import Fault, Reason

NAMED = 100
FORGETTING = "('subject.erased', 'visit.case_forgotten')"

UNSAID = f"""select k.case_id, k.subject from subject_keys k
 where k.wrapped is null and not exists (select from events e where e.case_id = k.case_id
  and e.kind in {FORGETTING} and e.data -> 'keys' ? k.subject)
 order by k.case_id, k.subject limit $1"""  # noqa: S608 - constants
BACK = f"""select e.case_id, e.version, q.seq, s.subject from events e
 left join event_sequence q using (position), jsonb_array_elements_text(e.data -> 'keys') s(subject)
 where e.kind in {FORGETTING} and exists (select from subject_keys k
  where k.case_id = e.case_id and k.subject = s.subject and k.wrapped is not null)
 order by q.seq limit $1"""  # noqa: S608 - constants
SEALED = """select e.version, q.seq from events e left join event_sequence q using (position)
 where e.case_id = $1 and jsonb_path_exists(e.data,
  '$.** ? (@.subject == $subject && exists (@.box))', jsonb_build_object('subject', $2::text))
 order by e.version limit 1"""


async def check(connection: asyncpg.Connection) -> list[Fault]:
    """Keys that are gone though nobody was forgotten, and keys that came back."""
    gone = [
        await _sealed(connection, Reason.KEY_GONE, *row)
        for row in await connection.fetch(UNSAID, NAMED)
    ]
    back = [
        Fault(reason=Reason.KEY_BACK, seq=seq, stream=stream, version=version, detail=subject)
        for stream, version, seq, subject in await connection.fetch(BACK, NAMED)
    ]
    return [*gone, *back]


async def _sealed(
    connection: asyncpg.Connection, reason: Reason, stream: str, subject: str
) -> Fault:
    """At the first event of the stream that holds something sealed under the key."""
    row = await connection.fetchrow(SEALED, stream, subject)
    version, seq = (0, None) if row is None else row
    return Fault(reason=reason, seq=seq, stream=stream, version=version, detail=subject)
