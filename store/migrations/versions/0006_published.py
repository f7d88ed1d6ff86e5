"""What was published of deliberations is found without reading the whole journal."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add an index over the few events that publish something."""
    op.execute(
        "create index events_published on events (position) where kind = 'deliberation.published'"
    )


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only; restore a backup into a new database instead")
