"""The servers of a benchmark: started as `shouwen run` starts them, in a folder that goes again.

PostgreSQL syncs to disk, Temporal keeps its SQLite file with a write-ahead log; worker and API are
processes of their own.
"""

import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

import asyncpg

from bench import town
from cli.local import folder
from cli.local.cluster import DATABASE
from cli.local.postgres import LocalPostgres
from cli.local.process import Program, Running, start
from cli.local.resolve import resolve
from cli.local.service import Service, readiness
from cli.local.temporal import LocalTemporal
from settings import PREFIX, Settings, as_environ
from store import accounts
from store.database import engine_for, raw
from store.keys import KeyRing
from store.migrate import upgrade

READY_WITHIN = 60.0
"""Seconds."""


class Stops(Protocol):
    """What can be stopped."""

    def stop(self) -> None:
        """End it; returns when it is gone."""


class Child:
    """A process of the benchmark's own: a module run with the program's settings."""

    def __init__(self, module: str, settings: Settings, extra: Mapping[str, str]) -> None:
        theirs = {k: v for k, v in os.environ.items() if not k.startswith(PREFIX)}
        root = str(Path(__file__).parents[1])
        environ = theirs | as_environ(settings) | {"PYTHONPATH": root} | dict(extra)
        self._running: Running = start(
            Program(
                name=module,
                argv=[sys.executable, "-m", module],
                log=settings.data / "log" / f"{module}.log",
                environ=environ,
            )
        )

    def check(self) -> None:
        """Raise what it said if it has ended."""
        if not self._running.alive:
            raise self._running.failure()

    def stop(self) -> None:
        """End it."""
        self._running.stop(signal.SIGTERM, 5)


class Servers:
    """Everything a run has started; `settings` are complete once PostgreSQL runs."""

    def __init__(self, data: Path) -> None:
        temporal, ui, port = free_ports(3)
        self.settings = Settings(
            data=data,
            port=port,
            temporal_port=temporal,
            temporal_ui_port=ui,
            log_level="warning",
        )
        self._postgres = LocalPostgres(data)
        self._started: list[Stops] = []

    @property
    def ring(self) -> KeyRing:
        """The run's keys."""
        return KeyRing.of(self.settings)

    async def start_postgres(self) -> None:
        """PostgreSQL with the schema and the sample town."""
        folder.prepare(self.settings.data)
        self._started.append(self._postgres)
        self._postgres.start()
        self.settings = resolve(self.settings, make_key=True)
        await self._fill(DATABASE)

    async def another_database(self, name: str) -> str:
        """A database beside the program's, with the same schema; its address for the program."""
        owner = await asyncpg.connect(self._postgres.url("superuser", "postgres"))
        await owner.execute(f"create database {name} owner shouwen_owner")
        await owner.close()
        inside = await asyncpg.connect(self._postgres.url("superuser", name))
        await inside.execute("create extension pg_trgm; create extension btree_gist")
        await inside.execute("grant usage on schema public to shouwen_app")
        await inside.close()
        await self._fill(name)
        return self._postgres.url("app", name)

    def owner_url(self, database: str = DATABASE) -> str:
        """The address of the role that owns the tables."""
        return self._postgres.url("owner", database)

    async def _fill(self, database: str) -> None:
        await upgrade(self._postgres.url("owner", database), None)
        engine = engine_for(self._postgres.url("app", database), size=1)
        async with raw(engine) as connection:
            await town.publish(connection)
        await engine.dispose()

    def start_program(self) -> None:
        """Temporal, the worker and the API."""
        temporal = LocalTemporal(
            self.settings.data, self.settings.temporal_port, self.settings.temporal_ui_port
        )
        self._started.append(temporal)
        temporal.start()
        for name in ("worker", "api"):
            service = Service(name, self.settings, stop_within=6)
            self._started.append(service)
            service.start()
        _wait(self.settings)

    def start_child(self, module: str, **extra: str) -> Child:
        """A process of the benchmark's own; `extra` goes into its environment."""
        child = Child(module, self.settings, extra)
        self._started.append(child)
        return child

    async def token(self, person_id: str) -> str:
        """A bearer token of a member of staff."""
        engine = engine_for(self.settings.database_url or "", size=1)
        async with raw(engine) as connection:
            await accounts.set_password(connection, person_id, person_id, "measured-not-used")
            token = await accounts.open_session(connection, person_id, "browser", "bench", 24)
        await engine.dispose()
        return token

    def stop(self) -> None:
        """Stop all, last started first."""
        while self._started:
            self._started.pop().stop()


@contextmanager
def servers() -> Iterator[Servers]:
    """Servers in a temporary folder; all stopped and all files gone at the end, also on Ctrl-C."""
    above = Path(tempfile.mkdtemp(prefix="shouwen-bench-"))
    above.chmod(0o711)
    found = Servers(above / "data")
    try:
        yield found
    finally:
        found.stop()
        shutil.rmtree(above, ignore_errors=True)


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on now."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _wait(settings: Settings, child: Child | None = None) -> None:
    deadline = time.monotonic() + READY_WITHIN
    status, body = 0, ""
    while time.monotonic() < deadline:
        if child is not None:
            child.check()
        status, body = readiness(settings)
        if status == HTTPStatus.OK:
            return
        time.sleep(0.1)
    raise RuntimeError(f"not ready on port {settings.port}: {status} {body}")


def wait_for(settings: Settings, child: Child, port: int) -> None:
    """Return when a child answers /readyz on its own port."""
    _wait(settings.model_copy(update={"port": port}), child)
