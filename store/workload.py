"""How many open cases posts and units answer for, now or at a past moment; read from the views."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.office.records import Work
from domain.scores.measures import Measure
from domain.workload.loads import Load
from store.database import Connection

OF_POSTS = """
select p.post_id,
  (select count(*) from cases c where c.closed_at is null and c.post_id = p.post_id) as in_charge,
  (select count(*) from cases c where c.closed_at is null and c.officer_post = p.post_id)
    as officer
from unnest($1::text[]) as p(post_id)
"""
OF_UNITS = """
select unit_id, count(*) as in_charge from cases
where closed_at is null and unit_id = any($1) group by unit_id
"""


async def of_posts(connection: Connection, posts: Sequence[str]) -> dict[str, Work]:
    """The work of each of these posts."""
    rows = await connection.fetch(OF_POSTS, list(posts))
    return {r["post_id"]: Work(in_charge=r["in_charge"], officer=r["officer"]) for r in rows}


async def of_units(connection: Connection, units: Sequence[str]) -> dict[str, Work]:
    """The work of each of these units that has any."""
    rows = await connection.fetch(OF_UNITS, list(units))
    return {r["unit_id"]: Work(in_charge=r["in_charge"]) for r in rows}


# -- of all units ----------------------------------------------------------------

_LOAD = """count(*) as in_charge, count(*) filter (where overdue_at <= $1) as overdue,
 count(*) filter (where phase = 'awaiting_acceptance') as waiting"""
NOW = f"select unit_id, post_id, {_LOAD} from cases where closed_at is null group by 1, 2"  # noqa: S608 - constants
THEN = f"""select unit_id, post_id, {_LOAD} from case_spans
where since <= $1 and (until is null or until > $1) and closed_at is null group by 1, 2"""  # noqa: S608 - constants
QUESTIONS = """select unit_id, count(*) as questions from open_questions
where unit_id = any($1) and kind <> 'supervision' group by 1"""
_FLOW = """select m.root, p.measure, sum(p.numerator)::bigint as numerator,
 sum(p.denominator)::bigint as denominator, sum(p.unanswered)::bigint as unanswered
from unnest($1::text[], $2::text[]) m(root, member) join {table} p on p.unit_id = m.member
where p.carrier = 'unit' and not p.proactive and p.measure = any($3) and {time} group by 1, 2"""
FLOW = _FLOW.format(table="score_days", time="p.day >= $4 and p.day <= $5")
FLOW_THEN = _FLOW.format(
    table="score_postings", time="p.counted_at >= $4 and p.counted_at < $5 and p.known_at <= $6"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What the scores say of a unit and a measure in some time."""

    numerator: int = 0
    denominator: int = 0
    unanswered: int = 0


NO_FLOW = Flow()
Flows = Mapping[tuple[str, Measure], Flow]
"""By unit and measure."""


async def loads(connection: Connection, at: datetime, *, past: bool) -> dict[tuple[str, str], Load]:
    """The open cases at every post of every unit: as they are, or as they were at that moment."""
    rows = await connection.fetch(THEN if past else NOW, at)
    return {
        (row["unit_id"], row["post_id"]): Load(
            in_charge=row["in_charge"], waiting=row["waiting"], overdue=row["overdue"]
        )
        for row in rows
    }


async def questions(connection: Connection, units: Sequence[str]) -> dict[str, int]:
    """What waits for a decision of each of these units now."""
    rows = await connection.fetch(QUESTIONS, list(units))
    return {row["unit_id"]: row["questions"] for row in rows}


async def flows(
    connection: Connection,
    below: Mapping[str, Sequence[str]],
    measures: Sequence[Measure],
    time: Sequence[Any],
) -> Flows:
    """What came, went and broke at each of these units and all `below` it.

    `time` is the first and the last day; or the first moment, the one after the last, and the
    moment as of which it is asked.
    """
    pairs = [(root, each) for root, members in below.items() for each in members]
    roots, members = [root for root, _ in pairs], [each for _, each in pairs]
    statement = FLOW if len(time) == _DAYS else FLOW_THEN
    rows = await connection.fetch(statement, roots, members, list(measures), *time)
    return {
        (row["root"], Measure(row["measure"])): Flow(
            numerator=row["numerator"],
            denominator=row["denominator"],
            unanswered=row["unanswered"],
        )
        for row in rows
    }


_DAYS = 2
OWED = """select person_id, sum(unanswered)::bigint as owed from score_postings
where unit_id = $1 and carrier = 'unit' and not proactive and measure = $2
 and counted_at >= $3 and counted_at <= $4 and known_at <= $4 group by 1"""


async def owed(
    connection: Connection, unit_id: str, measure: Measure, since: datetime, at: datetime
) -> dict[str, int]:
    """What people of one unit owed at a moment, of what began since another."""
    rows = await connection.fetch(OWED, unit_id, measure, since, at)
    return {row["person_id"]: row["owed"] for row in rows}
