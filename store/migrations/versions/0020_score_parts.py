"""One event of a case that thousands joined posts more entries than a small number counts."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen the number within the event."""
    op.execute("alter table score_postings alter column part type integer")


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
