"""The list of the access record; a view, made anew by `shouwen rebuild views`."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

RECORD = """
create table access_record (
    stream text not null,
    version integer not null,
    kind text not null,
    recorded_at timestamptz not null,
    person_id text not null,
    whom text not null,
    about text not null,
    primary key (stream, version)
);
create index access_record_newest on access_record (recorded_at desc, stream desc, version desc);
create index access_record_person on access_record (person_id, recorded_at desc);
create index access_record_whom on access_record (whom, recorded_at desc) where whom <> '';
create index access_record_about on access_record (about, recorded_at desc) where about <> ''
"""


def upgrade() -> None:
    """Add the table, empty: nothing was recorded so before."""
    for statement in RECORD.split(";\n"):
        op.execute(statement)
    op.execute("grant select, insert, update, delete on access_record to shouwen_app")


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
