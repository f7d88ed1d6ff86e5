"""The last signed checkpoint, kept in a file outside the database: what finds an old copy of it.

The file may be read by anybody, and is worth nothing to a thief. Nothing here signs.
"""

import os
import secrets
from collections.abc import Collection
from pathlib import Path

from domain.log.state import Log
from store import tree
from store.checkpoints import Signed
from store.database import Connection
from store.notes import BadNote, Checkpoint, Note, PublicKey, believed, parse


class Contradiction(Exception):
    """The database is not what was signed before. Its text says in what, and what to do."""


class Damaged(Contradiction):
    """The file is no checkpoint."""


class Foreign(Contradiction):
    """The file is of another log."""


class Kept:
    """The file. A missing one is no fault: then nothing was signed yet, or it is a new machine."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Note | None:
        """What was signed last, whoever signed it; None for no file."""
        try:
            return parse(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Damaged(f"{self.path} cannot be read ({error.strerror}); {AWAY}") from None
        except (BadNote, UnicodeDecodeError):
            raise Damaged(f"{self.path} is damaged; {AWAY}") from None

    async def check(
        self, connection: Connection, origin: str, size: int, keys: Collection[PublicKey]
    ) -> Checkpoint | None:
        """What is kept, None for nothing; `Contradiction` if the first `size` events do not go on
        from it, or none of the log's keys signed it.
        """
        note = self.read()
        if note is None:
            return None
        try:
            found = Checkpoint.of(note.text)
            signed = believed(note.text, note.lines, keys)
        except BadNote:
            raise Damaged(f"{self.path} is damaged; {AWAY}") from None
        if found.origin != origin:
            mine = origin or "none yet"
            raise Foreign(
                f"{self.path} belongs to the log {found.origin}, the database to {mine}; {AWAY}"
            )
        if not signed:
            raise Damaged(f"{self.path} is signed by no key of this log; {AWAY}")
        await follows(connection, found, size)
        return found

    def keep(self, note: str) -> None:
        """All of it or none, on the disk before we go on; OSError if it cannot be."""
        draft = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}.new")
        with draft.open("w", encoding="utf-8") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)

    def put_away(self, size: int) -> Path:
        """Out of the notary's way, and kept: it proves what had been signed. Where it is now."""
        return self.path.rename(self.path.with_name(f"{self.path.name}.lost-{size}"))


AWAY = "if that is as it should be, move the file away"
ANEW = "if events were lost for good, `shouwen log renew` says so in the journal and goes on"


async def follows(connection: Connection, signed: Checkpoint, size: int) -> None:
    """`Contradiction` if the database's `size` events do not begin with those that were signed."""
    since = signed.time.isoformat()
    if signed.size > size:
        raise Contradiction(
            f"{signed.size} events were signed at {since}, and the database holds {size}: it is an "
            f"older copy, or its end was cut off; {ANEW}"
        )
    if await tree.root(connection, signed.size) != signed.root:
        raise Contradiction(
            f"the first {signed.size} events are not those that were signed at {since}: "
            f"`shouwen verify` finds the first false one; {ANEW}"
        )


async def goes_on(connection: Connection, last: Signed, log: Log, size: int) -> bool:
    """Whether the log is the one of the newest checkpoint in the database, and not its successor
    after a loss; `Contradiction` if it is neither, or holds other events than were signed.
    """
    known = Checkpoint.of(parse(last.note).text)
    if known.origin == log.origin:
        await follows(connection, known, size)
        return True
    if known.origin != log.instead_of:
        raise Contradiction(
            f"{last.size} events were signed as {known.origin}, of which the journal says nothing: "
            f"its own events were taken away; {ANEW}"
        )
    return False
