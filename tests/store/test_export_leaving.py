"""An export leaves nothing open behind: neither when whoever asked goes away, nor when they only
stop taking anything.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from starlette.types import Message, Scope

from api.errors import Problem
from api.exports import stream
from api.exports.drawing import Reader
from api.exports.journal import Asked, opened
from api.exports.routes import enter
from api.exports.stream import Stalled, Streamed
from store.exporting import Wanted
from tests.domain.town import TOWN
from tests.store.house import RING, Database
from tests.store.test_exporting import idle

pytestmark = pytest.mark.rule("R14.1")

SCOPE: Scope = {"type": "http", "asgi": {"spec_version": "2.3"}}


async def answer(database: Database) -> Streamed:
    """An export that is about to leave."""

    async def told(_: object) -> None:
        """Nobody has to know."""

    asked = Asked(format="jsonl", wanted=Wanted(), filters={}, reader=Reader())
    export = await opened(database.engine, RING, TOWN.organisation, asked, told)
    return Streamed(export.pieces, "application/jsonl", export.sources)


async def never() -> Message:
    """Whoever asked stays."""
    await asyncio.Event().wait()
    raise AssertionError


async def test_whoever_goes_away_takes_the_cursor_along(lived: Database) -> None:
    leaving = await answer(lived)
    sent: list[Message] = []
    gone = asyncio.Event()

    async def send(message: Message) -> None:
        sent.append(message)
        if len(sent) == 3:
            assert await idle(lived) == 1
            gone.set()
            await asyncio.Event().wait()  # nothing more is taken

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    await leaving(SCOPE, receive, send)
    assert await idle(lived) == 0
    assert b"complete" not in b"".join(each.get("body", b"") for each in sent)


async def test_who_takes_nothing_is_given_up(
    lived: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "STALLED", 0.01)
    leaving = await answer(lived)

    async def send(_: Message) -> None:
        await asyncio.Event().wait()

    with pytest.raises(Stalled):
        await leaving(SCOPE, never, send)
    assert await idle(lived) == 0


async def test_a_failure_closes_what_it_came_from(lived: Database) -> None:
    leaving = await answer(lived)

    async def broken() -> AsyncIterator[bytes]:
        yield b"the beginning"
        raise ConnectionResetError

    leaving.body_iterator = broken()

    async def send(_: Message) -> None:
        """Everything is taken."""

    with pytest.raises(ConnectionResetError):
        await leaving(SCOPE, never, send)
    assert await idle(lived) == 0


async def test_each_has_one_place_for_the_journal_and_cases_have_their_own() -> None:
    async with AsyncExitStack() as stack:
        await enter(stack, "ao")
        await refused(stack, "ao", "you take an export already")
        await enter(stack, "conformance ao")
        await refused(stack, "xie", "others take exports")
        await enter(stack, None)
    async with AsyncExitStack() as stack:
        await enter(stack, "ao")


async def refused(stack: AsyncExitStack, person_id: str, told: str) -> None:
    with pytest.raises(Problem, match="exports_busy") as found:
        await enter(stack, person_id)
    assert (found.value.status, found.value.detail) == (503, f"{told}; try again")
    assert found.value.headers == {"Retry-After": "30"}
