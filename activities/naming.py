"""The files a command names, for its step: those that wait for it, and what became a case's."""

from collections.abc import Mapping, Sequence

from domain import files
from domain.commands import Command
from domain.events import Event, FileAttached
from domain.state import Case
from domain.streams import Noun, noun_of
from domain.uploads import Upload
from domain.values import REPORTER
from domain.words import ActorKind
from store.database import Connection
from store.files import attached, uploads
from store.journal import Entry
from store.keys import KeyRing
from store.views import Row


async def named(
    connection: Connection, case: Case, command: Command, ring: KeyRing
) -> Mapping[str, Upload]:
    """The files it names that are not the case's yet; those of the case that tells it included."""
    asked = files.named(command)
    found = await uploads.waiting(connection, asked, ring)
    teller = command.actor.subject
    resident = command.actor.kind is ActorKind.RESIDENT
    if resident and teller not in {REPORTER, *case.parties} and noun_of(teller) is Noun.CASE:
        found += await attached.brought(connection, teller, asked, ring)
    return {upload.file: upload for upload in found}


def rows(
    entry: Entry, decided: Sequence[Event], named: Mapping[str, Upload]
) -> Mapping[str, Sequence[Row]]:
    """The rows of uploads that become the case's; what was another case's already has none."""
    waited = [
        event.file
        for event in decided
        if isinstance(event, FileAttached)
        and (upload := named.get(event.file)) is not None
        and upload.case_id in {"", entry.case_id}
    ]
    return uploads.attached(entry.case_id, waited, entry.recorded_at) if waited else {}
