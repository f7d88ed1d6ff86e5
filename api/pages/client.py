"""The JSON API asked from within the process, as its visitor: whoever sees what, and what is
refused and recorded, is decided there and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx
from starlette.types import ASGIApp

ROOT = "/api/v1"


class Said(Exception):
    """The API said no. `body` is its problem document."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {body.get('code')}")
        self.status = status
        self.body = body

    @property
    def code(self) -> str:
        """Which no it is; stable."""
        return str(self.body.get("code", "failure"))


@dataclass(frozen=True, slots=True)
class Reply:
    """What the API answered; `body` is None where there was nothing to say."""

    status: int
    body: Any
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    content: bytes = b""

    @property
    def pending(self) -> bool:
        """Whether it was sent, and what became of it is not known yet."""
        return self.status == HTTPStatus.ACCEPTED


class Api:
    """The JSON API as one visitor reaches it."""

    def __init__(
        self, app: ASGIApp, who: Mapping[str, str], lang: str, client: tuple[str, int]
    ) -> None:
        """`who` are the headers that say who asks; `client` is where they ask from."""
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=client)
        self._http = httpx.AsyncClient(transport=transport, base_url="http://pages")
        self._who = dict(who)
        self._lang = lang

    async def get(self, path: str, **query: Any) -> Any:  # noqa: ANN401 - JSON
        """What stands at a path below /api/v1; what is None or empty is not asked for."""
        return (await self.ask("GET", path, query=query)).body

    async def post(
        self,
        path: str,
        body: Any = None,  # noqa: ANN401 - JSON
        *,
        key: str = "",
        **query: Any,  # noqa: ANN401 - JSON
    ) -> Reply:
        """Send a body; the same `key` again has no second effect."""
        headers = {"Idempotency-Key": key} if key else {}
        return await self.ask("POST", path, query=query, body=body, headers=headers)

    async def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,  # noqa: ANN401 - JSON
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Any request; raises `Said` where the answer is a problem."""
        asked = {"lang": self._lang, **(query or {})}
        found = await self._http.request(
            method,
            ROOT + path,
            params={name: value for name, value in asked.items() if value not in (None, "")},
            json=body,
            content=content,
            headers={**self._who, **(headers or {})},
        )
        json = found.content and "json" in found.headers.get("content-type", "")
        told = found.json() if json else None
        if found.status_code >= HTTPStatus.BAD_REQUEST:
            raise Said(found.status_code, told if isinstance(told, dict) else {})
        return Reply(found.status_code, told, found.headers, found.content)


def part(text: str) -> str:
    """A text as one part of a path."""
    return quote(text, safe="")
