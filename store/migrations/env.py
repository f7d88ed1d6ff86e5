"""How Alembic connects: the owner's connection is handed in, with a lock timeout already set."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
