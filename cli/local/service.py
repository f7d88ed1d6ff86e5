"""The program's own processes, worker and API, as children of `shouwen run`. Starts them and asks
the API whether it is ready; knows nothing of what they do.
"""

import http.client
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cli.local.process import Program, Running, start
from settings import PREFIX, Settings, as_environ

_ROOT = Path(__file__).parents[2]
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 (listened on by choice)


class Service:
    """`shouwen worker` or `shouwen api` in a process of its own."""

    def __init__(self, name: str, settings: Settings, *, stop_within: float) -> None:
        """`name` is the command, `settings` are resolved; `stop_within` is in seconds."""
        self.name = name
        self.log = settings.data / "log" / f"{name}.log"
        self.running: Running | None = None
        self._settings = settings
        self._stop_within = stop_within

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self.running is not None and self.running.alive

    def start(self) -> None:
        """Start it; it is not waited for."""
        argv = [sys.executable, "-m", "cli.main", self.name, f"--parent={os.getpid()}"]
        environ = _environ(self._settings)
        self.running = start(Program(name=self.name, argv=argv, log=self.log, environ=environ))

    def stop(self) -> None:
        """Ask it to finish what it does."""
        if self.running is not None:
            self.running.stop(signal.SIGTERM, self._stop_within)

    def kill(self) -> None:
        """SIGKILL."""
        if self.running is not None:
            self.running.kill()


def _environ(settings: Settings) -> dict[str, str]:
    """Ours, every setting spelled out, but the owner's address: that is for migrations only."""
    theirs = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    theirs |= as_environ(settings.model_copy(update={"database_owner_url": None}))
    paths = [str(_ROOT), *filter(None, [theirs.get("PYTHONPATH")])]
    return theirs | {
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }


def readiness(settings: Settings) -> tuple[int, str]:
    """Status and body of /readyz; (0, "") while nothing answers."""
    connection = http.client.HTTPConnection(
        _ANY.get(settings.host, settings.host), settings.port, timeout=2
    )
    with suppress(OSError, http.client.HTTPException):
        try:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            return answer.status, answer.read(2000).decode("utf-8", "replace")
        finally:
            connection.close()
    return 0, ""


def watch_parent(pid: int, on_loss: Callable[[], None] | None = None) -> None:
    """In a child: end this process when parent `pid` is gone (on Linux the kernel is quicker)."""
    import threading
    import time

    def end() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10)
        os._exit(1)

    def watch() -> None:
        while os.getppid() == pid:
            time.sleep(1)
        (on_loss or end)()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
