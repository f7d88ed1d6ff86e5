"""Server-sent events: that a case moved on, or that something arrived for somebody; told to whoever
has it open.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from api import answers
from api.auth import Asking, Principal, Staff, check_case
from api.context import Context, Here
from api.errors import DATABASE_AWAY
from api.identity import CaseId
from api.watching import EVERY, Watch

log = logging.getLogger(__name__)
router = APIRouter(prefix="/api/v1")
After = Annotated[int | None, Query(ge=0, le=2**63 - 1)]
ALIVE = 15.0
"""Seconds of silence after which a line is sent, so that nobody between takes it for dead."""
LASTS = 600.0
"""Seconds after which the browser has to ask again, and is checked again."""
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get("/cases/{case_id}/live", response_class=StreamingResponse, tags=["cases"])
async def live(
    case_id: CaseId, here: Here, asking: Asking, after: After = None
) -> StreamingResponse:
    """`event: case` with the new version each time the case moves on from `after`."""
    asking = await check_case(here, asking, case_id)
    return stream(here, await _followed(here, asking, case_id), after)


async def _followed(here: Context, asking: Principal, case_id: str) -> str:
    """The case itself; for its resident the one in which it is carried on."""
    if asking.kind != "receipt":
        return case_id
    own = await answers.own(here, await answers.history(here, case_id), asking.subject)
    return own.there.case.case_id


@router.get("/inbox/live", response_class=StreamingResponse, tags=["inbox"])
async def live_inbox(here: Here, person: Staff, after: After = None) -> StreamingResponse:
    """`event: inbox` with the newest entry's number each time one newer than `after` arrives."""
    return _streamed(here.inboxes, person.person_id, after, "inbox")


def stream(here: Context, case_id: str, after: int | None) -> StreamingResponse:
    """The same for whoever was let see the case already."""
    return _streamed(here.watch, case_id, after, "case")


def _streamed(watch: Watch, what: str, after: int | None, name: str) -> StreamingResponse:
    told = _told(watch, what, after, name)
    return StreamingResponse(told, media_type="text/event-stream", headers=HEADERS)


async def _told(watch: Watch, what: str, after: int | None, name: str) -> AsyncIterator[bytes]:
    clock = asyncio.get_running_loop().time
    ends = clock() + LASTS
    with watch.over(what, after) as watcher:
        yield KEEPALIVE_COMMENT
        while clock() < ends:
            try:
                version = await asyncio.wait_for(watcher.news.get(), ALIVE)
            except TimeoutError:
                yield KEEPALIVE_COMMENT
            else:
                yield format_sse_event(data_str=str(version), event=name)


async def follow(here: Context) -> None:
    """Look after all watchers until cancelled; while the database is away they are told nothing."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            await here.watch.look(here.engine)
            await here.inboxes.look(here.engine)
        except DATABASE_AWAY:
            log.warning("open pages are not refreshed: the database does not answer")
