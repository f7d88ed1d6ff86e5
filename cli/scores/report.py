"""The command `shouwen report`: the report of a unit by hand. Imports sit inside: `shouwen --help`
has to answer at once.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from activities.messages import Refusal
    from activities.reporter import Drawn, Made, Reporter
    from cli.local.failure import LocalError
    from domain.refusals import Refused
    from settings import Settings

WAITS = 20
"""Seconds the scores are given to take in what has just happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed, read."""

    unit: str
    period: str
    as_of: datetime | date | None
    languages: tuple[str, ...]
    out: Path
    draft: bool


def report(
    *,
    unit: Annotated[str, typer.Option(help="Whose report.")],
    period: Annotated[str, typer.Option(help="2026-09, 2026-Q3, 2026, or a range of days.")],
    lang: Annotated[
        Literal["zh", "en", "both"], typer.Option(help="Which documents to put into the folder.")
    ] = "both",
    out: Annotated[Path, typer.Option(help="The folder to put the files into.")] = Path(),
    as_of: Annotated[
        str | None, typer.Option(help="As it was known then: a day (its end), or a time.")
    ] = None,
    draft: Annotated[bool, typer.Option(help="Only draw it: it goes on no record.")] = False,
) -> None:
    """Write the report of a unit: PDF and XLSX, and its figures as JSON.

    It goes on record with the hashes of its files, unless it is a draft or says what the last
    edition says; then the folder gets that edition.
    """
    from cli.local.failure import database_failures_in_one_line, from_os_error
    from cli.local.resolve import resolve
    from cli.scores.command import moment_of
    from settings import load_settings

    asked = Asked(
        unit=unit,
        period=_period(period),
        as_of=moment_of(as_of),
        languages=("zh", "en") if lang == "both" else (lang,),
        out=out,
        draft=draft,
    )
    settings = resolve(load_settings())
    try:
        out.mkdir(parents=True, exist_ok=True)  # before anything goes on record
        with database_failures_in_one_line():
            found = asyncio.run(_report(settings, asked))
        names = _put(asked, found)
    except OSError as error:
        raise from_os_error(error, f"writing to {out}") from error
    typer.echo(f"{found.told}: {names}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The files for the folder, and what became of the report."""

    told: str
    stem: str
    made: "tuple[Made, ...]"


async def _report(settings: "Settings", asked: Asked) -> _Found:
    from activities.reporter import Reporter, files
    from store.database import engine_for

    engine = engine_for(settings.database_url or "", size=2)
    try:
        reporter = Reporter(engine)
        drawn = await _drawn(reporter, asked)
        head, stem = drawn.contents.head, drawn.contents.head.report_id
        if asked.draft:
            contents = replace(drawn.contents, head=replace(head, draft=True))
            made = files(contents, asked.languages)
            return _Found(told="A draft, on no record", stem=f"{stem}-draft", made=made)
        if drawn.refused is not None:
            raise _refused(drawn.refused)
        if not drawn.new:
            last = head.edition - 1
            told = f"Edition {last} says the same; nothing new is on record"
            return _Found(told=told, stem=f"{stem}-edition-{last}", made=await reporter.last(drawn))
        made = files(drawn.contents)
        await _recorded(settings, reporter, drawn, made)
        edition = head.edition
        return _Found(told=f"Edition {edition}", stem=f"{stem}-edition-{edition}", made=made)
    finally:
        await engine.dispose()


async def _drawn(reporter: "Reporter", asked: Asked) -> "Drawn":
    from activities.reporter import NotCountedYet
    from cli.local.failure import LocalError
    from domain.scores.asking import Unscorable

    for _ in range(WAITS):
        try:
            return await reporter.draw(asked.unit, asked.period, asked.as_of)
        except Unscorable as error:
            raise LocalError(f"No report: {error}") from error
        except NotCountedYet:
            await asyncio.sleep(1)
    raise LocalError("The scores have not taken in everything yet; is a worker running?")


async def _recorded(
    settings: "Settings", reporter: "Reporter", drawn: "Drawn", made: "tuple[Made, ...]"
) -> None:
    from temporalio.service import RPCError

    from cli.local.failure import LocalError
    from store.keys import KeyRing
    from workflows.connection import Server, connect
    from workflows.sending import Way

    try:
        client = await connect(Server.of(settings), KeyRing.of(settings))
        way = Way(client, settings.task_queue)
        refusal = (await reporter.record(drawn, made, way.tell, by_hand=True)).refusal
    except (RPCError, RuntimeError) as error:
        raise LocalError(f"Temporal cannot be reached: {error}") from error
    if refusal is not None:
        raise _refused(refusal)


def _refused(refusal: "Refusal | Refused") -> "LocalError":
    from cli.local.failure import LocalError

    facts = ", ".join(f"{name} {value}" for name, value in refusal.details.items())
    return LocalError(f"{_SAID.get(refusal.code, refusal.code)} ({facts})")


_SAID = {
    "not_later": "A later edition is on record; --draft draws this one all the same",
    "period_not_over": "The period is not over; --draft draws it as far as it goes",
    "edition_taken": "Somebody else wrote this edition just now; ask again",
}


def _put(asked: Asked, found: _Found) -> str:
    """Write the files; their names."""
    from domain.words.report import Form

    names = []
    for each in found.made:
        if each.language and each.language not in asked.languages:
            continue
        ending = "json" if each.form is Form.FIGURES else each.form
        parts = (found.stem, each.language)
        file = asked.out / f"{'-'.join(filter(None, parts)).replace('/', '_')}.{ending}"
        file.write_bytes(each.content)
        names.append(file.name)
    return ", ".join(names)


def _period(text: str) -> str:
    from cli.local.failure import LocalError
    from domain.refusals import Unreadable
    from domain.scores import periods

    try:
        return periods.parse(text).name
    except Unreadable as error:
        raise LocalError(f"--period {error}") from error
