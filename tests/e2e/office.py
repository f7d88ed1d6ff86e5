"""An office for tests: the sample town on real servers, spoken to over HTTP as people would."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from domain.book import Book
from domain.words import Role
from settings import Settings, as_environ
from store import accounts, books
from store.database import raw
from store.keys import KeyRing

ROOT = Path(__file__).parents[2]


NUMBERS = count()


def a_number() -> str:
    """A telephone number nobody else has: the same one again would be the same resident (R10.4)."""
    return f"199{next(NUMBERS):04d}1234"


@dataclass(slots=True)
class Process:
    """A process of the program, started as `shouwen run` does, that a test may kill."""

    name: str
    settings: Settings
    log: Path
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "cli.main", self.name],
                cwd=ROOT,
                env={**os.environ, **as_environ(self.settings)},
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, sign: signal.Signals) -> None:
        if self.running is not None:
            self.running.send_signal(sign)
            self.running.wait(timeout=60)
            self.running = None


@dataclass(slots=True)
class Office:
    """The running system, with a way to ask it as anybody."""

    settings: Settings
    engine: AsyncEngine
    ring: KeyRing
    temporal: Client
    http: httpx.AsyncClient
    worker: Process
    api: Process
    _tokens: dict[str, str] = field(default_factory=dict)
    _auditor: str = ""

    async def book(self) -> Book:
        async with raw(self.engine) as connection:
            return await books.current(connection, datetime.now(UTC))

    async def somebody(self, role: Role, unit_id: str | None = None) -> str:
        """A person who holds such a post now."""
        organisation = (await self.book()).organisation
        now = datetime.now(UTC)
        posts = (p for p in organisation.posts.values() if p.role is role and p.holder(now))
        found = next(p for p in posts if unit_id is None or p.unit_id == unit_id)
        return found.holder(now) or ""

    async def as_person(self, person_id: str) -> dict[str, str]:
        """Headers that say who asks."""
        if person_id not in self._tokens:
            self._tokens[person_id] = await self.fresh_token(person_id)
        return {"Authorization": f"Bearer {self._tokens[person_id]}"}

    async def fresh_token(self, person_id: str) -> str:
        """A token of the person's that nobody else uses."""
        async with raw(self.engine) as connection:
            await self._account(connection, person_id)
            return await accounts.open_session(connection, person_id, "browser", "test", 24)

    def signed_out(self, person_id: str) -> None:
        """Their sessions have ended: they sign in anew when they are next asked to do something."""
        self._tokens.pop(person_id, None)

    async def _account(self, connection: Any, person_id: str) -> None:
        known = await connection.fetchval("select 1 from accounts where person_id = $1", person_id)
        if not known:
            await connection.execute(
                "insert into accounts (person_id, login, password_hash) values ($1, $1, 'none')",
                person_id,
            )

    async def open_case(self, person_id: str | None = None, **changes: Any) -> httpx.Response:
        """Open a case: by staff, or without anybody by a resident on the web."""
        body = {
            "channel": "counter" if person_id else "web",
            "item_id": "c01-01",
            "title": "楼道灯不亮",
            "text": "三单元楼道灯坏了一周，老人上下楼不方便。",
            "reporter": {"name": "王建国", "phone": a_number()},
            **changes,
        }
        headers = await self.as_person(person_id) if person_id else {}
        return await self.post("/api/v1/cases", body, headers)

    async def ask(self, person_id: str, case_id: str, kind: str, **fields: Any) -> httpx.Response:
        """Send a command as a member of staff."""
        headers = await self.as_person(person_id)
        return await self.command(case_id, headers, kind, **fields)

    async def command(
        self, case_id: str, headers: dict[str, str], kind: str, **fields: Any
    ) -> httpx.Response:
        return await self.post(
            f"/api/v1/cases/{case_id}/commands", {"kind": kind, **fields}, headers
        )

    async def in_charge(self, case_id: str, kind: str, **fields: Any) -> dict[str, Any]:
        """Send a command as whoever is in charge, and insist that it is done."""
        case = await self.case(case_id)
        answer = await self.ask(case["handler"]["id"], case_id, kind, **fields)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def case(self, case_id: str) -> dict[str, Any]:
        """The case as the auditor sees it."""
        return await self.get(f"/api/v1/cases/{case_id}")

    async def events(self, case_id: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.get(f"/api/v1/cases/{case_id}/timeline"))[
            "events"
        ]
        return found

    async def get(self, path: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        answer = await self.http.get(path, headers=headers or await self._as_auditor())
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def _as_auditor(self) -> dict[str, str]:
        if not self._auditor:
            self._auditor = await self.somebody(Role.AUDITOR)
        return await self.as_person(self._auditor)

    async def post(
        self, path: str, body: dict[str, Any], headers: dict[str, str], key: str = ""
    ) -> httpx.Response:
        """POST with a fresh idempotency key, unless one is given."""
        keyed = {"Idempotency-Key": key or uuid.uuid4().hex, **headers}
        return await self.http.post(path, json=body, headers=keyed)

    async def upload(
        self, given: bytes, headers: dict[str, str] | None = None, case_id: str = ""
    ) -> httpx.Response:
        """Bring a photo or document, as nobody unless told as whom."""
        where = f"/api/v1/uploads?case={case_id}" if case_id else "/api/v1/uploads"
        return await self.http.post(where, content=given, headers=headers)

    async def uploaded(
        self, given: bytes, headers: dict[str, str] | None = None, case_id: str = ""
    ) -> str:
        """The reference of a file that is taken."""
        answer = await self.upload(given, headers, case_id)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["file"])

    async def until_ready(self, seconds: float = 120) -> None:
        """Wait until /readyz says so."""
        deadline = time.monotonic() + seconds
        told = ""
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                answer = await self.http.get("/readyz")
                told = answer.text
                if answer.status_code == 200:
                    return
            await asyncio.sleep(0.1)  # who starts needs the machine more than who asks
        raise AssertionError(f"not ready: {told}\n{self.api.log.read_text()[-2000:]}")
