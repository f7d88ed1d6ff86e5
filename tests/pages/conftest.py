"""An office of its own for the pages, and Chromium before it; every page of a test is watched."""

import os
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser as Chromium

from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from tests.conftest import free_ports
from tests.e2e.conftest import create_database, open_office
from tests.e2e.office import Office
from tests.pages.browser import Browser, Visitor
from tests.pages.chromium import NAMES, SETTING, chromium, found
from tests.pages.manners import Manner

FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


def executable() -> str:
    """Where there is no browser, tests that want one are skipped; under CI that is a failure."""
    named = found()
    if named is None:
        missing = f"no browser: none of {', '.join(NAMES)} is installed, and {SETTING} is not set"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    return named


@pytest.fixture(scope="session")
async def windows(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Chromium]:
    """The browser."""
    async with chromium(executable(), tmp_path_factory.mktemp("chromium")) as running:
        yield running


@asynccontextmanager
async def own_office(postgres: LocalPostgres, folder: Path, name: str) -> AsyncIterator[Office]:
    """An office on a database and a Temporal of its own."""
    port, ui_port = free_ports(2)
    temporal = LocalTemporal(folder, port, ui_port, headless=True)
    await create_database(postgres, name)
    temporal.start()
    try:
        async with open_office(postgres, temporal, folder, name) as opened:
            yield opened
    finally:
        temporal.stop()


@pytest.fixture(scope="session")
async def office(
    postgres: LocalPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Office]:
    """The office of all page tests; no other test fills its worklists."""
    async with own_office(postgres, tmp_path_factory.mktemp("pages"), "pages") as opened:
        yield opened


@pytest.fixture
def manner() -> Manner:
    """How the first visitor looks; a test may name others: `parametrize("manner", EVERYWHERE)`."""
    return Manner()


@pytest.fixture
def where(office: Office) -> Office:
    """The office whose pages are visited; a module may name another."""
    return office


@pytest.fixture
async def browser(
    windows: Chromium, where: Office, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Browser]:
    """Visitors as the test wants them; at its end nothing may have been seen of them."""
    opened = Browser(windows, where)
    yield opened
    if request.node.stash.get(FAILED, False):
        for path in await opened.pictures(tmp_path):
            print(f"what was seen at the end: {path}")  # noqa: T201 - pytest shows it
    faults = await opened.leave()
    assert not faults, "\n".join(faults)


@pytest.fixture
async def visitor(browser: Browser, manner: Manner) -> Visitor:
    """The first visitor."""
    return await browser.visitor(manner)
