"""What is shown of checkpoints, keys and proofs, to anybody: there is no personal data in it."""

from base64 import b64encode
from datetime import datetime

from pydantic import BaseModel

from store.checkpoints import Signed
from store.key_changes import KeyChange
from store.log import About, LogKey
from store.merkle import Proof
from store.notes import line_of, seen_at


class CosignatureView(BaseModel):
    """A witness saw the checkpoint at that time, and nothing that contradicts it."""

    name: str
    seen_at: datetime


class CheckpointView(BaseModel):
    """A signed checkpoint; `note` holds it in the form of C2SP, with the witnesses' lines."""

    size: int
    root: str
    signed_at: datetime
    note: str
    cosignatures: list[CosignatureView]


class CheckpointsView(BaseModel):
    """A page of them, newest first; `next_cursor` asks for the next one."""

    checkpoints: list[CheckpointView]
    next_cursor: str | None


class ConsistencyView(BaseModel):
    """That the first `from_size` events are the beginning of the first `to_size` (RFC 9162)."""

    from_size: int
    to_size: int
    hashes: list[str]


class InclusionView(BaseModel):
    """That the event of a number and hash is among the first `size` (RFC 9162)."""

    seq: int
    size: int
    event_hash: str
    hashes: list[str]


class KeyView(BaseModel):
    """A key that signs or signed. `vouched`: the key before it, if any, spoke for it."""

    vkey: str
    since: datetime
    until: datetime | None
    vouched: bool


class KeyChangeView(BaseModel):
    """`new` in the place of `old`, and who of the old ones signed that (empty: nobody): whoever
    knows that key checks the signature and follows, and need not take our word.
    """

    origin: str
    old: list[str]
    new: list[str]
    signed_by: str
    signature: str


class LogView(BaseModel):
    """The log's name, its former names, its keys with how they changed, in that order, and the
    witnesses that may sign here.
    """

    origin: str
    earlier_origins: list[str]
    keys: list[KeyView]
    changes: list[KeyChangeView]
    witnesses: list[str]


def checkpoint_view(signed: Signed, lines: list[str]) -> CheckpointView:
    """One checkpoint with what witnesses said of it."""
    known = [line_of(line) for line in lines]
    return CheckpointView(
        size=signed.size,
        root=b64encode(signed.root).decode(),
        signed_at=signed.signed_at,
        note=signed.note + "".join(f"{line}\n" for line in lines),
        cosignatures=[CosignatureView(name=each.name, seen_at=seen_at(each)) for each in known],
    )


def log_view(about: About, witnesses: list[str]) -> LogView:
    """What the log says of itself."""
    return LogView(
        origin=about.origin,
        earlier_origins=[*about.earlier],
        keys=[_key_view(key) for key in about.keys],
        changes=[_change_view(change) for change in about.changes],
        witnesses=witnesses,
    )


def _key_view(key: LogKey) -> KeyView:
    return KeyView(vkey=key.vkey, since=key.since, until=key.until, vouched=key.vouched)


def _change_view(change: KeyChange) -> KeyChangeView:
    return KeyChangeView(
        origin=change.origin,
        old=[*change.old],
        new=[*change.new],
        signed_by=change.signed_by,
        signature=change.signature,
    )


def texts(proof: Proof) -> list[str]:
    """The hashes of a proof in base64."""
    return [b64encode(each).decode() for each in proof]
