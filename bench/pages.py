"""First byte and weight of the main pages, over HTTP, with a hundred thousand cases in the office.

Some cases are really decided and appended, a fifth of them left open at some point of their way,
and their views made; the rest are copies of them, events and views, under other numbers. Only real
ones are opened, since what is sealed in a copy does not open.
"""

import asyncio
import re
import statistics
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import httpx
from rich.progress import track

from api.auth import COOKIE
from bench import timeline, town
from bench.lives import life
from bench.servers import Servers, free_ports
from bench.town import Step
from bench.wire import Wire
from cli.local.service import Service
from domain.refusals import Refused
from domain.words import Role, UnitKind
from settings import Settings
from store import accounts, journal, rebuilding, sequencer
from store.database import Connection, engine_for, raw
from store.journal import Entry
from store.keys import KeyRing

NAME = "pages"
CASES = 100_000
COPIES = 50
"""Of each case that is really there, itself included."""
OPEN = 5
"""Of so many cases one is open."""
ROUNDS = 100
MOST = 0.95
WARM = 3
"""Visits that are not counted."""
READY_WITHIN = 60.0
"""Seconds."""
COPIED = ("events", "cases", "case_units", "case_spans", "case_sights", "open_questions")
MADE = ["position", "xid"]
"""Columns that the database fills in itself."""
COPY = (
    """insert into {table} ({names}) select {values} from {table} t join copies c using (case_id)"""
)
COPY_IDS = """create temp table copies as select case_id,
 (array{communities})[1 + n % {many}] as community,
 'SW-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4) || '-' || substr(h, 9, 4)) as copy from (
 select case_id, n, md5(case_id || n) as h from cases, generate_series(1, {copies}) n) made"""
COLUMNS = """select column_name, udt_name from information_schema.columns
 where table_name = $1 and table_schema = 'public' and column_name <> all($2) order by 1"""
COMMUNITIES = {UnitKind.COMMUNITY, UnitKind.VILLAGE}
HERE = "liuyinli"
"""The community in which all that really are there live."""
MOVED = frozenset({"text", "_text", "jsonb"})
"""Types of columns that may name it."""
STANDING = "select case_id from cases where case_id = any($1) and closed_at is null order by 1"
PARTS = re.compile(rb'(?:href|src)="(/(?:assets|static|pictures)/[^"]+)"')
"""What a page brings along."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page, and who asks for it; {case} is one that this person may open."""

    path: str
    role: Role | None = None
    unit_id: str | None = None

    def __str__(self) -> str:
        """Who asks for what."""
        return f"{self.path} {self.role or 'nobody'}"


VISITS = (
    Visit("/"),
    Visit("/desk", Role.GRID_WORKER, "liuyinli-2"),
    Visit("/desk", Role.COMMUNITY_WORKER, "liuyinli"),
    Visit("/desk", Role.SUPERVISOR),
    Visit("/desk", Role.AUDITOR),
    Visit("/desk/cases/{case}", Role.AUDITOR),
    Visit("/desk/cases/new", Role.FIRST_CONTACT_CLERK),
    Visit("/board", Role.SUPERVISOR),
    Visit("/board", Role.AUDITOR),
    Visit("/board/cases?open=true&order=due", Role.AUDITOR),
    Visit("/board/queues", Role.SUPERVISOR),
    Visit("/board/cases/{case}", Role.AUDITOR),
)


async def measure(servers: Servers, *, quick: bool) -> dict[str, float]:
    """The slowest page's p95 in milliseconds, the heaviest page in kB, and each page's own p95."""
    url = await servers.another_database(NAME)
    real = await _fill(servers, url, CASES // COPIES)
    (port,) = free_ports(1)
    settings = servers.settings.model_copy(update={"database_url": url, "port": port})
    api = Service("api", settings, stop_within=6)
    api.start()
    try:
        await _until_up(settings)
        rounds = ROUNDS // 2 if quick else ROUNDS
        found = [await _visit(settings, visit, real, rounds) for visit in VISITS]
    finally:
        api.stop()
    each = {
        f"page_{name} {visit}": number
        for visit, seen in zip(VISITS, found, strict=True)
        for name, number in (("median_ms", seen.median), ("p95_ms", seen.p95))
    }
    slowest, heaviest = max(seen.p95 for seen in found), max(seen.weight for seen in found)
    return {"page_p95_ms": slowest, "page_kb": heaviest, **each}


# -- an office full of cases ---------------------------------------------------


async def _fill(servers: Servers, url: str, count: int) -> Sequence[str]:
    """Numbers of the open cases that are really there."""
    ids = [timeline.case_id() for _ in range(count)]
    engine = engine_for(url, size=1, seconds=None)
    async with raw(engine) as connection:
        await connection.execute("set synchronous_commit = off")
        now = datetime.now(UTC)
        for number, case_id in enumerate(track(ids, description="pages: lives")):
            await _live(connection, case_id, _steps(case_id, number, now), servers.ring)
        while await sequencer.advance(connection):
            pass
        await rebuilding.rebuild_all(connection, servers.ring, engine.url)
        await _copy(servers)
        piece = rebuilding.Piece("score_postings")
        await rebuilding.make(connection, servers.ring, piece, engine.url)
        there = await connection.fetch(STANDING, ids)
    await engine.dispose()
    return [row["case_id"] for row in there]


def _steps(case_id: str, number: int, now: datetime) -> list[Step]:
    """A whole life of before, or one that began in the last weeks and is still going on."""
    weeks = (now - town.START).days // 7
    if number % OPEN:
        return _life(case_id, number, number % max(1, weeks - 8))
    steps = _life(case_id, number // OPEN, weeks - number // OPEN % 4)
    return [step for step in steps if step.command.at < now][: 1 + number % len(steps)]


def _life(case_id: str, number: int, week: int) -> list[Step]:
    """One that begins in that week; in another, where holidays would upset its course."""
    try:
        return life(case_id, number, town.START + timedelta(weeks=week))
    except Refused:
        return life(case_id, number, town.START)


async def _live(connection: Connection, case_id: str, steps: Sequence[Step], ring: KeyRing) -> None:
    """Append a life in one go."""
    entries = [
        Entry(
            case_id=case_id,
            command_id=uuid4(),
            command=step.command.kind,
            fingerprint=b"\0" * 32,
            version=step.before.version,
            last_hash=None,
            recorded_at=step.command.at,
            events=step.events,
        )
        for step in steps
    ]
    await journal.append(connection, entries, ring)


async def _copy(servers: Servers) -> None:
    """All events and rows of every case, under other numbers and spread over all communities."""
    owner = await asyncpg.connect(servers.owner_url(NAME))
    await owner.execute("set synchronous_commit = off")
    places = _communities()
    await owner.execute(COPY_IDS.format(copies=COPIES - 1, communities=places, many=len(places)))
    for table in track(COPIED, description="pages: copies"):
        columns = await owner.fetch(COLUMNS, table, MADE)
        names = ", ".join(row["column_name"] for row in columns)
        taken = ", ".join(_value(table, *row.values()) for row in columns)
        await owner.execute(COPY.format(table=table, names=names, values=taken))
    await owner.fetchval(sequencer.AFTER_RESTORE)
    for table in (*COPIED, "event_sequence"):
        await owner.execute(f"vacuum analyze {table}")
    assert await owner.fetchval("select count(*) from cases") == CASES
    await owner.close()


def _communities() -> list[str]:
    """All of the town, this one first: as many cases live in each."""
    units = town.book().organisation.units.values()
    others = (unit.unit_id for unit in units if unit.kind in COMMUNITIES)
    return [HERE, *(unit_id for unit_id in others if unit_id != HERE)]


def _value(table: str, name: str, kind: str) -> str:
    """Of a copy: its own number, and the same seats in its own community; events stay as sealed."""
    if name == "case_id":
        return "c.copy"
    if table == "events" or kind not in MOVED:
        return f"t.{name}"
    return f"replace(t.{name}::text, '{HERE}', c.community)::{kind}"


# -- visiting it ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """Of a page: milliseconds to its first byte, and kB with all that it brings along."""

    median: float
    p95: float
    weight: float


async def _visit(settings: Settings, visit: Visit, real: Sequence[str], rounds: int) -> Seen:
    headers = await _signed_in(settings, visit)
    times, weight = [], 0
    async with Wire(settings.port) as wire:
        for number in range(-WARM, rounds):
            path = visit.path.format(case=real[number % len(real)])
            seconds, body = await wire.get(path, headers)
            if number >= 0:
                times.append(seconds)
            weight = max(weight, len(body))
        for part in dict.fromkeys(PARTS.findall(body)):
            weight += len((await wire.get(part.decode(), headers))[1])
    times.sort()
    p95 = times[int(len(times) * MOST)]
    return Seen(statistics.median(times) * 1e3, p95 * 1e3, weight / 1e3)


async def _signed_in(settings: Settings, visit: Visit) -> dict[str, str]:
    if visit.role is None:
        return {}
    posts = town.book().organisation.posts.values()
    person_id = next(
        p.person_id
        for p in posts
        if p.role is visit.role and visit.unit_id in {None, p.unit_id} and p.person_id
    )
    engine = engine_for(settings.database_url or "", size=1)
    async with raw(engine) as connection:
        await accounts.set_password(connection, person_id, person_id, "measured-not-used")
        token = await accounts.open_session(connection, person_id, "browser", "bench", 24)
    await engine.dispose()
    return {"Cookie": f"{COOKIE}={token}"}


async def _until_up(settings: Settings) -> None:
    """Until the API answers; there is no worker, and none is needed to look."""
    deadline = time.monotonic() + READY_WITHIN
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.port}") as http:
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                if (await http.get("/healthz")).is_success:
                    return
            await asyncio.sleep(0.1)
    raise RuntimeError(f"no API on port {settings.port}")
