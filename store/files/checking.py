"""Holds the store of files against the journal: every file that an event names and nobody forgot
must be there, unchanged. No key is needed: what events name is the hash of the sealed bytes.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal

from store.database import Connection
from store.files.vault import Changed, Missing, Vault

PAGE = 500
NAMED = """
select e.position, e.case_id, e.version, e.data ->> 'file' as file, a.address
from events e cross join lateral (values (e.data ->> 'address'), (e.data ->> 'small')) as a(address)
where e.kind = 'file.attached' and a.address <> '' and e.position > $1
 and not exists (select from subject_keys k where k.case_id = e.case_id and k.wrapped is null
  and k.subject = coalesce(nullif(e.data ->> 'subject', ''), 'case'))
 and e.position <= coalesce((select max(position) from (select position from events
  where kind = 'file.attached' and position > $1 order by position limit $2) p), 0)
order by e.position
"""
KNOWN = """select x as address from unnest($1::text[]) x where exists (
  select from events e where e.kind = 'file.attached' and e.data ->> 'address' = x)
 or exists (select from events e where e.kind = 'file.attached' and e.data ->> 'small' = x)
 or exists (select from uploads u where u.address = x or (u.small = x and u.small <> ''))
 or exists (select from doomed_files d where d.address = x)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A file of the journal, and how it lies in the store."""

    case_id: str
    version: int
    file: str
    address: str
    found: Literal["there", "missing", "changed"]


async def checked(connection: Connection, vault: Vault) -> AsyncIterator[Checked]:
    """Every file that should be there, in the journal's order; raises while the store is away."""
    after = 0
    while rows := await connection.fetch(NAMED, after, PAGE):
        for row in rows:
            found = await _found(vault, row["address"])
            whose = {name: row[name] for name in ("case_id", "version", "file", "address")}
            yield Checked(**whose, found=found)
        after = rows[-1]["position"]


async def _found(vault: Vault, address: str) -> Literal["there", "missing", "changed"]:
    try:
        await vault.get(address)
    except Missing:
        return "missing"
    except Changed:
        return "changed"
    return "there"


async def surplus(connection: Connection, vault: Vault) -> AsyncIterator[str]:
    """What lies in the store and nothing speaks of."""
    page: list[str] = []
    async for address in vault.addresses():
        page.append(address)
        if len(page) == PAGE:
            for each in await _unknown(connection, page):
                yield each
            page = []
    for each in await _unknown(connection, page):
        yield each


async def _unknown(connection: Connection, page: list[str]) -> list[str]:
    known = {row["address"] for row in await connection.fetch(KNOWN, page)}
    return [address for address in page if address not in known]
