"""What is reported in a unit's area, by item and place: counts and words. Read from the views.

Everything is counted in PostgreSQL; only the newest cases of a topic are looked at one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from store.database import Connection
from store.duplicates import HAN, WORDS

NOWHERE = "-"
"""The place of cases of which none that close is known."""
EVERYWHERE = "*"
"""The one place where cases are told apart by item alone."""
COMPARED = 200
"""Cases of a topic whose words are compared, the newest."""
AROUND = 1000
"""Titles of the unit's area that a topic's words are held against, the newest."""
Row = Mapping[str, Any]
Key = tuple[str, str]
"""A topic: item and place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A unit's cases opened in some time: those placed in one of `areas`, each of which lies in
    the place beside it; without any place (`elsewhere`) those that are with one of `units`.

    For a department (`responsible`) all that one of `units` is responsible for, wherever they are.
    """

    since: datetime
    until: datetime
    areas: Sequence[str]
    places: Sequence[str]
    units: Sequence[str]
    elsewhere: str = NOWHERE
    responsible: bool = False

    def query(self, text: str, *values: object) -> tuple[str, list[Any]]:
        """The statement with its common table `base`; values of its own begin at $7."""
        base = DEPARTMENT if self.responsible else TERRITORY
        own = [self.since, self.until, self.areas, self.places, self.units, self.elsewhere]
        return base + text, [*own, *values]


_OPENED = "c.opened_at >= $1 and c.opened_at < $2"
_PLACES = "unnest($3::text[], $4::text[]) p(area, place)"
TERRITORY = f"""with base as (
 select c.*, p.place from {_PLACES} join cases c on c.area = p.area where {_OPENED}
 union all
 select c.*, $6 from cases c where c.area = '' and c.unit_id = any($5) and {_OPENED})
"""  # noqa: S608 - constants
DEPARTMENT = f"""with base as (
 select c.*, coalesce(p.place, $6) as place from cases c left join {_PLACES}
 on p.area = c.area where c.department_id = any($5) and {_OPENED})
"""  # noqa: S608 - constants

COUNTS = """
 count(*) filter (where not proactive) as cases,
 count(distinct lookup) filter (where not proactive and lookup <> '') as residents,
 count(*) filter (where not proactive and lookup = '') as unknown,
 count(*) filter (where proactive) as proactive,
 count(*) filter (where not proactive and case_type = 'dispute') as disputes,
 count(*) filter (where not proactive and closed_at is null) as open,
 coalesce(sum(breaches) filter (where not proactive), 0) as breaches,
 min(opened_at) as first_at, max(opened_at) as last_at
"""
LIST = f""", counted as (select item_id, place, {COUNTS} from base group by 1, 2)
select *, count(*) over () as topics, sum(cases) over () as in_topics from counted
where residents + unknown >= $7
order by residents + unknown desc, cases desc, item_id, place limit $8
"""  # noqa: S608 - constants
TOTAL = "select count(*) from base where not proactive"
ONE = f"""select item_id, place, {COUNTS} from base where item_id = $7 and place = $8
group by 1, 2"""  # noqa: S608 - constants
WANTED = "join unnest($7::text[], $8::text[]) w(item_id, place) using (item_id, place)"
MONTHS = f"""select item_id, place, width_bucket(opened_at, $9::timestamptz[]) as month,
 count(*) as cases, count(*) filter (where opened_at >= $10 and opened_at < $11) as before
from base {WANTED} where not proactive group by 1, 2, 3
"""  # noqa: S608 - constants
_SEEN = """not proactive and case_type <> 'dispute' and search <> ''
 and ({0}::text[] is null or exists (
  select from case_units u where u.case_id = base.case_id and u.unit_id = any({0})))"""
REPORTS = f""", newest as (
 select item_id, place, case_id, title, lookup, longitude, latitude, opened_at,
  substr(search, length(case_id) + 2, {WORDS}) as said,
  row_number() over (partition by item_id, place order by opened_at desc, case_id) as number
 from base {WANTED} where {_SEEN.format("$9")})
select item_id, place, case_id, title, lookup, longitude, latitude,
 array_to_string(show_trgm(regexp_replace(said, '({HAN})', ' \\1 ', 'g')), ',') as trigrams
from newest where number <= {COMPARED} order by item_id, place, opened_at, case_id
"""  # noqa: S608 - constants
TITLES = f"""select title from base where title <> '' and {_SEEN.format("$7")}
order by opened_at desc, case_id limit {AROUND}"""  # noqa: S608 - constants


async def first_opened(connection: Connection) -> datetime | None:
    """When the first case of all was opened."""
    found: datetime | None = await connection.fetchval("select min(opened_at) from cases")
    return found


async def listed(connection: Connection, scope: Scope, *, least: int, size: int) -> list[Row]:
    """The topics of at least so many voices, most first; each row says how many there are."""
    text, values = scope.query(LIST, least, size)
    return [dict(row) for row in await connection.fetch(text, *values)]


async def total(connection: Connection, scope: Scope) -> int:
    """Cases that residents reported there in that time."""
    text, values = scope.query(TOTAL)
    return int(await connection.fetchval(text, *values))


async def one(connection: Connection, scope: Scope, key: Key) -> Row | None:
    """The counts of one topic; None where there is no case of it."""
    text, values = scope.query(ONE, *key)
    row = await connection.fetchrow(text, *values)
    return None if row is None else dict(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Cases of a topic by month (1 is the first asked for), and in the time before."""

    months: Mapping[int, int]
    before: int


NEVER = Course(months={}, before=0)


async def courses(
    connection: Connection,
    scope: Scope,
    keys: Sequence[Key],
    months: Sequence[datetime],
    before: datetime,
) -> dict[Key, Course]:
    """How each topic went, month by month up to the end of the scope, and from `before` to it."""
    whole = replace(scope, since=min(before, *months))
    text, values = whole.query(MONTHS, *_columns(keys), months, before, scope.since)
    found: dict[Key, Course] = {}
    for row in await connection.fetch(text, *values):
        key = row["item_id"], row["place"]
        known = found.get(key, NEVER)
        by_month = {**known.months, row["month"]: row["cases"]}
        found[key] = Course(months=by_month, before=known.before + row["before"])
    return found


async def reports(
    connection: Connection, scope: Scope, keys: Sequence[Key], sight: Sequence[str] | None
) -> dict[Key, list[Row]]:
    """The newest cases of each topic in sight with their trigrams, oldest first.

    Not those of disputes, whose words are for few, and of nobody who was forgotten. The trigrams
    are one text with commas between them: to take millions of texts out of lists stops the loop.
    """
    text, values = scope.query(REPORTS, *_columns(keys), sight)
    found: dict[Key, list[Row]] = {}
    for row in await connection.fetch(text, *values):
        found.setdefault((row["item_id"], row["place"]), []).append(dict(row))
    return found


async def titles(connection: Connection, scope: Scope, sight: Sequence[str] | None) -> list[str]:
    """What the newest cases in sight are called."""
    text, values = scope.query(TITLES, sight)
    return [row["title"] for row in await connection.fetch(text, *values)]


def _columns(keys: Sequence[Key]) -> tuple[list[str], list[str]]:
    return [item for item, _ in keys], [place for _, place in keys]
