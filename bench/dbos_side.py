"""The same flow on DBOS, its own process: the product's HTTP side over DBOS instead of Temporal.

Requests, rules, journal, views and answers are the product's own code, so that only the durable
execution differs: each command is one DBOS workflow (its id the command's id) with one transaction
of an asynchronous datasource, which commits the checkpoint together with the journal.
"""

import asyncio
import contextlib
import importlib
import os
from typing import Any
from unittest.mock import patch

import uvicorn
import uvloop
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.cases import CaseNoun
from activities.steps import AHEAD, Steps
from api.app import create_app
from api.dispatch import Dispatcher
from domain.commands import Command
from settings import Settings, load_settings
from store.books import Shelf
from store.database import engine_for
from store.keys import KeyRing
from workflows.messages import Step, StepResult
from workflows.sending import step_of

PORT = "BENCH_DBOS_PORT"
CONNECTIONS = 10


class Within:
    """The store's view of a connection, inside the datasource's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def execute(self, query: str, *args: object) -> str:
        """Run a statement."""
        await self._connection.exec_driver_sql(query, args)
        return ""

    async def fetch(self, query: str, *args: object) -> list[Any]:
        """All rows."""
        found = await self._connection.exec_driver_sql(query, args)
        return list(found.mappings().all())

    async def fetchrow(self, query: str, *args: object) -> Any:  # noqa: ANN401 - a row or None
        """The first row."""
        found = await self._connection.exec_driver_sql(query, args)
        return found.mappings().first()

    async def fetchval(self, query: str, *args: object) -> Any:  # noqa: ANN401 - any SQL type
        """The first column of the first row."""
        return (await self._connection.exec_driver_sql(query, args)).scalar()


def _send(run: Any) -> Any:  # noqa: ANN401 - DBOS is not installed where types are checked
    """A `Dispatcher.send` that hands the command to a DBOS workflow."""
    dbos = importlib.import_module("dbos")

    async def send(
        _dispatcher: Dispatcher, case_id: str, command: Command, expected_version: int | None = None
    ) -> StepResult:
        step = step_of(command, expected_version)
        with dbos.SetWorkflowID(step.command_id):
            found: StepResult = await run(case_id, step)
        return found

    return send


async def serve(settings: Settings) -> None:
    """The process."""
    dbos = importlib.import_module("dbos")
    url = settings.database_owner_url or ""
    config = {"name": "bench", "system_database_url": url, "log_level": "ERROR"}
    dbos.DBOS(config={**config, "sys_db_pool_size": 20})
    engine = engine_for(url, size=CONNECTIONS)
    source = await dbos.AsyncSQLAlchemyDatasource.create(url, engine=engine)
    ring = KeyRing.of(settings)
    steps = Steps(CaseNoun(Shelf(), ring), engine, ring, AHEAD)

    async def transact(case_id: str, step: Step) -> StepResult:
        connection = await source.sql_session().connection()
        # The product's own step, on the datasource's connection instead of one from the pool.
        return await steps.inside(Within(connection), case_id, step)

    transaction = source.transaction(transact, isolation_level="READ COMMITTED")

    async def execute(case_id: str, step: Step) -> StepResult:
        found: StepResult = await transaction(case_id, step)
        return found

    send = _send(dbos.DBOS.workflow()(execute))
    dbos.DBOS.launch()
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings.model_copy(update={"database_owner_url": None})),
            port=int(os.environ[PORT]),
            http="httptools",
            log_level="error",
            access_log=False,
            server_header=False,
        )
    )
    try:
        with patch.object(Dispatcher, "send", send):
            await server.serve()
    finally:
        dbos.DBOS.destroy()


if __name__ == "__main__":
    with (
        contextlib.suppress(KeyboardInterrupt),
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        runner.run(serve(load_settings()))
