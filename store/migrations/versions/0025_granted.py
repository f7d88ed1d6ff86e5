"""Decisions that are in the interest of a figure are found without reading all events."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of each case there are few of them, of most none."""
    op.execute(
        "create index events_granted on events (case_id, command_id)"
        " where kind in ('withdrawal.decided', 'decline.reviewed')"
    )


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
