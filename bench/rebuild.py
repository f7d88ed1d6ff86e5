"""Events rebuilt per second: every view of a journal made anew, from nothing, and checked again.

The cases are really appended, a typical history each, command by command through all of them, as a
town's cases grow, so that the rows of a case lie apart. `shouwen rebuild views` does the same.
"""

import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

from rich.console import Console
from rich.progress import track

from bench import timeline, town
from bench.servers import Servers
from bench.town import Step
from cli.evidence.rebuild import make_views
from store import journal, sequencer
from store.database import Connection, engine_for, raw
from store.journal import Entry
from store.keys import KeyRing

ROUNDS = 3
LENGTH = 20
AT_ONCE = 500
EMPTY = """with u as (delete from case_units), s as (delete from case_spans),
 v as (delete from case_sights) delete from cases"""


async def measure(servers: Servers, *, quick: bool) -> dict[str, float]:
    """The best of some rounds: on one processor, on all, and with views that are right already."""
    cases = 5_000 if quick else 25_000
    url = await servers.another_database("rebuilt")
    await _fill(url, [timeline.case_id() for _ in range(cases)], servers.ring)
    settings = servers.settings.model_copy(update={"database_url": url})
    out = Console(quiet=True)
    engine = engine_for(url, size=1, seconds=None)

    async def rate(processes: int, *, emptied: bool) -> float:
        found = []
        for _ in track(range(ROUNDS), description="rebuild"):
            if emptied:
                async with raw(engine) as connection:
                    await connection.execute(EMPTY)
            begun = time.perf_counter()
            made = await make_views(settings, processes, out)
            found.append(made["cases"].events / (time.perf_counter() - begun))
            assert made["cases"].streams == cases
            assert bool(made["cases"].mended) is emptied
        return max(found)

    try:
        return {
            "rebuild_events_per_s": await rate(1, emptied=True),
            "rebuild_events_per_s_on_all": await rate(2, emptied=True),
            "rebuild_events_per_s_when_right": await rate(2, emptied=False),
        }
    finally:
        await engine.dispose()


async def _fill(url: str, ids: Sequence[str], ring: KeyRing) -> None:
    steps = town.history("template", LENGTH)
    engine = engine_for(url, size=1, seconds=None)
    async with raw(engine) as connection:
        await connection.execute("set synchronous_commit = off")
        version = 0
        for step in track(steps, description="filling rebuilt"):
            for start in range(0, len(ids), AT_ONCE):
                await _append(connection, ids[start : start + AT_ONCE], step, version, ring)
            version += len(step.events)
        while await sequencer.advance(connection):
            pass
    await engine.dispose()


async def _append(
    connection: Connection, ids: Sequence[str], step: Step, version: int, ring: KeyRing
) -> None:
    wrapped = await timeline.wrapped(connection, ids)
    entries = [
        Entry(
            case_id=case_id,
            command_id=uuid4(),
            command="measured",
            fingerprint=b"\0" * 32,
            version=version,
            last_hash=secrets.token_bytes(32) if version else None,
            recorded_at=datetime.now(UTC),
            events=tuple(town.renamed(event, case_id) for event in step.events),
            wrapped=wrapped.get(case_id, {}),
        )
        for case_id in ids
    ]
    await journal.append(connection, entries, ring)
