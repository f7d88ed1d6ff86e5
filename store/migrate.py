"""Bring the database to the newest schema, as its owner."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from store.database import engine_for

FOLDER = Path(__file__).parent / "migrations"
LOCK = 7_402_511
"""Advisory lock: two migrations at once wait for each other."""


async def upgrade(owner_url: str, app_password: str | None = None) -> None:
    """Run every missing step. With `app_password` the program's role is made or given it.

    Waits at most 5 s for a table lock, so that a migration never stands in front of the office.
    """
    engine = engine_for(owner_url, size=1, seconds=None)
    try:
        async with engine.connect() as connection:
            # In this order: the time-out is for tables, another migration may take longer than it.
            await connection.execute(text(f"select pg_advisory_lock({LOCK})"))
            await connection.execute(text("set lock_timeout = '5s'"))
            await connection.run_sync(_role, app_password)
            await connection.run_sync(_upgrade)
            await connection.commit()
    finally:
        await engine.dispose()


def upgrade_now(owner_url: str, app_password: str | None = None) -> None:
    """The same, for callers without an event loop."""
    asyncio.run(upgrade(owner_url, app_password))


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _role(connection: Connection, password: str | None) -> None:
    there = connection.scalar(text("select 1 from pg_roles where rolname = 'shouwen_app'"))
    if password is None and there:
        return
    verb = "alter" if there else "create"
    secret = _literal(password) if password else "null"
    connection.exec_driver_sql(f"{verb} role shouwen_app login password {secret}")


def _literal(value: str) -> str:
    """A quoted literal: role statements take no parameters."""
    if "\\" in value or "\0" in value:
        msg = "the database password must hold no backslash and no NUL"
        raise ValueError(msg)
    return "'" + value.replace("'", "''") + "'"
