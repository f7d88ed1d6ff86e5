"""The register of admissions: its rows, a pure function of their events, and reads of it.

Written in the transaction that appends the events; nothing else writes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.admission.state import Admission
from domain.admitted import Admitted
from store.cursors import BadCursor
from store.database import Connection
from store.views import Row

COLUMNS = """admission_id text, version int, state text, item_id text, units text[],
 applicant text, applicant_unit text, approver_unit text, applied_at timestamptz,
 valid_from timestamptz, valid_until timestamptz, in_force_from timestamptz,
 ends_at timestamptz, yearly bigint, next_due timestamptz"""
NAMES = ", ".join(column.split()[0] for column in COLUMNS.split(","))
CHANGES = ", ".join(f"{name} = excluded.{name}" for name in NAMES.split(", "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of the register. `units` are a unit and its superiors: any of them fits."""

    item_id: str | None = None
    units: Sequence[str] | None = None
    state: str | None = None
    applicant_unit: str | None = None
    in_force_at: datetime | None = None


def row(admission: Admission) -> Row:
    """The register's row of an admission that was asked for."""
    return {
        "admission_id": admission.admission_id,
        "version": admission.version,
        "state": admission.state,
        "item_id": admission.item_id,
        "units": admission.units,
        "applicant": admission.applicant.person_id,
        "applicant_unit": admission.applicant.unit_id,
        "approver_unit": admission.approver_unit,
        "applied_at": admission.applied_at,
        "valid_from": admission.valid_from,
        "valid_until": admission.valid_until,
        "in_force_from": admission.in_force_from,
        "ends_at": admission.ends_at,
        "yearly": admission.yearly,
        "next_due": admission.next_due(),
    }


def upsert(number: int) -> str:
    """The statement that takes rows of the register, given their parameter's number."""
    return (
        f"insert into admissions ({NAMES}) select {NAMES}"  # noqa: S608 - constants
        f" from jsonb_to_recordset(${number}::jsonb) as r({COLUMNS})"
        f" on conflict (admission_id) do update set {CHANGES}"
    )


# -- reading -----------------------------------------------------------------

APPROVED = """
select a.admission_id, a.item_id, a.units, a.in_force_from as valid_from, a.ends_at, a.yearly,
       (select jsonb_object_agg(m.year, m.used) from admission_money m
         where m.admission_id = a.admission_id) as used
from admissions a where a.item_id = any($1) and a.in_force_from is not null
order by a.admission_id
"""
PAGE = """
select * from admissions a
where ($1::text is null or item_id = $1)
  and ($2::text[] is null or units && $2)
  and ($3::text is null or state = $3)
  and ($4::text is null or applicant_unit = $4)
  and ($5::timestamptz is null or (in_force_from <= $5 and ends_at > $5))
  and ($6::text is null or (applied_at, admission_id) <
       (select c.applied_at, c.admission_id from admissions c where c.admission_id = $6))
order by applied_at desc, admission_id desc limit $7
"""


async def approved(connection: Connection, items: Sequence[str]) -> tuple[Admitted, ...]:
    """The admissions of those items that two have approved, whether still in force or not."""
    rows = await connection.fetch(APPROVED, list(items))
    return tuple(
        Admitted(
            admission_id=found["admission_id"],
            item_id=found["item_id"],
            units=tuple(found["units"]),
            valid_from=found["valid_from"],
            ends_at=found["ends_at"],
            yearly=found["yearly"],
            used={int(year): used for year, used in (found["used"] or {}).items()},
        )
        for found in rows
    )


async def page(
    connection: Connection, wanted: Wanted, *, cursor: str | None, size: int
) -> tuple[list[Mapping[str, Any]], str | None]:
    """The newest rows first, at most `size`, and the cursor that asks for those after them."""
    if cursor is not None and not await _known(connection, cursor):
        raise BadCursor
    rows = await connection.fetch(
        PAGE,
        wanted.item_id,
        None if wanted.units is None else list(wanted.units),
        wanted.state,
        wanted.applicant_unit,
        wanted.in_force_at,
        cursor,
        size + 1,
    )
    shown: list[Mapping[str, Any]] = [dict(found) for found in rows[:size]]
    return shown, str(shown[-1]["admission_id"]) if len(rows) > size else None


async def _known(connection: Connection, admission_id: str) -> bool:
    known = "select exists (select from admissions where admission_id = $1)"
    return "\0" not in admission_id and bool(await connection.fetchval(known, admission_id))


async def in_force(connection: Connection, at: datetime) -> list[Mapping[str, Any]]:
    """What is in force at a moment, all items, in their order."""
    rows = await connection.fetch(
        """select admission_id, item_id, units, ends_at from admissions
           where in_force_from <= $1 and ends_at > $1 order by item_id, admission_id""",
        at,
    )
    return [dict(found) for found in rows]


async def money(
    connection: Connection, admissions: Sequence[str]
) -> dict[str, list[Mapping[str, Any]]]:
    """What was granted and used, by admission, a row for each year with an expense."""
    rows = await connection.fetch(
        """select admission_id, year, granted, used from admission_money
           where admission_id = any($1) order by admission_id, year""",
        list(admissions),
    )
    found: dict[str, list[Mapping[str, Any]]] = {}
    for each in rows:
        found.setdefault(each["admission_id"], []).append(dict(each))
    return found


async def spent_by(connection: Connection, admission_id: str) -> list[Mapping[str, Any]]:
    """Which cases used its money: the events behind the sums."""
    rows = await connection.fetch(
        """select case_id, version, year, fen from admission_expenses
           where admission_id = $1 order by case_id, version""",
        admission_id,
    )
    return [dict(found) for found in rows]


async def open_admissions(connection: Connection, after: str = "", most: int = 1000) -> list[str]:
    """Ids of those that still wait for something, in id order, after the one given."""
    rows = await connection.fetch(
        """select admission_id from admissions where next_due is not null
           and admission_id > $1 order by admission_id limit $2""",
        after,
        most,
    )
    return [found["admission_id"] for found in rows]
