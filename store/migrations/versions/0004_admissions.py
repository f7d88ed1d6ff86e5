"""The register of admissions, and what of the money granted by each is used."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REGISTER = """
create table admissions (
    admission_id text primary key,
    version integer not null,
    state text not null,
    item_id text not null,
    units text[] not null,
    applicant text not null,
    applicant_unit text not null,
    approver_unit text not null,
    applied_at timestamptz not null,
    valid_from timestamptz not null,
    valid_until timestamptz not null,
    in_force_from timestamptz,
    ends_at timestamptz not null,
    yearly bigint not null check (yearly >= 0),
    next_due timestamptz
);
create index admissions_newest on admissions (applied_at desc, admission_id desc);
create index admissions_item on admissions (item_id, ends_at) where in_force_from is not null;
create index admissions_units on admissions using gin (units);
create index admissions_open on admissions (admission_id) where next_due is not null;
"""

# One row for each expense of a case, and the sum by admission and year. The check is what keeps
# two cases that spend at one moment within the money granted: the later one has to decide anew.
MONEY = """
create table admission_expenses (
    case_id text not null,
    version integer not null,
    admission_id text not null,
    year integer not null,
    granted bigint not null,
    fen bigint not null check (fen > 0),
    primary key (case_id, version)
);
create index admission_expenses_admission on admission_expenses (admission_id, year);

create table admission_money (
    admission_id text not null,
    year integer not null,
    granted bigint not null,
    used bigint not null,
    primary key (admission_id, year),
    constraint admission_money_within check (used <= granted)
);
"""

GRANTS = """
grant select, insert, update, delete on admissions, admission_expenses, admission_money
    to shouwen_app;
"""


def upgrade() -> None:
    """Add the tables; nothing of before is changed."""
    for script in (REGISTER, MONEY, GRANTS):
        for statement in script.split(";\n"):
            if statement.strip():
                op.execute(statement)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
