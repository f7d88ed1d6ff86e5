"""Keeps servers running: one that ends is started again, later each time it ends soon.
Ends them all in the reverse order of their start. Knows no server by name.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cli.local.failure import LocalError

_FIRST_PAUSE = 1.0  # seconds
_LONGEST_PAUSE = 30.0
_STEADY_AFTER = 60.0  # a server that has run this long starts again with the first pause


class Server(Protocol):
    """What can be supervised: the bundled servers, the worker, the API."""

    name: str
    log: Path

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        ...

    def start(self) -> None:
        """Start it; LocalError if that fails."""
        ...

    def stop(self) -> None:
        """End it in an orderly way; returns when it is gone."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...


@dataclass(slots=True)
class _Watched:
    server: Server
    started: float
    pause: float = _FIRST_PAUSE
    again_at: float | None = None


@dataclass(slots=True)
class Supervisor:
    """Servers in the order in which they were started. `say` shows one line to the person."""

    say: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    _watched: list[_Watched] = field(default_factory=list)

    def add(self, server: Server) -> None:
        """Watch a server from now on; started or about to be."""
        self._watched.append(_Watched(server, self.clock()))

    def check(self) -> None:
        """Note who has ended, start again whose pause is over. Call it several times a second."""
        for watched in self._watched:
            if not watched.server.alive:
                self._care(watched)

    def stop(self) -> None:
        """Stop all, last started first."""
        for watched in reversed(self._watched):
            watched.server.stop()

    def kill(self) -> None:
        """Kill all, last started first."""
        for watched in reversed(self._watched):
            watched.server.kill()

    def _care(self, watched: _Watched) -> None:
        now = self.clock()
        if watched.again_at is None:
            if now - watched.started > _STEADY_AFTER:
                watched.pause = _FIRST_PAUSE
            self._plan(watched, f"{watched.server.name} ended unexpectedly")
        elif now >= watched.again_at:
            watched.again_at = None
            watched.started = now
            try:
                watched.server.start()
            except LocalError as error:
                self._plan(watched, str(error))

    def _plan(self, watched: _Watched, what: str) -> None:
        self.say(
            f"{what}; starting {watched.server.name} again in {watched.pause:.0f} s "
            f"(log: {watched.server.log})"
        )
        watched.again_at = self.clock() + watched.pause
        watched.pause = min(watched.pause * 2, _LONGEST_PAUSE)
