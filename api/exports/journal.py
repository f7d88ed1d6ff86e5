"""An export begun: the snapshot it is read from, what it is, who is told of it, its pieces. The
same for the API and the command line.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncEngine

from api.exports.drawing import About, Reader, Source
from api.exports.formats import FORMATS, FormatName
from domain.organisation import Organisation
from store.exporting import Wanted, snapshot
from store.keys import KeyRing

Told = Callable[[About], Awaitable[None]]
"""Writes down who takes what, before any of it leaves."""


@dataclass(frozen=True, slots=True)
class Export:
    """An export that is open: close `sources` when its pieces are wanted no more."""

    about: About
    pieces: AsyncGenerator[bytes]
    sources: AsyncExitStack


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks for; `filters` are `wanted` in the words they used."""

    format: FormatName
    wanted: Wanted
    filters: dict[str, object]
    reader: Reader


async def opened(
    engine: AsyncEngine, ring: KeyRing, organisation: Organisation, asked: Asked, told: Told
) -> Export:
    """Open the snapshot, count, tell, and only then give pieces."""
    form = FORMATS[asked.format]
    wanted = replace(asked.wanted, cases_only=form.cases_only)
    async with AsyncExitStack() as stack:
        found = await stack.enter_async_context(snapshot(engine, ring))
        about = About(
            format=asked.format,
            origin=await found.origin(),
            filters=asked.filters,
            events=await found.count(wanted),
            until_seq=found.last,
            at=found.at,
        )
        await told(about)
        source = Source(about, found, wanted, asked.reader, organisation)
        pieces = form.write(source)
        stack.push_async_callback(pieces.aclose)
        return Export(about, pieces, stack.pop_all())
    raise AssertionError  # the stack lets nothing pass silently
