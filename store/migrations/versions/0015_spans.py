"""Where every case was when, for the worklist of a past moment."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SPANS = """
create table case_spans (
    case_id text not null,
    since timestamptz not null,
    until timestamptz,
    version integer not null,
    case_type text not null,
    channel text not null,
    class_id text not null,
    item_id text not null,
    urgency text not null,
    stage text not null,
    phase text not null,
    round integer not null,
    unit_id text not null,
    person_id text not null,
    mediators text[] not null,
    proactive boolean not null,
    opened_at timestamptz not null,
    changed_at timestamptz not null,
    overdue_at timestamptz,
    resident_due timestamptz,
    breaches integer not null,
    closed_at timestamptz,
    closing text,
    primary key (case_id, since)
);
create index case_spans_newest on case_spans (opened_at desc, case_id desc);
create table case_sights (
    unit_id text not null,
    case_id text not null,
    since timestamptz not null,
    primary key (unit_id, case_id)
);
create index case_sights_case on case_sights (case_id);
create table span_keeper (
    singleton boolean primary key default true check (singleton),
    last_seq bigint not null default 0
);
insert into span_keeper default values;
grant select, insert, update, delete on case_spans, case_sights to shouwen_app;
grant select, update on span_keeper to shouwen_app
"""


def upgrade() -> None:
    """Add the tables; the keeper fills them with what is in the journal already."""
    for statement in SPANS.split(";\n"):
        op.execute(statement)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
