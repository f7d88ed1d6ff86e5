"""Real servers for all tests, started once. Fixtures of one room live in that room's conftest."""

import shutil
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from tests.store.house import House


def free_ports(count: int) -> list[int]:
    """Ports that were free a moment ago, all different."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalPostgres]:
    """A PostgreSQL with the three roles and the empty database `shouwen`."""
    data = tmp_path_factory.mktemp("postgres")
    server = LocalPostgres(data, durable=False)
    server.start()
    assert server.running is not None
    yield server
    # Nothing of it is wanted any more: not even a last checkpoint.
    server.running.stop(signal.SIGQUIT, seconds=20)
    server.stop()
    shutil.rmtree(data)


@pytest.fixture(scope="session")
def temporal_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalTemporal]:
    """A Temporal without pages, its search attributes registered."""
    port, ui_port = free_ports(2)
    data: Path = tmp_path_factory.mktemp("temporal")
    server = LocalTemporal(data, port, ui_port, headless=True)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
async def estate(postgres: LocalPostgres) -> AsyncIterator[House]:
    """The house for databases that several tests share."""
    house = House(postgres)
    await house.make_templates()
    yield house
    await house.close()


@pytest.fixture
async def house(estate: House) -> AsyncIterator[House]:
    """The house for databases of one test; their connections end with it."""
    first = estate.made
    yield estate
    await estate.rest(first)
