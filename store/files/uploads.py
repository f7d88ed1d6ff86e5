"""Files that were uploaded and wait to be named in a case: rows, counted and looked up. A row is
there before its bytes are, so that nothing lies in the store that nobody knows of.
"""

import secrets
import string
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from domain.uploads import Content, Upload
from domain.words.files import LETTERS, REFERENCE, Bringer
from store.database import Connection
from store.keys import KeyRing, UnknownKey
from store.views import Row

LASTS = "1 day"
"""How long a file may wait to be named; then it is removed."""
COUNTED = "1 hour"
BOXED = ("media", "width", "height", "pages", "digest", "opener", "small_opener")
"""What is sealed while it waits, under the master key: it belongs to nobody's key yet."""


def new_reference() -> str:
    """A reference nobody can guess."""
    letters = (secrets.choice(string.ascii_lowercase) for _ in range(LETTERS))
    return REFERENCE + "".join(letters)


async def attempts(connection: Connection, sender: str) -> int:
    """Note one more attempt of a sender; how many it were within the hour."""
    found = await connection.fetchval(
        f"""with made as (insert into upload_attempts (sender) values ($1))
            select count(*) + 1 from upload_attempts
            where sender = $1 and at > clock_timestamp() - interval '{COUNTED}'""",  # noqa: S608
        sender,
    )
    return int(found)


async def waiting_bytes(connection: Connection) -> int:
    """How many bytes wait that people without an account brought."""
    found = await connection.fetchval(
        "select coalesce(sum(size), 0) from uploads where box is not null and bringer <> 'staff'"
    )
    return int(found)


async def announce(connection: Connection, upload: Upload, ring: KeyRing) -> None:
    """Write down that the bytes are about to be stored. From then on nobody removes them."""
    content = upload.content
    box = orjson.dumps({name: getattr(content, name) for name in BOXED}).decode()
    async with Transaction(connection):
        await lock(connection, content.address, content.small)
        await connection.execute(
            """insert into uploads
               (file, bringer, person_id, case_id, subject, address, small, size, box)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
            *(upload.file, upload.bringer, upload.person_id, upload.case_id, upload.subject),
            *(content.address, content.small, content.size),
            ring.wrap(box.encode(), _label(upload.file)),
        )


async def note_stored(connection: Connection, file: str) -> None:
    """The bytes are there: the file may be named in a case."""
    await connection.execute("update uploads set stored = true where file = $1", file)


class Transaction:
    """Several statements on a connection: all or none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def __aenter__(self) -> None:
        """Begin."""
        await self._connection.execute("begin")

    async def __aexit__(self, failed: object, *_others: object) -> None:
        """Commit, or take everything back."""
        await self._connection.execute("commit" if failed is None else "rollback")


async def lock(connection: Connection, *addresses: str) -> None:
    """Until the transaction ends nobody else stores or removes these bytes."""
    for address in sorted({*addresses} - {""}):
        await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 26))", address)


WAITING = f"""
select file, bringer, person_id, case_id, subject, address, small, size, box from uploads u
where file = any($1) and stored and box is not null
  and created_at > clock_timestamp() - interval '{LASTS}'
  and not exists (select from attached_uploads a where a.file = u.file)
"""  # noqa: S608 - a constant


async def waiting(connection: Connection, files: Sequence[str], ring: KeyRing) -> list[Upload]:
    """Those of the files that wait to be named."""
    rows = await connection.fetch(WAITING, list(files))
    return [upload for row in rows if (upload := _upload(dict(row), ring)) is not None]


def _upload(row: dict[str, Any], ring: KeyRing) -> Upload | None:
    try:
        boxed = orjson.loads(ring.unwrap(row["box"], _label(row["file"])))
    except UnknownKey:  # its master key was taken away while it waited
        return None
    content = Content(address=row["address"], small=row["small"], size=row["size"], **boxed)
    whose = {name: row[name] for name in ("file", "person_id", "case_id", "subject")}
    return Upload(**whose, bringer=Bringer(row["bringer"]), content=content)


def _label(file: str) -> str:
    return f"upload/{file}"


# -- attaching -----------------------------------------------------------------

ATTACHED = "file text, case_id text, at timestamptz"
ATTACH = f"""insert into attached_uploads (file, case_id, at) select file, case_id, at
 from jsonb_to_recordset(${{}}::jsonb) as r({ATTACHED})"""  # noqa: S608 - constants
EMPTY = f"""update uploads set box = null from jsonb_to_recordset(${{}}::jsonb) as r({ATTACHED})
 where uploads.file = r.file"""  # noqa: S608 - constants


def attached(case_id: str, files: Sequence[str], at: datetime) -> dict[str, Sequence[Row]]:
    """The rows of files that become a case's, for the statement that appends the events.

    A file becomes one case's and no other's: of two who name it at once one is refused.
    """
    rows = [{"file": file, "case_id": case_id, "at": at} for file in files]
    return {"attached_uploads": rows, "emptied_uploads": rows}
