"""What the log of all events says of itself: its name, and the keys that signed under it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from domain.log.events import KeyChanged, LogFounded
from domain.log.state import LOG
from store import reading
from store.database import Connection
from store.folds import LOG as FOLD
from store.key_changes import KeyChange
from store.keys import KeyRing

Came = Literal["founded", "changed", "lost", "renewed"]
"""How a key came: with the log, vouched for by the one before, without anybody's word because that
one was lost, or with another name because events were lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogKey:
    """A key as text, since when it signs, and until when it did."""

    vkey: str
    since: datetime
    until: datetime | None = None
    came: Came = "changed"

    @property
    def vouched(self) -> bool:
        """Whether the key before it, if any, speaks for it."""
        return self.came in {"founded", "changed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The log's name, those it had before a part of it was lost, every key it ever had, and how
    the keys changed.
    """

    origin: str
    earlier: tuple[str, ...]
    keys: tuple[LogKey, ...]
    changes: tuple[KeyChange, ...] = ()


async def about(connection: Connection, ring: KeyRing) -> About | None:
    """What its stream says; None for a log that was not founded yet."""
    past = await reading.essence(connection, FOLD, LOG, ring)
    if past is None:
        return None
    origins: list[str] = []
    keys: dict[str, LogKey] = {}
    changes: list[KeyChange] = []
    for line in past.lines:
        match line.event:
            case LogFounded() as event:
                before = [event.instead_of] if event.instead_of not in ("", *origins) else []
                origins += [*before, event.origin]
                _changed(keys, event.keys, event.at, "renewed" if event.instead_of else "founded")
            case KeyChanged() as event:
                change = _change(event)
                _changed(keys, event.new, event.at, _came(change, origins, keys))
                changes.append(change)
            case _:  # of its clock
                pass
    return About(
        origin=origins[-1],
        earlier=tuple(origins[:-1]),
        keys=tuple(keys.values()),
        changes=tuple(changes),
    )


def _change(event: KeyChanged) -> KeyChange:
    return KeyChange(
        origin=event.origin,
        old=event.old,
        new=event.new,
        signed_by=event.signed_by,
        signature=event.signature,
    )


def _came(change: KeyChange, origins: Sequence[str], keys: Mapping[str, LogKey]) -> Came:
    """By the signature, not by what the event says of itself: whoever can write can say that."""
    before = {vkey for vkey, key in keys.items() if key.until is None}
    true = change.origin == origins[-1] and change.signed_by in before and change.holds
    return "changed" if true else "lost"


def _changed(keys: dict[str, LogKey], now: tuple[str, ...], at: datetime, came: Came) -> None:
    for vkey, known in keys.items():
        if vkey not in now and known.until is None:
            keys[vkey] = replace(known, until=at)
    for vkey in now:
        if vkey not in keys or keys[vkey].until is not None:
            keys[vkey] = LogKey(vkey=vkey, since=at, came=came)
