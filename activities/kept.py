"""The last signed checkpoint, kept in a file outside the database: what finds an old copy of it.

The file may be read by anybody, and is worth nothing to a thief. Nothing here signs.
"""

import os
from pathlib import Path

from store import tree
from store.database import Connection
from store.notes import BadNote, Checkpoint, parse


class Contradiction(Exception):
    """The database is not what was signed before. Its text says in what, and what to do."""


class Kept:
    """The file. A missing one is no fault: then nothing was signed yet, or it is a new machine."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def check(self, connection: Connection, origin: str, size: int) -> int:
        """The size that is kept, 0 for none; `Contradiction` if the first `size` events do not
        go on from it.
        """
        try:
            found = Checkpoint.of(parse(self._path.read_text("utf-8")).text)
        except FileNotFoundError:
            return 0
        except (BadNote, UnicodeDecodeError):
            raise Contradiction(f"{self._path} is damaged; {self._away}") from None
        if found.origin != origin:
            raise Contradiction(
                f"{self._path} belongs to the log {found.origin}, the database to "
                f"{origin or 'none yet'}; {self._away}"
            )
        if found.size > size:
            raise Contradiction(
                f"{found.size} events were signed at {found.time.isoformat()} ({self._path}), and "
                f"the database holds {size}: it is an older copy, or its end was cut off"
            )
        if await tree.root(connection, found.size) != found.root:
            raise Contradiction(
                f"the first {found.size} events are not those that were signed at "
                f"{found.time.isoformat()} ({self._path}): `shouwen verify` finds the first"
            )
        return found.size

    @property
    def _away(self) -> str:
        return "if that is as it should be, move the file away"

    def keep(self, note: str) -> None:
        """All of it or none, on the disk before we go on; OSError if it cannot be."""
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        with draft.open("w", encoding="utf-8") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
