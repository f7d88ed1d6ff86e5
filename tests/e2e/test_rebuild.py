"""The views made anew while the office works are the live ones, byte for byte (R14.6)."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, Self

import pytest

from settings import Settings, as_environ
from store.database import raw
from store.kept import TABLES, Kept
from store.rebuilding import rebuild_all
from tests.e2e.admissions import apply
from tests.e2e.office import ROOT, Office
from tests.e2e.scenes.declining import COURT
from tests.e2e.test_notifications import until
from tests.e2e.test_people import CANARY
from tests.store.house import everything

pytestmark = pytest.mark.rule("R14.6")
VIEWS = tuple(table for table, (kept, _) in TABLES.items() if kept is Kept.VIEW)
AT_ONCE = 6


async def shouwen(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line on this office, in a process of its own."""
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "cli.main", *arguments],
        cwd=ROOT,
        env={**os.environ, **as_environ(settings)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


async def a_life(office: Office) -> None:
    """A dispute with a look at it, a decline to be reviewed, an admission asked for."""
    opened = await office.open_case("yang-xiaolin", **CANARY)
    case_id = opened.json()["receipt"]["case_id"]
    await office.in_charge(case_id, "hand_over")
    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "reveal", reason="上门前联系")
    await office.in_charge(case_id, "record_progress", text="到现场看了")
    declined = (await office.open_case("yang-xiaolin")).json()["receipt"]["case_id"]
    await office.in_charge(declined, "decline", **COURT)
    assert (await apply(office, "cui-jianmin")).status_code == 201


class Load:
    """People who go on working until they are told to stop."""

    def __init__(self, life: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._life = life
        self._stop = False
        self.lives = 0

    async def __aenter__(self) -> Self:
        self._people = [asyncio.create_task(self._work()) for _ in range(AT_ONCE)]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop = True
        await asyncio.gather(*self._people)

    async def _work(self) -> None:
        while not self._stop:
            await self._life()
            self.lives += 1


async def all_told(office: Office) -> bool:
    """Whether what follows the events has come to the last of them."""
    async with raw(office.engine) as connection:
        return bool(
            await connection.fetchval(
                """select least(k.last_seq, s.last_seq) = (select count(*) from events)
                   from span_keeper k, score_keeper s"""
            )
        )


async def test_views_made_anew_while_the_office_works_are_the_live_ones(office: Office) -> None:
    await a_life(office)
    async with Load(lambda: a_life(office)) as load:
        for processes in ("1", "2"):
            told = await shouwen(office.settings, "rebuild", "views", "--processes", processes)
            assert told.returncode == 0, told.stderr
            assert "a second" in told.stdout
        async with raw(office.engine) as connection:
            for _ in range(5):
                await rebuild_all(connection, office.ring, office.engine.url)
    assert load.lives >= AT_ONCE
    await until(partial(all_told, office))
    async with raw(office.engine) as connection:
        live = await everything(connection, VIEWS)
        assert all(
            live[view] for view in ("cases", "open_questions", "score_postings", "score_days")
        )
        for view in VIEWS:
            await connection.execute(f"delete from {view}")  # noqa: S608 - constants
        await rebuild_all(connection, office.ring, office.engine.url)
        anew = await everything(connection, VIEWS)
        made = await rebuild_all(connection, office.ring, office.engine.url)
    for view in VIEWS:
        assert anew[view] == live[view], view
    assert {view: done.mended for view, done in made.items()} == dict.fromkeys(made, 0)


async def test_workflows_that_run_are_left_alone_and_counted(office: Office) -> None:
    await a_life(office)
    told = await shouwen(office.settings, "rebuild", "workflows")
    assert told.returncode == 0, told.stderr + told.stdout
    again = await shouwen(office.settings, "rebuild", "workflows")
    assert "ran already" in again.stdout
    assert "0 started in" in again.stdout, again.stdout


async def test_a_temporal_that_is_away_is_said_in_one_line(office: Office) -> None:
    settings = office.settings.model_copy(update={"temporal_address": "127.0.0.1:9"})
    away = await shouwen(settings, "rebuild", "workflows")
    assert away.returncode == 1
    assert away.stderr == "Temporal at 127.0.0.1:9 does not answer\n"
