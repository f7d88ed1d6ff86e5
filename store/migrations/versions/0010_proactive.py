"""Cases that came before anybody asked are counted apart."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.execute("alter table cases add column proactive boolean not null default false")


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only; restore a backup into a new database instead")
