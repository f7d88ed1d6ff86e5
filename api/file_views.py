"""The photos and documents of a case: which of them somebody is shown, and what is said of each.

A file is shown to whoever reads the event that names it. Who reads which is decided elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel

from api.merging_views import Own
from domain.confidentiality import CONFIDENTIAL
from domain.events import FileAttached, Resolved
from domain.sealing import ERASED
from store.reading import History


class OwnFile(BaseModel):
    """A file as its resident sees it; `small` is the address of a small copy of an image."""

    file: str
    type: str
    size: int
    width: int | None
    height: int | None
    pages: int | None
    at: datetime
    yours: bool
    href: str | None
    small: str | None


class FileView(BaseModel):
    """A file as staff see it. `of` is the kind of the event that names it, `subject` the resident
    whose it is, empty for staff's; `href` is None where it was forgotten or is not for them.
    `address` is the SHA-256 of the sealed bytes as stored, `sha256` that of the file.
    """

    file: str
    version: int
    of: str
    subject: str
    type: str
    size: int
    width: int | None
    height: int | None
    pages: int | None
    at: datetime
    state: str
    sha256: str | None
    address: str
    href: str | None
    small: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A file somebody may look at: what attached it, and where in which case."""

    case_id: str
    version: int
    event: FileAttached


def attached(history: History) -> Iterator[Shown]:
    """The files of a case, each once, in order."""
    seen = set[str]()
    for line in history.lines:
        event = line.event
        if isinstance(event, FileAttached) and event.file not in seen:
            seen.add(event.file)
            yield Shown(case_id=history.case.case_id, version=line.version, event=event)


def file_views(history: History) -> list[FileView] | None:
    """What staff see of the files; None where there are none."""
    case_id = history.case.case_id
    return [_file_view(each, case_id) for each in attached(history)] or None


def state_of(event: FileAttached) -> str:
    """Whether it opens, and if not, why."""
    return {ERASED: "erased", CONFIDENTIAL: "confidential"}.get(event.opener, "open")


def _file_view(shown: Shown, case_id: str) -> FileView:
    event, state = shown.event, state_of(shown.event)
    opens = state == "open"
    return FileView(
        file=event.file,
        version=shown.version,
        of=event.of,
        subject=event.subject,
        type=event.media,
        size=event.size,
        width=event.width or None,
        height=event.height or None,
        pages=event.pages or None,
        at=event.at,
        state=state,
        sha256=event.digest if opens else None,
        address=event.address,
        href=_href(case_id, event) if opens else None,
        small=_small(case_id, event) if opens else None,
    )


def _href(case_id: str, event: FileAttached) -> str:
    return f"/api/v1/cases/{case_id}/files/{event.file}"


def _small(case_id: str, event: FileAttached) -> str | None:
    return f"{_href(case_id, event)}?small=true" if event.small else None


def of_own(own: Own) -> list[Shown]:
    """What a resident may look at: what they sent, and what a resolution shows them."""
    told = own.lines()
    said = {line.command_id for line in told if isinstance(line.event, Resolved)}
    theirs = {own.mine.case.case_id: own.who, own.there.case.case_id: own.subject}
    found: dict[str, Shown] = {}
    for history in {id(each): each for each in (own.mine, own.there)}.values():
        case_id = history.case.case_id
        for shown, line in _with_lines(history):
            sent = shown.event.subject == theirs[case_id]
            answer = not shown.event.subject and line in said
            if sent or answer:
                found.setdefault(shown.event.file, shown)
    return list(found.values())


def _with_lines(history: History) -> Iterator[tuple[Shown, object]]:
    commands = {line.version: line.command_id for line in history.lines}
    for shown in attached(history):
        yield shown, commands[shown.version]


def own_files(own: Own) -> list[OwnFile] | None:
    """What a resident sees of the files; None where there are none."""
    case_id = own.mine.case.case_id
    return [_own_file(each.event, case_id) for each in of_own(own)] or None


def _own_file(event: FileAttached, case_id: str) -> OwnFile:
    opens = state_of(event) == "open"
    return OwnFile(
        file=event.file,
        type=event.media,
        size=event.size,
        width=event.width or None,
        height=event.height or None,
        pages=event.pages or None,
        at=event.at,
        yours=bool(event.subject),
        href=_href(case_id, event) if opens else None,
        small=_small(case_id, event) if opens else None,
    )
