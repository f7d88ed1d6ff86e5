"""Photos and documents (R3.1, R9.1): who may name a file in a case, and that it becomes part of it.

What a file is and where its bytes lie is the store's business. A chapter decides its command first;
what the command names is attached with the event that says so.
"""

from collections.abc import Iterator

from domain.book import Book
from domain.commands import Actor, Command
from domain.events import AgentAuthorised, Event, FileAttached, Registered
from domain.refusals import Refused
from domain.state import Case, changed
from domain.uploads import Upload
from domain.values import REPORTER
from domain.words import ActorKind
from domain.words.files import Bringer, is_reference

TOLD_BY_RESIDENT = (Registered, AgentAuthorised)
"""Events whose texts are the resident's who came, though they name no subject."""


def named(said: object) -> tuple[str, ...]:
    """The references that a command or an event names, each once, in order."""
    entries = (*getattr(said, "evidence", ()), *getattr(said, "documents", ()))
    return tuple(dict.fromkeys(entry for entry in entries if is_reference(entry)))


def with_files(
    case: Case, command: Command, made: tuple[Event, ...], book: Book
) -> tuple[Event, ...]:
    """The events, and that the files they name are the case's from now on."""
    if not named(command):
        return made
    return (*made, *(each for event in made for each in _attached(case, command, event, book)))


def _attached(case: Case, command: Command, event: Event, book: Book) -> Iterator[FileAttached]:
    whose = _subject(event)
    for file in named(event):
        if (file, whose) in case.files:
            continue
        upload = book.uploads.get(file)
        if upload is None or not _of(upload, case, command.actor):
            raise Refused("file_unknown", "R9.1", file=file)
        content = upload.content
        yield FileAttached(
            at=event.at,
            by=event.by,
            file=file,
            of=event.kind,
            subject=whose,
            address=content.address,
            media=content.media,
            size=content.size,
            width=content.width,
            height=content.height,
            pages=content.pages,
            digest=content.digest,
            opener=content.opener,
            small=content.small,
            small_opener=content.small_opener,
        )


def _subject(event: Event) -> str:
    """Whose the file is: the resident's whose words the event holds, else staff's."""
    if isinstance(event, TOLD_BY_RESIDENT):
        return REPORTER
    return str(getattr(event, "subject", ""))


def _of(upload: Upload, case: Case, actor: Actor) -> bool:
    """Whether whoever asks brought it. A resident whose case is carried on here brought it there;
    nobody's is theirs who knows its reference, as a resident.
    """
    match upload.bringer:
        case Bringer.STAFF:
            return actor.kind is ActorKind.STAFF and upload.person_id == actor.person_id
        case Bringer.RESIDENT:
            mine = {(case.case_id, actor.subject), (actor.subject, REPORTER)}
            return actor.kind is ActorKind.RESIDENT and (upload.case_id, upload.subject) in mine
        case Bringer.NOBODY:
            return actor.kind is ActorKind.RESIDENT


def evolve(case: Case, event: FileAttached) -> Case:
    """It is the case's."""
    return changed(case, files=(*case.files, (event.file, event.subject)))
