"""The desk of a member of staff, as a browser without scripts gets it: pages, forms, answers."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

import httpx

from api.auth import COOKIE
from tests.e2e.office import Office

OURS = {"Sec-Fetch-Site": "same-origin"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
Fields = dict[str, Any]


@dataclass(slots=True)
class Desk:
    """One browser, signed in."""

    http: httpx.AsyncClient
    person_id: str

    @classmethod
    async def of(cls, office: Office, person_id: str, language: str = "zh") -> "Desk":
        """A new one; whoever opens it closes it."""
        cookies = {COOKIE: await office.fresh_token(person_id), "shouwen_lang": language}
        http = httpx.AsyncClient(base_url=office.http.base_url, timeout=30, cookies=cookies)
        return cls(http, person_id)

    async def page(self, path: str, status: int = 200) -> str:
        """The HTML at a path."""
        answer = await self.http.get(path)
        assert answer.status_code == status, f"{answer.status_code}\n{plain(answer.text)[:2000]}"
        return answer.text

    async def drawn(self, path: str) -> Fields:
        """What the form at a path carries unseen: its key and its version."""
        return hidden(await self.page(path))

    async def send(self, path: str, fields: Fields) -> httpx.Response:
        """Send a form as our own pages do."""
        return await self.http.post(path, data=fields, headers=OURS)

    async def do(self, case_id: str, kind: str, **fields: Any) -> httpx.Response:
        """Draw a command's form and send it with these fields."""
        path = f"/desk/cases/{case_id}/do/{kind}"
        return await self.send(path, {**await self.drawn(path), **fields})


def hidden(html: str) -> Fields:
    """The unseen fields of a page's forms; of several of one name the first."""
    found: Fields = {}
    for name, value in HIDDEN.findall(html):
        found.setdefault(name, unescape(value))
    return found


def plain(html: str) -> str:
    """What is to be read, without what stands inside tags."""
    body = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", body))).strip()


def main(html: str) -> str:
    """The same of what is between <main> and </main>."""
    found = re.search(r"<main.*?</main>", html, re.DOTALL)
    assert found
    return plain(found[0])
