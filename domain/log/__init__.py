"""The log of all events as a noun of its own (R14.2): its name, its keys, its clock.

Nobody commands it: the notary looks at what it has in hand, and this says what has happened.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from domain.log.events import BooksNoted, ClockSetBack, KeyChanged, LogEvent, LogFounded, Noted
from domain.log.state import Log
from domain.values import SYSTEM


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What had been signed of a log before a part of it was lost: its name, which may be lost too,
    its size, and its root in hex.
    """

    origin: str
    size: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the notary has in hand at an instant of the database's clock.

    `fresh` is a name for a log that has none. `keys` are those it can sign with; `signed_by` is one
    of those in force that it still has, `signature` (base64) what that key says of the change, both
    empty for none. `signed_at` and `size` are of the newest checkpoint. `books` were not noted yet.
    `lost`: it shall go on under the name `fresh`, because a part of it is gone.
    """

    at: datetime
    fresh: str
    keys: tuple[str, ...]
    signed_by: str = ""
    signature: str = ""
    signed_at: datetime | None = None
    size: int = 0
    lost: Lost | None = None
    books: tuple[Noted, ...] = ()


def initial(stream: str) -> Log:
    """A log that was not founded yet."""
    return Log(stream=stream)


def decide(log: Log, look: Look) -> tuple[LogEvent, ...]:
    """What has happened since; nothing, as a rule."""
    if not log.origin or look.lost is not None:
        return (_founded(look),)
    return (*_clock(log, look), *_keys(log, look), *_books(look))


def _founded(look: Look) -> LogFounded:
    lost = look.lost or Lost(origin="", size=0, root="")
    return LogFounded(
        at=look.at,
        by=SYSTEM,
        origin=look.fresh,
        keys=look.keys,
        instead_of=lost.origin,
        lost_size=lost.size,
        lost_root=lost.root,
    )


def _clock(log: Log, look: Look) -> tuple[LogEvent, ...]:
    if look.signed_at is None or look.at >= look.signed_at:
        return ()
    known = log.behind is not None and log.behind[1] == look.signed_at
    if known and log.behind is not None and look.at >= log.behind[0]:
        return ()
    return (ClockSetBack(at=look.at, by=SYSTEM, signed_at=look.signed_at, size=look.size),)


def _keys(log: Log, look: Look) -> tuple[LogEvent, ...]:
    if look.keys == log.keys:
        return ()
    return (
        KeyChanged(
            at=look.at,
            by=SYSTEM,
            origin=log.origin,
            old=log.keys,
            new=look.keys,
            signed_by=look.signed_by,
            signature=look.signature,
            lost=not look.signed_by,
        ),
    )


def _books(look: Look) -> tuple[LogEvent, ...]:
    return (BooksNoted(at=look.at, by=SYSTEM, books=look.books),) if look.books else ()


def evolve(log: Log, event: LogEvent) -> Log:
    """The log after the event. Total."""
    match event:
        case LogFounded():
            return replace(log, origin=event.origin, instead_of=event.instead_of, keys=event.keys)
        case KeyChanged():
            return replace(log, keys=event.new)
        case ClockSetBack():
            return replace(log, behind=(event.at, event.signed_at))
        case BooksNoted():
            return log
    assert_never(event)
