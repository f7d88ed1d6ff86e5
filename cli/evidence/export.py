"""The command `shouwen export`: what a person may ask for, and the file that comes of it.
Imports sit inside: `shouwen --help` has to answer at once.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal, cast

import typer

if TYPE_CHECKING:
    from api.exports.drawing import About
    from api.exports.filters import Filters
    from api.exports.formats import FormatName
    from api.exports.journal import Asked
    from domain.book import Book
    from settings import Settings
    from store.exporting import Wanted

STDOUT = Path("-")


def export(  # noqa: PLR0913 - each filter is an option
    file: Annotated[Path, typer.Argument(help="Where to; - for standard output.")],
    *,
    form: Annotated[
        str, typer.Option("--format", help="jsonl, csv, xes, ocel, cloudevents or journal.")
    ] = "jsonl",
    since: Annotated[
        str | None, typer.Option("--from", help="Recorded at this time or day, or later.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Recorded before it.")] = None,
    unit: Annotated[str | None, typer.Option(help="Cases it or a unit below it had.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Kinds of events alone.")] = None,
    case: Annotated[str | None, typer.Option(help="One case, or another stream.")] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="The language of the words.")] = "zh",
) -> None:
    """Write the journal to a file for other tools: masked, without the words of disputes.

    The file gets its name only when it is whole.
    """
    from cli.evidence import journal_file
    from cli.local.failure import database_failures_in_one_line, from_os_error
    from cli.local.resolve import resolve
    from settings import load_settings

    if form == journal_file.NAME:
        journal_file.refuse_filters(since, until, unit, kind, case)
        _write_evidence(file)
        return
    filters = filters_of(since, until, unit, kind or [], case)
    name = _format(form)
    settings = resolve(load_settings())
    try:
        with _target(file) as out, database_failures_in_one_line():
            about = asyncio.run(_write(settings, name, filters, lang, out))
    except OSError as error:
        raise from_os_error(error, f"writing {file}") from error
    typer.echo(f"{about.events} events up to number {about.until_seq}", err=True)


def _write_evidence(file: Path) -> None:
    """The whole journal as it is stored, to be checked by anybody."""
    from cli.evidence import journal_file, known
    from cli.local.failure import database_failures_in_one_line, from_os_error

    url, _ = known.of_settings(known.Known())
    try:
        with _target(file) as out, database_failures_in_one_line():
            count = asyncio.run(journal_file.write(url, out))
    except OSError as error:
        raise from_os_error(error, f"writing {file}") from error
    typer.echo(f"{count} events; check them with: shouwen verify {file} --key …", err=True)


def filters_of(
    since: str | None, until: str | None, unit: str | None, kind: list[str], case: str | None
) -> "Filters":
    """What was asked for; `LocalError` where a time cannot be read."""
    from pydantic import TypeAdapter, ValidationError

    from api.exports.filters import Filters
    from api.moments import Moment
    from cli.local.failure import LocalError

    moment: TypeAdapter[Moment] = TypeAdapter(Moment)
    times = []
    for name, told in (("--from", since), ("--until", until)):
        try:
            times.append(moment.validate_python(told))
        except ValidationError as error:
            told_ = "a day (2026-03-02) or a time with its zone (2026-03-02T10:00:00+08:00)"
            raise LocalError(f"{name} {told!r} is not {told_}") from error
    return Filters(since=times[0], until=times[1], unit=unit, kinds=tuple(kind), case=case)


def _format(form: str) -> "FormatName":
    from api.exports.formats import NAMES
    from cli.local.failure import LocalError

    for name in NAMES:
        if name == form:
            return name
    raise LocalError(f"There is no format {form!r}; there are {', '.join((*NAMES, 'journal'))}")


@contextmanager
def _target(file: Path) -> Iterator[BinaryIO]:
    """What to write to. A file has another name until it is whole, and none if it never is."""
    if file == STDOUT:
        yield sys.stdout.buffer
        return
    with NamedTemporaryFile(
        dir=file.parent, prefix=f"{file.name}.", suffix=".part", delete=False
    ) as out:
        part = Path(out.name)
        try:
            yield cast("BinaryIO", out)
            out.close()
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)


async def _write(
    settings: "Settings",
    form: "FormatName",
    filters: "Filters",
    lang: Literal["zh", "en"],
    out: BinaryIO,
) -> "About":
    """The whole file; what it is."""
    from api.exports.journal import opened
    from api.exports.recorded import event
    from domain.access import CONSOLE
    from store import books
    from store.database import engine_for, raw
    from store.keys import KeyRing
    from store.recorder import Recorder

    engine = engine_for(settings.database_url or "", size=2)
    ring = KeyRing.of(settings)
    recorder = Recorder(settings.database_url or "", ring)

    async def told(about: "About") -> None:
        await recorder.record(event(about, CONSOLE, about.at))

    try:
        async with raw(engine) as connection:
            book = await books.current(connection, await connection.fetchval("select now()"))
        asked = _asked(form, filters, book, lang)
        found = await opened(engine, ring, book.organisation, asked, told)
        async with found.sources:
            await _copy(found.pieces, out)
    finally:
        await recorder.close()
        await engine.dispose()
    return found.about


def _asked(
    form: "FormatName", filters: "Filters", book: "Book", lang: Literal["zh", "en"]
) -> "Asked":
    """Everything, for somebody who is privy to no dispute."""
    from api.exports.drawing import Reader
    from api.exports.journal import Asked

    wanted = wanted_of(filters, book)
    said = filters.said(wanted)
    return Asked(format=form, wanted=wanted, filters=said, reader=Reader(language=lang))


async def _copy(pieces: AsyncIterator[bytes], out: BinaryIO) -> None:
    async for piece in pieces:
        out.write(piece)


def wanted_of(filters: "Filters", book: "Book") -> "Wanted":
    """What the filters mean, for somebody who sees everything."""
    from api.errors import Problem
    from cli.local.failure import LocalError

    try:
        return filters.wanted(book, None)
    except Problem as problem:
        raise LocalError(f"{problem.code}: {problem.detail}") from problem
