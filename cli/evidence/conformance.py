"""The command `shouwen conformance`: where cases departed from the rulebook, and by which rule.
Imports sit inside: `shouwen --help` has to answer at once.
"""

import asyncio
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.evidence.export import filters_of, wanted_of

if TYPE_CHECKING:
    from api.conformance import Found, Survey
    from api.exports.filters import Filters
    from settings import Settings

Lang = Literal["zh", "en"]


def conformance(
    *,
    since: Annotated[
        str | None, typer.Option("--from", help="Cases in which something was recorded since.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="… and before it.")] = None,
    unit: Annotated[str | None, typer.Option(help="Cases it or a unit below it had.")] = None,
    case: Annotated[str | None, typer.Option(help="One case.")] = None,
    tolerance: Annotated[
        int, typer.Option(min=0, help="Minutes that something may be recorded afterwards.")
    ] = 60,
    form: Annotated[Literal["text", "jsonl"], typer.Option("--format")] = "text",
    lang: Annotated[Lang, typer.Option(help="The language of the words.")] = "en",
) -> None:
    """Check real cases against the rulebook: skipped steps, back-dated entries, closures without
    follow-up …

    Each deviation has its rule, case, version and number. Status 1 if there are any.
    """
    from cli.local.failure import database_failures_in_one_line
    from cli.local.resolve import resolve
    from settings import load_settings

    filters = filters_of(since, until, unit, [], case)
    settings = resolve(load_settings())
    with database_failures_in_one_line():
        survey = asyncio.run(_survey(settings, filters, timedelta(minutes=tolerance), form, lang))
    if survey.own.departing or survey.imported.departing:
        raise typer.Exit(1)


async def _survey(
    settings: "Settings",
    filters: "Filters",
    tolerance: timedelta,
    form: Literal["text", "jsonl"],
    lang: Lang,
) -> "Survey":
    from api.conformance import Survey, written
    from store import books
    from store.database import engine_for
    from store.exporting import snapshot
    from store.keys import KeyRing

    engine = engine_for(settings.database_url or "", size=1)
    ring = KeyRing.from_text(settings.master_key or "")
    try:
        async with snapshot(engine, ring) as found:
            book = await books.current(found.connection, found.at)
            wanted = wanted_of(filters, book)
            survey = Survey(found, wanted, book, tolerance)
            if form == "jsonl":
                async for piece in written(survey, filters.said(wanted), lang):
                    sys.stdout.buffer.write(piece)
            else:
                await _in_words(survey, lang)
    finally:
        await engine.dispose()
    return survey


async def _in_words(survey: "Survey", lang: Lang) -> None:
    async for page in survey.deviations():
        for each in page:
            typer.echo(_sentence(each, lang))
    minutes = int(survey.tolerance.total_seconds() // 60)
    typer.echo(f"Recorded late is what was recorded more than {minutes} minutes afterwards.")
    for name, sums in (("own", survey.own), ("imported", survey.imported)):
        typer.echo(
            f"{sums.cases} {name} cases: {sums.departing} depart from the rulebook,"
            f" {sums.codes.total()} times"
        )
        for (rule, code), count in sorted(sums.codes.items()):
            typer.echo(f"  {rule:6} {code:28} {count}")


def _sentence(found: "Found", lang: Lang) -> str:
    from api import words
    from api.words.conformance import DEVIATIONS

    deviation = found.deviation
    facts = ", ".join(f"{name}: {value}" for name, value in deviation.facts.items())
    said = words.say(DEVIATIONS, deviation.code, lang)
    told = f"{said} ({facts})" if facts else said
    where = f"{found.case_id} version {deviation.version}, number {found.seq}"
    mark = ", imported" if found.imported else ""
    return f"{deviation.rule} {deviation.code}: {where}{mark}: {told}"
