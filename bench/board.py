"""What the board's statement takes with a hundred thousand cases, for a town and for a street.

A third of the cases is open as on an ordinary day, or all of them; a town also after each hundredth
row was changed and nothing was vacuumed yet, which is as far as it gets.
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
SHARES = {"": 30, "_all_open": 100}
"""Percent of the cases that are open."""
FILL = """insert into cases (case_id, version, case_type, channel, class_id, item_id, department_id,
  urgency, stage, phase, round, stint, unit_id, person_id, post_id, officer, officer_post, title,
  search, lookup, receipt_hash, policy, opened_at, changed_at, overdue_at, yellow_at, next_due,
  breaches, resident_broken, closed_at, mediators, proactive, visit_id, area)
 select 'SW-' || n, 5, 'request', 'web', 'c', 'i', 'd', 'normal',
  (array['first_contact', 'grid', 'grid', 'community', 'street', 'department'])[1 + u % 6],
  (array['awaiting_acceptance', 'in_progress', 'in_progress', 'suspended', 'shelved',
         'awaiting_rating'])[1 + n % 6],
  1, 1, 'unit-' || u, 'p', 'post', 'o', 'o', 'title ' || n,
  md5(n::text) || repeat('楼道灯不亮请尽快来修', 8), md5(n::text), md5(n::text), 'v1',
  now() - n * interval '1 minute', now(), now() + (n % 100 - 20) * interval '1 hour',
  now() + (n % 100 - 40) * interval '1 hour', now(), 0, false,
  case when n % 100 >= {open} then now() end, '{{}}', false, '', 'unit-' || u
 from generate_series(1, {cases}) n, lateral (select n * 7919 % {units} as u) l"""
CHANGE = "update cases set version = version + 1, changed_at = now() where case_id like '%77'"


async def measure(servers: Servers, *, quick: bool) -> dict[str, float]:
    """The 95th percentiles in milliseconds."""
    found: dict[str, float] = {}
    rounds = ROUNDS // 3 if quick else ROUNDS
    for name, share in SHARES.items():
        database = f"board{name}"
        url = await servers.another_database(database)
        owner = await asyncpg.connect(servers.owner_url(database))
        await owner.execute(FILL.format(units=UNITS, open=share, cases=CASES))
        await owner.execute("vacuum analyze cases")
        engine = engine_for(url, size=1)
        async with raw(engine) as connection:
            found[f"board_p95_ms{name}"] = await _p95(connection, TOWN, rounds)
            found[f"board_p95_ms{name}_street"] = await _p95(connection, STREET, rounds)
            await owner.execute(CHANGE)
            found[f"board_p95_ms{name}_changed"] = await _p95(connection, TOWN, rounds)
        await engine.dispose()
        await owner.close()
    return found


Below = Mapping[str, Sequence[str]]
TOWN: Below = {f"district-{n}": [f"unit-{u}" for u in range(n, UNITS, 12)] for n in range(12)}
STREET: Below = {f"community-{n}": [f"unit-{u}" for u in range(n, 68, 8)] for n in range(8)}


async def _p95(connection: Connection, below: Below, rounds: int) -> float:
    at, taken = datetime.now(UTC), list[float]()
    for _ in range(rounds):
        begun = time.perf_counter()
        cells = await board.cells(connection, at, below, everywhere=below is TOWN)
        taken.append((time.perf_counter() - begun) * 1000)
        assert cells
    return statistics.quantiles(taken, n=20)[-1]
