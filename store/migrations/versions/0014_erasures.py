"""Erasures: their register; a key may be destroyed, and nothing else may be done to it."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

REGISTER = """
create table erasures (
    erasure_id text primary key,
    version integer not null,
    state text not null,
    ground text not null,
    unit_id text not null,
    asker text not null,
    approver text not null,
    cases text[] not null,
    remaining integer not null,
    erased integer not null,
    kept integer not null,
    asked_at timestamptz not null,
    ended_at timestamptz,
    next_due timestamptz
);
create index erasures_newest on erasures (asked_at desc, erasure_id desc);
create index erasures_cases on erasures using gin (cases)
"""

# The owner alone wraps a key anew, under another master key: whether it is the same key no trigger
# can see, and the program has no need to.
GUARD = """
create function guard_subject_key() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if old.wrapped is not null and (new.case_id, new.subject, new.created_at)
                = (old.case_id, old.subject, old.created_at)
            and (new.wrapped is null or pg_has_role(
                current_user, (select relowner from pg_class where oid = tg_relid), 'member')) then
            return new;
        end if;
    end if;
    raise exception '% of % is refused: a key is destroyed or stays', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end $$;
create trigger subject_keys_guard before update or delete on subject_keys
    for each row execute function guard_subject_key();
create trigger subject_keys_no_truncate before truncate on subject_keys
    for each statement execute function guard_subject_key();
alter table subject_keys enable always trigger subject_keys_guard;
alter table subject_keys enable always trigger subject_keys_no_truncate
"""

GRANTS = """
grant update (wrapped, destroyed_at) on subject_keys to shouwen_app;
grant select, insert, update, delete on erasures to shouwen_app
"""


def upgrade() -> None:
    """Add the register and the guard."""
    for script in (REGISTER, GRANTS):
        for statement in script.split(";\n"):
            op.execute(statement)
    function, _, triggers = GUARD.partition("end $$;\n")
    op.execute(f"{function}end $$")
    for statement in triggers.split(";\n"):
        op.execute(statement)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only: restore a backup into a new database instead")
