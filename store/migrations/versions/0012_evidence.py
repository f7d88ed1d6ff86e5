"""Tiles of the Merkle tree over all events, checkpoints of it, and what witnesses signed."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = """
create table tiles (
    level smallint not null check (level >= 0),
    idx bigint not null check (idx >= 0),
    hashes bytea not null check (length(hashes) = 8192),
    root bytea not null check (length(root) = 32),
    primary key (level, idx)
);

create table checkpoints (
    checkpoint_id bigint primary key check (checkpoint_id > 0),
    size bigint not null check (size > 0),
    root bytea not null check (length(root) = 32),
    signed_at timestamptz not null,
    note text not null
);
create index checkpoints_size on checkpoints (size, checkpoint_id);

create table cosignatures (
    checkpoint_id bigint not null references checkpoints (checkpoint_id),
    name text not null,
    line text not null,
    received_at timestamptz not null default clock_timestamp(),
    primary key (checkpoint_id, name)
);
"""

APPEND_ONLY = ("tiles", "checkpoints", "cosignatures")


def upgrade() -> None:
    """Create them; they only grow, as the journal does."""
    for script in (TABLES, *map(_guarded, APPEND_ONLY)):
        for statement in script.split(";\n"):
            if statement.strip():
                op.execute(statement)
    op.execute(f"grant select, insert on {', '.join(APPEND_ONLY)} to shouwen_app")


def _guarded(table: str) -> str:
    """As in 0001: refused for everybody, replication included."""
    row, whole = f"{table}_append_only", f"{table}_no_truncate"
    return f"""
create trigger {row} before update or delete on {table}
    for each row execute function refuse_change();
create trigger {whole} before truncate on {table}
    for each statement execute function refuse_change();
alter table {table} enable always trigger {row};
alter table {table} enable always trigger {whole};
revoke update, delete, truncate on {table} from public;
"""


def downgrade() -> None:
    """What proves the journal is not taken down, as the journal is not."""
    raise RuntimeError("the journal is append-only; restore a backup into a new database instead")
