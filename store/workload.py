"""How many open cases a post or a unit answers for, counted in the views at the moment."""

from collections.abc import Sequence

from domain.office.records import Work
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
