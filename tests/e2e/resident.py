"""Somebody without an account at the pages, in a browser without scripts: opens addresses, fills
forms in as they are drawn, and keeps cookies.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.e2e.office import Office
from tests.e2e.scenes.base import Opened
from tests.pages.sheets import Form, Sheet

OURS = {"Sec-Fetch-Site": "same-origin"}
TOLD = "楼道的灯坏了一个星期，老人晚上下楼看不见。"


@dataclass(slots=True)
class Resident:
    """`page` is what they have before them; redirects are followed as a browser does."""

    http: httpx.AsyncClient
    page: httpx.Response

    async def go(self, path: str) -> httpx.Response:
        self.page = await self.http.get(path)
        return self.page

    async def send(self, action: str, **fields: Any) -> httpx.Response:
        """The form of the page that goes to an address ending so, filled in and sent."""
        self.page = await self.post(self.form(action), **fields)
        return self.page

    def form(self, action: str) -> Form:
        forms = Sheet(str(self.page.url), self.page.text).forms
        found, *_ = [f for f in forms if urlsplit(f.action).path.endswith(action)]  # one a button
        return found

    async def post(self, form: Form, **fields: Any) -> httpx.Response:
        given = {each.name: each.value for each in form.fields if each.kind != "file"}
        return await self.http.post(form.action, data={**given, **fields}, headers=OURS)

    @property
    def path(self) -> str:
        return self.page.url.path

    @property
    def text(self) -> str:
        """What is read on the page."""
        shown = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", self.page.text, flags=re.DOTALL)
        return re.sub(r"\s+", " ", unescape(shown))

    @property
    def title(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page.text, re.DOTALL)
        assert found, self.page.text
        return unescape(found[1]).strip()

    def leads(self, ending: str) -> bool:
        """Whether a link of the page leads to an address that ends so."""
        links = Sheet(str(self.page.url), self.page.text).links
        return any(urlsplit(link.address).path.endswith(ending) for link in links)

    async def enter(self, door: str, case_id: str, code: str) -> httpx.Response:
        """By the code of a link, typed."""
        await self.go(f"/{door}/{case_id}")
        return await self.send(f"/{door}/{case_id}", code=code)

    async def open(self, case: Opened) -> httpx.Response:
        """Their own case, by number and code."""
        await self.go("/mine")
        return await self.send("/mine", number=case.case_id, code=case.secret)


@asynccontextmanager
async def somebody(office: Office) -> AsyncIterator[Resident]:
    """Somebody new, who has never been here."""
    async with httpx.AsyncClient(
        base_url=office.http.base_url, timeout=30, follow_redirects=True
    ) as http:
        yield Resident(http, await http.get("/"))
