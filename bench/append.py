"""Appends per second: the journal with hash, sealing and projections, against a plain insert.

The plain side inserts the same event rows, encoded beforehand, into a table like `events`, indexes
and checks included. Both send one durable statement at a time on the same connection.
"""

import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime

import asyncpg
from rich.progress import track

from bench import town
from bench.servers import Servers
from bench.town import Step
from store import journal, statements, views
from store.database import Connection, engine_for, raw
from store.events_of import opening_of
from store.journal import Entry
from store.keys import KeyRing

LENGTH = 20
COLUMNS = "case_id, version, kind, schema, data, actor, post, unit, command_id, occurred_at"
PLAIN = f"""insert into plain_events ({COLUMNS}, recorded_at, prev_hash, hash)
 select {COLUMNS}, recorded_at, prev_hash, hash
 from jsonb_to_recordset($1::jsonb) as r({statements.EVENT})"""  # noqa: S608 - constants
MARK = "SW-0000-0000-0000"


class Overhearing:
    """A connection that keeps the event rows it was sent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.rows: list[str] = []

    async def execute(self, query: str, *args: object) -> str:
        """Run a statement and keep its first argument."""
        self.rows.append(str(args[0]))
        return await self._connection.execute(query, *args)

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)


async def measure(servers: Servers, *, quick: bool) -> dict[str, float]:
    """Both rates and their ratio."""
    owner = await asyncpg.connect(servers.owner_url())
    await owner.execute("create table plain_events (like events including all)")
    await owner.execute("grant insert on plain_events to shouwen_app")
    await owner.close()
    steps = town.history(MARK, LENGTH)
    engine = engine_for(servers.settings.database_url or "", size=1)
    async with raw(engine) as connection:
        overhearing = Overhearing(connection)
        await _append_case(overhearing, MARK, steps, servers.ring)  # type: ignore[arg-type]
        rows = overhearing.rows
        ours = plain = 0.0
        rounds, cases = (4, 5) if quick else (16, 10)
        for _ in track(range(rounds), description="append"):
            for _ in range(cases):
                ours += await _append_case(connection, _case_id(), steps, servers.ring)
            for _ in range(cases):
                plain += await _insert_case(connection, _case_id(), rows)
        assert await connection.fetchval("select hash is not null from events limit 1")
    await engine.dispose()
    count = rounds * cases * len(steps)
    return {
        "append_vs_insert": plain / ours,
        "appends_per_s": count / ours,
        "inserts_per_s": count / plain,
    }


def _case_id() -> str:
    text = uuid.uuid4().hex[:12].upper()
    return f"SW-{text[:4]}-{text[4:8]}-{text[8:]}"


async def _append_case(
    connection: Connection, case_id: str, steps: list[Step], ring: KeyRing
) -> float:
    """Seconds of all appends of one case; what the load before each would bring is not timed."""
    seconds, last_hash, wrapped = 0.0, None, dict[str, bytes]()
    fixed = views.opening(opening_of(steps[0].events))
    organisation = town.book().organisation
    for step in steps:
        entry = Entry(
            case_id=case_id,
            command_id=uuid.uuid4(),
            command=step.command.kind,
            fingerprint=b"\0" * 32,
            version=step.before.version,
            last_hash=last_hash,
            recorded_at=datetime.now(UTC),
            events=tuple(town.renamed(event, case_id) for event in step.events),
            wrapped=wrapped,
        )
        after = replace(step.after, case_id=case_id)
        begun = time.perf_counter()
        full = replace(
            entry,
            rows=views.rows(after, fixed, step.events, organisation),
        )
        await journal.append(connection, [full], ring)
        seconds += time.perf_counter() - begun
        last_hash, wrapped = await _what_a_load_brings(connection, case_id)
    return seconds


async def _what_a_load_brings(
    connection: Connection, case_id: str
) -> tuple[bytes, dict[str, bytes]]:
    last = await connection.fetchval(
        "select hash from events where case_id = $1 order by version desc limit 1", case_id
    )
    keys = await connection.fetch(
        "select subject, wrapped from subject_keys where case_id = $1", case_id
    )
    return last, {row["subject"]: row["wrapped"] for row in keys}


async def _insert_case(connection: Connection, case_id: str, rows: list[str]) -> float:
    texts = [text.replace(MARK, case_id) for text in rows]
    begun = time.perf_counter()
    for text in texts:
        await connection.execute(PLAIN, text)
    return time.perf_counter() - begun
