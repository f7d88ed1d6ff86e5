"""Server-sent events: that a case moved on, or that something arrived for somebody; told to whoever
has it open.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from api import answers
from api.auth import Asking, Principal, Staff, again, check_case
from api.context import Context, Here
from api.errors import DATABASE_AWAY, Problem
from api.identity import CaseId
from api.watching import EVERY, Watch

log = logging.getLogger(__name__)
router = APIRouter(prefix="/api/v1")
After = Annotated[int | None, Query(ge=0, le=2**63 - 1)]
Still = Callable[[], Awaitable[None]]
"""Raises `Problem` once who is told may see it no more."""
ALIVE = 15.0
"""Seconds of silence after which a line is sent, so that nobody between takes it for dead."""
LASTS = 600.0
"""Seconds after which the browser has to ask again, and is checked again."""
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get("/cases/{case_id}/live", response_class=StreamingResponse, tags=["cases"])
async def live(
    case_id: CaseId, request: Request, here: Here, asking: Asking, after: After = None
) -> StreamingResponse:
    """`event: case` with the new version each time the case moves on from `after`."""

    async def still() -> None:
        await check_case(here, await again(request, here), case_id)

    return await follow_case(case_id, here, asking, after, still)


async def follow_case(
    case_id: str, here: Context, asking: Principal, after: int | None, still: Still | None = None
) -> StreamingResponse:
    """The same for a page that knows who asks; without `still` they are checked again as that."""
    asking = await check_case(here, asking, case_id)

    async def as_before() -> None:
        await check_case(here, asking, case_id)

    what = await _followed(here, asking, case_id)
    return _streamed(here.watch, what, after, "case", still or as_before)


async def _followed(here: Context, asking: Principal, case_id: str) -> str:
    """The case itself; for its resident the one in which it is carried on."""
    if asking.kind != "receipt":
        return case_id
    own = await answers.own(here, await answers.history(here, case_id), asking.subject)
    return own.there.case.case_id


@router.get("/inbox/live", response_class=StreamingResponse, tags=["inbox"])
async def live_inbox(
    request: Request, here: Here, person: Staff, after: After = None
) -> StreamingResponse:
    """`event: inbox` with the newest entry's number each time one newer than `after` arrives."""

    async def still() -> None:
        await again(request, here)

    return _streamed(here.inboxes, person.person_id, after, "inbox", still)


def _streamed(
    watch: Watch, what: str, after: int | None, name: str, still: Still
) -> StreamingResponse:
    told = _told(watch, what, after, name, still)
    return StreamingResponse(told, media_type="text/event-stream", headers=HEADERS)


async def _told(
    watch: Watch, what: str, after: int | None, name: str, still: Still
) -> AsyncIterator[bytes]:
    """Whoever may not see it any more hears nothing more."""
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
                try:
                    await still()
                except (Problem, *DATABASE_AWAY):
                    return
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
