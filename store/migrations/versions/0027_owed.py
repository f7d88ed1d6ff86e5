"""What of a case waits for whom: who signs in sees first what they must do next.

Empty in older rows until the views are rebuilt.
"""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

DUE = """create index cases_due on cases
 (coalesce(overdue_at, timestamptz '9999-01-01 00:00:00+00'), case_id) where closed_at is null"""
"""As the list asks for it: the one of before was never read by it."""


def upgrade() -> None:
    """Add the columns and the ways to them."""
    op.execute("alter table cases add column owed jsonb not null default '[]'")
    op.execute("alter table cases add column owers text[] not null default '{}'")
    op.execute("create index cases_owers on cases using gin (owers)")
    op.execute("drop index cases_due")
    op.execute(DUE)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
