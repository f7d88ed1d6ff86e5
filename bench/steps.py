"""Steps per second and the latency of one: the product, bare Temporal and DBOS, slice by slice.

A chain opens a case and sends it cheap commands; the bare side opens a workflow and sends it as
many updates. Sides take turns within one run, so that a busy machine is busy for all of them.
"""

import asyncio
import statistics
import time
import uuid
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Protocol

import asyncpg
from rich.progress import track

from bench import bare, dbos_side, town
from bench.servers import Servers, free_ports, wait_for
from bench.wire import Wire

CHAIN = 20
"""Steps of a chain, its opening included."""
AT_A_TIME = 8
SLICE = 8
"""Chains of one side's turn."""


class Side(Protocol):
    """One connection to one of the sides."""

    async def open(self) -> str:
        """The first step of a new chain; its id."""

    async def step(self, name: str, number: int) -> None:
        """A further step."""


class HttpSide:
    """The product, or DBOS under the product's HTTP side."""

    def __init__(self, wire: Wire, token: str) -> None:
        self._wire = wire
        self._staff = {"Authorization": f"Bearer {token}"}
        self._receipts: dict[str, str] = {}

    async def open(self) -> str:
        """Open a case at the counter."""
        key = {"Idempotency-Key": str(uuid.uuid4())}
        body = town.request_body()
        answer = await self._wire.post("/api/v1/cases", self._staff | key, body)
        case_id = str(answer["receipt"]["case_id"])
        self._receipts[case_id] = answer["receipt"]["secret"]
        return case_id

    async def step(self, name: str, number: int) -> None:
        """Progress, information by staff, and once in a chain the resident's reminder."""
        key = {"Idempotency-Key": str(uuid.uuid4())}
        who, body = self._staff, {"kind": "record_progress", "text": town.PROGRESS}
        if number == CHAIN // 2:
            who = {"Authorization": f"Receipt {self._receipts[name]}"}
            body = {"kind": "remind", "text": "还要多久？"}
        elif number % 3 == 0:
            body = {"kind": "add_information", "text": town.TEXT}
        answer = await self._wire.post(f"/api/v1/cases/{name}/commands", who | key, body)
        assert answer["version"] == number + 2, answer  # opening makes two events


async def measure(servers: Servers, *, quick: bool) -> dict[str, float]:
    """All numbers of steps and latency."""
    servers.start_program()
    token = await servers.token(town.clerk().person_id)
    address = f"127.0.0.1:{servers.settings.temporal_port}"
    extra = {bare.ADDRESS: address, bare.NAMESPACE: servers.settings.temporal_namespace}
    servers.start_child("bench.bare", **extra)
    (port,) = free_ports(1)
    child = servers.start_child("bench.dbos_side", **{dbos_side.PORT: str(port)})
    wait_for(servers.settings, child, port)
    client = await bare.connect(address, servers.settings.temporal_namespace)
    async with AsyncExitStack() as stack:
        wires = {
            name: [await stack.enter_async_context(Wire(number)) for _ in range(AT_A_TIME)]
            for name, number in {"product": servers.settings.port, "dbos": port}.items()
        }
        sides: dict[str, list[Side]] = {
            "product": [HttpSide(wire, token) for wire in wires["product"]],
            "bare": [bare.BareSide(client) for _ in range(AT_A_TIME)],
            "dbos": [HttpSide(wire, token) for wire in wires["dbos"]],
        }
        rounds = 6 if quick else 24
        totals = await _throughput(sides, rounds)
        medians = await _latency({n: s[0] for n, s in sides.items()}, 40 if quick else 240)
    await _check_journal(servers, rounds, quick=quick)
    return _numbers(totals, medians, rounds * SLICE * CHAIN)


async def _throughput(sides: dict[str, list[Side]], rounds: int) -> dict[str, float]:
    """Seconds of each side for all its slices, after one slice to warm up."""
    totals = dict.fromkeys(sides, 0.0)
    for lanes in sides.values():
        await _slice(lanes)
    order = list(sides)
    for _ in track(range(rounds), description="steps"):
        for name in order:
            totals[name] += await _slice(sides[name])
        order = [*order[1:], order[0]]
    return totals


async def _slice(lanes: Sequence[Side]) -> float:
    chains = iter(range(SLICE))

    async def lane(side: Side) -> None:
        for _ in chains:
            name = await side.open()
            for number in range(1, CHAIN):
                await side.step(name, number)

    begun = time.perf_counter()
    await asyncio.gather(*(lane(side) for side in lanes))
    return time.perf_counter() - begun


async def _latency(sides: dict[str, Side], count: int) -> dict[str, float]:
    """Median seconds of one step alone, the sides step by step in turn."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    names: dict[str, str] = {}
    for turn in track(range(count), description="latency"):
        number = turn % (CHAIN - 1) + 1
        for name, side in sides.items():
            if number == 1:
                names[name] = await side.open()
            begun = time.perf_counter()
            await side.step(names[name], number)
            taken[name].append(time.perf_counter() - begun)
    return {name: statistics.median(times) for name, times in taken.items()}


async def _check_journal(servers: Servers, rounds: int, *, quick: bool) -> None:
    """Both HTTP sides wrote every command of a case; nobody wins by losing work."""
    single = 40 if quick else 240
    opened = -(-single // (CHAIN - 1))
    expected = 2 * ((rounds + 1) * SLICE * CHAIN + single + opened)
    connection = await asyncpg.connect(servers.settings.database_url)
    found = await connection.fetchval(
        "select count(*) from commands join cases using (case_id) where accepted"
    )
    await connection.close()
    assert found == expected, (found, expected)


def _numbers(totals: dict[str, float], medians: dict[str, float], steps: int) -> dict[str, float]:
    return {
        "steps_vs_bare": totals["bare"] / totals["product"],
        "steps_vs_dbos": totals["dbos"] / totals["product"],
        "latency_vs_bare": medians["product"] / medians["bare"],
        "steps_per_s": steps / totals["product"],
        "bare_updates_per_s": steps / totals["bare"],
        "dbos_steps_per_s": steps / totals["dbos"],
        "step_median_ms": medians["product"] * 1e3,
        "bare_median_ms": medians["bare"] * 1e3,
        "dbos_median_ms": medians["dbos"] * 1e3,
        "steps_measured": steps,
    }
