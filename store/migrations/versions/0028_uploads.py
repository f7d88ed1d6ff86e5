"""Photos and documents: what was uploaded and waits, how often by whom, what is to be removed."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

UPLOADS = """
create table uploads (
    file text primary key,
    bringer text not null check (bringer in ('staff', 'resident', 'nobody')),
    person_id text not null default '',
    case_id text not null default '',
    subject text not null default '',
    address text not null,
    small text not null default '',
    size integer not null check (size >= 0),
    box bytea,
    stored boolean not null default false,
    created_at timestamptz not null default clock_timestamp()
);
create index uploads_age on uploads (created_at);
create index uploads_address on uploads (address);
create index uploads_small on uploads (small) where small <> '';
create table attached_uploads (
    file text primary key,
    case_id text not null,
    at timestamptz not null
);
create table upload_attempts (
    sender text not null,
    at timestamptz not null default clock_timestamp()
);
create index upload_attempts_sender on upload_attempts (sender, at);
create table doomed_files (
    address text primary key,
    since timestamptz not null default clock_timestamp()
);
create index events_files on events ((data ->> 'address')) where kind = 'file.attached';
create index events_small_files on events ((data ->> 'small')) where kind = 'file.attached';
grant select, insert, update, delete on uploads, attached_uploads to shouwen_app;
grant select, insert, delete on upload_attempts, doomed_files to shouwen_app
"""


def upgrade() -> None:
    """Add the tables, and the way from stored bytes to the events that name them."""
    for statement in UPLOADS.split(";\n"):
        op.execute(statement)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
