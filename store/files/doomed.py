"""Removing bytes that nothing needs any more: of files never named in a case, and of the erased.

What falls due is written down in the transaction that makes it so; the bytes go afterwards, tried
again until they are gone. Bytes that anything still needs stay.
"""

from sqlalchemy.ext.asyncio import AsyncEngine

from store.database import Connection, raw
from store.files.uploads import LASTS, Transaction, lock
from store.files.vault import Vault

BATCH = 500

DOOM = """insert into doomed_files (address) select distinct a.address
 from jsonb_to_recordset(${}::jsonb) as r(case_id text, subject text)
 join events e on e.case_id = r.case_id and e.kind = 'file.attached'
  and coalesce(nullif(e.data ->> 'subject', ''), 'case') = r.subject
 cross join lateral (values (e.data ->> 'address'), (e.data ->> 'small')) as a(address)
 where a.address <> '' on conflict do nothing"""
"""The bytes of files whose key goes; part of the statement that destroys it."""

EXPIRE = f"""
with old as (select file from uploads where created_at < clock_timestamp() - interval '{LASTS}'
   and created_at < $1 order by created_at limit {BATCH} for update skip locked),
 named as (delete from attached_uploads a using old where a.file = old.file),
 gone as (delete from uploads u using old where u.file = old.file returning address, small),
 doomed as (insert into doomed_files (address) select distinct a.address from gone
   cross join lateral (values (address), (small)) as a(address)
   where a.address <> '' on conflict do nothing)
select count(*) from gone
"""  # noqa: S608 - constants

NEEDED = """
select exists (select from uploads where address = $1 or (small = $1 and small <> ''))
 or exists (select from events e where e.kind = 'file.attached'
  and (e.data ->> 'address' = $1 or e.data ->> 'small' = $1)
  and not exists (select from subject_keys k where k.case_id = e.case_id and k.wrapped is null
    and k.subject = coalesce(nullif(e.data ->> 'subject', ''), 'case')))
"""


async def bury(engine: AsyncEngine, vault: Vault) -> int:
    """Remove what is doomed and not needed by anything else; how many files went.

    Raises what the store says; what it did not remove stays doomed.
    """
    gone, after = 0, ""
    while True:
        async with raw(engine) as connection:
            found = await connection.fetch(
                "select address from doomed_files where address > $1 order by address limit $2",
                after,
                BATCH,
            )
            for row in found:
                gone += await _buried(connection, vault, row["address"])
        if len(found) < BATCH:
            return gone
        after = found[-1]["address"]


async def _buried(connection: Connection, vault: Vault, address: str) -> int:
    """Nobody stores the same bytes meanwhile: whoever wants to waits for the lock."""
    async with Transaction(connection):
        await lock(connection, address)
        needed = bool(await connection.fetchval(NEEDED, address))
        if not needed:
            await vault.remove(address)
        await connection.execute("delete from doomed_files where address = $1", address)
    return int(not needed)
