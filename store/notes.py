"""Signed notes and checkpoints as C2SP has them: signed-note, tlog-checkpoint, cosignature/v1.

Pure: no clock, no files. A note that cannot be believed raises `BadNote` with a stable code.
"""

import base64
import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 1
COSIGNATURE = 4
"""The kinds of keys: a log's, and a witness's, whose signatures carry a time."""
SIGNED = "\u2014 "
TIME = "time "
MOST_SIGNATURES = 100
"""More lines than this no honest note has."""


class BadNote(Exception):
    """What is wrong with a note: `code` is stable, `about` a name or a word of the note."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(f"{code}: {about}" if about else code)
        self.code, self.about = code, about


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Who signs: name, kind and the 32 bytes. `str` gives the text form, a vkey."""

    name: str
    raw: bytes
    kind: int = ED25519

    @property
    def key_id(self) -> bytes:
        """Four bytes that stand before each signature."""
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.raw).digest()[
            :4
        ]

    def __str__(self) -> str:
        text = base64.b64encode(bytes([self.kind]) + self.raw).decode()
        return f"{self.name}+{self.key_id.hex()}+{text}"

    @classmethod
    def of(cls, vkey: str) -> Self:
        """The key of a vkey; `BadNote` when it is none."""
        try:
            name, key_id, text = vkey.strip().split("+", 2)
            raw = base64.b64decode(text, validate=True)
            found = cls(name, raw[1:], raw[0])
        except (ValueError, IndexError) as error:
            raise BadNote("not_a_key", vkey[:100]) from error
        fits = len(found.raw) == 32 and found.kind in {ED25519, COSIGNATURE} and _named(name)  # noqa: PLR2004
        if not fits or found.key_id.hex() != key_id:
            raise BadNote("not_a_key", vkey[:100])
        return found

    def confirms(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's under the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that can sign; `seed` is the 32 secret bytes."""

    name: str
    seed: bytes
    kind: int = ED25519

    @property
    def public(self) -> PublicKey:
        """What others need to check it."""
        key = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return PublicKey(self.name, key.public_bytes_raw(), self.kind)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


@dataclass(frozen=True, slots=True)
class Line:
    """One signature under a note: `signed` is what follows the key's id."""

    name: str
    key_id: bytes
    signed: bytes

    def __str__(self) -> str:
        return f"{SIGNED}{self.name} {base64.b64encode(self.key_id + self.signed).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, ending in a newline, and the signatures under it."""

    text: str
    lines: tuple[Line, ...]

    def __str__(self) -> str:
        return f"{self.text}\n" + "".join(f"{line}\n" for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a log says it is: so many events with that root, at that time."""

    origin: str
    size: int
    root: bytes
    time: datetime

    def body(self) -> str:
        """The text that is signed."""
        at = self.time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        root = base64.b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\n{TIME}{at}\n"

    @classmethod
    def of(cls, text: str) -> Self:
        """The checkpoint of a note's text; further lines are somebody else's."""
        try:
            origin, size, root, at, *_ = text.split("\n")
            plain = _named(origin) and str(int(size)) == size and int(size) >= 0
            if not plain or not at.startswith(TIME):
                raise BadNote("not_a_checkpoint")
            found = cls(
                origin=origin,
                size=int(size),
                root=base64.b64decode(root, validate=True),
                time=datetime.fromisoformat(at.removeprefix(TIME)),
            )
        except ValueError as error:
            raise BadNote("not_a_checkpoint") from error
        if len(found.root) != 32 or found.time.tzinfo is None:  # noqa: PLR2004
            raise BadNote("not_a_checkpoint")
        return found


def parse(text: str) -> Note:
    """The note of a text; no signature is checked."""
    try:
        text.encode()
    except UnicodeEncodeError as error:  # JSON can hold halves of characters
        raise BadNote("not_a_note") from error
    body, split, signatures = text.rpartition("\n\n")
    lines = signatures.split("\n")
    if not split or not body or len(lines) > MOST_SIGNATURES or lines.pop() != "" or not lines:
        raise BadNote("not_a_note")
    return Note(f"{body}\n", tuple(map(line_of, lines)))


def line_of(text: str) -> Line:
    """A signature of its line."""
    if not text.startswith(SIGNED):
        raise BadNote("not_a_note")
    name, _, blob = text.removeprefix(SIGNED).partition(" ")
    try:
        raw = base64.b64decode(blob, validate=True)
    except ValueError as error:
        raise BadNote("not_a_note") from error
    if not _named(name) or len(raw) < 5:  # noqa: PLR2004 - a key's id and something
        raise BadNote("not_a_note")
    return Line(name, raw[:4], raw[4:])


def sign(checkpoint: Checkpoint, signers: Iterable[Signer]) -> Note:
    """The checkpoint signed by each, the first one first."""
    text = checkpoint.body()
    return Note(text, tuple(Line(s.name, s.public.key_id, s.sign(text.encode())) for s in signers))


def cosign(text: str, witness: Signer, at: datetime) -> Line:
    """A witness's signature: that it saw this text, and nothing against it."""
    seconds = int(at.timestamp())
    signed = witness.sign(_witnessed(text, seconds))
    return Line(witness.name, witness.public.key_id, struct.pack(">Q", seconds) + signed)


def seen_at(line: Line) -> datetime:
    """When a witness says it saw what it signed."""
    if len(line.signed) != 72:  # noqa: PLR2004 - eight bytes of time, then the signature
        raise BadNote("false_signature", line.name)
    try:
        return datetime.fromtimestamp(struct.unpack(">Q", line.signed[:8])[0], UTC)
    except (OverflowError, ValueError, OSError) as error:  # a time no calendar has
        raise BadNote("false_signature", line.name) from error


def believed(text: str, lines: Sequence[Line], keys: Iterable[PublicKey]) -> tuple[PublicKey, ...]:
    """Those of the keys that signed the text. Lines of unknown keys are passed over.

    `BadNote` when a line bears a known key's name and id and is not by that key.
    """
    found = []
    for key in keys:
        mine = [each for each in lines if (each.name, each.key_id) == (key.name, key.key_id)]
        if not all(_holds(text, line, key) for line in mine):
            raise BadNote("false_signature", key.name)
        if mine:
            found.append(key)
    return tuple(found)


def _holds(text: str, line: Line, key: PublicKey) -> bool:
    if key.kind == COSIGNATURE:
        seconds = int(seen_at(line).timestamp())
        return key.confirms(_witnessed(text, seconds), line.signed[8:])
    return key.confirms(text.encode(), line.signed)


def key_change(origin: str, old: Iterable[str], new: Iterable[str]) -> bytes:
    """What a key of a log signs when others take its place: the keys before, and those after."""
    lines = ["shouwen key change", origin, *old, "", *new]
    return ("\n".join(lines) + "\n").encode()


def _witnessed(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _named(name: str) -> bool:
    return bool(name) and "+" not in name and name.isprintable() and " " not in name
