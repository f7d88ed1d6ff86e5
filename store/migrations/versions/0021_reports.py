"""Reports of units: the register, and the files they consist of."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

REPORTS = """
create table reports (
    report_id text primary key,
    version integer not null,
    unit_id text not null,
    period text not null,
    edition integer not null,
    as_of timestamptz not null,
    position bigint not null,
    policy text not null,
    organisation text not null,
    figures text not null,
    files jsonb not null,
    written_at timestamptz not null
);
create index reports_unit on reports (unit_id, period);
create index reports_period on reports (period, report_id);
create table report_files (
    sha256 text primary key check (sha256 = encode(sha256(content), 'hex')),
    media_type text not null,
    content bytea not null,
    kept_at timestamptz not null default clock_timestamp()
);
grant select, insert, update, delete on reports to shouwen_app;
grant select, insert on report_files to shouwen_app
"""


def upgrade() -> None:
    """Add the tables."""
    for statement in REPORTS.split(";\n"):
        op.execute(statement)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
