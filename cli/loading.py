"""That files were put in force is an event of the office, and refused where changes would be lost.

The event contends with the office's commands for its version: of a load and a command at the same
moment one fails, and neither rests on what the other undid.
"""

import uuid

from activities.office import OfficeNoun
from activities.steps import fingerprint_of
from cli.local.failure import LocalError
from domain.commands import Actor
from domain.office.commands import LoadBooks
from domain.refusals import Refused
from domain.words import ActorKind
from store import journal
from store.books import Shelf
from store.codec import adapter
from store.database import Connection
from store.folds import OFFICE
from store.journal import Entry
from store.keys import KeyRing

LAST = """
select coalesce(max((data ->> 'book_id')::bigint), 0) from events
where case_id = 'office' and kind = 'office.books_loaded'
"""
CHANGES = """
select count(*) from books b where kind = 'change' and book_id > $1 and not exists (
  select from books c where c.kind = 'cancellation' and c.version = b.version)
"""


async def newest(connection: Connection) -> int:
    """The newest entry among the books."""
    found: int = await connection.fetchval("select coalesce(max(book_id), 0) from books")
    return found


async def record(
    connection: Connection, ring: KeyRing, versions: tuple[str, ...], before: int, *, drop: bool
) -> None:
    """Write down what was loaded after entry `before`; `LocalError` where it may not be."""
    loaded = await journal.load(connection, OFFICE, "office")
    last = await connection.fetchval(LAST)
    command = LoadBooks(
        command_id=str(uuid.uuid4()),
        at=loaded.now,
        actor=Actor(kind=ActorKind.SYSTEM),
        versions=versions,
        book_id=before,
        changes=await connection.fetchval(CHANGES, last),
        drop=drop,
    )
    noun = OfficeNoun(Shelf())
    records = await noun.book(connection, loaded, command)
    try:
        decided = noun.decide(loaded.state, command, records)
    except Refused as refused:
        raise LocalError(_lost(refused.details["changes"])) from refused
    entry = Entry(
        case_id="office",
        command_id=uuid.UUID(command.command_id),
        command=command.kind,
        fingerprint=fingerprint_of(adapter(LoadBooks).dump_python(command, mode="json"), ring),
        version=loaded.version,
        last_hash=loaded.last_hash,
        recorded_at=loaded.now,
        wrapped=loaded.wrapped,
    )
    entry, _ = noun.entry(entry, loaded, decided, records)
    try:
        await journal.append(connection, [entry], ring)
    except journal.Conflict as error:
        raise LocalError("Somebody is changing the office just now; load again") from error


def _lost(number: str) -> str:
    what = "One change was" if number == "1" else f"{number} changes were"
    return (
        f"{what} made by commands since files were loaded last, and would hold no longer; "
        "GET /api/v1/office/history lists them. Put them into the files, then load with "
        "--drop-changes. Nothing was loaded."
    )
