"""The list of visits, and which visit a case came of."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

VISITS = """
create table visits (
    visit_id text primary key,
    version integer not null,
    occasion text not null,
    visited_at timestamptz not null,
    recorded_at timestamptz not null,
    person_id text not null,
    post_id text not null,
    unit_id text not null,
    met integer not null check (met >= 0),
    cases integer not null,
    amended integer not null
);
create index visits_newest on visits (visited_at desc, visit_id desc);
create index visits_unit on visits (unit_id, visited_at desc, visit_id desc);
create index visits_person on visits (person_id, visited_at desc, visit_id desc);
alter table cases add column visit_id text not null default '';
create index cases_visit on cases (visit_id) where visit_id <> ''
"""


def upgrade() -> None:
    """Add the table and the column; no case of before came of a recorded visit."""
    for statement in VISITS.split(";\n"):
        op.execute(statement)
    op.execute("grant select, insert, update, delete on visits to shouwen_app")


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
