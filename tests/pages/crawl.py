"""Follows every link that a visitor is shown, to every kind of page and form there is for them."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

import httpx

from tests.pages.sheets import Form, Sheet

CASE = re.compile(r"SW(-[0-9A-Z]{4}){3}")
ENTRY = re.compile(r"(?<=/)[a-z]+(-[0-9a-z]{4}){3}(?=/|$)")
NUMBER = re.compile(r"(?<=[/=-])[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/|$)")
CASES = 12
"""Cases that are looked at of one kind of address: they stand at different points of their way."""
OTHERS = 2
PAGES = 120
"""Pages for one visitor, at most."""


@dataclass(slots=True)
class Found:
    """What a visitor comes to: pages, one address for each kind, and the forms on them."""

    pages: dict[str, str] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def pattern(address: str) -> str:
    """Which kind of page an address is of: without numbers, and only the names of its query."""
    parts = urlsplit(address)
    path = NUMBER.sub("{n}", ENTRY.sub("{n}", CASE.sub("{case}", parts.path)))
    names = sorted({name for name, _ in parse_qsl(parts.query) if name not in {"lang", "said"}})
    return path + ("?" + "&".join(names) if names else "")


def kind_of(form: Form) -> str:
    """Which kind of form it is: where it goes, and what it asks."""
    fixed = [f"{f.name}={f.value}" for f in form.fields if f.kind == "hidden" and f.name[0] != "_"]
    names = sorted({each.name for each in form.fields})
    said = [CASE.sub("{case}", each) for each in fixed if len(each) < 40]
    return f"{form.method} {pattern(form.action)} {' '.join(names)} ({' '.join(said)})"


async def crawl(client: httpx.AsyncClient, starts: tuple[str, ...]) -> Found:
    """Every kind of page behind these addresses; a link that leads nowhere is a fault."""
    found, seen = Found(), set[str]()
    counted: Counter[str] = Counter()
    home = str(client.base_url).rstrip("/")
    waiting = deque((home + start, "") for start in starts)
    while waiting and len(seen) < PAGES:
        address, source = waiting.popleft()
        address = address.partition("#")[0]
        kind = pattern(address)
        if address in seen or counted[kind] >= (CASES if "{case}" in kind else OTHERS):
            continue
        seen.add(address)
        counted[kind] += 1
        sheet = await _read(client, address, source, found)
        waiting.extend((where, address) for where in _leads(sheet, home, found))
    return found


async def _read(client: httpx.AsyncClient, address: str, source: str, found: Found) -> Sheet | None:
    answer = await client.get(address)
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        found.faults.append(f"{address} answers {answer.status_code}; it is linked from {source}")
    if answer.is_redirect:
        return Sheet(address, f'<a href="{answer.headers["location"]}">1</a>')
    if not answer.is_success or "text/html" not in answer.headers.get("content-type", ""):
        return None
    sheet = Sheet(address, answer.text)
    found.pages.setdefault(pattern(address), address)
    for form in sheet.forms:
        found.forms.setdefault(kind_of(form), form)
    found.faults += [f"{address} shows what is no text: {evil}" for evil in sheet.evil]
    return sheet


def _leads(sheet: Sheet | None, home: str, found: Found) -> Iterator[str]:
    for link in sheet.links if sheet else ():
        if link.address.startswith(home + "/"):
            yield link.address
        elif not link.address.startswith(("tel:", "mailto:", "sms:")):
            found.faults.append(f"{sheet.address if sheet else ''} leads to {link.address}")
