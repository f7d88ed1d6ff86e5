"""What cases used of admissions' money, added up anew from the journal while the system runs."""

from store.database import Connection

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


async def rebuild_sums(connection: Connection) -> None:
    """Read the expenses from their events and add them up; nothing is spent meanwhile."""
    await connection.execute(SUMS)
