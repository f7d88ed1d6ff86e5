"""Runs the demo: puts its policy in force, plays the stories a few at a time, shows the result."""

import asyncio
import csv
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from cli.demo.pace import MARK, hastened
from cli.demo.stories import Sample, Story
from cli.demo.town import JSON, Town
from cli.demo.unasked import play as play_unasked
from cli.local.failure import LocalError
from cli.publish import connected
from cli.seed import PASSWORD, SAMPLE, sign_ins
from domain.book import Book
from domain.words import CaseType
from settings import Settings
from store import books
from store.keys import KeyRing

AT_ONCE = 6


def play(settings: Settings, cases: int, speed: int) -> None:
    """Play so many sample requests at that speed. `settings` are resolved; the stack runs."""
    _need_answer(settings.public_url)
    if not sign_ins(settings):
        raise LocalError(
            "The demo plays in the sample town only, and another town is loaded here; "
            "set SHOUWEN_DATA to an empty folder and start `shouwen run` there"
        )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    asyncio.run(_play(settings, cases, speed))


def _need_answer(address: str) -> None:
    try:
        ready = httpx.get(f"{address}/readyz", timeout=10).is_success
    except httpx.HTTPError:
        ready = False
    if not ready:
        raise LocalError(f"No Shouwen is ready at {address}: start `shouwen run` first")


async def _play(settings: Settings, cases: int, speed: int) -> None:
    console = Console()
    password = await asyncio.to_thread((settings.data / PASSWORD).read_text)
    ring = KeyRing.of(settings)
    async with (
        _fast_policy(settings, speed) as book,
        httpx.AsyncClient(base_url=settings.public_url, timeout=30) as http,
    ):
        town = Town(http=http, book=book, ring=ring, password=password.strip())
        played, failed = await _all(town, samples(cases))
        unasked = await _unasked(town, failed)
        found = [await town.look(case_id) for case_id in played.values()]
        _summary(console, found, failed)
        console.print(unasked)
        if played:
            await _timeline(console, town, _telling(found))
    if failed:
        raise LocalError(f"{len(failed)} of {cases} stories did not play to their end")


@asynccontextmanager
async def _fast_policy(settings: Settings, speed: int) -> AsyncIterator[Book]:
    """The demo's policy in force; afterwards the usual one again, whatever ended the demo.

    Another demo's policy is never taken for the usual one: one that was killed is undone here.
    """
    async with connected(settings) as connection:
        now = datetime.now(UTC)
        book = await books.current(connection, now)
        usual = await books.last_policy(connection, now, without=MARK)
        fast = hastened(book.policies[usual], speed)
        if not await books.publish(connection, fast, now):
            await books.reinstate(connection, "policy", fast.version, now)
    try:
        yield book
    finally:
        async with connected(settings) as connection:
            await books.reinstate(connection, "policy", usual, datetime.now(UTC))


def samples(count: int, folder: Path = SAMPLE) -> list[Sample]:
    """So many sample requests, every kind of story early; the same again when there are too few."""
    seen: Counter[str] = Counter()
    told: list[tuple[int, Sample]] = []
    with (folder / "requests.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            seen[row["story"]] += 1
            told.append((seen[row["story"]], row))
    rows = [row for _, row in sorted(told, key=lambda one: one[0])]
    return [rows[number % len(rows)] for number in range(count)]


async def _all(town: Town, found: list[Sample]) -> tuple[dict[int, str], dict[int, str]]:
    """Case numbers of the stories that came to their end, reasons of those that did not."""
    gate, played, failed = asyncio.Semaphore(AT_ONCE), dict[int, str](), dict[int, str]()
    with Progress() as progress:
        task = progress.add_task("正在演示 playing", total=len(found))

        async def one(number: int, sample: Sample) -> None:
            async with gate:
                try:
                    played[number] = await Story(town, sample, number).play()
                except (LocalError, httpx.HTTPError) as error:
                    failed[number] = f"{sample['sample_id']} ({sample['story']}): {error}"
                progress.advance(task)

        await asyncio.gather(*(one(number, sample) for number, sample in enumerate(found)))
    return played, failed


async def _unasked(town: Town, failed: dict[int, str]) -> str:
    """What nobody asked for, in one line; its failure is one of the stories'."""
    try:
        return await play_unasked(town)
    except (LocalError, httpx.HTTPError) as error:
        failed[-1] = f"unasked: {error}"
        return ""


def _summary(console: Console, cases: list[JSON], failed: dict[int, str]) -> None:
    ended = Counter(case["closing"] or case["phase"] for case in cases)
    stages = Counter(case["stage"] for case in cases)
    table = Table("ended as", "cases", title=f"{len(cases)} cases played")
    for word, count in ended.most_common():
        table.add_row(word, str(count))
    console.print(table)
    console.print(f"settled at: {dict(stages)}; clocks broken: {sum(c['breaches'] for c in cases)}")
    for reason in failed.values():
        console.print(f"[red]not played:[/red] {reason}")


def _telling(cases: list[JSON]) -> str:
    """The request with the most to tell: the longest way, then the most breaches."""
    told = [case for case in cases if case["case_type"] == CaseType.REQUEST] or cases
    best = max(told, key=lambda case: (len(case["stints"]), case["breaches"], case["version"]))
    return str(best["case_id"])


async def _timeline(console: Console, town: Town, case_id: str) -> None:
    case = await town.look(case_id)
    table = Table("", "when (UTC)", "what", "who", "unit", title=f"{case_id} {case['title']}")
    for event in (await town.look(case_id, "/timeline"))["events"]:
        unit = event["unit"]["name"] if event["unit"] else ""
        when = event["at"][5:19].replace("T", " ")
        table.add_row(str(event["version"]), when, event["words"], event["by"]["name"], unit)
    console.print(table)
