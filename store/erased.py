"""Whom erasures forgot, as a list to be kept outside the database: ids alone, nothing to forget.

A restored dump that is older brings those people back; by this list they are forgotten again.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from domain.erasure.commands import Target
from store.database import Connection
from store.folds import CASE, ERASURE

FORM: Final = {"type": "shouwen.erased", "form": 1}
ERASED = """select e.case_id as erasure_id, e.data, e.recorded_at from erasures x
 join events e on e.case_id = x.erasure_id
 where x.erased > 0 and e.kind = 'erasure.target_erased' order by e.recorded_at, e.position"""


class Damaged(Exception):
    """The file is no such list, or not all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Somebody was forgotten, by that erasure."""

    erasure_id: str
    target: Target


async def lines(connection: Connection) -> AsyncIterator[bytes]:
    """The list, oldest first; its last line says that it is whole."""
    now: datetime = await connection.fetchval("select now()")
    yield _line({**FORM, "at": now})
    rows = await connection.fetch(ERASED)
    for row in rows:
        told = {name: row["data"]["target"][name] for name in ("case_id", "subject")}
        yield _line({"erasure_id": row["erasure_id"], **told, "at": row["recorded_at"]})
    yield _line({"type": "end", "erased": len(rows)})


def _line(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)


def read(written: Iterable[bytes]) -> list[Erased]:
    """What a list says; `Damaged` unless all of it is there."""
    try:
        head, *found, end = [orjson.loads(line) for line in written]
        whole = {name: head[name] for name in FORM} == FORM
        people = list(_people(found))
    except (ValueError, KeyError, TypeError):
        raise Damaged from None
    if not whole or end != {"type": "end", "erased": len(people)}:
        raise Damaged
    return people


def _people(found: Iterable[Any]) -> Iterator[Erased]:
    for each in found:
        target = Target(case_id=each["case_id"], subject=each["subject"])
        if not (CASE.owns(target.case_id) and ERASURE.owns(each["erasure_id"]) and target.subject):
            raise ValueError
        yield Erased(erasure_id=each["erasure_id"], target=target)
