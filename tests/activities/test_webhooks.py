"""Messages to a gateway after the Standard Webhooks specification, over real HTTP."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from standardwebhooks import WebhookVerificationError

from activities.delivery.channels import Failed, Message
from activities.delivery.webhooks import Gateway
from tests.activities.authority import certificates
from tests.activities.outside import OLDER, SECRET, Endpoint, endpoint, status

MESSAGE = Message(
    message_id="0d9b",
    topic="case.resolved",
    at=datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
    case_id="SW-1",
    to="19900001234",
    subject="[首问] 已办结 SW-1",
    text="【首问】您反映的事项已办结",
    language="zh",
)


@asynccontextmanager
async def gateway(server: Endpoint, *secrets: str, patience: float = 5) -> AsyncIterator[Gateway]:
    made = Gateway(server.url, secrets or (SECRET,), timeout=patience)
    yield made
    await made.close()


async def failure(server: Endpoint, patience: float = 5) -> Failed:
    async with gateway(server, patience=patience) as channel:
        with pytest.raises(Failed) as caught:
            await channel.send(MESSAGE)
    return caught.value


def told(failed: Failed) -> dict[str, Any]:
    kinds = ("error", "final", "endpoint", "gone")
    return {kind: getattr(failed, kind) for kind in kinds if getattr(failed, kind)}


async def test_a_message_is_signed_over_id_time_and_body() -> None:
    async with endpoint() as server, gateway(server) as channel:
        await channel.send(MESSAGE)
    (came,) = server.received
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = f"0d9b.{came.headers['webhook-timestamp']}.".encode() + came.body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert came.headers["webhook-id"] == "0d9b"
    assert came.headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(came.headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60


async def test_the_body_says_type_time_and_data() -> None:
    async with endpoint() as server, gateway(server) as channel:
        await channel.send(MESSAGE)
    assert orjson.loads(server.received[0].body) == {
        "type": "case.resolved",
        "timestamp": "2026-03-02T01:00:00.000000Z",
        "data": {
            "to": "19900001234",
            "case_id": "SW-1",
            "language": "zh",
            "subject": "[首问] 已办结 SW-1",
            "text": "【首问】您反映的事项已办结",
        },
    }


async def test_while_a_secret_is_changed_both_verify() -> None:
    async with endpoint() as server, gateway(server, SECRET, OLDER) as channel:
        await channel.send(MESSAGE)
    (came,) = server.received
    came.check(SECRET)
    came.check(OLDER)
    came.body += b" "
    with pytest.raises(WebhookVerificationError):
        came.check()


@pytest.mark.parametrize("code", [200, 201, 202, 204])
async def test_every_2xx_is_a_success(code: int) -> None:
    async with endpoint() as server, gateway(server) as channel:
        server.answer = lambda _: status(code)
        await channel.send(MESSAGE)
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (301, {"error": "http_301", "endpoint": True}),
        (400, {"error": "http_400"}),
        (401, {"error": "http_401", "endpoint": True}),
        (410, {"error": "endpoint_gone", "endpoint": True, "gone": True}),
        (422, {"error": "http_422"}),
        (429, {"error": "http_429", "endpoint": True}),
        (500, {"error": "http_500", "endpoint": True}),
        (503, {"error": "http_503", "endpoint": True}),
    ],
)
async def test_everything_else_is_not(code: int, expected: dict[str, Any]) -> None:
    async with endpoint() as server:
        server.answer = lambda _: status(code)
        assert told(await failure(server)) == expected


async def test_a_redirect_is_not_followed() -> None:
    async with endpoint() as server, endpoint() as other:
        server.answer = lambda _: status(302, f"location: {other.url}")
        assert (await failure(server)).error == "http_302"
        assert other.received == []


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("retry-after: 30", 30, 30),
        ("retry-after: Wed, 21 Oct 2099 07:28:00 GMT", 1e9, 1e10),
        ("retry-after: Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
        ("retry-after: soon", 0, 0),
        ("x: y", 0, 0),
    ],
)
async def test_a_gateway_may_say_when_to_come_again(header: str, least: float, most: float) -> None:
    async with endpoint() as server:
        server.answer = lambda _: status(503, header)
        assert least <= (await failure(server)).retry_after <= most


async def test_a_gateway_that_is_silent_away_or_breaks_off_is_at_fault() -> None:
    async with endpoint() as server:
        server.answer = lambda _: None
        assert told(await failure(server, patience=0.3)) == {"error": "timeout", "endpoint": True}
        server.answer = lambda _: b""
        broken = await failure(server)
        assert told(broken) == {"error": "connection_lost", "endpoint": True}
    assert told(await failure(server)) == {"error": "connect", "endpoint": True}


async def test_a_gateway_is_believed_only_with_an_authority_that_vouches_for_it(
    tmp_path: Path,
) -> None:
    authority, context = certificates(tmp_path)
    async with endpoint(tls=context) as server:
        assert told(await failure(server)) == {"error": "tls", "endpoint": True}
        trusted = Gateway(server.url, [SECRET], authority=authority)
        await trusted.send(MESSAGE)
        await trusted.close()
    assert len(server.taken) == 1


async def test_an_answer_without_end_is_not_waited_for() -> None:
    async with endpoint() as server, gateway(server) as channel:
        server.answer = lambda _: b"HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\nfirst"
        async with asyncio.timeout(2):
            await channel.send(MESSAGE)


async def test_what_failed_names_nobody() -> None:
    async with endpoint() as server:
        server.answer = lambda _: status(500, body="19900001234")
        failed = await failure(server)
    assert "1990000" not in f"{failed!r} {failed.__cause__!r}"
    assert str(server.port) not in f"{failed!r} {failed.__cause__!r}"
