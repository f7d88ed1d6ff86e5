"""Tries everything on a form, and says of it what no form may do."""

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import uuid4

import httpx

from store.database import raw
from tests.e2e.office import Office
from tests.pages.crawl import pattern
from tests.pages.desks import Caller
from tests.pages.hostile import HUGE, TEXTS, Attempt, attempts, filled
from tests.pages.sheets import EVIL, Form, Sheet

DONE = """select count(*) from events
 where actor <> 'system' and kind not like 'access.%' and actor = coalesce($1, actor)"""
NO_EFFECT = {"/receipt"}
"""Forms that only answer: another site may ask as well."""
CONTROLS = re.compile(r"[\x00-\x1f\x7f\ufeff]+")
ELSEWHERE = {
    "no word of where it comes from": {},
    "another site": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
}


@dataclass(frozen=True, slots=True)
class Doors:
    """How one office is come to: by whoever drew the form, by somebody else, and by nobody."""

    office: Office
    caller: Caller
    another: Caller

    @property
    def who(self) -> str:
        return self.caller.role

    async def open(self, who: Literal["caller", "another", "nobody"]) -> httpx.AsyncClient:
        """A browser of theirs."""
        nobody = Caller("nobody", "", ())
        chosen = {"caller": self.caller, "another": self.another, "nobody": nobody}[who]
        return await chosen.client(self.office)

    async def done(self, who: Literal["caller", "all"] = "all") -> int:
        """How much has happened in the office that is not its clocks' doing."""
        actor = self.caller.person_id if who == "caller" else None
        async with raw(self.office.engine) as connection:
            return int(await connection.fetchval(DONE, actor))


class Besieged(Protocol):
    """What `Doors` is to a siege."""

    @property
    def who(self) -> str: ...
    async def open(self, who: Literal["caller", "another", "nobody"]) -> httpx.AsyncClient: ...
    async def done(self, who: Literal["caller", "all"] = "all") -> int: ...


@dataclass(slots=True)
class Siege:
    """One form. `faults` are told by what was tried."""

    doors: Besieged
    form: Form
    faults: list[str] = field(default_factory=list)

    async def hold(self) -> list[str]:
        """Everything that was wrong."""
        async with await self.doors.open("caller") as client:
            for attempt in attempts(self.form):
                await self._try(client, attempt)
            await self._from_elsewhere(client)
        await self._twice()
        await self._by_nobody()
        await self._by_another()
        form = f"{self.form.method} {pattern(self.form.action)} on {pattern(self.form.page)}"
        return [f"{form} as {self.doors.who}: {fault}" for fault in self.faults]

    async def _try(self, client: httpx.AsyncClient, attempt: Attempt) -> None:
        answer = await self._send(client, attempt)
        self._check(attempt.name, answer)
        refused = answer.status_code >= HTTPStatus.BAD_REQUEST
        if attempt.kept and refused and answer.status_code not in GONE:
            self._check_kept(attempt, answer)

    async def _send(
        self, client: httpx.AsyncClient, attempt: Attempt, **headers: str
    ) -> httpx.Response:
        sent = {"Content-Type": attempt.content_type, **headers}
        return await client.post(self.form.action, content=attempt.content, headers=sent)

    def _check(self, name: str, answer: httpx.Response) -> None:
        """Never our fault, never anybody else's page, never anything but text."""
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.faults.append(f"{name}: answers {answer.status_code}")
        where = answer.headers.get("location", "/")
        if not where.startswith("/") or where.startswith(("//", "/\\")):
            self.faults.append(f"{name}: leads to {where}")
        if "text/html" in answer.headers.get("content-type", ""):
            evil = Sheet(self.form.page, answer.text).evil
            if evil or "default-src 'none'" not in answer.headers.get(POLICY, ""):
                self.faults.append(f"{name}: shows {evil} under {answer.headers.get(POLICY)!r}")

    def _check_kept(self, attempt: Attempt, answer: httpx.Response) -> None:
        """The form stands there again, with everything that was typed."""
        drawn = [f for f in Sheet(self.form.page, answer.text).forms if self._same(f)]
        if not drawn:
            self.faults.append(f"{attempt.name}: {answer.status_code}, and the form is gone")
            return
        shown = {each.name: each.value for each in drawn[0].fields}
        typed = {each.name for each in self.form.fields if each.typed}
        for name, value in attempt.pairs:
            if name in typed and _plain(shown.get(name, "")) != _plain(value):
                self.faults.append(f"{attempt.name}: what was typed as {name} is lost")

    def _same(self, other: Form) -> bool:
        return urlsplit(other.action).path == urlsplit(self.form.action).path

    async def _from_elsewhere(self, client: httpx.AsyncClient) -> None:
        """A form is taken from our own pages only."""
        if urlsplit(self.form.action).path in NO_EFFECT:
            return
        del client.headers["Sec-Fetch-Site"]
        for name, headers in ELSEWHERE.items():
            before = await self.doors.done()
            answer = await self._send(
                client, Attempt(name, filled(self.form, uuid4().hex)), **headers
            )
            self._check(name, answer)
            if answer.status_code != HTTPStatus.FORBIDDEN or await self.doors.done() != before:
                self.faults.append(f"{name}: taken, {answer.status_code}")

    async def _twice(self) -> None:
        """Sent as it is meant, and again: one effect."""
        async with await self.doors.open("caller") as client:
            pairs = filled(self.form, uuid4().hex)
            first = await self._send(client, Attempt("filled in", pairs))
            self._check("filled in", first)
            between = await self.doors.done()
            again = await self._send(client, Attempt("again", pairs))
            self._check("again", again)
            if (now := await self.doors.done()) != between:
                self.faults.append(f"again: {now - between} more events")

    async def _by_nobody(self) -> None:
        """Whoever is not signed in does nothing that was drawn for somebody."""
        if self.doors.who == "nobody":
            return
        before = await self.doors.done()
        async with await self.doors.open("nobody") as client:
            answer = await self._send(client, Attempt("by nobody", filled(self.form, uuid4().hex)))
        self._check("by nobody", answer)
        if await self.doors.done() != before:
            self.faults.append(f"by nobody: taken, {answer.status_code}")

    async def _by_another(self) -> None:
        """Whatever somebody else's post allows is theirs: nothing is done in this one's name."""
        before = await self.doors.done("caller")
        async with await self.doors.open("another") as client:
            answer = await self._send(client, Attempt("by another", filled(self.form, uuid4().hex)))
        self._check("by another", answer)
        if await self.doors.done("caller") != before:
            self.faults.append(f"by another: done as {self.doors.who}")


POLICY = "content-security-policy"
GONE = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.TOO_MANY_REQUESTS,
}
"""Answers after which there is nothing to fill in again."""


def _plain(text: str) -> str:
    """Without what no browser keeps."""
    return CONTROLS.sub("", text).strip()


async def ask(client: httpx.AsyncClient, address: str) -> list[str]:
    """A page asked with hostile values of its own query."""
    parts, faults = urlsplit(address), []
    asked = parse_qsl(parts.query, keep_blank_values=True)
    for name in dict.fromkeys(name for name, _ in asked):
        for label, text in {**TEXTS, "huge": "9" * (HUGE // 100)}.items():
            query = urlencode([(n, text if n == name else v) for n, v in asked])
            answer = await client.get(urlunsplit(parts._replace(query=query)))
            if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                faults.append(f"GET {pattern(address)}: {name} {label}: {answer.status_code}")
            if "html" in answer.headers.get("content-type", "") and EVIL in answer.text:
                faults.append(f"GET {pattern(address)}: {name} {label}: shown as it is")
    return faults
