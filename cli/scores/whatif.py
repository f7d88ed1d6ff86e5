"""The command `shouwen whatif`: past cases under other deadlines, another ladder or other staff.
Imports sit inside: `shouwen --help` has to answer at once.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from cli.scores.whatif_asked import Words
    from domain.book import Book
    from domain.policy import Policy
    from domain.whatif.study import Asked, Study
    from settings import Settings
    from store.exporting import Snapshot
    from store.whatif import Spool

Several = list[str] | None
Staff = Annotated[Several, typer.Option(help="unit=+1, unit=-1, unit=3, or a file of such lines.")]
FirstRung = Annotated[Several, typer.Option(help="item=rung: the rung a matter enters at.")]


def whatif(  # noqa: PLR0913 - one for each option
    *,
    since: Annotated[str, typer.Option("--from", help="First day: cases registered since.")],
    until: Annotated[str, typer.Option("--to", help="Last day.")],
    policy: Annotated[Path | None, typer.Option(help="A policy.toml with other times.")] = None,
    staff: Staff = None,
    first_rung: FirstRung = None,
    skip: Annotated[Several, typer.Option(help="A rung to leave out.")] = None,
    unit: Annotated[str | None, typer.Option(help="Count this unit and those below it.")] = None,
    cases: Annotated[int, typer.Option(min=0, help="How many changed clocks to list.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="The language of the words.")] = "en",
) -> None:
    """Replay past cases under other deadlines, another ladder or other staff, side by side with
    what really happened.

    First they are replayed as they were: a figure that this misses is not given. Reads much, so it
    is on the command line only.
    """
    from cli.scores.whatif_asked import Words

    words = Words(
        since=since,
        until=until,
        policy=policy,
        staff=staff or (),
        first_rung=first_rung or (),
        skip=skip or (),
        unit=unit,
        cases=cases,
    )
    typer.echo(_told(words, lang, as_json=as_json), nl=False)


def _told(words: "Words", lang: str, *, as_json: bool) -> str:
    from cli.local.failure import database_failures_in_one_line
    from cli.local.resolve import resolve
    from cli.scores.whatif_page import as_text, canonical
    from settings import load_settings

    settings = resolve(load_settings())
    with database_failures_in_one_line():
        result = asyncio.run(found(settings, words))
    return canonical(result) if as_json else as_text(result, lang)


async def found(settings: "Settings", words: "Words") -> dict[str, object]:
    """The whole what-if; `LocalError` where it cannot be."""
    from cli.differences import policy_in
    from cli.local.failure import LocalError
    from cli.scores import whatif_asked as asking
    from domain.whatif.result import view
    from domain.whatif.study import Study
    from store import books
    from store.database import engine_for
    from store.exporting import snapshot
    from store.keys import KeyRing
    from store.whatif import Spool

    other = None if words.policy is None else policy_in(words.policy)[0]
    engine = engine_for(settings.database_url or "", size=1)
    spool = Spool()
    try:
        async with snapshot(engine, KeyRing.from_text(settings.master_key or "")) as now:
            book = await books.current(now.connection, now.at)
            study = Study(_asked(words, book, other))
            await _read(now, study, asking.units(words, book), spool)
        for life in spool.again():
            study.replay(life)
    finally:
        spool.close()
        await engine.dispose()
    if not study.real.sure["cases"]:
        raise LocalError(f"No case was registered from {words.since} to {words.until}")
    return {**asking.said(words, other), "known_until": now.last, **view(study)}


def _asked(words: "Words", book: "Book", other: "Policy | None") -> "Asked":
    from cli.scores import whatif_asked as asking
    from domain.whatif.study import Asked

    bounds, units = asking.period(words, book), asking.units(words, book)
    numbers = book.policies[book.policy].scores
    return Asked(
        since=bounds[0],
        until=bounds[1],
        policies=book.policies,
        times=book.time_in,
        calendar=book.calendar.version,
        mine=lambda unit: units is None or unit in units,
        policy=other,
        ladder=asking.ladder(words, book),
        staffed=asking.staffed(words, book, bounds),
        fewest=numbers.minimum,
        confidence=numbers.confidence,
        shown=words.cases,
    )


async def _read(
    now: "Snapshot", study: "Study", units: tuple[str, ...] | None, spool: "Spool"
) -> None:
    from store.whatif import Wanted, lives

    asked = study.asked
    wanted = Wanted(
        since=asked.since, until=asked.until, units=units, open_before=bool(asked.staffed)
    )
    async for page in lives(now, wanted):
        spool.put(page)
        for life in page:
            study.learn(life)
