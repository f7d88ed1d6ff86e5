"""The journal, its outcomes, keys and order; the views of a case; books and accounts."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JOURNAL = """
create table events (
    position bigint generated always as identity primary key,
    case_id text not null,
    version integer not null check (version > 0),
    kind text not null,
    schema smallint not null check (schema > 0),
    data jsonb not null,
    actor text not null,
    post text,
    unit text,
    command_id uuid not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    xid xid8 not null default pg_current_xact_id(),
    prev_hash bytea check (length(prev_hash) = 32),
    hash bytea not null check (length(hash) = 32),
    unique (case_id, version),
    check ((version = 1) = (prev_hash is null))
);
create index events_commit_order on events (xid, position);

create table commands (
    case_id text not null,
    command_id uuid not null,
    kind text not null,
    fingerprint bytea not null,
    accepted boolean not null,
    first_version integer not null,
    last_version integer not null,
    refusal jsonb,
    recorded_at timestamptz not null,
    primary key (case_id, command_id)
);

create table subject_keys (
    case_id text not null,
    subject text not null,
    wrapped bytea,
    created_at timestamptz not null,
    destroyed_at timestamptz,
    primary key (case_id, subject),
    check ((wrapped is null) = (destroyed_at is not null))
);

create table outbox (
    position bigint generated always as identity primary key,
    case_id text not null,
    version integer not null,
    topic text not null,
    recipient_kind text not null,
    recipient text not null,
    created_at timestamptz not null
);

create table event_sequence (
    seq bigint primary key,
    position bigint not null unique references events (position)
);
create table sequencer (
    singleton boolean primary key default true check (singleton),
    last_seq bigint not null default 0,
    last_xid xid8 not null default '0',
    last_position bigint not null default 0,
    floor_position bigint not null default 0
);
insert into sequencer default values;
"""

VIEWS = """
create table cases (
    case_id text primary key,
    version integer not null,
    case_type text not null,
    channel text not null,
    class_id text not null,
    item_id text not null,
    department_id text not null,
    urgency text not null,
    stage text not null,
    phase text not null,
    round integer not null,
    stint integer not null,
    unit_id text not null,
    person_id text not null,
    post_id text not null,
    officer text not null,
    officer_post text not null,
    title text not null,
    search text not null,
    lookup text not null,
    receipt_hash text not null,
    longitude integer,
    latitude integer,
    external_system text,
    external_reference text,
    external_channel text,
    policy text not null,
    opened_at timestamptz not null,
    changed_at timestamptz not null,
    overdue_at timestamptz,
    resident_due timestamptz,
    next_due timestamptz,
    breaches integer not null,
    resident_broken boolean not null,
    resolved_at timestamptz,
    closed_at timestamptz,
    closing text
);
create index cases_newest on cases (opened_at desc, case_id desc);
create index cases_due on cases (overdue_at, case_id) where closed_at is null;
create index cases_workload on cases (unit_id, post_id) where closed_at is null;
create index cases_unit on cases (unit_id, opened_at desc, case_id desc);
create index cases_lookup on cases (lookup) where lookup <> '';
create index cases_search on cases using gin (search gin_trgm_ops);
create unique index cases_external on cases (external_system, external_reference);

create table case_units (
    unit_id text not null,
    case_id text not null,
    primary key (unit_id, case_id)
);
create index case_units_case on case_units (case_id);
"""

OFFICE = """
create table books (
    book_id bigint generated always as identity primary key,
    kind text not null check (kind in ('organisation', 'catalogue', 'policy', 'calendar')),
    version text not null,
    body jsonb not null,
    effective_from timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    unique (kind, version, effective_from)
);

create table accounts (
    person_id text primary key,
    login text not null unique,
    password_hash text not null,
    changed_at timestamptz not null default clock_timestamp()
);

create table sessions (
    token_hash text primary key,
    person_id text not null references accounts (person_id),
    kind text not null check (kind in ('browser', 'machine')),
    label text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null
);
create index sessions_expiry on sessions (expires_at);

create table sign_in_failures (
    login text not null,
    at timestamptz not null default clock_timestamp()
);
create index sign_in_failures_login on sign_in_failures (login, at);
"""

GUARD = """
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% of % is refused: the journal is append-only', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end $$;
"""

APPEND_ONLY = ("events", "commands", "outbox", "event_sequence", "books")

GRANTS = """
grant usage on schema public to shouwen_app;
grant select, insert on events, commands, outbox, event_sequence, books to shouwen_app;
grant select, insert on subject_keys to shouwen_app;
grant select, update on sequencer to shouwen_app;
grant select, insert, update, delete on cases, case_units to shouwen_app;
grant select, insert, update, delete on accounts, sessions, sign_in_failures to shouwen_app;
grant usage on all sequences in schema public to shouwen_app;
"""


def upgrade() -> None:
    """Create everything; refuse change of the journal by trigger and by privilege."""
    for script in (JOURNAL, VIEWS, OFFICE):
        _run(script)
    op.execute(GUARD)
    for table in APPEND_ONLY:
        _run(_guarded(table))
    _run(GRANTS)


def _guarded(table: str) -> str:
    """Triggers for everybody, replication included; nobody is granted what they refuse."""
    row, whole = f"{table}_append_only", f"{table}_no_truncate"
    return f"""
create trigger {row} before update or delete on {table}
    for each row execute function refuse_change();
create trigger {whole} before truncate on {table}
    for each statement execute function refuse_change();
alter table {table} enable always trigger {row};
alter table {table} enable always trigger {whole};
revoke update, delete, truncate on {table} from public;
"""


def _run(script: str) -> None:
    """One statement at a time: the driver prepares each."""
    for statement in script.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A journal is not taken down."""
    raise RuntimeError("the journal is append-only; restore a backup into a new database instead")
