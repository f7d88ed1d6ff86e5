"""A posting says whether its unit had no part in the case: a reading need not ask of each."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STEPS = (
    "alter table score_postings add column astray boolean not null default false",
    """update score_postings p set astray = true where carrier = 'unit'
     and not exists (
      select from case_spans c where c.case_id = p.case_id and c.unit_id = p.unit_id)
     and not exists (
      select from events e where e.case_id = p.case_id and (
       e.kind = 'case.registered' and e.unit = p.unit_id
       or jsonb_path_exists(e.data, '$.**.unit_id ? (@ == $unit)',
        jsonb_build_object('unit', p.unit_id))))""",
    "create index score_postings_astray on score_postings (unit_id, counted_at) where astray",
    """create index score_postings_excluded on score_postings (unit_id, counted_at)
     where excluded > 0""",
)


def upgrade() -> None:
    """Mark what is there already; what comes is marked as it is written."""
    for step in STEPS:
        op.execute(step)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
