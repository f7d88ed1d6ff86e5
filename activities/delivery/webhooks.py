"""Messages to a gateway over HTTP, signed as the Standard Webhooks specification has it.

Redirects are not followed, answers are not read: their status says everything.
"""

import hashlib
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path

import httpx
import orjson
from standardwebhooks import Webhook

from activities.delivery.channels import Failed, Message, trusting

OF_THE_ENDPOINT = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
"""Refusals that say nothing of the message: it is the address or the load that is wrong."""


class Gateway:
    """The channel to one gateway. Of its secrets the first is current; all of them sign.

    `authority` is a PEM file, None the system's authorities.
    """

    def __init__(
        self,
        url: str,
        secrets: Sequence[str],
        timeout: float = 15,
        authority: Path | None = None,
    ) -> None:
        self._url = url
        self._keys = [Webhook(secret) for secret in secrets]
        self._client = httpx.AsyncClient(
            timeout=timeout,
            verify=trusting(authority),
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": "Shouwen"},
        )
        self.endpoint = f"webhook:{hashlib.sha256(url.encode()).hexdigest()[:16]}"

    async def send(self, message: Message) -> None:
        """Post the message; `Failed` unless the gateway says that it has it."""
        body = body_of(message)
        headers = self._signed(message.message_id, datetime.now(UTC), body)
        request = self._client.build_request("POST", self._url, content=body, headers=headers)
        try:
            answer = await self._client.send(request, stream=True)
        except httpx.TimeoutException:
            raise Failed("timeout", endpoint=True) from None
        except httpx.HTTPError as error:
            raise Failed(_kind(error), endpoint=True) from None
        await answer.aclose()
        _check(answer)

    async def close(self) -> None:
        """Close the connections that were kept."""
        await self._client.aclose()

    def _signed(self, message_id: str, at: datetime, body: str) -> dict[str, str]:
        """The time is the attempt's, so that an old request cannot be played again."""
        signatures = (key.sign(message_id, at, body) for key in self._keys)
        return {
            "content-type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": " ".join(signatures),
        }


def body_of(message: Message) -> str:
    """What a gateway gets. `to` is a telephone number, or for staff the person's id."""
    data = {
        "to": message.to,
        **({"person": message.person} if message.person else {}),
        "case_id": message.case_id,
        "language": message.language,
        "subject": message.subject,
        "text": message.text,
    }
    at = message.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return orjson.dumps({"type": message.topic, "timestamp": at, "data": data}).decode()


def _check(answer: httpx.Response) -> None:
    """A 2xx is a success; everything else is not, a redirect included."""
    if answer.is_success:
        return
    code = answer.status_code
    if code == HTTPStatus.GONE:
        raise Failed("endpoint_gone", endpoint=True, gone=True)
    of_this_message = answer.is_client_error and code not in OF_THE_ENDPOINT
    raise Failed(f"http_{code}", endpoint=not of_this_message, retry_after=_retry_after(answer))


def _retry_after(answer: httpx.Response) -> float:
    """Seconds the gateway asks for, as a number or a date; 0 when it asks for none."""
    asked = answer.headers.get("retry-after", "")
    if asked.isdecimal():
        return float(asked[:6])
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _kind(error: httpx.HTTPError) -> str:
    """The class of a failure: its text could hold the gateway's address."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "tls"
        cause = cause.__cause__ or cause.__context__
    return "connect" if isinstance(error, httpx.ConnectError) else "connection_lost"
