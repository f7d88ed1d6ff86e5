"""The register of admissions made anew from the journal alone, while the system runs."""

import orjson

from store import admissions, reading
from store.database import Connection
from store.folds import ADMISSION
from store.keys import KeyRing
from store.views import Row

STREAMS = """
select case_id from events where version = 1 and kind = 'admission.applied' and case_id > $1
order by case_id limit $2
"""
SHOWN = "select admission_id, version from admissions where admission_id = any($1)"
ORPHANS = """
delete from admissions a where not exists (select from events e where e.case_id = a.admission_id)
"""
REPLACE = f"""
insert into admissions ({admissions.NAMES}) select {admissions.NAMES}
from jsonb_to_recordset($1::jsonb) as r({admissions.COLUMNS})
on conflict (admission_id) do update set {admissions.CHANGES}
where admissions.version <= excluded.version
   or admissions.version = ($2::jsonb ->> admissions.admission_id)::int
"""  # noqa: S608 - the names are constants
SUMS = """
do $$ begin
  lock table admission_expenses, admission_money in exclusive mode;
  delete from admission_expenses x where not exists (
    select from events e where (e.case_id, e.version, e.kind)
      = (x.case_id, x.version, 'expense.recorded'));
  insert into admission_expenses (case_id, version, admission_id, year, granted, fen)
  select e.case_id, e.version, r.admission_id, r.year, r.granted, r.fen from events e,
    jsonb_to_record(e.data) as r(admission_id text, year int, granted bigint, fen bigint)
  where e.kind = 'expense.recorded'
  on conflict (case_id, version) do update set admission_id = excluded.admission_id,
    year = excluded.year, granted = excluded.granted, fen = excluded.fen;
  with sums as (
    select admission_id, year, max(granted) as granted, sum(fen) as used
    from admission_expenses group by admission_id, year),
   gone as (
    delete from admission_money m where not exists (
      select from sums s where (s.admission_id, s.year) = (m.admission_id, m.year)))
  insert into admission_money (admission_id, year, granted, used)
  select admission_id, year, granted, used from sums
  on conflict (admission_id, year) do update set granted = excluded.granted, used = excluded.used;
end $$
"""
"""One block: the lock is held while expenses and sums are made and written, and no longer."""


async def rebuild_register(connection: Connection, ring: KeyRing, size: int = 200) -> int:
    """Rebuild every row; how many admissions there are."""
    await connection.execute(ORPHANS)
    count, after = 0, ""
    while found := [row["case_id"] for row in await connection.fetch(STREAMS, after, size)]:
        await _page(connection, ring, found)
        count, after = count + len(found), found[-1]
    return count


async def _page(connection: Connection, ring: KeyRing, streams: list[str]) -> None:
    shown = {row["admission_id"]: row["version"] for row in await connection.fetch(SHOWN, streams)}
    rows: list[Row] = []
    impossible: Row = {}
    for stream in streams:
        past = await reading.past(connection, ADMISSION, stream, ring)
        if past is None:
            raise LookupError(stream)
        rows.append(admissions.row(past.state))
        if shown.get(stream, 0) > past.state.version:
            # The row was read before the events: it did not move on, it is damage.
            impossible[stream] = shown[stream]
    await connection.execute(
        REPLACE, orjson.dumps(rows).decode(), orjson.dumps(impossible).decode()
    )


async def rebuild_sums(connection: Connection) -> None:
    """Read the expenses from their events and add them up; nothing is spent meanwhile."""
    await connection.execute(SUMS)
