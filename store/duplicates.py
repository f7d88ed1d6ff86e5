"""Cases that may be about the same matter: same category, near in place and time, ranked by words.

Category, place and time choose the few that are compared; words only rank them. What was measured
stands in docs/decisions.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Any

from store.database import Connection

COMPARED = 300
"""At most so many of each kind are compared, the newest first."""
SHOWN = 10
WORDS = 200
"""Characters of what was typed that are compared."""
MICRODEGREES_A_METRE = 1e6 / 111_195
"""Of latitude; of longitude more, the further from the equator."""
HAN = "[㐀-鿿豈-﫿]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for. `sight` as in the worklist; a point is (longitude, latitude).

    Cases opened since `since`, and those resolved that were closed since `ended_since` (R10.4).
    `areas` are the units in which a case without a point counts as near; none is anywhere.
    """

    class_id: str
    text: str
    sight: Sequence[str] | None
    since: datetime
    ended_since: datetime
    metres: int
    point: tuple[int, int] | None = None
    areas: Sequence[str] = ()
    lookup: str = ""
    but: str = ""


# Merged cases lead nothing; disputes are confidential, their words are compared with nobody's.
MAY = """class_id = $1 and case_id <> $3
 and (closed_at is null or opened_at >= $2 or (resolved_at is not null and closed_at >= $5))
 and closing is distinct from 'merged' and case_type <> 'dispute'
 and ($4::text[] is null or exists (select from case_units u
   where u.case_id = cases.case_id and u.unit_id = any($4)))"""
METRES = """2 * 6371008.8 * asin(least(1, sqrt(
 power(sin(radians((latitude - $7::float8) / 2e6)), 2) + cos(radians($7::float8 / 1e6))
 * cos(radians(latitude / 1e6)) * power(sin(radians((longitude - $6::float8) / 2e6)), 2))))"""
COLUMNS = """case_id, title, item_id, search, lookup, stage, phase, unit_id, opened_at, closed_at,
 resolved_at"""
NEAR = f"""
(select {COLUMNS}, ({METRES})::int as metres from cases where {MAY}
   and latitude between $7::int - $9::int and $7::int + $9::int
   and longitude between $6::int - $10::int and $6::int + $10::int and {METRES} <= $8
   order by opened_at desc limit {COMPARED})
union all
(select {COLUMNS}, null from cases where {MAY} and area = any($11) and longitude is null
   order by opened_at desc limit {COMPARED})
"""  # noqa: S608 - constants
IN_AREA = f"""
(select {COLUMNS}, null::int as metres from cases where {MAY} and area = any($6)
   order by opened_at desc limit {COMPARED})
"""  # noqa: S608 - constants
ANYWHERE = f"""
(select {COLUMNS}, null::int as metres from cases where {MAY}
   order by opened_at desc limit {COMPARED})
"""  # noqa: S608 - constants
RANKED = """
select case_id, title, item_id, stage, phase, unit_id, opened_at, closed_at, resolved_at, metres,
  case when {lookup}::text = '' then null else lookup = {lookup} end as same_reporter,
  round(100 * word_similarity({words}, regexp_replace(left(search, 500), '({han})', ' \\1 ', 'g')))
    ::int as likeness
from ({found}) found
order by likeness desc, metres nulls last, opened_at desc, case_id limit {shown}
"""


def apart(text: str) -> str:
    """Chinese characters apart from each other: to the trigram module each is then a word."""
    return re.sub(f"({HAN})", r" \1 ", text[:WORDS])


def query(sought: Sought) -> tuple[str, list[Any]]:
    """The statement and its values."""
    values: list[Any] = [sought.class_id, sought.since, sought.but]
    values += [None if sought.sight is None else list(sought.sight), sought.ended_since]
    found = ANYWHERE
    if sought.point is not None:
        found = NEAR
        longitude, latitude = sought.point
        high = round(sought.metres * MICRODEGREES_A_METRE) + 1
        wide = round(high / max(0.01, cos(radians(latitude / 1e6)))) + 1
        values += [longitude, latitude, sought.metres, high, wide, list(sought.areas)]
    elif sought.areas:
        found = IN_AREA
        values.append(list(sought.areas))
    values += [sought.lookup, apart(sought.text)]
    lookup, words = f"${len(values) - 1}", f"${len(values)}"
    text = RANKED.format(lookup=lookup, words=words, han=HAN, found=found, shown=SHOWN)
    return text, values


async def duplicates(connection: Connection, sought: Sought) -> Sequence[Mapping[str, Any]]:
    """At most `SHOWN` cases, likeliest first; metres where both have a point, per cent of words."""
    statement, values = query(sought)
    return [dict(row) for row in await connection.fetch(statement, *values)]
