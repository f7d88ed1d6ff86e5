"""Delivery of the outbox: how far it was read, what is owed to whom, everybody's inbox."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The outbox is read along the order of all events (event_sequence), by case and version.
READING = """
create index outbox_event on outbox (case_id, version);

create table dispatcher (
    singleton boolean primary key default true check (singleton),
    last_seq bigint not null default 0
);
"""

# What was owed long before anything was delivered is news to nobody any more.
BEGINNING = """
insert into dispatcher (last_seq) select coalesce(
    (select min(q.seq) - 1 from event_sequence q join events e using (position)
      where e.recorded_at > now() - interval '3 days'), s.last_seq) from sequencer s
"""

DELIVERY = """
create table deliveries (
    delivery_id bigint generated always as identity primary key,
    message_id uuid not null unique,
    position bigint not null references outbox (position),
    case_id text not null,
    version integer not null,
    topic text not null,
    receiver_kind text not null,
    receiver text not null,
    mailbox text not null,
    channel text not null,
    status text not null check (status in ('pending', 'sent', 'dead')),
    attempts integer not null default 0,
    next_attempt_at timestamptz,
    error text,
    by_hand boolean not null default false,
    created_at timestamptz not null,
    settled_at timestamptz,
    check ((status = 'pending') = (next_attempt_at is not null)),
    check ((status = 'pending') = (settled_at is null)),
    check (status <> 'dead' or error is not null)
);
create index deliveries_due on deliveries (channel, next_attempt_at, delivery_id)
    where status = 'pending';
create index deliveries_line on deliveries (channel, mailbox, delivery_id)
    where status = 'pending';
create index deliveries_oldest on deliveries (created_at) where status = 'pending';
create index deliveries_dead on deliveries (delivery_id) where status = 'dead';
create index deliveries_given_up on deliveries (settled_at) where status = 'dead';
create index deliveries_case on deliveries (case_id);

create table resends (
    command_id uuid primary key,
    delivery_id bigint not null references deliveries (delivery_id),
    person_id text not null,
    at timestamptz not null default clock_timestamp()
);
create index resends_delivery on resends (delivery_id);

create table gone_endpoints (
    endpoint text primary key,
    gone_at timestamptz not null default clock_timestamp()
);

create table inbox (
    entry_id bigint generated always as identity primary key,
    person_id text not null,
    case_id text not null,
    version integer not null,
    topic text not null,
    created_at timestamptz not null,
    read_at timestamptz,
    unique (person_id, case_id, version, topic)
);
create index inbox_newest on inbox (person_id, entry_id);
create index inbox_unread on inbox (person_id, entry_id) where read_at is null;
"""

GRANTS = """
grant select, update on dispatcher to shouwen_app;
grant select, insert, update on deliveries, inbox to shouwen_app;
grant select, insert on resends to shouwen_app;
grant select, insert, delete on gone_endpoints to shouwen_app;
grant usage on all sequences in schema public to shouwen_app;
"""


def upgrade() -> None:
    """Add the tables; nothing of before is changed but for one more index on the outbox."""
    for script in (READING, BEGINNING, DELIVERY, GRANTS):
        for statement in script.split(";\n"):
            if statement.strip():
                op.execute(statement)


def downgrade() -> None:
    """Steps go forward only."""
    raise RuntimeError("the journal is append-only, what was told stays told: restore a backup")
