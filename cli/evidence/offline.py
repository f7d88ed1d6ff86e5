"""Checks an evidence file of Shouwen without Shouwen: this file alone, Python 3.11, `cryptography`.

    python3 -I offline.py journal.jsonl --key VKEY [--checkpoint FILE] [--witness VKEY]

It ends with 0 if everything is true and a given key vouches for it, with 1 at the first false line,
with 2 if nothing is false and something that matters could not be checked. Nothing else is read.
"""

import argparse
import base64
import hashlib
import json
import re
import struct
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIELDS = (
    *("actor", "case_id", "command_id", "data", "form", "kind", "occurred_at", "post"),
    *("prev_hash", "recorded_at", "schema", "unit", "version"),
)
"""What is hashed of an event, and nothing else."""
SHAPES: dict[str, dict[str, type]] = {
    "shouwen.journal": {"form": int, "origin": str, "keys": list},
    "event": {"seq": int, "hash": str, **dict.fromkeys(FIELDS, object)},
    "checkpoint": {"note": str, "cosignatures": list},
    "end": {"events": int},
}
"""The kinds of lines, and what each holds beside its type."""
LATE = timedelta(minutes=15)
"""So long an event may have been on its way when a checkpoint was signed: a step has 15 seconds,
and gets its number when every older transaction has ended."""
UNSIGNED = 20_000
SILENT = timedelta(hours=2)
"""An honest notary signs after half as many events, and each hour: it never leaves more."""
FAR = re.compile("[\ud800-\U0010ffff]")
"""Where the order of characters and that of their UTF-16 code units may differ."""
WHOLE = 2**53
SIGNED = "\u2014 "


class Untrue(Exception):
    """The first false thing: `reason` is a stable word, `seq` to `until` the events it concerns."""

    def __init__(self, reason: str, why: str, seq: int = 0, until: int = 0) -> None:
        super().__init__(why)
        self.reason, self.why, self.seq, self.until = reason, why, seq, until or seq
        self.line = 0

    def __str__(self) -> str:
        events = f"event {self.seq}" if self.seq == self.until else ""
        where = events or f"events {self.seq} to {self.until}"
        line = f"line {self.line}" if self.line else ""
        place = ", ".join(filter(None, (line, where if self.seq else "")))
        return f"{place}: {self.why}" if place else self.why


# -- canonical JSON (RFC 8785, for what a journal holds) ----------------------


def _no_float(text: str) -> Any:  # noqa: ANN401 - never returns
    raise ValueError(f"{text} is not a whole number")


def _whole(text: str) -> int:
    if not -WHOLE < (number := int(text)) < WHOLE:
        raise ValueError(f"{text} is too large")
    return number


_READ = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float, parse_int=_whole)
_WRITE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_AS_IT_IS = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def canonical(value: Any) -> bytes:  # noqa: ANN401 - JSON
    """The one form of a value: keys in the order of their UTF-16 code units, no space."""
    text = _WRITE.encode(value)
    if FAR.search(text):
        text = _AS_IT_IS.encode(_ordered(value))
    return text.encode()


def _ordered(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: _ordered(value[key]) for key in keys}
    return [*map(_ordered, value)] if isinstance(value, list) else value


# -- the tree (RFC 9162) ------------------------------------------------------


class Tree:
    """The Merkle tree of the leaves so far; one hash for each bit of its size is all it keeps."""

    def __init__(self) -> None:
        self.size, self._peaks = 0, list[bytes]()

    def add(self, event_hash: bytes) -> None:
        """One event more."""
        node, below = hashlib.sha256(b"\0" + event_hash).digest(), self.size
        while below & 1:
            node, below = hashlib.sha256(b"\1" + self._peaks.pop() + node).digest(), below >> 1
        self._peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root of all leaves so far."""
        root = self._peaks[-1] if self._peaks else hashlib.sha256().digest()
        for peak in self._peaks[-2::-1]:
            root = hashlib.sha256(b"\1" + peak + root).digest()
        return root


# -- checkpoints (C2SP signed-note, tlog-checkpoint, cosignature/v1) ----------


class Checkpoint(NamedTuple):
    """A note of a log: `text` is what was signed, each signature has name, key id and bytes."""

    note: str
    text: str
    origin: str
    size: int
    root: bytes
    time: datetime
    signatures: list[tuple[str, bytes, bytes]]

    @classmethod
    def of(cls, note: str, more: Iterable[str] = ()) -> "Checkpoint":
        """The checkpoint of a note, with further signature lines."""
        try:
            body, _, below = note.rpartition("\n\n")
            origin, size, root, at, *_ = body.split("\n")
            lines = [*below.removesuffix("\n").split("\n"), *more]
            time = datetime.fromisoformat(at.removeprefix("time "))
            bare = base64.b64decode(root, validate=True)
            made = cls(note, body + "\n", origin, int(size), bare, time, [*map(_signature, lines)])
        except ValueError as error:
            raise Untrue("checkpoint", f"this is no checkpoint ({error})") from error
        if time.tzinfo is None or not at.startswith("time ") or str(made.size) != size:
            raise Untrue("checkpoint", "this is no checkpoint")
        return made

    def signers(self, vkeys: Iterable[str]) -> list[str]:
        """Those of the keys that signed it; `Untrue` where one's signature is false."""
        found = []
        for vkey in vkeys:
            name, key_id, kind, raw = read_key(vkey)
            for signed in (s for n, k, s in self.signatures if (n, k) == (name, key_id)):
                if not _holds(self.text, kind, raw, signed):
                    raise Untrue("signature", f"the signature of {name} under it is false")
                found.append(vkey)
        return found


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, _, blob = line.removeprefix(SIGNED).rpartition(" ")
    raw = base64.b64decode(blob, validate=True)
    if not line.startswith(SIGNED) or len(raw) < 68:  # noqa: PLR2004 - key id and signature
        raise ValueError(line[:80])
    return name, raw[:4], raw[4:]


def read_key(vkey: str) -> tuple[str, bytes, int, bytes]:
    """Name, id, kind and the 32 bytes of a key; `Untrue` where the id is not the key's."""
    try:
        name, key_id, blob = vkey.split("+", 2)
        raw = base64.b64decode(blob, validate=True)
    except ValueError as error:
        raise Untrue("key", f"{vkey[:100]!r} is no key") from error
    known = hashlib.sha256(f"{name}\n".encode() + raw).digest()[:4]
    if known.hex() != key_id or len(raw) != 33 or raw[0] not in {1, 4}:  # noqa: PLR2004
        raise Untrue("key", f"{vkey[:100]!r} is no key")
    return name, known, raw[0], raw[1:]


def _holds(text: str, kind: int, raw: bytes, signed: bytes) -> bool:
    message = text
    if kind == 4:  # noqa: PLR2004 - a witness, who says when it saw the text
        (seconds,), signed = struct.unpack(">Q", signed[:8]), signed[8:]
        message = f"cosignature/v1\ntime {seconds}\n{text}"
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signed, message.encode())
    except InvalidSignature:
        return False
    return True


def key_change(origin: str, old: Sequence[str], new: Sequence[str]) -> bytes:
    """What a key signs when others take its place."""
    return "\n".join(["shouwen key change", origin, *old, "", *new, ""]).encode()


# -- what the log says of itself ----------------------------------------------


@dataclass(slots=True)
class Log:
    """Name and keys of the log as its own events tell them, and what its checkpoints vouch for.

    `pins` are keys somebody knows from elsewhere; `witnesses` those of people who countersign.
    `remarks` are worth knowing; `doubts` say what keeps a true record from being proven.
    """

    pins: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    origin: str = ""
    keys: tuple[str, ...] = ()
    size: int = 0
    time: datetime | None = None
    newest: datetime | None = None
    vouched: int = 0
    seen: int = 0
    checkpoints: int = 0
    witnessed: int = 0
    cosignatures: int = 0
    remarks: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    _trusted: set[str] = field(default_factory=set)
    _set_back: list[tuple[int, datetime, datetime]] = field(default_factory=list)
    _late: list[tuple[int, datetime]] = field(default_factory=list)

    def event(self, seq: int, kind: str, data: dict[str, Any], recorded_at: str) -> None:
        """An event of the log's own stream."""
        try:
            match kind:
                case "log.founded":
                    self._founded(seq, data)
                case "log.key_changed":
                    self._changed(seq, data)
                case "log.clock_set_back":
                    self._clock(seq, data, datetime.fromisoformat(recorded_at))
        except (KeyError, TypeError, ValueError) as error:
            raise Untrue("key", f"the log's own event cannot be read ({error})", seq) from error

    def _founded(self, seq: int, data: dict[str, Any]) -> None:
        if self.origin and data["instead_of"] != self.origin:
            raise Untrue("key", "the log is founded a second time, and not in its own place", seq)
        if self.origin:
            what = (
                f"the log was founded anew at event {seq}: of {data['lost_size']} events that had"
                f" been signed as {self.origin}, those from {seq} on were lost"
            )
            self._open(what, data["keys"])
        self.origin, self.keys = data["origin"], tuple(data["keys"])
        self._trusted = set(self.pins) or set(self.keys)

    def _open(self, what: str, keys: Iterable[str]) -> None:
        """Something only a key known from elsewhere can make good."""
        (self.remarks if set(self.pins) & set(keys) else self.doubts).append(what)

    def _changed(self, seq: int, data: dict[str, Any]) -> None:
        old, new, by = tuple(data["old"]), tuple(data["new"]), data["signed_by"]
        if old != self.keys or data["origin"] != self.origin:
            raise Untrue("key", "a change of keys names others than those that signed so far", seq)
        if data["lost"]:
            what = f"at event {seq} the keys were lost, and no old one vouches for the new"
            self._open(what, new)
            self._trusted = set(self.pins) or set(new)
        else:
            _, _, _, raw = read_key(by)
            signature = base64.b64decode(data["signature"], validate=True)
            message = key_change(self.origin, old, new).decode()
            if by not in old or not _holds(message, 1, raw, signature):
                raise Untrue("key", "the old key did not sign this change of keys", seq)
            self.remarks.append(f"at event {seq} the keys changed; the old one vouches for the new")
            self._trusted |= set(new) if by in self._trusted else set()
        self.keys = new

    def _clock(self, seq: int, data: dict[str, Any], at: datetime) -> None:
        before = datetime.fromisoformat(data["signed_at"])
        self._set_back.append((data["size"], at, before))
        self.remarks.append(
            f"at event {seq} the clock had been set back, by {before - at} at least: times after"
            f" event {data['size']} up to {before.isoformat()} are as the clock showed them"
        )

    def recorded(self, seq: int, at: datetime) -> None:
        """Note an event that says it was recorded before what was signed before it; until the next
        checkpoint the log may still say that the clock had been set back.
        """
        if self.newest is None or self.newest < at:
            self.newest = at
        if self.time is not None and at < self.time - LATE:
            self._late.append((seq, at))

    def settle(self) -> None:
        """`Untrue` for the first event that bears too early a time, and no clock explains it."""
        late, self._late = self._late, []
        for seq, at in late:
            if not any(n < seq and a - LATE <= at <= b for n, a, b in self._set_back):
                since = self.time.isoformat() if self.time else ""
                why = f"it bears the time {at.isoformat()}, yet what was signed at {since}"
                raise Untrue("back_dated", f"{why} is without it: it was dated back", seq)

    def checkpoint(self, note: str, cosignatures: Sequence[str], root: bytes, size: int) -> None:
        """The next checkpoint, of that many events with that root."""
        self.settle()
        found = self.known(note, cosignatures)
        if found.size != size or found.size < self.size:
            why = f"the checkpoint is of {found.size} events and stands after {size}"
            raise Untrue("checkpoint", why, size)
        if self.time is not None and found.time < self.time:
            raise Untrue("checkpoint", "it says it was signed before the one before it", size)
        if found.root != root:
            first = self.size + 1 if size > self.size else 1
            why = "these are not the events that were signed: one of them was changed, taken away,"
            raise Untrue("root", f"{why} added or put elsewhere", first, size)
        self.size, self.time = found.size, found.time
        self.checkpoints += 1

    def known(self, note: str, cosignatures: Sequence[str] = ()) -> Checkpoint:
        """A checkpoint of this log, signed by a key in force; `Untrue` if it is not."""
        found = Checkpoint.of(note, cosignatures)
        if found.origin != self.origin:
            whose = f"the log {found.origin!r}, this is {self.origin!r}"
            raise Untrue("origin", f"the checkpoint belongs to {whose}", found.size)
        try:
            signed = found.signers(self.keys)
            seen = found.signers(self.witnesses)
        except Untrue as untrue:
            raise Untrue(untrue.reason, f"of the checkpoint {untrue.why}", found.size) from None
        if not signed:
            why = "no key that was in force signed this checkpoint: it is forged"
            raise Untrue("signature", why, found.size)
        if self._trusted & set(signed):
            self.vouched = max(self.vouched, found.size)
        self.witnessed += bool(seen)
        self.seen = max(self.seen, found.size if seen else 0)
        self.cosignatures += len(cosignatures)
        return found

    def end(self, events: int, *, kept: bool) -> None:
        """After everything: what the signatures cover; `Untrue` if a given key vouches for none.
        `kept`: somebody had a checkpoint from elsewhere.
        """
        self.settle()
        if self.pins and self.checkpoints and self.vouched < self.size:
            why = "no key that was given vouches for what signed these events"
            raise Untrue("key", why, self.vouched + 1, self.size)
        if events and not self.checkpoints:
            self.doubts.append("there is no signed checkpoint: nothing vouches for these events")
        elif self.size < events:
            self._unsigned(events - self.size)
        if self.checkpoints and not self.pins:
            self.doubts.append("whose keys these are: give the one you know with --key")
        if self.checkpoints and not kept:
            self.doubts.append("whether the end was cut off: give a checkpoint kept elsewhere")
        self._countersigned()

    def _unsigned(self, events: int) -> None:
        """What stands after the last checkpoint: anybody may have written it."""
        silent = self.time and self.newest and self.newest - self.time > SILENT
        open_ = events > UNSIGNED or silent
        told = f"{events} newest events are under no signature yet"
        (self.doubts if open_ else self.remarks).append(told)

    def _countersigned(self) -> None:
        if self.witnesses and self.checkpoints and not self.seen:
            self.doubts.append("none of the known witnesses countersigned")
        elif self.seen:
            self.remarks.append(f"known witnesses countersigned up to event {self.seen}")
        if self.cosignatures and not self.witnesses:
            self.remarks.append(f"{self.cosignatures} countersignatures were not checked")


# -- the file -----------------------------------------------------------------


@dataclass(slots=True)
class Evidence:
    """An evidence file read line by line; `known` are checkpoints somebody kept elsewhere."""

    log: Log
    known: Sequence[str] = ()
    events: int = 0
    ended: bool = False
    streams: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    _tree: Tree = field(default_factory=Tree)
    _keys: list[str] = field(default_factory=list)
    _origin: str = ""
    _kept: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for note in self.known:
            self._kept.setdefault(Checkpoint.of(note).size, []).append(note)

    def read(self, lines: Iterable[bytes]) -> None:
        """Check everything; raises the first thing that is `Untrue`, with its line."""
        number = 0
        try:
            for number, line in enumerate(lines, start=1):
                self._line(number, line)
            self._end(number)
        except Untrue as untrue:
            untrue.line = number
            self.log.settle()  # an earlier event bears a false time: that comes first
            raise

    def _line(self, number: int, line: bytes) -> None:
        if self.ended:
            raise Untrue("form", "something follows the end of the file")
        if not line.endswith(b"\n"):
            raise Untrue("form", "the line is cut off: the file is not whole")
        try:
            found = _READ.decode(line.decode())
            kind = found["type"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Untrue("form", f"the line is damaged ({error})") from error
        if (number == 1) != (kind == "shouwen.journal"):
            raise Untrue(
                "form", "this is no evidence file of Shouwen, or its first line is elsewhere"
            )
        if not _shaped(kind, found):
            raise Untrue("form", "this is no line of an evidence file")
        try:
            self._take(kind, found, line)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise Untrue("form", f"the line is damaged ({error!r})") from error

    def _take(self, kind: str, found: dict[str, Any], line: bytes) -> None:
        match kind:
            case "event":
                self._event(found, line)
            case "checkpoint":
                note, more = found["note"], found["cosignatures"]
                self.log.checkpoint(note, more, self._tree.root(), self.events)
            case "shouwen.journal":
                self._origin, self._keys = found["origin"], [*found["keys"]]
                if found["form"] != 1:
                    raise Untrue("form", "the file has a form this program does not know")
            case "end":
                self.ended = True
                if found["events"] != self.events:
                    why = f"{found['events']} events were written and {self.events} are here"
                    raise Untrue("form", why)

    def _event(self, found: dict[str, Any], line: bytes) -> None:
        seq, body = found["seq"], {name: found[name] for name in FIELDS}
        if seq != self.events + 1:
            self._misplaced(seq)
        written = canonical(body)
        bare = hashlib.sha256(written).digest()
        if bare.hex() != found["hash"]:
            raise Untrue("hash", "its content was changed: its hash does not follow from it", seq)
        if line != event_line(seq, found["hash"], written):
            raise Untrue("form", "the line holds more than the event, or not in the one form", seq)
        case_id, version = body["case_id"], body["version"]
        last, previous = self.streams.get(case_id, (0, None))
        if version != last + 1:
            why = f"{case_id} goes on here with version {version} after {last}"
            raise Untrue("version", f"{why}: what lay between is gone", seq)
        if body["prev_hash"] != (previous and previous.hex()):
            raise Untrue("previous", f"it does not follow on the event before it in {case_id}", seq)
        self.streams[case_id] = (version, bare)
        self._tree.add(bare)
        self.events = seq
        if case_id == "log":
            self.log.event(seq, body["kind"], body["data"], body["recorded_at"])
        self.log.recorded(seq, datetime.fromisoformat(body["recorded_at"]))
        for note in self._kept.pop(seq, ()):
            self._compare(note)

    def _misplaced(self, seq: int) -> None:
        if seq > self.events + 1:
            raise Untrue("missing", "these are left out", self.events + 1, seq - 1)
        raise Untrue("order", f"event {seq} stands where {self.events + 1} belongs", seq)

    def _compare(self, note: str) -> None:
        kept = self.log.known(note)
        if kept.root != self._tree.root():
            why = f"these are not the events that were signed at {kept.time.isoformat()}"
            first = self.log.size + 1 if self.log.size < kept.size else 1
            raise Untrue("root", f"{why}, as the checkpoint kept elsewhere shows", first, kept.size)

    def _end(self, number: int) -> None:
        if not number:
            raise Untrue("form", "the file is empty")
        if not self.ended:
            raise Untrue("form", f"the file is not whole: it ends after event {self.events}")
        if (self._origin, tuple(self._keys)) != (self.log.origin, self.log.keys):
            raise Untrue("origin", "its first line names another log or other keys than its events")
        if self._kept:
            size = max(self._kept)
            why = "these had been signed, as the checkpoint kept elsewhere shows: an older copy, or"
            raise Untrue("cut", f"{why} the end was cut off", self.events + 1, size)
        self.log.end(self.events, kept=bool(self.known))


def _shaped(kind: Any, found: dict[str, Any]) -> bool:  # noqa: ANN401 - as it was read
    """Whether a line holds what lines of its kind hold, and nothing else."""
    shape = SHAPES.get(kind) if isinstance(kind, str) else None
    return (
        shape is not None
        and found.keys() == {"type", *shape}
        and all(wanted is object or type(found[name]) is wanted for name, wanted in shape.items())
    )


def event_line(seq: int, hashed: str, written: bytes) -> bytes:
    """The one form of an event's line; `written` is its canonical body."""
    return b'{"type":"event","seq":%d,"hash":"%s",%s\n' % (seq, hashed.encode(), written[1:])


def told(evidence: Evidence) -> Iterator[str]:
    """What was checked and what was not, for a person; only where nothing was `Untrue`."""
    log = evidence.log
    yield f"Checked {evidence.events} events in {len(evidence.streams)} streams of {log.origin!r}."
    yield f"Checked {log.checkpoints} checkpoints, {log.witnessed} of them countersigned."
    yield from map("Note: {}.".format, log.remarks)
    yield from map("NOT CHECKED: {}.".format, log.doubts)
    yield "Nothing is false in this file."
    if log.pins and log.vouched and log.time is not None:
        at = log.time.isoformat()
        yield f"The given key vouches for events 1 to {log.vouched}, signed at {at}."


def main() -> int:
    """Read the options and the file, say what is found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", help="the evidence file")
    parser.add_argument("--key", action="append", default=[], help="a key of the log you know")
    parser.add_argument("--checkpoint", action="append", default=[], help="a note you kept")
    parser.add_argument("--witness", action="append", default=[], help="a witness's key you know")
    options = parser.parse_args()
    try:
        evidence = _prepared(options.key, options.checkpoint, options.witness)
    except (OSError, UnicodeDecodeError, Untrue) as error:
        sys.stderr.write(f"What was given cannot be used: {error}\n")
        return 2
    try:
        with open(options.file, "rb") as lines:  # noqa: PTH123 - one file, few imports
            evidence.read(lines)
    except Untrue as untrue:
        sys.stdout.write(f"FALSE: {untrue}.\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write("".join(f"{line}\n" for line in told(evidence)))
    return 2 if evidence.log.doubts else 0


def _prepared(keys: list[str], paths: list[str], witnesses: list[str]) -> Evidence:
    """What is known from elsewhere; `Untrue` or OSError for what cannot be read."""
    for vkey in (*keys, *witnesses):
        read_key(vkey)
    known = []
    for path in paths:
        with open(path, encoding="utf-8") as kept:  # noqa: PTH123 - as above
            known.append(kept.read())
    return Evidence(Log(tuple(keys), tuple(witnesses)), known)


if __name__ == "__main__":
    sys.exit(main())
