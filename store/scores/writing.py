"""The statements that write the scores: postings, each once, and their sums by day. No reading of
events, and nothing of what an event adds.

Who writes takes turns: each statement holds the keeper's one row and says which state of it it was
made for. Where another wrote in between it changes nothing, and is made again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import orjson

from store.database import Connection
from store.exporting import Reading
from store.scores.columns import POSTING
from store.views import Row

KEY = ("case_id", "version", "part")
COUNTED = ("numerator", "denominator", "unanswered", "excluded")
GROUPED = ("unit_id", "carrier", "measure", "role", "helpers", "proactive")
LONG = 900.0
"""Seconds that adding up years of postings may take."""

_NAMES = ", ".join(POSTING)
_KEY = ", ".join(KEY)
_CHANGES = ", ".join(f"{name} = excluded.{name}" for name in POSTING if name not in KEY)
_DAY_KEY = "day, " + ", ".join(GROUPED)
_DAY_NAMES = f"{_DAY_KEY}, {', '.join(COUNTED)}"
_ADDED = ", ".join(f"{n} = score_days.{n} + excluded.{n}" for n in COUNTED)
_SET = ", ".join(f"{n} = excluded.{n}" for n in COUNTED)

ASTRAY = """p.carrier = 'unit' and coalesce(
 (select false from case_spans c where (c.case_id, c.unit_id) = (p.case_id, p.unit_id) limit 1),
 (select false from events e where e.case_id = p.case_id and (
   e.kind = 'case.registered' and e.unit = p.unit_id
   or jsonb_path_exists(e.data, '$.**.unit_id ? (@ == $unit)',
    jsonb_build_object('unit', p.unit_id))) limit 1), true)"""
"""Whether a posting's unit had no part in the case. It had one where it had the case, or something
in it was put to it: the spans say the first, faster; the events say both. Who registered the case
is its officer.
"""
MISMARKED = f"""
select p.* from score_postings p join (
 select p.*, {ASTRAY} as really from (
  select distinct case_id, unit_id, carrier from score_postings) p) r
 using (case_id, unit_id, carrier) where p.astray <> r.really
"""  # noqa: S608 - constants
MARK = f"""
with marked as (
 update score_postings p set astray = not p.astray from ({MISMARKED}) w
 where (p.case_id, p.version, p.part) = (w.case_id, w.version, w.part) returning 1)
select count(*) from marked
"""  # noqa: S608 - constants


def _summed(source: str, sign: str = "", zone: str = "zone") -> str:
    """The sums of some postings by unit and day of the town's."""
    sums = ", ".join(f"sum({sign}{n})::int as {n}" for n in COUNTED)
    day = f"(counted_at at time zone {zone})::date as day"
    return f"select {day}, {', '.join(GROUPED)}, {sums} from {source} group by {_DAY_KEY}"  # noqa: S608 - constants


APPEND = f"""
with held as (select zone from score_keeper where last_seq = $2 and zone = $4 for update),
 put as (
  insert into score_postings ({_NAMES}, astray)
  select {_NAMES}, {ASTRAY} from jsonb_populate_recordset(null::score_postings, $1::jsonb) p, held
  on conflict ({_KEY}) do nothing returning *),
 days as (
  insert into score_days ({_DAY_NAMES}) {_summed("put", zone="$4")}
  on conflict ({_DAY_KEY}) do update set {_ADDED})
update score_keeper k set last_seq = $3, turn = turn + 1, stuck = array(
  (select unnest(k.stuck) union select unnest($5::text[])) except select unnest($6::text[])
  order by 1)
from held returning k.last_seq
"""  # noqa: S608 - the names are constants

REPLACE = f"""
with held as (select zone from score_keeper where turn = $3 for update),
 made as materialized (
  select {_NAMES} from jsonb_populate_recordset(null::score_postings, $1::jsonb), held),
 wrong as materialized (
  select {_KEY} from jsonb_populate_recordset(null::score_postings, $2::jsonb), held),
 old as materialized (
  select p.* from score_postings p join (
   select {_KEY} from made union select {_KEY} from wrong) k using ({_KEY})),
 gone as (delete from score_postings p using wrong w
  where (p.case_id, p.version, p.part) = (w.case_id, w.version, w.part)),
 put as (
  insert into score_postings ({_NAMES}, astray) select {_NAMES}, {ASTRAY} from made p
  on conflict ({_KEY}) do update set {_CHANGES}, astray = excluded.astray),
 days as (
  insert into score_days ({_DAY_NAMES})
  select {_DAY_KEY}, {", ".join(f"sum({n})::int" for n in COUNTED)} from (
   {_summed("made, held")} union all {_summed("old, held", "-")}) d group by {_DAY_KEY}
  on conflict ({_DAY_KEY}) do update set {_ADDED})
update score_keeper k set turn = k.turn + 1 from held returning k.turn
"""  # noqa: S608 - the names are constants

DAYS = f"""
with held as (select turn from score_keeper where turn = $1 for update),
 made as materialized ({_summed("score_postings, held", zone="$2")}),
 gone as (
  delete from score_days d using held where not exists (
   select from made m where ({_DAY_KEY.replace("day", "m.day").replace(", ", ", m.")})
    = ({_DAY_KEY.replace("day", "d.day").replace(", ", ", d.")})) returning 1),
 put as (
  insert into score_days ({_DAY_NAMES})
  select {_DAY_NAMES} from made except select {_DAY_NAMES} from score_days
  on conflict ({_DAY_KEY}) do update set {_SET} returning 1),
 kept as (update score_keeper k set zone = $2, turn = k.turn + 1 from held returning 1)
select (select count(*) from gone) + (select count(*) from put) from kept
"""  # noqa: S608 - the names are constants
TURN = "select turn from score_keeper"
REACHED = "update score_keeper set last_seq = greatest(last_seq, $1), turn = turn + 1"


@dataclass(frozen=True, slots=True)
class Place:
    """From which number to which one goes on, and of which zone the sums are."""

    last: int
    reached: int
    zone: str


async def append(
    connection: Connection,
    rows: Sequence[Row],
    place: Place,
    failed: Iterable[str] = (),
    posted: Iterable[str] = (),
) -> bool:
    """Add what is new and go on; False where another did. Of the cases that `failed` it is kept on
    record that they are not in the scores, until they are `posted`.
    """
    where = (place.last, place.reached, place.zone)
    stuck = (list(failed), list(posted))
    return await connection.fetchval(APPEND, as_json(rows), *where, *stuck) is not None


async def replace(connection: Connection, rows: Sequence[Row], wrong: Sequence[Row]) -> None:
    """Put these postings in place of what stands there, and remove the wrong ones."""
    made, gone = as_json(rows), as_json(wrong)
    while await connection.fetchval(REPLACE, made, gone, await connection.fetchval(TURN)) is None:
        pass


async def add_up(connection: Connection, zone: str) -> int:
    """Make the sums by day anew, of that zone's days; how many were not right."""
    while True:
        turn = await connection.fetchval(TURN)
        patient = cast("Reading", connection)
        if (mended := await patient.fetchval(DAYS, turn, zone, timeout=LONG)) is not None:
            return int(mended)


async def mark(connection: Connection) -> int:
    """Mark what is astray and nothing else; how many were not right."""
    return int(await cast("Reading", connection).fetchval(MARK, timeout=LONG))


async def reach(connection: Connection, seq: int) -> None:
    """Say that everything up to that number is in."""
    await connection.execute(REACHED, seq)


def as_json(rows: Sequence[Row]) -> str:
    """Rows as the argument of a statement."""
    return orjson.dumps(rows).decode()
