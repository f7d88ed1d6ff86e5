"""Cases of a place are found by the place alone too, whatever their category."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STATEMENTS = (
    "create index cases_place on cases (area, class_id, opened_at desc)",
    "drop index cases_area",
    "alter index cases_place rename to cases_area",
)


def upgrade() -> None:
    """Turn the index's first two columns round: who names both loses nothing."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only; restore a backup into a new database instead")
