"""The work list of hand-overs: what a cut-off one goes on from."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

HAND_OVERS = """
create table hand_over_cases (
    post_id text not null,
    case_id text not null,
    duty text not null check (duty in ('handle', 'officer')),
    to_post text,
    settled_at timestamptz,
    primary key (post_id, duty, case_id),
    check (to_post is null or settled_at is not null)
)
"""


def upgrade() -> None:
    """Add the table."""
    op.execute(HAND_OVERS)
    op.execute("grant select, insert, update on hand_over_cases to shouwen_app")


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only; restore a backup into a new database instead")
