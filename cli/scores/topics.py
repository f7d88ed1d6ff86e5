"""The commands `shouwen topics` and `shouwen workload`: the API's answers on the command line.
Imports sit inside: `shouwen --help` has to answer at once.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from api.topics.models import Topics, TopicView
    from api.workload.models import UnitLoad, Workload
    from domain.book import Book
    from store.still import Still

Lang = Annotated[Literal["zh", "en"], typer.Option(help="The language of the words.")]
T = TypeVar("T")
AsJson = Annotated[bool, typer.Option("--json", help="For machines: as the API answers.")]
UnitId = Annotated[str, typer.Option("--unit", help="The unit's id.")]


def topics(
    *,
    unit: UnitId,
    period: Annotated[str, typer.Option(help="2026-09, 2026-Q3, 2026, or two days.")],
    by: Annotated[Literal["community", "item"], typer.Option(help="Told apart by.")] = "community",
    size: Annotated[int, typer.Option(min=1, max=50, help="Topics shown.")] = 20,
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """What is reported again and again in a unit's area, and whose matter it is."""
    found = _run(_topics(unit, period, by, size, lang))
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    typer.echo(f"{found.unit.name} {found.period}: {found.cases} cases, {found.in_topics} of them")
    typer.echo(f"in {found.found} topics of at least {found.least} voices")
    for each in found.topics:
        typer.echo(_topic_line(each))


def workload(
    *,
    unit: UnitId,
    as_of: Annotated[str | None, typer.Option(help="A past moment, with its offset.")] = None,
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Open cases against staff and households, and where people are missing."""
    found = _run(_workload(unit, _moment(as_of), lang))
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    for each in (found.unit, *found.below):
        typer.echo(_load_line(each))
    for post in found.posts:
        acting = "nobody" if post.acting is None else post.acting.name
        typer.echo(f"  {post.post_id} ({post.words}): {acting}, {post.in_charge} open")
    typer.echo(f"missing: {found.found}")
    for lack in found.missing:
        detail = lack.role_words or f"{lack.per_head} a head, others up to {lack.fence}"
        typer.echo(f"  {lack.unit.name}: {lack.words}: {detail}")


def _topic_line(found: "TopicView") -> str:
    whose = found.department.name if found.department else ""
    told = ", ".join(found.words)
    return (
        f"  {found.topic}: {found.item.name}, {found.place.name}: {found.cases} cases,"
        f" {found.residents} residents and {found.unknown} without a number, {whose};"
        f" {found.trend.words}" + (f" ({told})" if told else "")
    )


def _load_line(found: "UnitLoad") -> str:
    homes = found.per_thousand_households
    return (
        f"{found.unit.name}: {found.in_charge} open, {found.waiting} waiting, {found.overdue}"
        f" overdue; {found.staff.present} of {found.staff.posts} posts present;"
        f" {found.arrivals} came, {found.settlements} settled in four weeks"
        + (f"; {homes} open to a thousand households" if homes else "")
    )


async def _topics(
    unit: str, period: str, by: Literal["community", "item"], size: int, lang: Literal["zh", "en"]
) -> "Topics":
    from api.topics import asking
    from api.topics.routes import of_unit

    async with _there() as (there, book):
        _need(unit, book)
        found = await asking.of(there, book, unit, period, None)
        read = await of_unit(found, by, size)
    return read.drawn(lang)


async def _workload(unit: str, as_of: "datetime | None", lang: Literal["zh", "en"]) -> "Workload":
    from api import past
    from api.workload import asking, views
    from store import books

    async with _there() as (there, now):
        if as_of is not None:
            await past.need_reached(there, as_of)
            await past.need_reached(there, as_of, "score_keeper")
        at = as_of or there.at
        book = now if as_of is None else (await books.opened(there.raw, at, known=at)).book
        _need(unit, book)
        of = asking.Asked(there=there, book=book, unit=unit, at=at, past=as_of is not None)
        return views.workload(of, await asking.read(of), lang)


def _run(asked: Coroutine[Any, Any, T]) -> T:
    """Whatever cannot be answered is one line."""
    from api.errors import Problem
    from cli.local.failure import LocalError, database_failures_in_one_line
    from store.books import NoBooks

    try:
        with database_failures_in_one_line():
            return asyncio.run(asked)
    except (Problem, NoBooks) as problem:
        raise LocalError(getattr(problem, "detail", "") or str(problem)) from problem


def _moment(text: str | None) -> "datetime | None":
    from pydantic_core import PydanticCustomError

    from api.moments import read_instant
    from cli.local.failure import LocalError

    try:
        return read_instant(text)
    except PydanticCustomError as error:
        raise LocalError(f"--as-of: {error.message()}") from error


def _need(unit: str, book: "Book") -> None:
    from cli.local.failure import LocalError

    if unit not in book.organisation.units:
        raise LocalError(f"There is no unit {unit!r}.")


@asynccontextmanager
async def _there() -> "AsyncIterator[tuple[Still, Book]]":
    """The database as it is now, and the book in force."""
    from cli.local.resolve import resolve
    from settings import load_settings
    from store import books
    from store.database import engine_for
    from store.still import still

    engine = engine_for(resolve(load_settings()).database_url or "", size=1)
    try:
        async with still(engine) as there:
            yield there, await books.current(there.raw, there.at)
    finally:
        await engine.dispose()
