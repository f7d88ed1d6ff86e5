"""Events verified per second: `shouwen verify` over a journal with true chains and signatures.

The events are a typical history under many ids, each really hashed and chained; version by version
through all cases, as a town's cases grow, so that the rows of a case lie apart.
"""

import time
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import orjson
from rich.progress import track

from activities.notary import Desk, NotaryActivities
from bench import town
from bench.servers import Servers
from cli.evidence.verify import walk
from store import chain, codec, sequencer
from store.codec import Stored, Subjects
from store.database import engine_for, raw
from store.keys import new_data_key
from store.verifying.streams import WRAPPED

LENGTH = 20
COLUMNS = (
    *("case_id", "version", "kind", "schema", "data", "actor", "post", "unit", "command_id"),
    *("occurred_at", "recorded_at", "prev_hash", "hash"),
)
COMMAND = (
    *("case_id", "command_id", "kind", "fingerprint", "accepted", "first_version"),
    *("last_version", "recorded_at"),
)
ROUNDS = 3


async def measure(servers: Servers, *, quick: bool) -> dict[str, float]:
    """The best of some rounds: in one process, by its processor time, and in one for each core."""
    events = 200_000 if quick else 1_000_000
    url = await servers.another_database("verified")
    await fill(servers.owner_url("verified"), events)
    await notarise(servers, url)
    alone, spent = await _rate(url, events, 1)
    together, _ = await _rate(url, events, None)
    return {
        "verify_events_per_s": alone,
        "verify_events_per_cpu_s": spent,
        "verify_events_per_s_on_all": together,
    }


async def notarise(servers: Servers, url: str) -> None:
    """Number all events and sign them, with the tree of all as its tiles."""
    desk = Desk(
        seeds=(bytes(32),), kept=servers.settings.data / "bench-checkpoint", every=timedelta()
    )
    engine = engine_for(url, size=2, seconds=None)
    notary = NotaryActivities(engine, servers.ring, desk)
    async with raw(engine) as connection:
        numbered = 1
        while numbered:
            numbered = await sequencer.advance(connection)
            while await notary.look(first=True):
                pass
    await engine.dispose()


async def _rate(url: str, events: int, processes: int | None) -> tuple[float, float]:
    """Events per second that passes, and per second of this process's own work."""
    found, worked = [], []
    for _ in track(range(ROUNDS), description="verify"):
        begun, before = time.perf_counter(), time.process_time()
        report = await walk(url, processes)
        found.append(report.events / (time.perf_counter() - begun))
        worked.append(report.events / (time.process_time() - before))
        assert report.events == report.numbered > events
        assert (report.checkpoints > 0, report.tiles > 0) == (True, True)
        assert not report.tally.count, report.tally.first
    return max(found), max(worked)


async def fill(owner_url: str, events: int) -> None:
    """So many events with true hashes, as the journal would have written them."""
    history = [e for step in town.history("template", LENGTH) for e in step.events][:LENGTH]
    ids = [f"SW-{uuid.uuid4().hex[:12].upper()}" for _ in range(events // LENGTH)]
    last: list[bytes | None] = [None] * len(ids)
    owner = await asyncpg.connect(owner_url)
    await owner.execute("set synchronous_commit = off")
    for version, event in enumerate(track(history, description="filling"), start=1):
        stored = _stored(event, version)
        command_id = uuid.uuid4()
        rows = _rows(ids, version, command_id, stored, last)
        await owner.copy_records_to_table("events", records=rows, columns=COLUMNS)
        made = (
            (case_id, command_id, "", b"", True, version, version, datetime.now(UTC))
            for case_id in ids
        )
        await owner.copy_records_to_table("commands", records=made, columns=COMMAND)
    now, subjects = datetime.now(UTC), sorted({s for e in history for s in codec.subjects_in(e)})
    keys = ((case_id, subject, bytes(WRAPPED), now) for case_id in ids for subject in subjects)
    names = ("case_id", "subject", "wrapped", "created_at")
    await owner.copy_records_to_table("subject_keys", records=keys, columns=names)
    await owner.execute("vacuum analyze events, commands")
    await owner.close()


def _stored(event: Any, version: int) -> Stored:  # noqa: ANN401 - of any kind
    keys = Subjects({s: new_data_key() for s in codec.subjects_in(event)})
    return codec.encode(event, keys, f"template/{version}")


def _rows(
    ids: Sequence[str],
    version: int,
    command_id: uuid.UUID,
    stored: Stored,
    last: list[bytes | None],
) -> Iterator[tuple[object, ...]]:
    """The same event in every stream; `last` goes on to its hash."""
    data = orjson.dumps(stored.data).decode()
    for number, case_id in enumerate(ids):
        now, before = datetime.now(UTC), last[number]
        hashed = chain.link(case_id, version, str(command_id), now, stored, before)
        last[number] = hashed
        kind, schema, _, actor, post, unit, occurred_at = stored
        yield (
            *(case_id, version, kind, schema, data, actor, post, unit, command_id),
            *(occurred_at, now, before, hashed),
        )
