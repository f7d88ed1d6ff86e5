"""In which zone's days the scores are added up, and how often they were written."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEPT = """
alter table score_keeper add column zone text not null default '';
alter table score_keeper add column turn bigint not null default 0
"""


def upgrade() -> None:
    """Add both; the keeper sets them with the first thing it writes."""
    for statement in KEPT.split(";\n"):
        op.execute(statement)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
