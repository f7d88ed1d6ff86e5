"""Finding cases on the same matter: where a case is by unit, and indexes on category and place.

`area` of older rows is empty until the views are rebuilt; they are found by their points meanwhile.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATEMENTS = (
    "alter table cases add column area text not null default ''",
    "create index cases_near on cases (class_id, latitude, longitude)",
    "create index cases_area on cases (class_id, area, opened_at desc)",
    "create index cases_category on cases (class_id, opened_at desc)",
)


def upgrade() -> None:
    """Add the columns and the indexes."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only; restore a backup into a new database instead")
