"""Events rebuilt per second: every view of a journal made anew, from nothing, and checked again.

The cases are really appended, a typical history each, version by version through all of them, as a
town's cases grow, so that the rows of a case lie apart. `shouwen rebuild views` does the same.
"""

import time

from rich.console import Console
from rich.progress import track

from bench import timeline
from bench.servers import Servers
from cli.evidence.rebuild import make_views
from store.database import engine_for, raw

ROUNDS = 3
EMPTY = "with u as (delete from case_units) delete from cases"


async def measure(servers: Servers, *, quick: bool) -> dict[str, float]:
    """The best of some rounds: on one processor, on all, and with views that are right already."""
    cases = 5_000 if quick else 25_000
    url = await servers.another_database("rebuilt")
    ids = [timeline.case_id() for _ in range(cases)]
    await timeline.fill(servers, "rebuilt", url, ids, 0)
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
