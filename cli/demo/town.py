"""The people of the demo: who they are, and how they ask over HTTP. No story is told here."""

import asyncio
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from cli.local.failure import LocalError
from domain.book import Book
from domain.words import Role
from store.keys import KeyRing

JSON = dict[str, Any]


class Refusal(LocalError):
    """A rule said no; `code` is the refusal's."""

    def __init__(self, code: str, told: str) -> None:
        super().__init__(told)
        self.code = code


@dataclass(slots=True)
class Town:
    """The sample town over HTTP."""

    http: httpx.AsyncClient
    book: Book
    ring: KeyRing
    password: str
    _sessions: dict[str, str] = field(default_factory=dict)
    _doors: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def open(self, body: JSON, person_id: str | None) -> JSON:
        """Open a case as staff, or as a resident where nobody is named."""
        return await self._post("/api/v1/cases", body, await self._staff(person_id))

    async def ask(self, person_id: str, case_id: str, kind: str, **fields: Any) -> JSON:  # noqa: ANN401
        """Send a command as a member of staff."""
        path = f"/api/v1/cases/{case_id}/commands"
        return await self._post(path, {"kind": kind, **fields}, await self._staff(person_id))

    async def say(self, receipt: JSON, kind: str, **fields: Any) -> JSON:  # noqa: ANN401
        """Send a command as the resident."""
        path = f"/api/v1/cases/{receipt['case_id']}/commands"
        headers = {"Authorization": f"Receipt {receipt['secret']}"}
        return await self._post(path, {"kind": kind, **fields}, headers)

    async def rate(self, case_id: str, answers: JSON, round_: int = 1) -> JSON:
        """Rate by the one-time link, which the demo takes where a text message would carry it."""
        secret = self.ring.rating_secret(case_id, round_)
        headers = {"Authorization": f"Rating {secret}"}
        return await self._post(f"/api/v1/cases/{case_id}/rating", answers, headers)

    async def visit(self, body: JSON, person_id: str) -> JSON:
        """Write down a visit of somebody's."""
        return await self._post("/api/v1/visits", body, await self._staff(person_id))

    async def visited(self, visit_id: str) -> JSON:
        """The visit as the auditor sees it."""
        headers = await self._staff(self.holder(Role.AUDITOR, "qinghe"))
        return _checked(await self.http.get(f"/api/v1/visits/{visit_id}", headers=headers))

    async def look(self, case_id: str, part: str = "") -> JSON:
        """The case, or a part of it, as the auditor sees it."""
        auditor = self.holder(Role.AUDITOR, "qinghe")
        headers = await self._staff(auditor)
        answer = await self.http.get(f"/api/v1/cases/{case_id}{part}", headers=headers)
        return _checked(answer)

    def holder(self, role: Role, unit_id: str) -> str:
        """Somebody who holds that role in the unit or the nearest superior that has one."""
        now = datetime.now(UTC)
        for unit in self.book.organisation.path(unit_id):
            posts = self.book.organisation.acting(unit, role, now)
            if posts:
                return posts[0].holder(now) or posts[0].person_id
        raise LocalError(f"The sample town has no {role} at or above {unit_id}")

    async def _staff(self, person_id: str | None) -> dict[str, str]:
        if person_id is None:
            return {}
        async with self._doors.setdefault(person_id, asyncio.Lock()):
            if person_id not in self._sessions:
                self._sessions[person_id] = await self._signed_in(person_id)
        return {"Cookie": f"shouwen_session={self._sessions[person_id]}"}

    async def _signed_in(self, person_id: str) -> str:
        login = self.book.organisation.people[person_id].login
        body = {"login": login, "password": self.password}
        answer = await self.http.post("/api/v1/sessions", json=body)
        _checked(answer)
        token = answer.cookies["shouwen_session"]
        self.http.cookies.clear()
        return token

    async def _post(self, path: str, body: JSON, headers: dict[str, str]) -> JSON:
        key = {"Idempotency-Key": uuid.uuid4().hex}
        return _checked(await self.http.post(path, json=body, headers={**headers, **key}))


def _checked(answer: httpx.Response) -> JSON:
    if answer.is_success and answer.status_code != httpx.codes.ACCEPTED:
        found: JSON = answer.json()
        return found
    told = answer.json()
    code, detail = told.get("code", ""), told.get("detail", "")
    raise Refusal(code, f"{answer.request.url.path}: {answer.status_code} {code} {detail}")
