"""Who mediates a case; and no words of a dispute in what lists search and show (R7.1)."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STEPS = (
    "alter table cases add column mediators text[] not null default '{}'",
    "create index cases_mediators on cases using gin (mediators) where mediators <> '{}'",
    "update cases set title = '', search = case_id where case_type = 'dispute'",
)


def upgrade() -> None:
    """Add the column; cover the words of disputes that lists have shown so far."""
    for statement in STEPS:
        op.execute(statement)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only and its views follow it: restore a backup")
