"""The queue of what superiors have to decide; a view, made anew by `shouwen rebuild views`."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

QUEUE = """
create table open_questions (
    case_id text not null,
    clock_id text not null,
    kind text not null,
    about text not null,
    unit_id text not null,
    post_id text,
    person_id text,
    barred text[] not null,
    put_at timestamptz not null,
    due_at timestamptz not null,
    primary key (case_id, clock_id)
);
create index open_questions_due on open_questions (due_at, case_id, clock_id);
create index open_questions_person on open_questions (person_id, due_at, case_id, clock_id);
create index open_questions_unit on open_questions (unit_id, due_at, case_id, clock_id)
"""


def upgrade() -> None:
    """Add the table, empty: questions of before stand in it after a rebuild of the views."""
    for statement in QUEUE.split(";\n"):
        op.execute(statement)
    op.execute("grant select, insert, update, delete on open_questions to shouwen_app")


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
