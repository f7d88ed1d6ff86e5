"""`shouwen erased`: whom erasures forgot, kept outside the database, and forgotten again after a
restore that brought them back (R14.4). Imports sit inside: `shouwen --help` has to answer at once.
"""

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from activities.erasing import ErasingActivities
    from activities.messages import StepResult
    from domain.commands import EraseSubject
    from domain.remembered import Remembered
    from domain.visit.commands import ForgetCase
    from settings import Settings
    from store.database import Connection
    from store.erased import Erased

erased = typer.Typer(
    help="Whom erasures forgot: a list to keep, and to go by after a restore.",
    no_args_is_help=True,
)


@dataclass(slots=True)
class Forgotten:
    """What became of a list: how many were forgotten anew and before, whose case is not here, and
    who could not be forgotten, by errand with the reason.
    """

    anew: int = 0
    before: int = 0
    absent: int = 0
    kept: dict[str, str] = field(default_factory=dict)


@erased.command("list")
def show() -> None:
    """Print everybody who was ever erased, as ids. Keep it where the database's backups are not."""
    from cli.local.failure import database_failures_in_one_line
    from cli.upkeep import on
    from store.erased import lines

    async def shown(connection: "Connection") -> int:
        async for line in lines(connection):
            sys.stdout.buffer.write(line)
        sys.stdout.flush()
        return 0

    with database_failures_in_one_line():
        asyncio.run(on(_resolved().database_url or "", shown))


@erased.command()
def again(
    file: Annotated[Path, typer.Argument(help="What `shouwen erased list` printed last.")],
) -> None:
    """Forget everybody on the list again: after a restore, before the office is opened.

    Status 1 if anybody could not be.
    """
    from cli.local.failure import LocalError, database_failures_in_one_line, from_os_error
    from store.erased import Damaged, read

    try:
        people = read(file.read_bytes().splitlines())
    except OSError as error:
        raise from_os_error(error, f"reading {file}") from error
    except Damaged:
        raise LocalError(f"{file} is not a whole list of `shouwen erased list`") from None
    with database_failures_in_one_line():
        done = asyncio.run(forget_again(_resolved(), people))
    typer.echo(
        f"{done.anew} of {len(people)} were in the database and are forgotten again; "
        f"{done.before} were forgotten in it already; the cases of {done.absent} are not in it."
    )
    if done.kept:
        named = ", ".join(f"{errand} ({refusal})" for errand, refusal in done.kept.items())
        raise LocalError(
            f"NOT forgotten: {named}. Bring these cases to their end, then run this again"
        )


async def forget_again(settings: "Settings", people: "Sequence[Erased]") -> Forgotten:
    """Carry each erasure out as it was, by the streams' own activities, without Temporal."""
    from activities.cases import CaseActivities
    from activities.erasing import ErasingActivities
    from activities.visit import VisitActivities
    from domain.streams import Noun, noun_of
    from store import books, reading, remembered
    from store.database import engine_for, raw
    from store.keys import KeyRing
    from workflows.sending import step_of

    engine, ring, done = engine_for(settings.database_url or ""), KeyRing.of(settings), Forgotten()
    shelf = books.Shelf()
    case, visit = CaseActivities(engine, ring), VisitActivities(engine, ring)

    async def tell(stream: str, command: "EraseSubject | ForgetCase") -> "StepResult":
        noun = visit if noun_of(stream) is Noun.VISIT else case
        return await noun.execute(stream, step_of(command))

    async def nothing(_workflow: str, _alive: Callable[[], None]) -> int:
        return 0

    async def later() -> None:
        """Nothing opens the files any more; the next turn of keeping removes them."""

    carrier = ErasingActivities(engine, tell, nothing, later)
    try:
        for each in people:
            target = each.target
            async with raw(engine) as connection:
                newest, now = await reading.newest_book(connection)
                book = await shelf.book(connection, newest, now)
                found = await remembered.known(connection, [target.case_id], book)
            await _again(carrier, each, found.get(target.case_id), done)
    finally:
        await engine.dispose()
    return done


async def _again(
    carrier: "ErasingActivities", each: "Erased", known: "Remembered | None", done: Forgotten
) -> None:
    """Forget one of them again, and count what became of it."""
    from activities.erasing import HalfForgottenError

    if known is None:
        done.absent += 1
        return
    target = each.target
    try:
        step = await carrier.carry_out(each.erasure_id, target, alive=lambda: None)
    except HalfForgottenError as error:
        done.kept[target.errand] = str(error)
        return
    if step.kind == "note_kept":
        done.kept[target.errand] = step.command["refusal"]
    elif target.subject in known.erased:
        done.before += 1
    else:
        done.anew += 1


def _resolved() -> "Settings":
    from cli.local.resolve import resolve
    from settings import load_settings

    return resolve(load_settings())
