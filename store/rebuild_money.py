"""What cases used of admissions' money, added up anew from the journal while the system runs."""

from store.database import Connection
from store.rebuild import Made

EXPENSES = """
with made as (
  select e.case_id, e.version, r.admission_id, r.year, r.granted, r.fen from events e,
    jsonb_to_record(e.data) as r(admission_id text, year int, granted bigint, fen bigint)
  where e.kind = 'expense.recorded'),
 put as (
  insert into admission_expenses (case_id, version, admission_id, year, granted, fen)
  select * from made m where not exists (
    select from admission_expenses x where (x.case_id, x.version) = (m.case_id, m.version)
    and row(x.admission_id, x.year, x.granted, x.fen)
      is not distinct from row(m.admission_id, m.year, m.granted, m.fen))
  on conflict (case_id, version) do update set admission_id = excluded.admission_id,
    year = excluded.year, granted = excluded.granted, fen = excluded.fen returning 1),
 gone as (
  delete from admission_expenses x where not exists (
    select from events e where (e.case_id, e.version, e.kind)
      = (x.case_id, x.version, 'expense.recorded')) returning 1)
select (select count(*) from made), (select count(*) from put) + (select count(*) from gone)
"""
WRONG = """
select count(*) from (
  select admission_id, year, max(granted) as granted, sum(fen) as used
  from admission_expenses group by admission_id, year) s
full join admission_money m using (admission_id, year)
where (s.granted, s.used) is distinct from (m.granted, m.used)
"""
SUMS = """
do $$ begin
  lock table admission_expenses, admission_money in exclusive mode;
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
"""One block: the lock is held while the sums are made and written, and no longer."""


async def rebuild_sums(connection: Connection) -> Made:
    """Read the expenses from their events and add them up; nothing is spent while that is done."""
    events, mended = await connection.fetchrow(EXPENSES)
    if wrong := await connection.fetchval(WRONG):
        await connection.execute(SUMS)
    return Made(events=events, mended=mended + wrong)
