"""The outside as it is met: a mail server and an HTTP gateway that can misbehave in every way."""

import asyncio
import contextlib
import ssl
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

import orjson
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from standardwebhooks import Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OLDER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDZ0000000"


# -- HTTP ----------------------------------------------------------------------


@dataclass(slots=True)
class Received:
    """A request as it came, with what its body says."""

    headers: dict[str, str]
    body: bytes

    @property
    def message_id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = orjson.loads(self.body)["data"]
        return found

    def check(self, secret: str = SECRET) -> None:
        Webhook(secret).verify(self.body, self.headers)


Answer = Callable[[Received], bytes | None]
"""What to answer: the raw bytes, or None to say nothing and keep the line open."""


def status(code: int, *headers: str, body: str = "") -> bytes:
    lines = (f"HTTP/1.1 {code} Said", f"content-length: {len(body)}", "connection: close", *headers)
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


@dataclass(slots=True)
class Endpoint:
    """An HTTP server on a port of its own; `answer` says how it behaves now."""

    port: int = 0
    tls: ssl.SSLContext | None = None
    answer: Answer = field(default=lambda _: status(204))
    received: list[Received] = field(default_factory=list)
    taken: list[Received] = field(default_factory=list)
    met: asyncio.Event = field(default_factory=asyncio.Event)
    open_now: int = 0
    most_open: int = 0
    _server: asyncio.Server | None = None
    _lines: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}/notify"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Gone, with every open line."""
        if self._server is not None:
            self._server.close()
            for line in [*self._lines]:
                line.transport.abort()
            await self._server.wait_closed()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await self._answer(reader, writer)
        self.open_now -= 1
        self._lines.discard(writer)
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:]
        headers = dict(line.lower().split(": ", 1) for line in head if line)
        exact = dict(line.split(": ", 1) for line in head if line)
        signature = next(v for k, v in exact.items() if k.lower() == "webhook-signature")
        body = await reader.readexactly(int(headers["content-length"]))
        came = Received({**headers, "webhook-signature": signature}, body)
        self.received.append(came)
        self.met.set()
        said = self.answer(came)
        if said is None:
            await reader.read()
            return
        if said.startswith(b"HTTP/1.1 2"):
            self.taken.append(came)
        writer.write(said)
        await writer.drain()


@asynccontextmanager
async def endpoint(tls: ssl.SSLContext | None = None) -> AsyncIterator[Endpoint]:
    server = Endpoint(tls=tls)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


# -- SMTP ----------------------------------------------------------------------


@dataclass(slots=True)
class Postman:
    """What the mail server does with a mail: `refuse` holds its answer for a mailbox."""

    mails: list[Message] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    hang: set[str] = field(default_factory=set)
    users: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name and form
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.hang:
            await asyncio.Event().wait()
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def check(self, _server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> Any:
        assert isinstance(data, LoginPassword)
        self.users.append(data.login.decode())
        return AuthResult(success=data.password == b"right password", handled=False)

    def to(self, address: str) -> list[Message]:
        return [mail for mail in self.mails if mail["To"] == address]


@dataclass(slots=True)
class MailHost:
    """A mail server on a port of its own, that a test may stop and start again."""

    port: int = 0
    postman: Postman = field(default_factory=Postman)
    tls: ssl.SSLContext | None = None
    at_once: bool = False
    login: bool = False
    _server: asyncio.Server | None = None
    _made: list[SMTP] = field(default_factory=list)

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        context = self.tls if self.at_once else None
        self._server = await loop.create_server(self._make, "127.0.0.1", self.port, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]

    def _make(self) -> SMTP:
        upgrade = None if self.at_once else self.tls
        with warnings.catch_warnings():
            # It does not know that the line is encrypted before it begins.
            warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
            made = SMTP(
                self.postman,
                hostname="mail.example",
                tls_context=upgrade,
                require_starttls=upgrade is not None,
                authenticator=self.postman.check,
                auth_required=self.login,
                auth_require_tls=not self.at_once,
            )
        self._made.append(made)
        return made

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            for made in self._made:
                if made.transport is not None:
                    made.transport.close()
            self._made.clear()
            await self._server.wait_closed()
            self._server = None


@asynccontextmanager
async def mail_host(**how: Any) -> AsyncIterator[MailHost]:
    host = MailHost(**how)
    await host.start()
    try:
        yield host
    finally:
        await host.stop()
