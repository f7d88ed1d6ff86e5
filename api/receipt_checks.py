"""Checks a receipt against the running system: its keys, its tree as it is now, its journal."""

from base64 import b64encode
from collections.abc import Sequence

from pydantic import BaseModel

from api.context import Context
from api.words import Language
from api.words import receipts as words
from store import checkpoints, log, receipt_checks, receipts, tree
from store.database import Connection, raw
from store.log import About, LogKey
from store.notes import PublicKey
from store.receipt_checks import Checked, Event, Wrong


class CheckedEvent(BaseModel):
    """One of the receipt's events; `seq` is its place among all, once it is signed."""

    case_id: str
    version: int
    kind: str
    recorded_at: str
    hash: str
    seq: int | None


class CheckView(BaseModel):
    """What came of it: `in_record` for in the record and unchanged, else a stable code; in words
    too, `about` an event, a name or a key. `remarks` are what else must be known.
    """

    verdict: str
    about: str = ""
    in_record: bool
    words: str
    remarks: list[str] = []
    case_id: str = ""
    events: list[CheckedEvent] = []
    signed_size: int | None = None
    signed_at: str = ""
    root: str = ""
    witnesses: list[str] = []


async def check(here: Context, text: str, lang: Language) -> CheckView:
    """Everything that can be said of a receipt here and now."""
    async with raw(here.engine) as connection:
        about = await log.about(connection, here.ring)
        if about is None:
            return _wrong(Wrong("nothing_signed"), lang)
        try:
            found = receipt_checks.check(
                text,
                [PublicKey.of(key.vkey) for key in about.keys],
                {about.origin, *about.earlier},
                [*map(PublicKey.of, here.settings.witnesses())],
            )
            code = await _against_the_record(connection, found)
        except Wrong as wrong:
            return _wrong(wrong, lang)
    return _view(found, code, remarks(found, about, lang), lang)


async def _against_the_record(connection: Connection, found: Checked) -> str:
    """`in_record` or `pending`; `Wrong` where the record is not what the receipt proves."""
    if found.checkpoint is not None:
        await _same_tree(connection, found)
    for event in found.events:
        if not await receipts.still_there(connection, event.stream, event.version, event.hash):
            raise Wrong("changed_since", f"{event.stream}/{event.version}")
    return "pending" if found.pending else "in_record"


async def _same_tree(connection: Connection, found: Checked) -> None:
    if found.checkpoint is None:
        return
    size, newest = found.checkpoint.size, await checkpoints.newest(connection)
    if newest is None or newest.size < size:
        raise Wrong("cut", str(size))
    if await tree.root(connection, size) != found.checkpoint.root:
        raise Wrong("forked", str(size))


def remarks(found: Checked, about: About, lang: Language) -> list[str]:
    """What else must be known: that keys or events were lost since, or that nobody vouched for the
    key that signed.
    """
    if found.checkpoint is None:
        return []
    at = found.checkpoint.time
    since = [key for key in about.keys if not key.vouched and key.since > at]
    told = [words.remark(f"since_{key.came}", _day(key), lang) for key in since]
    used = [key for key in about.keys if PublicKey.of(key.vkey) in found.keys]
    if used and all(key.came == "lost" for key in used):
        told.append(words.remark("unvouched", "", lang))
    return [*dict.fromkeys(told)]


def _day(key: LogKey) -> str:
    return key.since.date().isoformat()


def _wrong(wrong: Wrong, lang: Language) -> CheckView:
    told = words.verdict(wrong.code, wrong.about, lang)
    return CheckView(verdict=wrong.code, about=wrong.about, in_record=False, words=told)


def _view(found: Checked, code: str, remarks: Sequence[str], lang: Language) -> CheckView:
    signed = found.checkpoint
    return CheckView(
        verdict=code,
        in_record=code == "in_record",
        words=words.verdict(code, "", lang),
        remarks=[*remarks],
        case_id=found.case_id,
        events=[_event(event) for event in found.events],
        signed_size=signed.size if signed else None,
        signed_at=signed.time.isoformat() if signed else "",
        root=b64encode(signed.root).decode() if signed else "",
        witnesses=[*found.witnesses],
    )


def _event(event: Event) -> CheckedEvent:
    return CheckedEvent(
        case_id=event.stream,
        version=event.version,
        kind=event.kind,
        recorded_at=event.recorded_at,
        hash=event.hash.hex(),
        seq=event.seq,
    )
