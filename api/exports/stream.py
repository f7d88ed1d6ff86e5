"""How an export leaves: piece by piece, as fast as it is taken, and closed whoever goes away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

from fastapi.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

STALLED = 60.0
"""Seconds for which somebody may take nothing; then the connection is let go."""


LONGEST = 7200.0
"""Seconds an export may take in all: even drop by drop it holds a place, and a snapshot."""


class Stalled(Exception):
    """Who asked for an export takes nothing of it, or takes it too slowly."""


class Streamed(StreamingResponse):
    """An answer whose sources are closed at once when it ends, breaks, stalls, or is not wanted."""

    def __init__(
        self, pieces: AsyncIterator[bytes], media: str, sources: AsyncExitStack, **headers: str
    ) -> None:
        self._sources = sources
        super().__init__(pieces, media_type=media, headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and close what the pieces came from."""
        async with self._sources:
            await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        """Send every piece; a client that takes nothing is given up."""

        async def patient(message: Message) -> None:
            try:
                async with asyncio.timeout(STALLED):
                    await send(message)
            except TimeoutError as error:
                raise Stalled from error

        try:
            async with asyncio.timeout(LONGEST):
                await super().stream_response(patient)
        except TimeoutError as error:
            raise Stalled from error
