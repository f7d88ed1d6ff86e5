"""`shouwen demo` on the running office: sample requests from first contact to rating."""

import asyncio
import os
import sys
from datetime import UTC, datetime

from cli.demo.pace import hastened
from cli.demo.play import samples
from domain.policy import Span
from settings import as_environ
from store import books
from store.database import raw
from tests.e2e.office import ROOT, Office


async def test_the_demo_plays_every_kind_of_story_and_leaves_the_policy_as_it_was(
    office: Office,
) -> None:
    before = (await office.book()).policy
    told = await run(office, "demo", "--cases", "13")
    assert "13 cases played" in told, told
    assert "not played" not in told
    assert "已登记" in told
    assert "found on patrol and verified" in told
    assert (await office.book()).policy == before


async def test_a_demo_that_was_killed_is_undone_by_the_next(office: Office) -> None:
    book = await office.book()
    left_behind = hastened(book.policies[book.policy], 999)
    async with raw(office.engine) as connection:
        await books.publish(connection, left_behind, datetime.now(UTC))
        assert (await office.book()).policy == left_behind.version
        await run(office, "demo", "--cases", "1")
    assert (await office.book()).policy == book.policy


def test_every_kind_of_story_comes_early() -> None:
    found = samples(13)
    assert len({sample["story"] for sample in found}) == 13


def test_the_demos_policy_is_the_usual_one_made_short() -> None:
    from tests.domain.town import POLICY

    fast = hastened(POLICY, 7200)
    assert fast.unrated_after == Span(amount=7 * 86_400 // 7200, unit="seconds")
    assert fast.extension_percent == POLICY.extension_percent


async def run(office: Office, *words: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "cli.main", *words),
        cwd=ROOT,
        env={**os.environ, **as_environ(office.settings)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await process.communicate()
    assert process.returncode == 0, told.decode()
    return told.decode()
