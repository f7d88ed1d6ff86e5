"""Is the process alive, and can it do its work: PostgreSQL, Temporal, a worker, the
calendar, how far behind notices and scores are, how much is not signed yet, and where files lie.
"""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest

from api.context import Context, Here, now
from domain.book import Book
from domain.log.state import LOG
from store import checkpoints, dead_letters, following, reading
from store.database import raw
from store.files.vault import VaultError

router = APIRouter(tags=["health"])
UNSIGNED = timedelta(minutes=70)
"""A checkpoint is signed each hour at least."""
PATIENCE = timedelta(minutes=10)
"""How long new events may wait for one longer than is set, while a worker is replaced."""
SKEW = timedelta(seconds=5)
SHOWN = 5
"""Cases that are named."""
SOON = timedelta(days=45)
"""How long before a year's end its successor must be published."""


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def ready(here: Here) -> JSONResponse:
    """Every part with ok, or what is wrong with it; 503 when one is missing."""
    parts = {
        "postgresql": await _tried(_postgresql(here)),
        "temporal": await _tried(_temporal(here)),
        "worker": await _tried(_worker(here)),
        "calendar": await _tried(_calendar(here)),
        "notices": await _tried(_notices(here)),
        "log": await _tried(_log(here)),
        "scores": await _tried(_scores(here)),
        "files": await _tried(_files(here)),
    }
    fine = all(part["ok"] for part in parts.values())
    body = {"status": "ready" if fine else "not ready", "checks": parts}
    return JSONResponse(body, status_code=200 if fine else 503)


async def _tried(check: Awaitable[str]) -> dict[str, Any]:
    try:
        async with asyncio.timeout(3):
            note = await check
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
        return {"ok": False, "note": str(error) or type(error).__name__}
    return {"ok": True, **({"note": note} if note else {})}


async def _postgresql(here: Context) -> str:
    async with raw(here.engine) as connection:
        _, there = await reading.newest_book(connection)
    if abs(now() - there) > SKEW:
        raise RuntimeError(f"this machine's clock and the database's differ by {now() - there}")
    return ""


async def _temporal(here: Context) -> str:
    await here.temporal.service_client.check_health(timeout=timedelta(seconds=2))
    return ""


async def _worker(here: Context) -> str:
    request = DescribeTaskQueueRequest(
        namespace=here.temporal.namespace,
        task_queue=TaskQueue(name=here.settings.task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    found = await here.temporal.workflow_service.describe_task_queue(request)
    if not found.pollers:
        raise RuntimeError(f"no worker polls task queue {here.settings.task_queue!r}")
    return f"{len(found.pollers)} seen"


async def _calendar(here: Context) -> str:
    book: Book = await here.book()
    today = now()
    if not book.calendar.covers(today.year):
        raise RuntimeError(f"no published arrangement for {today.year}")
    ahead = (today + SOON).year
    if not book.calendar.covers(ahead):
        return f"{ahead} is not published yet: deadlines that reach into it are marked"
    return ""


async def _notices(here: Context) -> str:
    """Never a reason to turn anybody away: a gateway that is down delays messages, not cases."""
    async with raw(here.engine) as connection:
        found = await dead_letters.backlog(connection)
    return (
        f"{found['waiting']} waiting, the oldest for {found['oldest_seconds']} s; within a day "
        f"{found['dead']} given up, {found['out_of_reach']} out of reach"
    )


async def _scores(here: Context) -> str:
    """Never a reason to turn anybody away: figures that are behind say so themselves."""
    async with raw(here.engine) as connection:
        waiting = await following.behind(connection, "score_keeper")
        stuck = await connection.fetchval(following.STUCK)
    notes = [f"{waiting} events are not in the scores yet"] if waiting else []
    if stuck:
        names = ", ".join(stuck[:SHOWN]) + (" …" if len(stuck) > SHOWN else "")
        why = "tried again and again, the worker's log says why"
        notes.append(f"CANNOT BE COUNTED ({len(stuck)} cases, {why}): {names}")
    return "; ".join(notes)


async def _files(here: Context) -> str:
    """Never a reason to turn anybody away: without photos everything else goes on."""
    try:
        await here.vault.check()
    except VaultError as error:
        return f"NOT REACHABLE, photos and documents wait: {error}"
    return ""


async def _log(here: Context) -> str:
    """Never a reason to turn anybody away, and never silent: what is not signed is not proven."""
    async with raw(here.engine) as connection:
        found = await checkpoints.newest(connection)
        standing = await checkpoints.standing(connection, LOG)
    if found is None:
        return "NOT SIGNED: no checkpoint yet"
    ago, new = standing.now - found.signed_at, standing.numbered - found.size
    pause = timedelta(seconds=here.settings.checkpoint_seconds)
    late = ago > UNSIGNED or (new > 0 and ago > pause + PATIENCE)
    said = f"{new} events since the checkpoint of {int(ago.total_seconds())} s ago"
    if ago < timedelta():
        return f"the database's clock was set back behind what was signed: {said}"
    return f"NOT SIGNED, the worker's log says why: {said}" if late else said
