"""The office every end-to-end test works in: started once, as `shouwen run` would."""

import base64
import secrets
from collections.abc import AsyncIterator

import httpx
import pytest

from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from cli.seed import seed_if_empty
from settings import Settings
from store.database import engine_for
from store.keys import KeyRing
from store.migrate import upgrade
from tests.conftest import free_ports
from tests.e2e.office import Office, Process
from workflows.connection import Server, connect


@pytest.fixture(scope="session")
async def office(
    postgres: LocalPostgres,
    temporal_server: LocalTemporal,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Office]:
    data = tmp_path_factory.mktemp("office")
    (port,) = free_ports(1)
    settings = Settings(
        data=data,
        port=port,
        master_key=base64.b64encode(secrets.token_bytes(32)).decode(),
        database_url=postgres.url("app"),
        database_owner_url=postgres.url("owner"),
        temporal_address=temporal_server.address,
    )
    await upgrade(postgres.url("owner"))
    await seed_if_empty(settings)
    ring = KeyRing.from_text(settings.master_key or "")
    found = Office(
        settings=settings,
        engine=engine_for(postgres.url("app"), size=3),
        ring=ring,
        temporal=await connect(Server.at(temporal_server.address, "default"), ring),
        http=httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30),
        worker=Process("worker", settings, data / "worker.log"),
        api=Process("api", settings, data / "api.log"),
    )
    found.worker.start()
    found.api.start()
    await found.until_ready()
    yield found
    await found.http.aclose()
    await found.engine.dispose()
    found.api.stop()
    found.worker.stop()
