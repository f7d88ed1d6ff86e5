"""What the board takes with a hundred thousand cases: the statement alone, and the answer over HTTP.

A town of some seven thousand units; a third of the cases open as on an ordinary day, then all of
them; of each also after a tenth of the rows changed and nothing was vacuumed yet.
"""

import statistics
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import asyncpg

from bench.servers import Servers
from store import board
from store.database import Connection, engine_for, raw

CASES = 100_000
UNITS = 6_889
ROUNDS = 60
FILL = """insert into cases (case_id, version, case_type, channel, class_id, item_id, department_id,
  urgency, stage, phase, round, stint, unit_id, person_id, post_id, officer, officer_post, title,
  search, lookup, receipt_hash, policy, opened_at, changed_at, overdue_at, yellow_at, next_due,
  breaches, resident_broken, closed_at, mediators, proactive, visit_id, area)
 select 'SW-' || n, 5, 'request', 'web', 'c', 'i', 'd', 'normal',
  (array['first_contact', 'grid', 'grid', 'community', 'street', 'department'])[1 + n * 7919 % {units} % 6],
  (array['awaiting_acceptance', 'in_progress', 'in_progress', 'suspended', 'shelved',
         'awaiting_rating'])[1 + n % 6],
  1, 1, 'unit-' || n * 7919 % {units}, 'p', 'post', 'o', 'o', 'title ' || n,
  md5(n::text) || repeat('楼道灯不亮请尽快来修', 8), md5(n::text), md5(n::text), 'v1',
  now() - n * interval '1 minute', now(), now() + (n % 100 - 20) * interval '1 hour',
  now() + (n % 100 - 40) * interval '1 hour', now(), 0, false,
  case when n % 100 >= {open} then now() end, '{{}}', false, '', 'unit-' || n * 7919 % {units}
 from generate_series(1, {cases}) n"""
CHANGE = "update cases set version = version + 1, changed_at = now() where case_id like '%7'"


async def measure(servers: Servers, *, quick: bool) -> dict[str, float]:
    """The 95th percentile in milliseconds, for the whole town and for a tenth of it."""
    found: dict[str, float] = {}
    for share in (30, 100):
        url = await servers.another_database(f"board_{share}")
        await _fill(servers.owner_url(f"board_{share}"), share)
        engine = engine_for(url, size=1)
        async with raw(engine) as connection:
            for name, below in _towns().items():
                found[f"board_p95_ms_{name}_{share}_open"] = await _p95(
                    connection, below, quick=quick
                )
        owner = await asyncpg.connect(servers.owner_url(f"board_{share}"))
        await owner.execute(CHANGE)
        await owner.close()
        async with raw(engine) as connection:
            whole = _towns()["town"]
            found[f"board_p95_ms_town_{share}_open_changed"] = await _p95(
                connection, whole, quick=quick
            )
        await engine.dispose()
    return found


async def _fill(url: str, share: int) -> None:
    owner = await asyncpg.connect(url)
    await owner.execute(FILL.format(units=UNITS, open=share, cases=CASES))
    await owner.execute("vacuum analyze cases")
    await owner.close()


def _towns() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The units of a whole town under twelve districts, and of a street under its communities."""
    units = [f"unit-{n}" for n in range(UNITS)]
    street = units[: UNITS // 100]
    return {
        "town": {f"district-{n}": units[n::12] for n in range(12)},
        "street": {f"community-{n}": street[n::8] for n in range(8)},
    }


async def _p95(connection: Connection, below: Mapping[str, Sequence[str]], *, quick: bool) -> float:
    at, taken = datetime.now(UTC), list[float]()
    everywhere = "district-0" in below
    for _ in range(ROUNDS // 3 if quick else ROUNDS):
        begun = time.perf_counter()
        cells = await board.cells(connection, at, below, everywhere=everywhere)
        taken.append((time.perf_counter() - begun) * 1000)
    assert cells
    return statistics.quantiles(taken, n=20)[-1]
