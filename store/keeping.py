"""How long each kind of data is kept, and deleting what was kept long enough (R14.4), a batch at a
time. The days are the policy's; what is for ever, and what others keep, is said as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.policy import Keeping
from store.database import Connection
from store.files import doomed

BATCH = 500
Until = Literal["days", "fixed", "people", "for_ever", "elsewhere"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of data. `days` names a number of the policy, `fixed` is our own; `sweep` deletes a
    batch of what is older than $1 and gives how many rows it was, `table` of what.
    """

    until: Until = "for_ever"
    days: str = ""
    fixed: int = 0
    table: str = ""
    sweep: str = ""


def _delete(table: str, key: str, old: str) -> str:
    return f"""with gone as (delete from {table} where {key} in (
        select {key} from {table} where {old} order by {key} limit {BATCH} for update skip locked)
        returning 1) select count(*) from gone"""  # noqa: S608 - constants


KINDS: Mapping[str, Kind] = {
    "journal": Kind(),
    "people": Kind(until="days", days="cases"),
    "visits": Kind(),
    "access_record": Kind(),
    "sessions": Kind(
        until="days",
        days="sessions",
        table="sessions",
        sweep=_delete("sessions", "token_hash", "expires_at < $1"),
    ),
    "failures": Kind(
        until="days",
        days="failures",
        table="sign_in_failures",
        sweep=_delete("sign_in_failures", "ctid", "at < $1"),
    ),
    "resends": Kind(
        until="days",
        days="messages",
        table="resends",
        sweep="""with gone as (delete from resends where command_id in (
          select r.command_id from resends r join deliveries d using (delivery_id)
          where d.settled_at < $1 limit 500) returning 1) select count(*) from gone""",
    ),
    "messages": Kind(
        until="days",
        days="messages",
        table="deliveries",
        sweep="""with gone as (delete from deliveries where delivery_id in (
          select delivery_id from deliveries d where settled_at < $1 and not exists (
            select from resends r where r.delivery_id = d.delivery_id)
          order by settled_at limit 500 for update skip locked) returning 1)
          select count(*) from gone""",
    ),
    "inbox": Kind(
        until="days",
        days="inbox",
        table="inbox",
        sweep=_delete("inbox", "entry_id", "created_at < $1"),
    ),
    "uploads": Kind(until="fixed", fixed=1, table="uploads", sweep=doomed.EXPIRE),
    "attempts": Kind(
        until="fixed",
        fixed=1,
        table="upload_attempts",
        sweep="""with gone as (delete from upload_attempts where ctid in (
          select ctid from upload_attempts where at < $1 order by at limit 500) returning 1)
          select count(*) from gone""",
    ),
    "files": Kind(until="people"),
    "outbox": Kind(),
    "views": Kind(until="elsewhere"),
    "histories": Kind(until="elsewhere"),
    "logs": Kind(until="elsewhere"),
    "backups": Kind(until="elsewhere"),
}
"""Every kind of data, and until when it is kept. Messages go after what speaks of them."""

DUE = """
select c.case_id, c.unit_id from cases c
where c.closed_at < $1 and c.next_due is null
  and (c.closing <> 'referred' or c.closed_at < $2)
  and exists (select from subject_keys k
    where k.case_id = c.case_id and k.wrapped is not null and (k.subject = 'reporter'
      or k.subject like 'party-%' or (k.subject = 'case' and c.case_type = 'dispute')))
  and not exists (select from events m join cases l on l.case_id = m.data ->> 'lead_id'
    where m.case_id = c.case_id and m.kind = 'case.merged'
      and (l.closed_at is null or l.closed_at >= $1 or l.next_due is not null
        or (l.closing = 'referred' and l.closed_at >= $2)))
  and not exists (select from erasures e where e.cases @> array[c.case_id]
    and (e.ended_at is null or (e.state in ('refused', 'withdrawn') and e.ended_at > $1)))
order by c.unit_id, c.closed_at limit $3
"""


def days_of(kind: Kind, keeping: Keeping) -> int | None:
    """How many days it is kept; None for what no number says."""
    return getattr(keeping, kind.days) if kind.days else kind.fixed or None


async def sweep(connection: Connection, kind: Kind, before: datetime) -> int:
    """Delete one batch; how many rows it was."""
    return int(await connection.fetchval(kind.sweep, before))


async def due(
    connection: Connection, before: datetime, referred_before: datetime, most: int
) -> list[tuple[str, str]]:
    """Cases that ended so long ago that their people are to be forgotten, with the unit in charge.

    Not those that somebody has said no to within that time, nor those carried on in a case that
    did not end so long ago.
    """
    rows = await connection.fetch(DUE, before, referred_before, most)
    return [(row["case_id"], row["unit_id"]) for row in rows]
