"""The ledger of the scores made anew: whatever is not as the events say is put right. Works while
the system runs.
"""

from sqlalchemy.engine import URL

from store.database import Connection
from store.rebuild import Made
from store.scores import writing
from store.scores.columns import POSTING
from store.scores.engine import Engine
from store.scores.keeper import NOWHERE, ZONE
from store.scores.whole import PART, count, rows_of, shown, whole
from store.scores.writing import KEY

AT_ONCE = 5_000
"""Postings written in one statement."""
_KEY = ", ".join(KEY)
MISSING = f"select {shown(POSTING)} from (from postings except from kept)"  # noqa: S608 - constants
WRONG = f"select {_KEY} from kept anti join postings using ({_KEY})"  # noqa: S608 - constants


async def rebuild(connection: Connection, url: URL, size: int = PART) -> Made:
    """Make the ledger and its sums anew; rows that are right already are not touched.

    `url` leads to the same database: what is read is what is committed.
    """
    last = await connection.fetchval("select last_seq from sequencer")
    zone = await connection.fetchval(ZONE) or NOWHERE
    mended = await writing.add_up(connection, zone)
    events = 0
    async with whole(connection, url, size=size) as found:
        # The ledger before the events: what stands in it without an event later is wrong.
        await found.read_kept()
        await found.read_events()
        async for engine in found.made(kept=True):
            events += count(engine, "events")
            mended += await _put_right(connection, engine)
    mended += await writing.mark(connection)
    mended += await writing.add_up(connection, zone)
    # What was numbered before all that is in it.
    await writing.reach(connection, last)
    return Made(events=events, mended=mended)


async def _put_right(connection: Connection, engine: Engine) -> int:
    mended = 0
    for rows in rows_of(engine, MISSING, AT_ONCE):
        await writing.replace(connection, rows, [])
        mended += len(rows)
    for rows in rows_of(engine, WRONG, AT_ONCE):
        await writing.replace(connection, [], rows)
        mended += len(rows)
    return mended
