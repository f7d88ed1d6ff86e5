"""p99 of reading a whole timeline with 100 thousand events in the journal, and with 10 million; and
of its audit timeline, read and drawn as a page asks for it.

Two databases on one server, read in turn. The cases that are read were really appended; the rest
are copies of a real case under other ids, whose hashes are random, since reads do not verify them.
"""

import random
import secrets
import statistics
import time
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
from rich.progress import track

from api.audit_models import CaseAudit
from api.audit_views import case_audit
from bench import town
from bench.servers import Servers
from store import audit, journal, reading, sequencer
from store.database import Connection, engine_for, raw
from store.journal import Entry
from store.keys import KeyRing

SMALL = 100_000
LENGTH = 20
BLOCKS = 10
"""The p99 is the median of so many blocks' p99s: one hiccup of the machine is not the number."""

FILL = """insert into events (case_id, version, kind, schema, data, actor, post, unit, command_id,
  occurred_at, recorded_at, prev_hash, hash)
 select f.case_id, t.version, t.kind, t.schema, t.data, t.actor, t.post, t.unit, gen_random_uuid(),
  t.occurred_at, t.recorded_at, case when t.version > 1 then f.hash end, f.hash
 from filling f, events t where t.case_id = $1 and t.version = $2"""
FILLING = """create table filling as select
  'SX-' || substr(md5(n::text), 1, 4) || '-' || substr(md5(n::text), 5, 8) || n as case_id,
  sha256(n::text::bytea) as hash from generate_series(1, {count}) n order by 1"""
SIGNED = """insert into checkpoints (checkpoint_id, size, root, signed_at, note)
 select n, n * {every}, sha256(n::text::bytea), now() - interval '1 year', ''
 from generate_series(1, {count} / {every}) n"""
EVERY = 1000
"""Events from one checkpoint to the next."""


async def measure(servers: Servers, *, quick: bool) -> dict[str, float]:
    """Both p99s and their ratio."""
    large = 1_000_000 if quick else 10_000_000
    urls = [await servers.another_database(name) for name in ("small", "large")]
    ids = [case_id() for _ in range(SMALL // LENGTH)]
    await fill(servers, "small", urls[0], ids, 0)
    await fill(servers, "large", urls[1], ids, large // LENGTH - len(ids))
    times, audits = await _read(urls, ids, servers.ring)
    (p99_small, p99_large), (half_small, half_large) = (
        [_across(found, share) * 1e3 for found in times] for share in (0.99, 0.5)
    )
    audit_small, audit_large = (_across(found, 0.99) * 1e3 for found in audits)
    name = "1m" if quick else "10m"
    return {
        "audit_p99_growth": audit_large / audit_small,
        "audit_p99_ms_at_100k": audit_small,
        f"audit_p99_ms_at_{name}": audit_large,
        "timeline_p99_growth": p99_large / p99_small,
        "timeline_median_growth": half_large / half_small,
        "timeline_p99_ms_at_100k": p99_small,
        f"timeline_p99_ms_at_{name}": p99_large,
        "timeline_events_at_large": large,
    }


async def fill(servers: Servers, name: str, url: str, ids: Sequence[str], filling: int) -> None:
    """Version by version through all cases, as a town's cases grow: a timeline's rows lie apart."""
    owner = await asyncpg.connect(servers.owner_url(name))
    await owner.execute("set synchronous_commit = off")
    await owner.execute(FILLING.format(count=filling))
    engine = engine_for(url, size=1)
    async with raw(engine) as connection:
        await _append(connection, ids[:1], servers.ring, range(LENGTH))
        for version in track(range(LENGTH), description=f"filling {name}"):
            await _append(connection, ids[1:], servers.ring, range(version, version + 1))
            await owner.execute(FILL, ids[0], version + 1)
    await engine.dispose()
    count = await owner.fetchval("select count(*) from events")
    assert count == LENGTH * (len(ids) + filling), count
    assert await owner.fetchval(sequencer.AFTER_RESTORE) == count
    await owner.execute(SIGNED.format(count=count, every=EVERY))
    for table in ("events", "subject_keys", "event_sequence", "checkpoints"):
        await owner.execute(f"vacuum analyze {table}")
    await owner.close()


async def _append(
    connection: Connection, ids: Sequence[str], ring: KeyRing, versions: range
) -> None:
    """Really append these events of a typical history to those cases, 500 cases at a time."""
    history = [e for step in town.history("template", LENGTH) for e in step.events][:LENGTH]
    for index in versions:
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            keys = await wrapped(connection, some)
            entries = [
                Entry(
                    case_id=case_id,
                    command_id=uuid4(),
                    command="measured",
                    fingerprint=b"\0" * 32,
                    version=index,
                    last_hash=secrets.token_bytes(32) if index else None,
                    recorded_at=datetime.now(UTC),
                    events=(town.renamed(history[index], case_id),),
                    wrapped=keys.get(case_id, {}),
                )
                for case_id in some
            ]
            await journal.append(connection, entries, ring)


async def wrapped(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, bytes]]:
    """The wrapped keys of those cases, by subject."""
    found: dict[str, dict[str, bytes]] = {}
    rows = await connection.fetch(
        "select case_id, subject, wrapped from subject_keys where case_id = any($1)", list(ids)
    )
    for row in rows:
        found.setdefault(row["case_id"], {})[row["subject"]] = row["wrapped"]
    return found


Times = list[list[float]]
"""Seconds of every read on either side."""


async def _read(urls: Sequence[str], ids: Sequence[str], ring: KeyRing) -> tuple[Times, Times]:
    """Timelines and audits, each case once on either side, in random order and in turn."""
    engines = [engine_for(url, size=1) for url in urls]
    times: tuple[Times, Times] = ([[] for _ in urls], [[] for _ in urls])
    order = random.sample(list(ids), len(ids))
    async with raw(engines[0]) as small, raw(engines[1]) as large:
        for case_id in track(order, description="timeline"):
            for side, connection in enumerate((small, large)):
                begun = time.perf_counter()
                found = await reading.history(connection, case_id, ring)
                times[0][side].append(time.perf_counter() - begun)
                assert found is not None
                assert len(found.lines) == LENGTH
                begun = time.perf_counter()
                page = await _page(connection, case_id, ring)
                times[1][side].append(time.perf_counter() - begun)
                assert len(page.events) == LENGTH
    for engine in engines:
        await engine.dispose()
    return times


async def _page(connection: Connection, case_id: str, ring: KeyRing) -> CaseAudit:
    """What a supervisor's page is drawn from."""
    found = await audit.audited(connection, case_id, ring)
    assert found is not None
    # The history is of last March: a case at work, not one that was forgotten ever since.
    at = found.history.lines[-1].event.at + timedelta(days=1)
    found = replace(found, history=replace(found.history, at=at))
    shown = case_audit(found, town.book(), "zh")
    assert len(shown.model_dump_json()) > LENGTH
    return shown


def _across(times: Sequence[float], share: float) -> float:
    """The quantile, as the median over blocks of reads that lie together in time."""
    size = len(times) // BLOCKS
    blocks = [sorted(times[n * size : (n + 1) * size]) for n in range(BLOCKS)]
    return statistics.median(block[int(size * share)] for block in blocks)


def case_id() -> str:
    """A fresh case number."""
    text = uuid.uuid4().hex[:12].upper()
    return f"SW-{text[:4]}-{text[4:8]}-{text[8:]}"
