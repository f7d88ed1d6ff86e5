"""The hash chain of a case: SHA-256 over RFC 8785 canonical JSON of the stored, sealed form."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import orjson

from store.codec import Stored

FORM = 1
"""The number of this way of hashing; part of what is hashed."""


def canonical(value: dict[str, Any]) -> bytes:
    """RFC 8785 for what the journal holds: text, whole numbers within 2^53, ASCII keys.

    orjson does it forty times faster than a general library; a property test holds the two equal.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)


def instant(at: datetime) -> str:
    """UTC with microseconds, always in the same form."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def _moment(at: datetime) -> datetime | str:
    """What the canonical form writes as `instant` does; orjson is quicker with the time itself, and
    leaves microseconds out where there are none.
    """
    return at.astimezone(UTC) if at.microsecond else instant(at)


def written(
    case_id: str,
    version: int,
    command_id: str,
    recorded_at: datetime,
    stored: Stored,
    previous: bytes | None,
) -> bytes:
    """The canonical form of an event that follows `previous`: what is hashed."""
    body = {
        "form": FORM,
        "case_id": case_id,
        "version": version,
        "kind": stored.kind,
        "schema": stored.schema,
        "data": stored.data,
        "actor": stored.actor,
        "post": stored.post,
        "unit": stored.unit,
        "command_id": command_id,
        "occurred_at": _moment(stored.occurred_at),
        "recorded_at": _moment(recorded_at),
        "prev_hash": previous.hex() if previous else None,
    }
    return canonical(body)


def link(
    case_id: str,
    version: int,
    command_id: str,
    recorded_at: datetime,
    stored: Stored,
    previous: bytes | None,
) -> bytes:
    """The hash of an event that follows `previous` (None for a case's first)."""
    body = written(case_id, version, command_id, recorded_at, stored, previous)
    return hashlib.sha256(body).digest()


def hashed(body: dict[str, Any]) -> bytes:
    """The hash of an event written out as above."""
    return hashlib.sha256(canonical(body)).digest()
