"""Whether a receipt proves what it says: from its text and public keys alone. Pure.

That the log has not forked since is for whoever can ask it.
"""

import base64
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from store import chain, merkle, notes
from store.notes import BadNote, Checkpoint, Note, PublicKey
from store.receipts import FORM, TYPE

LARGEST = 1_000_000
"""Characters; an honest one has some ten thousand."""
SHOWN = 200
"""Characters of what stands in a file that are shown in a sentence about it."""
MOST = 50
"""Events; an honest one has a handful."""
LAST = 2**31 - 1
"""No stream has more events: the journal's own numbers end there."""


class Wrong(Exception):
    """What is wrong with a receipt: `code` is stable, `about` an event, a name or a key."""

    def __init__(self, code: str, about: str = "") -> None:
        # It comes from a file of anybody's, and goes to somebody's screen.
        shown = "".join(each if each.isprintable() else "?" for each in about[:SHOWN])
        super().__init__(f"{code}: {shown}" if shown else code)
        self.code, self.about = code, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of a receipt that is whole; `seq` is None while no checkpoint covers it."""

    stream: str
    version: int
    kind: str
    recorded_at: str
    hash: bytes
    seq: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A receipt that says nothing false. `keys` signed its checkpoint, `witnesses` saw it."""

    case_id: str
    origin: str
    events: tuple[Event, ...]
    checkpoint: Checkpoint | None
    keys: tuple[PublicKey, ...] = ()
    witnesses: tuple[str, ...] = ()

    @property
    def pending(self) -> bool:
        """Whether one of its events is not proven yet."""
        return any(event.seq is None for event in self.events)


def check(
    text: str,
    keys: Collection[PublicKey],
    origins: Collection[str] = (),
    witnesses: Collection[PublicKey] = (),
) -> Checked:
    """Everything a receipt says, held against itself and the keys; `Wrong` with the first fault.

    Without `origins` any log will do whose key is known.
    """
    read = _read(text)
    try:
        if not 0 < len(read["events"]) <= MOST:
            raise Wrong("damaged")
        events = [_whole(number, each) for number, each in enumerate(read["events"], start=1)]
        case_id, origin, note = _word(read["case_id"]), str(read["origin"]), read["checkpoint"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Wrong("damaged") from error
    if origins and origin not in origins:
        raise Wrong("other_system", origin)
    _of_one_case(case_id, read["events"])
    if note is None:
        if any(each.get("proof") is not None for each in read["events"]):
            raise Wrong("unsigned")
        return Checked(case_id=case_id, origin=origin, events=(*events,), checkpoint=None)
    signed = _note(note)
    checkpoint = _checkpoint(signed, origin)
    return Checked(
        case_id=case_id,
        origin=origin,
        events=tuple(map(_covered, events, read["events"], [checkpoint] * len(events))),
        checkpoint=checkpoint,
        keys=_signers(signed, keys),
        witnesses=tuple(key.name for key in witnesses if _saw(signed, key)),
    )


def _read(text: str) -> dict[str, Any]:
    if len(text) > LARGEST:
        raise Wrong("damaged")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Wrong("damaged") from error
    if not isinstance(found, dict) or found.get("type") != TYPE:
        raise Wrong("no_receipt")
    if found.get("form") != FORM:
        raise Wrong("newer_form")
    return found


def _whole(number: int, entry: Mapping[str, Any]) -> Event:
    """The event with its hash, if that follows from its content."""
    body, hashed = entry["event"], bytes.fromhex(entry["hash"])
    try:
        true = body["form"] == chain.FORM and chain.hashed(body) == hashed
    except (TypeError, KeyError, ValueError):
        true = False
    if not true:
        raise Wrong("edited_event", str(number))
    version = body["version"]
    if type(version) is not int or not 0 < version <= LAST:
        raise Wrong("damaged")
    return Event(
        stream=_word(body["case_id"]),
        version=version,
        kind=_word(body["kind"]),
        recorded_at=_word(body["recorded_at"]),
        hash=hashed,
        seq=None,
    )


def _of_one_case(case_id: str, entries: Sequence[Mapping[str, Any]]) -> None:
    """Each event is of that case, or of the one it was carried on in, and about it."""
    for body in (each["event"] for each in entries):
        data = body.get("data")
        about = data.get("subject") if isinstance(data, dict) else None
        if case_id not in (body["case_id"], about):
            raise Wrong("other_case", f"{body['case_id']}/{body['version']}")


def _word(found: object) -> str:
    """What no event of ours is without; whatever has a hash of its own can stand in a file."""
    if not isinstance(found, str) or not found.isprintable():
        raise Wrong("damaged")
    return found


def _note(text: object) -> Note:
    try:
        return notes.parse(str(text))
    except BadNote as error:
        raise Wrong("unsigned") from error


def _checkpoint(signed: Note, origin: str) -> Checkpoint:
    try:
        found = Checkpoint.of(signed.text)
    except BadNote as error:
        raise Wrong("unsigned") from error
    if found.origin != origin:
        raise Wrong("other_checkpoint", found.origin)
    return found


def _signers(signed: Note, keys: Collection[PublicKey]) -> tuple[PublicKey, ...]:
    try:
        found = notes.believed(signed.text, signed.lines, keys)
    except BadNote as error:
        raise Wrong("false_signature", error.about) from error
    if not found:
        raise Wrong("unknown_key", ", ".join(f"{e.name}+{e.key_id.hex()}" for e in signed.lines))
    return found


def _saw(signed: Note, key: PublicKey) -> bool:
    try:
        return bool(notes.believed(signed.text, signed.lines, [key]))
    except BadNote:
        return False


def _covered(event: Event, entry: Mapping[str, Any], checkpoint: Checkpoint) -> Event:
    """The event with its number, if the proof leads to the checkpoint's root."""
    if entry.get("proof") is None:
        return event
    try:
        path = [base64.b64decode(each, validate=True) for each in entry["proof"]]
        seq = entry["seq"]
    except (KeyError, TypeError, ValueError) as error:
        raise Wrong("damaged") from error
    if type(seq) is not int:
        raise Wrong("damaged")
    leaf = merkle.leaf(event.hash)
    if not merkle.includes(checkpoint.root, checkpoint.size, seq - 1, leaf, path):
        raise Wrong("proof_fails", f"{event.stream}/{event.version}")
    return replace(event, seq=seq)
