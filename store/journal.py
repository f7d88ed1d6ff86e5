"""The journal: load a case or another noun, append at the expected version. One statement each way.

An append writes events, the command's outcome, new data keys, outbox and views together: PostgreSQL
runs one statement as one transaction. No lock is taken; two writers of one version meet at the
unique key and the later one gets `Conflict`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, cast
from uuid import UUID

import asyncpg
import orjson

from domain.notices import Notice
from store import chain, codec
from store.codec import AnyEvent, Stored, Subjects
from store.database import Connection
from store.folds import E, Fold, S
from store.keys import KeyRing, new_data_key
from store.statements import append_to
from store.views import Row

CONTESTED = frozenset(
    {
        "events_case_id_version_key",
        "commands_pkey",
        "subject_keys_pkey",
        "books_kind_version_effective_from_key",
        "admission_money_within",
        "attached_uploads_pkey",
    }
)
"""The keys two honest writers of a stream can meet at, and what two cases can both want: money of
an admission, a file that is uploaded."""


class Conflict(Exception):
    """Somebody else appended first, or the same command is being written twice."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command: the versions it made, or the refusal."""

    accepted: bool
    first_version: int
    last_version: int
    refusal: Mapping[str, Any] | None
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Loaded(Generic[S]):
    """A stream's state as the journal has it, and the database's time.

    `books` is the newest book entry; `fixed` what a case's view keeps, None for other nouns.
    """

    state: S
    version: int
    last_hash: bytes | None
    wrapped: Mapping[str, bytes]
    fixed: Mapping[str, Any] | None
    outcome: Outcome | None
    books: int
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Everything one command adds to the journal.

    Entries of one case may be appended together, in order: the later ones go on from the hash and
    the keys of the earlier, whatever they say themselves, and only the last one brings the case's
    row. `rows` are what the events change in the noun's own tables, by table;
    `events` are of the noun's own union.
    """

    case_id: str
    command_id: UUID
    command: str
    fingerprint: bytes
    version: int
    last_hash: bytes | None
    recorded_at: datetime
    events: tuple[Any, ...] = ()
    refusal: Mapping[str, Any] | None = None
    wrapped: Mapping[str, bytes] = field(default_factory=dict)
    notices: tuple[tuple[int, Notice], ...] = ()
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)


LOAD = """
select
  (select jsonb_agg(jsonb_build_array(kind, schema, data, actor, post, unit, occurred_at)
                    order by version) from events where case_id = $1
      and ($3::text[] is null or kind = any($3))) as events,
  (select jsonb_build_array(version, encode(hash, 'hex')) from events where case_id = $1
    order by version desc limit 1) as last,
  (select jsonb_object_agg(subject, encode(coalesce(wrapped, ''), 'hex')) from subject_keys
    where case_id = $1) as keys,
  (select to_jsonb(f) from (select title, search, lookup, longitude, latitude, area,
          external_system, external_reference, external_channel
          from cases where case_id = $1) f) as fixed,
  (select jsonb_build_array(accepted, first_version, last_version, refusal,
          encode(fingerprint, 'hex')) from commands where case_id = $1 and command_id = $2)
          as outcome,
  (select coalesce(max(book_id), 0) from books) as books,
  clock_timestamp() as now
"""


async def load(
    connection: Connection, fold: Fold[S, E], case_id: str, command_id: UUID | None = None
) -> Loaded[S]:
    """The state folded from its events, with what the next append needs."""
    found = await connection.fetchrow(LOAD, case_id, command_id, fold.kinds)
    if found is None:
        msg = "a select without a table gives one row"
        raise RuntimeError(msg)
    state, evolve = fold.initial(case_id), fold.evolve
    for stored in stored_events(found["events"]):
        state = evolve(state, cast("E", codec.decode(stored)))
    version, last_hash = found["last"] or (0, "")
    keys = found["keys"] or {}
    return Loaded(
        state=state,
        version=version,
        last_hash=bytes.fromhex(last_hash) or None,
        wrapped={subject: bytes.fromhex(key) for subject, key in keys.items()},
        fixed=found["fixed"],
        outcome=_outcome(found["outcome"]),
        books=found["books"],
        now=found["now"],
    )


def stored_events(rows: Sequence[Sequence[Any]] | None) -> list[Stored]:
    """The stored events of rows of (kind, schema, data, actor, post, unit, time in UTC)."""
    return [Stored(*row[:6], datetime.fromisoformat(row[6])) for row in rows or ()]  # type: ignore[call-arg]


def _outcome(found: Sequence[Any] | None) -> Outcome | None:
    if found is None:
        return None
    accepted, first, last, refusal, fingerprint = found
    return Outcome(accepted, first, last, refusal, bytes.fromhex(fingerprint))


# -- keys --------------------------------------------------------------------


def label(case_id: str, subject: str) -> str:
    """What binds a wrapped data key to its owner."""
    return f"{case_id}/{subject}"


def open_keys(case_id: str, wrapped: Mapping[str, bytes], ring: KeyRing) -> dict[str, bytes]:
    """The data keys of a case, ready to seal and open, without those that were destroyed."""
    return {s: ring.unwrap(key, label(case_id, s)) for s, key in wrapped.items() if key}


def keys_for(
    case_id: str, events: Sequence[AnyEvent], wrapped: Mapping[str, bytes], ring: KeyRing
) -> tuple[Subjects, dict[str, bytes]]:
    """What seals these events, and the wrapped keys that are new; of who was erased none is."""
    needed: frozenset[str] = frozenset().union(*map(codec.subjects_in, events))
    known = open_keys(case_id, {s: k for s, k in wrapped.items() if s in needed}, ring)
    gone = frozenset(s for s, key in wrapped.items() if not key)
    fresh = {s: new_data_key() for s in sorted(needed - known.keys() - gone)}
    new = {s: ring.wrap(key, label(case_id, s)) for s, key in fresh.items()}
    return Subjects({**known, **fresh}, gone), new


# -- append ------------------------------------------------------------------


@dataclass(slots=True)
class _Tail:
    """Where a case ends while an append is put together."""

    hash: bytes | None
    wrapped: Mapping[str, bytes]


async def append(connection: Connection, entries: Sequence[Entry], ring: KeyRing) -> None:
    """Write all entries or none; `Conflict` when a version or a command is already there."""
    tails = {e.case_id: _Tail(e.last_hash, e.wrapped) for e in reversed(entries)}
    tables = _together([_parts(entry, tails[entry.case_id], ring) for entry in entries])
    try:
        await connection.execute(append_to(tuple(tables)), *map(_json, tables.values()))
    except asyncpg.IntegrityConstraintViolationError as error:
        if error.constraint_name not in CONTESTED:
            raise
        raise Conflict(str(error)) from error


def _together(parts: Sequence[Mapping[str, Sequence[Row]]]) -> dict[str, list[Row]]:
    """The rows of all entries by table, without the tables that get none."""
    tables: dict[str, list[Row]] = {}
    for part in parts:
        for table, rows in part.items():
            if rows:
                tables.setdefault(table, []).extend(rows)
    return tables


def _parts(entry: Entry, tail: _Tail, ring: KeyRing) -> Mapping[str, Sequence[Row]]:
    subjects, new = keys_for(entry.case_id, entry.events, tail.wrapped, ring)
    tail.wrapped = {**tail.wrapped, **new}
    keys = [
        {
            "case_id": entry.case_id,
            "subject": subject,
            "wrapped": _bytea(wrapped),
            "created_at": entry.recorded_at,
        }
        for subject, wrapped in new.items()
    ]
    return {
        "events": _event_rows(entry, tail, subjects),
        "commands": [_command_row(entry)],
        "subject_keys": keys,
        "outbox": _told(entry),
        **entry.rows,
    }


def _event_rows(entry: Entry, tail: _Tail, subjects: Subjects) -> list[Row]:
    rows: list[Row] = []
    command_id = str(entry.command_id)
    for version, event in enumerate(entry.events, start=entry.version + 1):
        stored = codec.encode(event, subjects, f"{entry.case_id}/{version}")
        hashed = chain.link(
            entry.case_id, version, command_id, entry.recorded_at, stored, tail.hash
        )
        rows.append(
            {
                "case_id": entry.case_id,
                "version": version,
                "kind": stored.kind,
                "schema": stored.schema,
                "data": stored.data,
                "actor": stored.actor,
                "post": stored.post,
                "unit": stored.unit,
                "command_id": command_id,
                "occurred_at": stored.occurred_at,
                "recorded_at": entry.recorded_at,
                "prev_hash": _bytea(tail.hash) if tail.hash else None,
                "hash": _bytea(hashed),
            }
        )
        tail.hash = hashed
    return rows


def _command_row(entry: Entry) -> Row:
    return {
        "case_id": entry.case_id,
        "command_id": str(entry.command_id),
        "kind": entry.command,
        "fingerprint": _bytea(entry.fingerprint),
        "accepted": entry.refusal is None,
        "first_version": entry.version + 1,
        "last_version": entry.version + len(entry.events),
        "refusal": entry.refusal,
        "recorded_at": entry.recorded_at,
    }


def _told(entry: Entry) -> list[Row]:
    return [
        {
            "case_id": entry.case_id,
            "version": version,
            "topic": notice.topic,
            "recipient_kind": notice.to,
            "recipient": notice.recipient,
            "created_at": entry.recorded_at,
        }
        for version, notice in entry.notices
    ]


def _bytea(value: bytes) -> str:
    return f"\\x{value.hex()}"


def _json(rows: list[Row]) -> str:
    return orjson.dumps(rows).decode()
