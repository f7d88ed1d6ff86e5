"""Real servers for all tests, started once. Fixtures of one room live in that room's conftest."""

import secrets
import shutil
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from tests.store.house import House


def free_ports(count: int) -> list[int]:
    """Ports that were free a moment ago, all different, and none of those that the system gives to
    outgoing connections: such a one might be taken before the server of a test has it.
    """
    found: list[int] = []
    with ExitStack() as held:
        while len(found) < count:
            port, probe = 20_000 + secrets.randbelow(12_000), held.enter_context(socket.socket())
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                found.append(port)
    return found


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
