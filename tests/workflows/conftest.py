"""A client whose payloads are sealed under a key the recorded histories share."""

import pytest
from temporalio.client import Client

from cli.local.temporal import LocalTemporal
from store.keys import KeyRing
from workflows.connection import Server, connect

KEY = b"a key for histories, not a secret"[:32]


@pytest.fixture(scope="session")
async def client(temporal_server: LocalTemporal) -> Client:
    return await connect(Server.at(temporal_server.address, "default"), KeyRing(KEY))
