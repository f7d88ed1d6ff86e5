"""Other cases, as far as a decision on one must know them; read from the views."""

from collections.abc import Mapping, Sequence

from domain.authority import OPEN
from domain.book import Neighbour
from domain.words import CaseType, Phase, Urgency
from store.database import Connection

SELECT = """
select case_id, case_type, urgency, phase, resolved_at is not null as resolved, lookup
from cases where case_id = any($1)
"""


async def neighbours(connection: Connection, ids: Sequence[str]) -> Mapping[str, Neighbour]:
    """The cases of those ids that exist."""
    rows = await connection.fetch(SELECT, list(ids))
    return {
        row["case_id"]: Neighbour(
            case_id=row["case_id"],
            case_type=CaseType(row["case_type"]),
            urgency=Urgency(row["urgency"]),
            open=Phase(row["phase"]) in OPEN,
            resolved=row["resolved"],
            lookup=row["lookup"],
        )
        for row in rows
    }
