"""What the board counts: when a case shows its yellow card, and an index that answers alone.

The card of older rows is empty until the views are rebuilt.
"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

STATEMENTS = (
    "alter table cases add column yellow_at timestamptz",
    "alter table case_spans add column yellow_at timestamptz",
    (
        "create index cases_board on cases (unit_id, stage)"
        " include (phase, overdue_at, yellow_at) where closed_at is null"
    ),
    "create index cases_of_area on cases (area) include (overdue_at) where closed_at is null",
)


def upgrade() -> None:
    """Add the columns and the indexes."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
