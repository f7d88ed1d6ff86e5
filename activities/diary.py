"""What the log of all events says of itself: the look of whoever has its keys in hand, and the
writing down of what has happened. When to look is the notary's business.
"""

import base64
import secrets
from collections.abc import Sequence
from uuid import uuid4

from domain.log import Look, Lost
from domain.log.events import LogEvent
from domain.log.state import LOG, Log
from store import journal, noted
from store import log as logs
from store.checkpoints import Signed
from store.database import Connection
from store.folds import LOG as FOLD
from store.journal import Entry, Loaded
from store.keys import KeyRing
from store.notes import PublicKey, Signer, key_change

ORIGIN = "shouwen/"


def seeds_of(keys: str) -> tuple[bytes, ...]:
    """The secret keys of a setting: in base64, with commas."""
    return tuple(base64.b64decode(each) for each in keys.split(","))


def signers(origin: str, seeds: Sequence[bytes]) -> list[Signer]:
    """Who signs under that name, the first one first."""
    return [Signer(origin, seed) for seed in seeds]


async def read(connection: Connection) -> Loaded[Log]:
    """The log as its stream has it, and the database's time."""
    return await journal.load(connection, FOLD, LOG)


async def known(
    connection: Connection, origin: str, seeds: Sequence[bytes], ring: KeyRing
) -> list[PublicKey]:
    """Every key that ever signed under that name, and those in hand, which a copy of the database
    that is older than they are knows nothing of.
    """
    about = await logs.about(connection, ring)
    ever = [PublicKey.of(key.vkey) for key in about.keys] if about else []
    return [*dict.fromkeys([*ever, *(each.public for each in signers(origin, seeds))])]


async def look(
    connection: Connection,
    loaded: Loaded[Log],
    last: Signed | None,
    seeds: Sequence[bytes],
    lost: Lost | None = None,
) -> Look:
    """What is in hand now; `lost` when the log shall go on under another name."""
    state = loaded.state
    fresh = ORIGIN + secrets.token_hex(16)
    origin = fresh if lost or not state.origin else state.origin
    able = signers(origin, seeds)
    keys = tuple(str(each.public) for each in able)
    former = next((each for each in able if str(each.public) in state.keys), None)
    signature = former and former.sign(key_change(origin, state.keys, keys))
    return Look(
        at=loaded.now,
        fresh=fresh,
        keys=keys,
        signed_by=str(former.public) if former else "",
        signature=base64.b64encode(signature or b"").decode(),
        signed_at=last.signed_at if last else None,
        size=last.size if last else 0,
        lost=lost,
        books=await noted.fresh(connection),
    )


async def write(
    connection: Connection, loaded: Loaded[Log], events: Sequence[LogEvent], ring: KeyRing
) -> None:
    """Append to the log's stream; `Conflict` when somebody else was faster."""
    entry = Entry(
        case_id=LOG,
        command_id=uuid4(),
        command="look",
        fingerprint=b"look",
        version=loaded.version,
        last_hash=loaded.last_hash,
        recorded_at=loaded.now,
        wrapped=loaded.wrapped,
        events=tuple(events),
    )
    await journal.append(connection, [entry], ring)
