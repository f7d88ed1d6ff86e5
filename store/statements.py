"""The statements of an append, put together from column lists; rows are given as JSON."""

from functools import cache
from itertools import count

from store.views import FIXED

EVENT = """case_id text, version int, kind text, schema smallint, data jsonb, actor text, post text,
 unit text, command_id uuid, occurred_at timestamptz, recorded_at timestamptz, prev_hash bytea,
 hash bytea"""
COMMAND = """case_id text, command_id uuid, kind text, fingerprint bytea, accepted boolean,
 first_version int, last_version int, refusal jsonb, recorded_at timestamptz"""
KEY = "case_id text, subject text, wrapped bytea, created_at timestamptz"
NOTICE = """case_id text, version int, topic text, recipient_kind text, recipient text,
 created_at timestamptz"""


def _names(columns: str) -> str:
    return ", ".join(column.split()[0] for column in columns.split(","))


def _insert(table: str, columns: str, number: int) -> str:
    return (
        f"insert into {table} ({_names(columns)}) select {_names(columns)}"  # noqa: S608 - constants
        f" from jsonb_to_recordset(${number}::jsonb) as r({columns})"
    )


def _upsert_cases(number: int) -> str:
    changing = [c for c in VIEW_COLUMNS if c not in {*FIXED, "case_id"}]
    names = ", ".join(VIEW_COLUMNS)
    changes = ", ".join(f"{name} = excluded.{name}" for name in changing)
    return (
        f"insert into cases ({names}) select {names}"  # noqa: S608 - constants
        f" from jsonb_populate_recordset(null::cases, ${number}::jsonb)"
        f" on conflict (case_id) do update set {changes}"
    )


VIEW_COLUMNS = (
    *("case_id", "version", "case_type", "channel", "class_id", "item_id", "department_id"),
    *("urgency", "stage", "phase", "round", "stint", "unit_id", "person_id", "post_id"),
    *("officer", "officer_post", "receipt_hash", "policy", "opened_at", "changed_at"),
    *("overdue_at", "resident_due", "next_due", "breaches", "resident_broken", "resolved_at"),
    *("closed_at", "closing", *FIXED),
)
UNITS = """insert into case_units (unit_id, case_id) select unit_id, case_id
 from jsonb_to_recordset(${}::jsonb) as r(unit_id text, case_id text) on conflict do nothing"""

TABLES = (
    ("added", "events", EVENT),
    ("outcomes", "commands", COMMAND),
    ("sealed", "subject_keys", KEY),
    ("told", "outbox", NOTICE),
)


@cache
def append_to(used: tuple[bool, ...]) -> str:
    """The append to those tables that get rows: most commands leave half of them alone.

    In order: events, commands, subject_keys, outbox, cases, case_units.
    """
    number = dict(zip((t for t, has in enumerate(used) if has), count(1), strict=False))
    parts = [
        f"{name} as ({_insert(table, columns, number[t])})"
        for t, (name, table, columns) in enumerate(TABLES)
        if used[t]
    ]
    if used[5]:
        parts.append(f"seen as ({UNITS.format(number[5])})")
    last = _upsert_cases(number[4]) if used[4] else "select 1"
    return f"with {', '.join(parts)} {last}"


REFUSE = _insert("commands", COMMAND, 1)
