"""Which deliberations were published, for everybody's list; read from the journal itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A deliberation of a case; `position` of its latest publication orders the list."""

    case_id: str
    number: int
    position: int


LATEST = """
select case_id, (data ->> 'number')::int as number, max(position) as position
from events where kind = 'deliberation.published'
group by 1, 2 having $1::bigint is null or max(position) < $1
order by 3 desc limit $2
"""


async def latest(connection: Connection, *, before: int | None, most: int) -> Sequence[Published]:
    """The deliberations published last, those before a place of the list if one is given."""
    rows = await connection.fetch(LATEST, before, most)
    return [Published(**dict(row)) for row in rows]
