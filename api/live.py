"""Server-sent events of a case: that it moved on, told to whoever has it open."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from api.auth import Asking, check_case
from api.context import Context, Here
from api.errors import DATABASE_AWAY
from api.identity import CaseId
from api.watching import EVERY

log = logging.getLogger(__name__)
router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
ALIVE = 15.0
"""Seconds of silence after which a line is sent, so that nobody between takes it for dead."""
LASTS = 600.0
"""Seconds after which the browser has to ask again, and is checked again."""
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get("/{case_id}/live", response_class=StreamingResponse)
async def live(
    case_id: CaseId,
    here: Here,
    asking: Asking,
    after: Annotated[int | None, Query(ge=0)] = None,
) -> StreamingResponse:
    """`event: case` with the new version each time the case moves on from `after`."""
    await check_case(here, asking, case_id)
    return stream(here, case_id, after)


def stream(here: Context, case_id: str, after: int | None) -> StreamingResponse:
    """The same for whoever was let see the case already."""
    told = _told(here, case_id, after)
    return StreamingResponse(told, media_type="text/event-stream", headers=HEADERS)


async def _told(here: Context, case_id: str, after: int | None) -> AsyncIterator[bytes]:
    clock = asyncio.get_running_loop().time
    ends = clock() + LASTS
    with here.watch.over(case_id, after) as watcher:
        yield KEEPALIVE_COMMENT
        while clock() < ends:
            try:
                version = await asyncio.wait_for(watcher.news.get(), ALIVE)
            except TimeoutError:
                yield KEEPALIVE_COMMENT
            else:
                yield format_sse_event(data_str=str(version), event="case")


async def follow(here: Context) -> None:
    """Look after all watchers until cancelled; while the database is away they are told nothing."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            await here.watch.look(here.engine)
        except DATABASE_AWAY:
            log.warning("open pages are not refreshed: the database does not answer")
