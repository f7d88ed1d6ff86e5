"""Events made into scores per second, straight from the journal to the sums by day, and the
milliseconds in which the scores follow a few new events.

Some lives are really decided and appended; the rest are copies of them under other ids, version by
version through all cases, as a town's cases grow, so that the rows of a case lie apart.
"""

import resource
import secrets
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import asyncpg
from rich.progress import Progress, track
from sqlalchemy.engine import URL

from bench import timeline
from bench.lives import life
from bench.servers import Servers
from bench.town import Step
from store import journal, sequencer
from store.database import Connection, engine_for, raw
from store.journal import Entry
from store.keys import KeyRing
from store.scores.keeper import Keeper
from store.scores.whole import count, whole

LIVES = 200
ROUNDS = 20
FEW = 5
"""Cases that move on in one round."""
ZONE = "Asia/Shanghai"
TEMPLATE = "create temp table template as select * from events"
FILLING = """create temp table filling as
 select t.case_id as life, substr(md5(n::text || t.case_id), 1, 12) || '-' || n as case_id
 from (select distinct case_id from template) t, generate_series(1, {copies}) n order by 2"""
FILL = """insert into events (case_id, version, kind, schema, data, actor, post, unit, command_id,
  occurred_at, recorded_at, prev_hash, hash)
 select f.case_id, t.version, t.kind, t.schema, t.data, t.actor, t.post, t.unit, gen_random_uuid(),
  t.occurred_at, t.recorded_at, t.prev_hash, t.hash
 from filling f join template t on t.case_id = f.life where t.version = $1"""


async def measure(servers: Servers, *, quick: bool) -> dict[str, float]:
    """Both numbers, how many postings an event makes, and the most memory the process took."""
    url = await servers.another_database("scored")
    events = await _fill(servers, url, 1_000_000 if quick else 10_000_000)
    engine = engine_for(url, size=1, seconds=None)
    try:
        async with raw(engine) as connection:
            seconds, postings = await _whole(connection, engine.url)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            increment = await _increment(connection, servers.ring)
    finally:
        await engine.dispose()
    return {
        "score_events_per_s": events / seconds,
        "score_increment_ms": increment * 1e3,
        "score_whole_seconds": seconds,
        "score_postings_per_event": postings / events,
        "score_peak_mb": peak,
    }


async def _whole(connection: Connection, url: URL) -> tuple[float, int]:
    """Everything from the events alone: seconds, and how many postings there were."""
    begun, postings = time.perf_counter(), 0
    async with whole(connection, url) as found:
        await found.read_events()
        with Progress() as progress:
            parts = progress.add_task("scores", total=found.parts)
            async for engine in found.made():
                await found.apart(engine, partial(found.add_sums, engine, "postings", ZONE))
                postings += count(engine, "postings")
                progress.advance(parts)
    return time.perf_counter() - begun, postings


async def _increment(connection: Connection, ring: KeyRing) -> float:
    """The median seconds in which a step of a few cases is taken in; numbering is not counted."""
    keeper, times = await Keeper.open(), []
    await connection.execute("update score_keeper set last_seq = (select last_seq from sequencer)")
    for number in track(range(ROUNDS), description="increments"):
        for steps in _together(number):
            for case_id, step, version in steps:
                await _append(connection, case_id, step, version, ring)
            while await sequencer.advance(connection):
                pass
            begun = time.perf_counter()
            taken = await keeper.advance(connection)
            times.append(time.perf_counter() - begun)
            assert taken == sum(len(step.events) for _, step, _ in steps)
    keeper.close()
    return statistics.median(times)


Few = list[tuple[str, Step, int]]
"""Steps of some cases, each with its case and the version it builds on."""


def _together(number: int) -> Iterator[Few]:
    """A few new lives of one kind, step by step."""
    ids = [timeline.case_id() for _ in range(FEW)]
    for steps in zip(*(life(case_id, number) for case_id in ids), strict=True):
        yield [(i, step, step.before.version) for i, step in zip(ids, steps, strict=True)]


async def _fill(servers: Servers, url: str, wanted: int) -> int:
    owner = await asyncpg.connect(servers.owner_url("scored"))
    await owner.execute("set synchronous_commit = off")
    longest = await _lives(url, servers.ring)
    await owner.execute(TEMPLATE)
    real = await owner.fetchval("select count(*) from template")
    await owner.execute(FILLING.format(copies=wanted // real))
    for version in track(range(1, longest + 1), description="filling scored"):
        await owner.execute(FILL, version)
    count = int(await owner.fetchval(sequencer.AFTER_RESTORE))
    for table in ("events", "event_sequence"):
        await owner.execute(f"vacuum analyze {table}")
    await owner.close()
    return count


async def _lives(url: str, ring: KeyRing) -> int:
    """Really append some; the longest one's version."""
    engine, longest = engine_for(url, size=1), 0
    async with raw(engine) as connection:
        for number in range(LIVES):
            case_id = timeline.case_id()
            steps = life(case_id, number)
            for step in steps:
                await _append(connection, case_id, step, step.before.version, ring)
            longest = max(longest, steps[-1].after.version)
    await engine.dispose()
    return longest


async def _append(
    connection: Connection, case_id: str, step: Step, version: int, ring: KeyRing
) -> None:
    keys = await timeline.wrapped(connection, [case_id])
    entry = Entry(
        case_id=case_id,
        command_id=uuid4(),
        command=step.command.kind,
        fingerprint=b"\0" * 32,
        version=version,
        last_hash=secrets.token_bytes(32) if version else None,
        recorded_at=datetime.now(UTC),
        events=step.events,
        wrapped=keys.get(case_id, {}),
    )
    await journal.append(connection, [entry], ring)
