"""What the log of all events says of itself: its name, and the keys that signed under it."""

from dataclasses import dataclass
from datetime import datetime

from domain.log.events import ClockSetBack, KeyChanged, LogFounded
from domain.log.state import LOG
from store import reading
from store.database import Connection
from store.folds import LOG as FOLD
from store.keys import KeyRing


@dataclass(frozen=True, slots=True, kw_only=True)
class LogKey:
    """A key as text, since when it signs, and until when it did. `lost`: nobody vouched for it."""

    vkey: str
    since: datetime
    until: datetime | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The log's name, those it had before a part of it was lost, every key it ever had."""

    origin: str
    earlier: tuple[str, ...]
    keys: tuple[LogKey, ...]


async def about(connection: Connection, ring: KeyRing) -> About | None:
    """What its stream says; None for a log that was not founded yet."""
    past = await reading.past(connection, FOLD, LOG, ring)
    if past is None:
        return None
    origins: list[str] = []
    keys: dict[str, LogKey] = {}
    for line in past.lines:
        match line.event:
            case LogFounded() as event:
                origins.append(event.origin)
                _changed(keys, event.keys, event.at, lost=bool(event.instead_of))
            case KeyChanged() as event:
                _changed(keys, event.new, event.at, lost=event.lost)
            case ClockSetBack():
                pass
    return About(origin=origins[-1], earlier=tuple(origins[:-1]), keys=tuple(keys.values()))


def _changed(keys: dict[str, LogKey], now: tuple[str, ...], at: datetime, *, lost: bool) -> None:
    for vkey, known in keys.items():
        if vkey not in now and known.until is None:
            keys[vkey] = LogKey(vkey=vkey, since=known.since, until=at, lost=known.lost)
    for vkey in now:
        if vkey not in keys or keys[vkey].until is not None:
            keys[vkey] = LogKey(vkey=vkey, since=at, lost=lost)
