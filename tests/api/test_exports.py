"""Exports where they meet the world: a slow taker, a place for each, and cells that calculate."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack

import pytest
from starlette.types import Message

from api.errors import Problem
from api.exports import routes, stream, tables
from api.exports.stream import Stalled, Streamed

pytestmark = pytest.mark.rule("R14.2")


async def endless() -> AsyncGenerator[bytes]:
    while True:
        yield b"x"


@pytest.mark.parametrize(("patience", "longest"), [(0.01, 60), (60, 0.01)])
async def test_who_takes_nothing_or_takes_it_drop_by_drop_is_let_go(
    monkeypatch: pytest.MonkeyPatch, patience: float, longest: float
) -> None:
    monkeypatch.setattr(stream, "STALLED", patience)
    monkeypatch.setattr(stream, "LONGEST", longest)
    closed = asyncio.Event()
    sources = AsyncExitStack()
    sources.callback(closed.set)

    async def take(_message: Message) -> None:
        await asyncio.sleep(0 if longest < patience else 3600)

    async def stay() -> Message:
        await asyncio.sleep(3600)
        raise AssertionError

    answer = Streamed(endless(), "text/plain", sources)
    with pytest.raises((Stalled, ExceptionGroup)):
        await answer({"type": "http", "asgi": {"spec_version": "2.3"}}, stay, take)
    assert closed.is_set()


async def test_nobody_takes_the_journal_twice_at_once_and_single_cases_have_places_apart() -> None:
    async with AsyncExitStack() as stack:
        await routes.enter(stack, "auditor")
        with pytest.raises(Problem) as twice:
            await routes.enter(stack, "auditor")
        await routes.enter(stack, "supervisor")
        with pytest.raises(Problem) as third:
            await routes.enter(stack, "somebody")
        await routes.enter(stack, None)
    assert twice.value.detail == "you take an export already; try again"
    assert third.value.detail == "others take exports; try again"
    async with AsyncExitStack() as stack:
        await routes.enter(stack, "auditor")


@pytest.mark.parametrize(
    "before", ["", " ", "\n", "\u3000", "\xa0", "\ufeff", "\u200b", "\x0b", "\x0c", "\0", "\u202e"]
)
@pytest.mark.parametrize("sign", ["=1", "+1", "-1", "@x", "＝1", "－1", "\u2212 1"])
def test_nothing_in_a_table_calculates_whatever_stands_before_it(before: str, sign: str) -> None:
    assert tables.safe(before + sign) == f"'{before}{sign}"


@pytest.mark.parametrize("cell", ["楼道", "3=3", "", "a-b", 7, None])
def test_what_is_no_formula_stays_as_it_is(cell: str | int | None) -> None:
    assert tables.safe(cell) == cell
