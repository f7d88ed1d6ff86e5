"""A small HTTP client for load: one keep-alive connection, JSON both ways, nothing else.

A general client costs as much processor per request as the program itself; on a small machine the
load generator would be what is measured.
"""

import asyncio
import time
from collections.abc import Mapping
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import orjson

IDLE = 2.0
"""Seconds after which an unused connection is not trusted."""


class Wire:
    """One connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._used = 0.0

    async def __aenter__(self) -> Self:
        """The connection itself is made by the first request."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self._close()

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()

    async def _ready(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The connection, made anew after a pause in which the server may have closed it."""
        now = time.monotonic()
        if self._reader is None or self._writer is None or now - self._used > IDLE:
            self._close()
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._used = now
        return self._reader, self._writer

    async def get(self, path: str, headers: Mapping[str, str]) -> tuple[float, bytes]:
        """Seconds until the answer's head, and its body; anything but 200 ends the benchmark."""
        reader, writer = await self._ready()
        lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        begun = time.perf_counter()
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head = await reader.readuntil(b"\r\n\r\n")
        seconds = time.perf_counter() - begun
        body = await reader.readexactly(_length(head))
        assert int(head[9:12]) == HTTPStatus.OK, (path, head, body[:500])
        return seconds, body

    async def post(self, path: str, headers: Mapping[str, str], body: object) -> dict[str, Any]:
        """The answer's JSON; anything but 200 and 201 ends the benchmark."""
        reader, writer = await self._ready()
        content = orjson.dumps(body)
        lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
        lines += [f"Content-Length: {len(content)}", *(f"{k}: {v}" for k, v in headers.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode() + content)
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        answer = await reader.readexactly(_length(head))
        assert status in {200, 201}, (status, answer[:500])
        found: dict[str, Any] = orjson.loads(answer)
        return found


def _length(head: bytes) -> int:
    """Bytes of the body."""
    return next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
