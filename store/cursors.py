"""Cursors of lists: where a page ended, as text a client gives back. What it orders by, each list
knows.
"""

import base64
import binascii
from datetime import UTC, datetime
from typing import Any

import orjson


class BadCursor(Exception):
    """The cursor was not made by this list, or belongs to another order."""


Part = str | datetime | int
WHOLE = 2**31
"""Numbers of a place are below it, as the versions of a stream are."""


def made(*parts: Part) -> str:
    """The place as text; times in UTC."""
    plain = [p.astimezone(UTC).isoformat() if isinstance(p, datetime) else p for p in parts]
    return base64.urlsafe_b64encode(orjson.dumps(plain)).decode().rstrip("=")


def place(cursor: str, *kinds: type[Part]) -> tuple[Any, ...]:
    """The parts, each of its kind; `BadCursor` for what was not made of such parts."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        return tuple(_part(part, kind) for part, kind in zip(found, kinds, strict=True))
    except (binascii.Error, ValueError, TypeError, OverflowError) as error:
        raise BadCursor from error


def _part(part: object, kind: type[Part]) -> Part:
    if kind is int and type(part) is int and 0 <= part < WHOLE:
        return part
    if kind is int or not isinstance(part, str) or "\0" in part:
        raise ValueError
    if kind is str:
        return part
    at = datetime.fromisoformat(part)
    if at.tzinfo is None or at.astimezone(UTC) != at:
        raise ValueError
    return at
