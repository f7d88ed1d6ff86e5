"""The statements of an append, put together from column lists; rows are given as JSON.

The column `case_id` holds the id of a stream of events, whatever its noun: chain, numbering and
everything that reads by `seq` cover all nouns alike.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial

from store import access_record, admissions, erasures, forgetting, open_questions, reports, visits
from store.files import doomed, uploads
from store.views import FIXED, PLACE

EVENT = """case_id text, version int, kind text, schema smallint, data jsonb, actor text, post text,
 unit text, command_id uuid, occurred_at timestamptz, recorded_at timestamptz, prev_hash bytea,
 hash bytea"""
COMMAND = """case_id text, command_id uuid, kind text, fingerprint bytea, accepted boolean,
 first_version int, last_version int, refusal jsonb, recorded_at timestamptz"""
KEY = "case_id text, subject text, wrapped bytea, created_at timestamptz"
EXPENSE = """case_id text, version int, admission_id text, year int, granted bigint,
 fen bigint"""
NOTICE = """case_id text, version int, topic text, recipient_kind text, recipient text,
 created_at timestamptz"""

BOOK = "kind text, version text, body jsonb, effective_from timestamptz"


def _names(columns: str) -> str:
    return ", ".join(column.split()[0] for column in columns.split(","))


def _insert(table: str, columns: str, number: int) -> str:
    return (
        f"insert into {table} ({_names(columns)}) select {_names(columns)}"  # noqa: S608 - constants
        f" from jsonb_to_recordset(${number}::jsonb) as r({columns})"
    )


def _upsert_cases(number: int, kept: frozenset[str]) -> str:
    changing = [c for c in VIEW_COLUMNS if c not in kept]
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
    *(
        "officer",
        "officer_post",
        "receipt_hash",
        "policy",
        "proactive",
        "visit_id",
        "opened_at",
        "changed_at",
    ),
    *("overdue_at", "yellow_at", "resident_due", "next_due", "breaches", "resident_broken"),
    *("resolved_at", "closed_at", "closing", "mediators", "owed", "owers", *FIXED),
)
UNITS = """insert into case_units (unit_id, case_id) select unit_id, case_id
 from jsonb_to_recordset(${}::jsonb) as r(unit_id text, case_id text) on conflict do nothing"""

MONEY = """insert into admission_money (admission_id, year, granted, used)
 select admission_id, year, max(granted), sum(fen) from jsonb_to_recordset(${}::jsonb)
 as r(admission_id text, year int, granted bigint, fen bigint) group by 1, 2 order by 1, 2
 on conflict (admission_id, year) do update set used = admission_money.used + excluded.used"""

ENDED_SESSIONS = """update sessions set expires_at = least(sessions.expires_at, r.at)
 from jsonb_to_recordset(${}::jsonb) as r(person_id text, at timestamptz)
 where sessions.person_id = r.person_id"""

WRITES: Mapping[str, Callable[[int], str]] = {
    "events": partial(_insert, "events", EVENT),
    "commands": partial(_insert, "commands", COMMAND),
    "subject_keys": partial(_insert, "subject_keys", KEY),
    "outbox": partial(_insert, "outbox", NOTICE),
    "cases": partial(_upsert_cases, kept=frozenset({*FIXED, "case_id"} - {*PLACE})),
    "forgotten_cases": partial(_upsert_cases, kept=frozenset({"case_id"})),
    "destroyed_keys": forgetting.DESTROY.format,
    "doomed_files": doomed.DOOM.format,
    "attached_uploads": uploads.ATTACH.format,
    "emptied_uploads": uploads.EMPTY.format,
    "case_units": UNITS.format,
    "open_questions": open_questions.PUT.format,
    "settled_questions": open_questions.SETTLE.format,
    "ended_sessions": ENDED_SESSIONS.format,
    "books": partial(_insert, "books", BOOK),
    "admissions": admissions.upsert,
    "visits": visits.upsert,
    "access_record": partial(_insert, "access_record", access_record.COLUMNS),
    "erasures": erasures.upsert,
    "reports": reports.upsert,
    "admission_expenses": partial(_insert, "admission_expenses", EXPENSE),
    "admission_money": MONEY.format,
}
"""How a table takes its rows, given their parameter's number. A noun adds its own tables."""


@cache
def append_to(tables: tuple[str, ...]) -> str:
    """The append to those tables that get rows: most commands leave half of them alone."""
    parts = (f"to_{t} as ({WRITES[t](number)})" for number, t in enumerate(tables, start=1))
    return f"with {', '.join(parts)} select"
