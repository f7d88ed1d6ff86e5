"""The local PostgreSQL server: start, stop, where to reach it. What is inside is for cluster.py.
It listens on a Unix socket only, and asks everybody for a password.
"""

import os
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from cli.local.accounts import give
from cli.local.cluster import DATABASE, ROLES, Cluster, Role
from cli.local.failure import LocalError, from_os_error
from cli.local.process import Program, Running, start

_SOCKET_NAME = ".s.PGSQL.5432"
_LONGEST_SOCKET = 107  # bytes that fit an address of the kernel's
_READY_WITHIN = 60.0  # seconds; recovery after a crash is part of it
_STOP_WITHIN = 8.0  # seconds
_MEMORY_HELD = "pre-existing shared memory block"


class LocalPostgres:
    """One PostgreSQL on the data folder `data`. Blocking; start it from a thread that stays."""

    name = "PostgreSQL"

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        """Nothing is started or written yet. `durable=False` (tests) forces nothing to disk."""
        self.cluster = Cluster(data, durable=durable)
        self.log = self.cluster.log
        self.running: Running | None = None

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self.running is not None and self.running.alive

    def start(self) -> None:
        """Make the cluster if needed, start the server, return when it takes connections."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """As start, but without waiting."""
        self.cluster.make()
        self._clear_what_a_crash_left()
        try:
            sockets = self._make_socket_folder()
        except OSError as error:
            raise from_os_error(error, f"making a socket for {self.cluster.home}") from error
        self.running = start(self._program(sockets))

    def wait(self) -> None:
        """Return when it takes connections; LocalError if it ends or takes too long."""
        deadline = time.monotonic() + _READY_WITHIN
        while not self._ready():
            if not self.alive:
                self._again_or_fail(deadline)
            if time.monotonic() > deadline:
                raise LocalError(f"PostgreSQL did not start in time (see {self.log})")
            time.sleep(0.02)

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything is written."""
        if self.running is not None:
            self.running.stop(signal.SIGINT, _STOP_WITHIN)
        if not _fits(self.cluster.home / "run"):
            self._remove_short_folder()

    def kill(self) -> None:
        """SIGKILL, as a power cut would; the next start recovers."""
        if self.running is not None:
            self.running.kill()

    def url(self, role: Role = "app", database: str = DATABASE) -> str:
        """postgresql:// address for a role, its password included."""
        return (
            f"postgresql://{ROLES[role]}:{self.cluster.password(role)}@/{database}"
            f"?host={quote(str(self._socket_folder()), safe='')}"
        )

    def _program(self, sockets: Path) -> Program:
        options = {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_directories": f'"{sockets}"',
            "unix_socket_permissions": "0700",
            "logging_collector": "off",
        }
        if not self.cluster.durable:
            options |= {"fsync": "off", "full_page_writes": "off"}
        argv = [str(self.cluster.programs / "postgres"), "-D", str(self.cluster.files)]
        for name, value in options.items():
            argv += ["-c", f"{name}={value}"]
        return Program(
            name=self.name,
            argv=argv,
            log=self.log,
            death_signal=signal.SIGINT,
            account=self.cluster.account(),
        )

    def _ready(self) -> bool:
        # The server keeps its state in the last line of its pid file; a stale one has another pid.
        with suppress(OSError, IndexError):  # not there yet, or still empty
            lines = (self.cluster.files / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            process = self.running.popen.pid if self.running else 0
            return lines[0] == str(process) and lines[-1].strip() == "ready"
        return False

    def _again_or_fail(self, deadline: float) -> None:
        """After SIGKILL its last processes may live on for a moment and hold its memory."""
        if self.running is None:
            raise LocalError("PostgreSQL was not started")
        failure = self.running.failure()
        if _MEMORY_HELD not in "\n".join(self.running.last_words()) or time.monotonic() > deadline:
            raise failure
        time.sleep(0.3)
        self.launch()

    def _clear_what_a_crash_left(self) -> None:
        """End a server that still runs on these files; forget the pid of one that does not.

        PostgreSQL itself takes any live process with that pid for a server, and after a reboot or
        in a container it is often another program's.
        """
        pid_file = self.cluster.files / "postmaster.pid"
        try:
            pid = int(pid_file.read_text(encoding="utf-8").split("\n", 1)[0])
        except (OSError, ValueError):
            return
        if not Path("/proc/self").exists():
            return
        if _works_in(pid, self.cluster.files):
            _end(pid, self.cluster.files)
        pid_file.unlink(missing_ok=True)
        for socket in (_SOCKET_NAME, f"{_SOCKET_NAME}.lock"):
            (self._socket_folder() / socket).unlink(missing_ok=True)

    def _socket_folder(self) -> Path:
        beside = self.cluster.home / "run"
        if _fits(beside):
            return beside
        with suppress(OSError):
            return Path((self.cluster.home / "socket").read_text(encoding="utf-8"))
        return beside

    def _make_socket_folder(self) -> Path:
        """Beside the cluster, or where that path is too long a private folder under /tmp.

        Its name is random and kept in a file: a guessable name under /tmp could be taken first.
        """
        sockets = self.cluster.home / "run"
        if _fits(sockets):
            sockets.mkdir(mode=0o700, exist_ok=True)
        else:
            self._remove_short_folder()
            sockets = Path(tempfile.mkdtemp(prefix="shouwen-", dir="/tmp"))
            (self.cluster.home / "socket").write_text(str(sockets), encoding="utf-8")
        give(sockets, self.cluster.account())
        return sockets

    def _remove_short_folder(self) -> None:
        with suppress(OSError):
            self._socket_folder().rmdir()


def _fits(sockets: Path) -> bool:
    return len(os.fsencode(sockets / _SOCKET_NAME)) <= _LONGEST_SOCKET


def _works_in(pid: int, files: Path) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == files.resolve()
    return False


def _end(pid: int, files: Path) -> None:
    for signum in (signal.SIGINT, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(pid, signum)
        deadline = time.monotonic() + _STOP_WITHIN
        while _works_in(pid, files) and time.monotonic() < deadline:
            time.sleep(0.05)
