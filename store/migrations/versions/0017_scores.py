"""What every event adds to which figure of the scores, and the same added up by day."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SCORES = """
create table score_postings (
    case_id text not null,
    version integer not null,
    part smallint not null,
    measure text not null,
    carrier text not null check (carrier in ('unit', 'partner')),
    unit_id text not null,
    stage text,
    person_id text not null,
    role text not null check (role in ('owner', 'helper')),
    helpers smallint not null,
    counted_at timestamptz not null,
    known_at timestamptz not null,
    numerator smallint not null,
    denominator smallint not null,
    unanswered smallint not null,
    excluded smallint not null,
    corrects integer,
    because text not null,
    round smallint not null,
    subject text not null,
    about text not null,
    charge text not null,
    item_id text not null,
    class_id text not null,
    proactive boolean not null,
    imported boolean not null,
    primary key (case_id, version, part)
);
create index score_postings_unit on score_postings (unit_id, counted_at, measure);
create index score_postings_person on score_postings (person_id, counted_at) where person_id <> '';
create index score_postings_known on score_postings using brin (known_at);
create table score_days (
    day date not null,
    unit_id text not null,
    carrier text not null,
    measure text not null,
    role text not null,
    helpers smallint not null,
    proactive boolean not null,
    numerator integer not null,
    denominator integer not null,
    unanswered integer not null,
    excluded integer not null,
    primary key (unit_id, day, measure, carrier, role, helpers, proactive)
);
create index score_days_day on score_days (day);
create table score_keeper (
    singleton boolean primary key default true check (singleton),
    last_seq bigint not null default 0
);
insert into score_keeper default values;
grant select, insert, update, delete on score_postings, score_days to shouwen_app;
grant select, update on score_keeper to shouwen_app
"""


def upgrade() -> None:
    """Add the tables; the keeper fills them with what is in the journal already."""
    for statement in SCORES.split(";\n"):
        op.execute(statement)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
