"""`shouwen run`: everything on one machine, started in order, kept running, stopped in reverse.
What each server needs is in its own file; the program's rules are nowhere near.
"""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from types import FrameType

from cli.local import folder, ports
from cli.local.failure import LocalError, database_failures_in_one_line
from cli.local.postgres import LocalPostgres
from cli.local.resolve import owner_url, resolve
from cli.local.service import Service, readiness
from cli.local.supervise import Supervisor
from cli.local.temporal import HOST, LocalTemporal
from settings import Settings

_READY_WITHIN = 30.0  # seconds
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(settings: Settings) -> None:
    """Start everything and stay until Ctrl-C or SIGTERM. LocalError, one line, if it cannot be."""
    folder.prepare(settings.data)
    with folder.only_one(settings.data), _interrupted_by_signals():
        ports.check(settings)
        supervisor = Supervisor(say=_warn)
        try:
            _start(settings, supervisor)
            while True:
                supervisor.check()
                time.sleep(0.2)
        except KeyboardInterrupt:
            _say("\nStopping Shouwen …")
            _stop(supervisor)
            _say("Stopped.")
        except BaseException:
            _stop(supervisor)
            raise


def _start(settings: Settings, supervisor: Supervisor) -> None:
    _say("Starting PostgreSQL and Temporal …")
    _start_servers(settings, supervisor)
    resolved = resolve(settings, make_key=True)
    _say("Bringing the database up to date …")
    with database_failures_in_one_line():
        _migrate_and_seed(resolved)
    _say("Starting Shouwen …")
    # The worker may finish activities that are under way; the API closes after its last answer.
    worker = Service("worker", resolved, stop_within=6)
    api = Service("api", resolved, stop_within=4)
    for service in (worker, api):
        supervisor.add(service)
        service.start()
    _wait_until_ready(resolved, (worker, api))
    _wake_cases(resolved)
    _announce(resolved)


def _start_servers(settings: Settings, supervisor: Supervisor) -> None:
    """Both at once: each spends most of its start waiting."""
    local: list[LocalPostgres | LocalTemporal] = []
    if settings.database_url is None:
        local.append(LocalPostgres(settings.data))
    else:
        owner_url(settings)
    if settings.temporal_address is None:
        local.append(_temporal(settings))
    for server in local:
        supervisor.add(server)
    for server in reversed(local):  # Temporal first: making the database files blocks
        server.launch()
    for server in local:
        server.wait()


def _temporal(settings: Settings) -> LocalTemporal:
    return LocalTemporal(
        settings.data,
        settings.temporal_port,
        settings.temporal_ui_port,
        namespace=settings.temporal_namespace,
    )


def _migrate_and_seed(settings: Settings) -> None:
    from cli.seed import seed_if_empty
    from store.migrate import upgrade

    asyncio.run(upgrade(owner_url(settings), None))
    asyncio.run(seed_if_empty(settings))


def _wait_until_ready(settings: Settings, services: tuple[Service, ...]) -> None:
    deadline = time.monotonic() + _READY_WITHIN
    status, body = 0, ""
    while time.monotonic() < deadline:
        for service in services:
            if service.running is not None and not service.alive:
                raise service.running.failure()
        status, body = readiness(settings)
        if status == HTTPStatus.OK:
            return
        time.sleep(0.1)
    if not status:
        raise LocalError(
            f"The API did not answer within {_READY_WITHIN:.0f} s (log: {services[-1].log})"
        )
    _warn(f"Not everything is ready after {_READY_WITHIN:.0f} s: {' '.join(body.split())[:300]}")


def _wake_cases(settings: Settings) -> None:
    """What is open and Temporal has lost runs again, its clocks as the journal has them."""
    from cli.upkeep import wake_missing

    found = asyncio.run(wake_missing(settings))
    if found:
        _say(f"Temporal had lost workflows: {found} open cases and admissions run again.")


def _announce(settings: Settings) -> None:
    from cli.seed import sign_ins

    _say("\nShouwen 首问 is running. Ctrl-C stops it.\n")
    _say(f"  address       {settings.public_url}")
    if settings.temporal_address == f"{HOST}:{settings.temporal_port}":
        _say(f"  Temporal UI   http://{HOST}:{settings.temporal_ui_port}")
    _say(f"  data folder   {settings.data}")
    people = sign_ins(settings)
    if people:
        _say("  sign-ins      " + "\n                ".join("  ".join(each) for each in people))
    _say("")


def _stop(supervisor: Supervisor) -> None:
    """In order; a second signal while it goes on kills what is left."""

    def force(_signum: int, _frame: FrameType | None) -> None:
        supervisor.kill()
        os._exit(1)

    for signum in _SIGNALS:
        signal.signal(signum, force)
    supervisor.stop()


@contextmanager
def _interrupted_by_signals() -> Iterator[None]:
    """SIGTERM and a closed terminal end us the way Ctrl-C does."""

    def wait(_signum: int, _frame: FrameType | None) -> None:
        pass

    def interrupt(_signum: int, _frame: FrameType | None) -> None:
        # Until the orderly stop has begun and decides what a second one means: some senders
        # signal both the process and its group.
        for signum in _SIGNALS:
            signal.signal(signum, wait)
        raise KeyboardInterrupt

    before = {signum: signal.signal(signum, interrupt) for signum in _SIGNALS}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


def _say(line: str) -> None:
    _write(sys.stdout.write, sys.stdout.flush, line)


def _warn(line: str) -> None:
    _write(sys.stderr.write, sys.stderr.flush, line)


def _write(write: Callable[[str], int], flush: Callable[[], None], line: str) -> None:
    """A terminal that went away must not take the servers down unasked."""
    try:
        write(line + "\n")
        flush()
    except OSError:
        pass
