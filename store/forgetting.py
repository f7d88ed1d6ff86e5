"""Destroying data keys (R14.4): with the event that says so, in one statement, and for ever.

A key that was never made gets its stone as well, so that none is made later.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

COLUMNS = "case_id text, subject text, destroyed_at timestamptz"
DESTROY = f"""insert into subject_keys (case_id, subject, wrapped, created_at, destroyed_at)
 select case_id, subject, null, destroyed_at, destroyed_at
 from jsonb_to_recordset(${{}}::jsonb) as r({COLUMNS})
 on conflict (case_id, subject) do update set wrapped = null, destroyed_at = excluded.destroyed_at
 where subject_keys.wrapped is not null"""  # noqa: S608 - constants


def rows(stream: str, keys: Iterable[str], at: datetime) -> list[dict[str, Any]]:
    """The keys of a stream that go."""
    return [{"case_id": stream, "subject": each, "destroyed_at": at} for each in keys]
