"""Visitors of the pages: each with a browser window of their own, all of them watched."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, Page

from api.auth import COOKIE
from api.pages.page import LANGUAGE, LINK
from domain.words import Role
from tests.e2e.office import Office
from tests.pages.looking import faults_of
from tests.pages.manners import Manner
from tests.pages.watching import Watch

PATIENCE = 15_000
"""Milliseconds until something that a test waits for must have come."""


@dataclass(slots=True)
class Visitor:
    """Somebody at a screen. `page` is what they have before them."""

    office: Office
    context: BrowserContext
    page: Page
    manner: Manner
    watch: Watch
    gone: bool = False

    async def go(self, path: str) -> Page:
        """Open a page of ours in their language, and look at it."""
        await self.page.goto(self.manner.address(path))
        await self.look()
        return self.page

    async def look(self) -> None:
        """Fail with everything that is wrong with the page as it stands now."""
        await self.page.wait_for_load_state()
        found = await faults_of(self.page, self.manner)
        assert not found, f"{self.page.url} ({self.manner}):\n" + "\n".join(found)

    async def leave(self) -> None:
        """Close their window; the cookies in it are looked at once more."""
        if not self.gone:
            self.gone = True
            await self.watch.cookies(self.context)
            await self.context.close()

    def expect(self, *statuses: int) -> None:
        """Answers that are no fault from here on: the test is about being refused."""
        self.watch.expected.update(statuses)

    async def sign_in(self, person_id: str) -> None:
        """As that member of staff, without the sign-in page."""
        token = await self.office.fresh_token(person_id)
        await self.context.add_cookies([_cookie(self.watch.home, COOKIE, token)])

    async def show(self, code: str, address: str) -> None:
        """A code for an address, as if it had been typed there before."""
        cookie = _cookie(self.watch.home, LINK, code)
        cookie |= {"domain": urlsplit(cookie.pop("url")).hostname, "path": address}
        await self.context.add_cookies([cookie])

    async def sign_in_as(self, role: Role, unit_id: str | None = None) -> str:
        """As somebody who holds such a post; their id."""
        person_id = await self.office.somebody(role, unit_id)
        await self.sign_in(person_id)
        return person_id


@dataclass(slots=True)
class Browser:
    """Chromium before one office, for one test."""

    chromium: Chromium
    office: Office
    visitors: list[Visitor] = field(default_factory=list)

    async def visitor(self, manner: Manner) -> Visitor:
        """Somebody new, who has never been here."""
        home = str(self.office.http.base_url).rstrip("/")
        context = await self.chromium.new_context(base_url=home, **manner.context)
        context.set_default_timeout(PATIENCE)
        await context.add_cookies([_cookie(home, LANGUAGE, manner.language)])
        watch = Watch(home)
        await watch.over(context)
        page = await context.new_page()
        self.visitors.append(Visitor(self.office, context, page, manner, watch))
        return self.visitors[-1]

    async def look(self, page: Page) -> None:
        """As `Visitor.look`, for whoever has only the page at hand."""
        (whose,) = (each for each in self.visitors if each.context is page.context)
        found = await faults_of(page, whose.manner)
        assert not found, f"{page.url} ({whose.manner}):\n" + "\n".join(found)

    async def pictures(self, folder: Path) -> list[Path]:
        """What everybody has before them, drawn: for a test that failed."""
        drawn: list[Path] = []
        for number, visitor in enumerate(self.visitors, 1):
            for page in () if visitor.gone else visitor.context.pages:
                drawn.append(folder / f"visitor-{number}-{len(drawn) + 1}.png")
                await page.screenshot(path=drawn[-1], full_page=True)
        return drawn

    async def leave(self) -> list[str]:
        """Close every window; what was seen of faults, each with its address."""
        for visitor in self.visitors:
            await visitor.leave()
        return [f"({v.manner}) {fault}" for v in self.visitors for fault in v.watch.faults]


def _cookie(home: str, name: str, value: str) -> Any:
    """As the pages keep theirs."""
    return {"name": name, "value": value, "url": home, "httpOnly": True, "sameSite": "Strict"}
