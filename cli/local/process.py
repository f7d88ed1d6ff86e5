"""One server process: started so that it cannot outlive us, watched, ended.
Knows no server by name.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cli.local.accounts import Account
from cli.local.failure import LocalError, from_log, from_os_error

_LAUNCHER = str(Path(__file__).with_name("launch.py"))
_LOG_LIMIT = 10_000_000  # bytes; a longer log is put aside at the next start


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to start. `name` is for messages; `death_signal` is sent if we vanish (Linux only)."""

    name: str
    argv: Sequence[str]
    log: Path
    death_signal: signal.Signals = signal.SIGTERM
    environ: Mapping[str, str] | None = None
    account: Account | None = None


@dataclass(slots=True, kw_only=True)
class Running:
    """A started program."""

    program: Program
    popen: subprocess.Popen[bytes]
    log_from: int
    since: float = field(default_factory=time.monotonic)

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.popen.poll() is None

    def stop(self, signum: signal.Signals, seconds: float) -> None:
        """Ask with `signum`, wait up to `seconds`, then kill. Returns when it is gone."""
        if self.alive:
            self.popen.send_signal(signum)
            try:
                self.popen.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """SIGKILL; returns when it is gone."""
        self.popen.kill()
        self.popen.wait()

    def last_words(self) -> list[str]:
        """The last lines that it logged since its start, at most 50."""
        try:
            with self.program.log.open("rb") as log:
                log.seek(max(self.log_from, self.program.log.stat().st_size - 20_000))
                return log.read().decode("utf-8", "replace").splitlines()[-50:]
        except OSError:
            return []

    def failure(self) -> LocalError:
        """Why it ended, as far as its log tells."""
        return from_log(self.program.name, self.last_words(), self.program.log)


def launch_argv(program: Program) -> list[str]:
    """The command that starts the program through the launcher."""
    account = program.account
    told = [f"--parent={os.getpid()}", f"--death-signal={int(program.death_signal)}"]
    if account is not None:
        told += [f"--uid={account.uid}", f"--gid={account.gid}"]
        told += ["--reach"] if account.reach else []
    return [sys.executable, "-I", "-S", _LAUNCHER, *told, "--", *program.argv]


def start(program: Program) -> Running:
    """Start it in a session of its own, its output appended to its log.

    Call this from a thread that lives as long as the program should: Linux counts the end of the
    starting thread as the end of the parent. A session of its own keeps Ctrl-C in the terminal
    from reaching it before its turn.
    """
    try:
        log_from = _put_aside(program.log)
        with program.log.open("ab") as log:
            popen = subprocess.Popen(
                launch_argv(program),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=None if program.environ is None else dict(program.environ),
                cwd="/" if program.account is not None else None,
                start_new_session=True,
            )
    except OSError as error:
        raise from_os_error(
            error, f"starting {program.name} with its log in {program.log}"
        ) from error
    return Running(program=program, popen=popen, log_from=log_from)


def _put_aside(log: Path) -> int:
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    size = log.stat().st_size if log.exists() else 0
    if size > _LOG_LIMIT:
        log.replace(log.with_suffix(".log.old"))
        return 0
    return size
