"""Files that belong to a case: read from its events, opened with the keys of the case."""

from collections.abc import Sequence

from domain.events import FileAttached
from domain.sealing import ERASED
from domain.uploads import Content, Upload
from domain.words.files import Bringer
from store import codec
from store.codec import Stored, Subjects
from store.database import Connection
from store.journal import open_keys
from store.keys import KeyRing

NAMED = """select version, kind, schema, data, actor, post, unit, occurred_at from events
 where case_id = $1 and kind = 'file.attached' and data ->> 'file' = any($2) order by version"""
KEYS = "select subject, wrapped from subject_keys where case_id = $1 and wrapped is not null"


async def brought(
    connection: Connection, case_id: str, files: Sequence[str], ring: KeyRing
) -> list[Upload]:
    """Files of a case whose resident tells them to the case that theirs is carried on in."""
    rows = await connection.fetch(NAMED, case_id, list(files))
    if not rows:
        return []
    keys = {row["subject"]: row["wrapped"] for row in await connection.fetch(KEYS, case_id)}
    subjects = Subjects(open_keys(case_id, keys, ring))
    found = (codec.decode(Stored.of(row), subjects, f"{case_id}/{row['version']}") for row in rows)
    return [_upload(case_id, event) for event in found if event.opener != ERASED]


def _upload(case_id: str, event: FileAttached) -> Upload:
    return Upload(
        file=event.file,
        bringer=Bringer.RESIDENT,
        case_id=case_id,
        subject=event.subject,
        content=content_of(event),
    )


def content_of(event: FileAttached) -> Content:
    """What the event says of the file."""
    return Content(
        address=event.address,
        media=event.media,
        size=event.size,
        width=event.width,
        height=event.height,
        pages=event.pages,
        digest=event.digest,
        opener=event.opener,
        small=event.small,
        small_opener=event.small_opener,
    )
