"""The office every end-to-end test works in: started once, as `shouwen run` would."""

import base64
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.importer.run import Result
from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from cli.seed import seed_if_empty
from settings import Settings
from store.database import engine_for, raw
from store.keys import KeyRing
from store.migrate import upgrade
from store.notes import COSIGNATURE, Signer
from tests.conftest import free_ports
from tests.e2e.importer_fixtures import seeded
from tests.e2e.office import Office, Process
from tests.la311.scored import brought_in
from tests.store.house import House
from workflows.connection import Server, connect

WITNESS = Signer("witness-of-the-tests", bytes(range(32)), COSIGNATURE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-contracts",
        action="store_true",
        help="write tests/e2e/contracts again from what the API answers now",
    )


@asynccontextmanager
async def open_office(
    postgres: LocalPostgres,
    temporal: LocalTemporal,
    data: Path,
    database: str = "shouwen",
    key: bytes | None = None,
    **more: Any,
) -> AsyncIterator[Office]:
    """An office with the sample town on those servers; its worker and API as processes.

    `more` are further settings.
    """
    (port,) = free_ports(1)
    settings = Settings(
        data=data,
        port=port,
        master_key=base64.b64encode(key or secrets.token_bytes(32)).decode(),
        log_key=base64.b64encode(secrets.token_bytes(32)).decode(),
        checkpoint_seconds=1,
        witness_keys=str(WITNESS.public),
        database_url=postgres.url("app", database),
        database_owner_url=postgres.url("owner", database),
        temporal_address=temporal.address,
        **{"uploads_per_hour": 100_000, **more},
    )
    await upgrade(postgres.url("owner", database))
    await seed_if_empty(settings)
    ring = KeyRing.from_text(settings.master_key or "")
    found = Office(
        settings=settings,
        engine=engine_for(postgres.url("app", database), size=3),
        ring=ring,
        temporal=await connect(Server.at(temporal.address, "default"), ring),
        http=httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}",
            timeout=30,
            limits=httpx.Limits(keepalive_expiry=2),  # the server lets go of one after five
        ),
        worker=Process("worker", settings, data / "worker.log"),
        api=Process("api", settings, data / "api.log"),
    )
    found.worker.start()
    found.api.start()
    try:
        await found.until_ready()
        yield found
    finally:
        await found.http.aclose()
        await found.engine.dispose()
        found.api.stop()
        found.worker.stop()


@pytest.fixture(scope="session")
async def office(
    postgres: LocalPostgres,
    temporal_server: LocalTemporal,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Office]:
    """The office most tests share."""
    async with open_office(postgres, temporal_server, tmp_path_factory.mktemp("office")) as found:
        yield found


@pytest.fixture
async def own_temporal(tmp_path: Path) -> AsyncIterator[LocalTemporal]:
    """A Temporal that a test may kill."""
    port, ui_port = free_ports(2)
    server = LocalTemporal(tmp_path, port, ui_port, headless=True)
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def own_office(
    postgres: LocalPostgres, own_temporal: LocalTemporal, tmp_path: Path
) -> AsyncIterator[Office]:
    """An office with a database and a Temporal of its own."""
    database = f"office_{secrets.token_hex(4)}"
    await create_database(postgres, database)
    async with open_office(postgres, own_temporal, tmp_path, database) as found:
        yield found


async def create_database(postgres: LocalPostgres, database: str) -> None:
    """An empty database with the extensions the schema needs."""
    engine = engine_for(postgres.url("superuser", "postgres"), size=1)
    async with raw(engine) as connection:
        await connection.execute(f"create database {database} owner shouwen_owner")
    await engine.dispose()
    engine = engine_for(postgres.url("superuser", database), size=1)
    async with raw(engine) as connection:
        for extension in ("pg_trgm", "btree_gist"):
            await connection.execute(f"create extension {extension}")
    await engine.dispose()


@pytest.fixture(scope="session")
async def real_requests(
    estate: House, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Settings, Result]:
    """A town into which ten thousand real requests were imported and scored, once for all."""
    settings = await seeded(await estate.migrated(), tmp_path_factory.mktemp("la311"))
    return settings, await brought_in(settings)
