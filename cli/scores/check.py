"""`shouwen score check`: the figures that are kept held against the events they are made of.
Imports sit inside: `shouwen --help` has to answer at once.
"""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from settings import Settings
    from store.scores.checking import Checked, Difference


def check(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead.")] = False
) -> None:
    """Make every figure anew from the events and name the first that is kept otherwise.

    The system may go on running. Status 0 if all is as the events say, 1 if something is not.
    """
    from cli.local.failure import LocalError, database_failures_in_one_line
    from cli.local.resolve import resolve
    from settings import load_settings
    from store.scores.checking import CannotBeMade, FarBehind

    settings = resolve(load_settings())
    try:
        with database_failures_in_one_line():
            found = asyncio.run(_checked(settings))
    except FarBehind as error:
        raise LocalError(
            "The scores have not taken in the last events: wait for the worker, or run "
            "`shouwen rebuild views`, then check again."
        ) from error
    except CannotBeMade as error:
        cases = ", ".join(error.stuck) or "none known"
        why = " ".join(str(error).split())
        raise LocalError(f"The engine fails; cases it failed on before: {cases}. {why}") from error
    typer.echo(_machine(found) if as_json else "\n".join(_lines(found)))
    if found.differing or found.stuck:
        raise typer.Exit(1)


async def _checked(settings: "Settings") -> "Checked":
    from store.database import engine_for
    from store.scores.checking import check as held

    engine = engine_for(settings.database_url or "", size=1, seconds=None)
    try:
        return await held(engine)
    finally:
        await engine.dispose()


def _machine(found: "Checked") -> str:
    import dataclasses

    import orjson

    return orjson.dumps(dataclasses.asdict(found), option=orjson.OPT_SORT_KEYS).decode()


def _lines(found: "Checked") -> list[str]:
    told = f"{found.events} events, {found.postings} postings, {found.days} sums by day"
    if found.ahead:
        told += f"; {found.ahead} events are not taken in yet"
    if found.stuck:
        told += f"\nCANNOT BE COUNTED by the worker, its log says why: {', '.join(found.stuck)}"
    if found.first is None:
        return [told] if found.stuck else [told, "all as the events say"]
    more = "" if found.differing == 1 else f" and {found.differing - 1} more rows"
    mend = "`shouwen rebuild views` puts it right"
    return [told, f"DIFFERENT: {_place(found.first)}{more}", *_how(found.first), mend]


def _place(first: "Difference") -> str:
    if first.table == "score_postings":
        case_id, version, part = first.key
        return f"{first.table}: case {case_id}, event {version}, posting {part}"
    return f"{first.table}: {', '.join(map(str, first.key))}"


def _how(first: "Difference") -> list[str]:
    """Column by column what is kept and what the events make."""
    kept, made = first.kept, first.made
    if kept is None:
        return ["it is missing"]
    if made is None:
        return ["no event makes it"]
    return [
        f"{name}: kept {kept[name]!r}, by the events {made[name]!r}"
        for name in made
        if kept[name] != made[name]
    ]
