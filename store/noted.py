"""Which entries of the books the log has noted, and their hashes. Nothing here writes."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.log.events import Noted
from domain.log.state import LOG
from store import chain
from store.database import Connection

FORM = 1
"""The number of this way of hashing; part of what is hashed."""
MOST = 200
"""Entries noted in one event."""
OVERTAKEN = 1000
"""So many numbers back an entry may turn up later than a higher one: writers do not wait."""

COLUMNS = "book_id, kind, version, body, effective_from, recorded_at"
FRESH = f"""
with noted as (
  select (b ->> 'book_id')::bigint as book_id from (
    select data from events where case_id = $1 and kind = 'log.books_noted'
    order by version desc limit $2) e, jsonb_array_elements(e.data -> 'books') b)
select {COLUMNS} from books
where book_id > (select coalesce(max(book_id), 0) - $2 from noted)
  and book_id not in (select book_id from noted) order by book_id limit $3
"""  # noqa: S608 - constants


def hashed(row: Mapping[str, Any]) -> str:
    """The SHA-256, in hex, of everything an entry says, in canonical JSON (RFC 8785)."""
    at: Mapping[str, datetime] = {name: row[name] for name in ("effective_from", "recorded_at")}
    body = {name: row[name] for name in ("book_id", "kind", "version", "body")}
    times = {name: chain.instant(value) for name, value in at.items()}
    return hashlib.sha256(chain.canonical({"form": FORM, **body, **times})).hexdigest()


async def fresh(connection: Connection) -> tuple[Noted, ...]:
    """The oldest entries that the log has not noted yet."""
    rows = await connection.fetch(FRESH, LOG, OVERTAKEN, MOST)
    return tuple(
        Noted(book_id=row["book_id"], book=row["kind"], version=row["version"], hash=hashed(row))
        for row in rows
    )
