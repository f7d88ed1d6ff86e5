"""Messages and notices may be deleted once they were kept long enough."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the program delete them, and find them by their age."""
    op.execute("grant delete on deliveries, resends, inbox to shouwen_app")
    op.execute(
        "create index deliveries_settled on deliveries (settled_at) where settled_at is not null"
    )
    op.execute("create index inbox_age on inbox (created_at)")


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
