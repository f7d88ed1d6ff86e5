"""The office's changes among the books, and the open cases of a post found at once."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = "'organisation', 'catalogue', 'policy', 'calendar', 'change', 'cancellation'"


def upgrade() -> None:
    """Let two more kinds of row in; `version` of theirs is a number in the office's stream."""
    op.execute("alter table books drop constraint books_kind_check")
    op.execute(f"alter table books add constraint books_kind_check check (kind in ({KINDS}))")
    op.execute("create index books_effective on books (effective_from, book_id)")
    op.execute("create index cases_post on cases (post_id, case_id) where closed_at is null")
    op.execute(
        "create index cases_officer on cases (officer_post, case_id) where closed_at is null"
    )
    op.execute("create index books_cancelled on books (version) where kind = 'cancellation'")


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the books are append-only; restore a backup into a new database instead")
