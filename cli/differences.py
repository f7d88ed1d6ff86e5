"""`shouwen policy diff` and `shouwen calendar diff`: two versions, or a file against the books."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

if TYPE_CHECKING:
    from api.differences import DifferenceView
    from domain.calendar import Calendar
    from domain.papers.findings import Findings
    from domain.papers.sections import Source
    from domain.policy import Policy
    from store.database import Connection

T = TypeVar("T")
policy = typer.Typer(help="Versions of the policy.", no_args_is_help=True)
calendar = typer.Typer(help="Versions of the calendar.", no_args_is_help=True)

Before = Annotated[str, typer.Argument(help="A version, or a file.", metavar="A")]
After = Annotated[
    str | None,
    typer.Argument(help="A version or a file; without it A is held against what is in force."),
]
AsJson = Annotated[bool, typer.Option("--json", help="For machines.")]
Lang = Annotated[Literal["zh", "en"], typer.Option(help="The language of the words.")]


@policy.command("diff")
def policy_diff(a: Before, b: After = None, *, as_json: AsJson = False, lang: Lang = "en") -> None:
    """Every number that changes, with both values, and the clocks it sets."""
    from api.differences import of_policies

    before, after = _both(a, b, _policies, policy_in)
    _show(of_policies(before, after, lang), as_json=as_json)


@calendar.command("diff")
def calendar_diff(
    a: Before, b: After = None, *, as_json: AsJson = False, lang: Lang = "en"
) -> None:
    """Every day and hour that changes, and how many days are worked."""
    from api.differences import of_calendars

    before, after = _both(a, b, _calendars, _calendar_in)
    _show(of_calendars(before, after, lang), as_json=as_json)


Dated = tuple[T, datetime | None]
Known = tuple[dict[str, Dated[T]], str]
"""Every version by its name, and the one in force."""


def _both(
    a: str,
    b: str | None,
    known: "Callable[[Connection], Awaitable[Known[T]]]",
    read: "Callable[[Path], Dated[T]]",
) -> tuple[Dated[T], Dated[T]]:
    """Both sides. With one name alone, what is in force comes first and the name after it."""
    names = [name for name in (a, b) if name is not None]
    files = {name: read(Path(name)) for name in names if Path(name).is_file()}
    if b is not None and a in files and b in files:
        return files[a], files[b]
    found, in_force = asyncio.run(_connected(known))
    sides = [files.get(name) or _named(name, found) for name in names]
    return (found[in_force], sides[0]) if len(sides) == 1 else (sides[0], sides[1])


def _named(name: str, found: dict[str, Dated[T]]) -> Dated[T]:
    from cli.local.failure import LocalError

    if name not in found:
        raise LocalError(f"No file and no version {name!r}; there are {', '.join(sorted(found))}")
    return found[name]


async def _connected(known: "Callable[[Connection], Awaitable[Known[T]]]") -> Known[T]:
    from cli.local.resolve import resolve
    from cli.publish import connected
    from settings import load_settings

    async with connected(resolve(load_settings())) as connection:
        return await known(connection)


async def _policies(connection: "Connection") -> "Known[Policy]":
    from store import books

    now = await connection.fetchval("select clock_timestamp()")
    return await books.policies(connection), (await books.current(connection, now)).policy


async def _calendars(connection: "Connection") -> "Known[Calendar]":
    from store import books

    now = await connection.fetchval("select clock_timestamp()")
    book = await books.current(connection, now)
    since = await books.calendar_dates(connection, book.calendars)
    found = {name: (value, since.get(name)) for name, value in book.calendars.items()}
    return found, book.calendar.version


def policy_in(path: Path) -> "Dated[Policy]":
    """The policy of a file, and from when it holds; `LocalError` with its first fault."""
    from zoneinfo import ZoneInfo

    from cli.town.staff import midnight
    from domain.papers.numbers import FILE, read_policy

    source, findings = _source(path, FILE)
    found = read_policy(source, findings)
    if found is None or any(each.level == "error" for each in findings):
        raise _faulty(path, findings)
    return found[0], midnight(found[1], ZoneInfo("UTC"))


def _calendar_in(path: Path) -> "Dated[Calendar]":
    from cli.town.tables import Keyed
    from cli.town.timetable import FILE, read_calendar

    source, findings = _source(path, FILE)
    found = read_calendar(source, Keyed(whole=False), findings)
    if found is None:
        raise _faulty(path, findings)
    return found, None


def _source(path: Path, name: str) -> "tuple[Source, Findings]":
    from cli.local.failure import LocalError
    from domain.papers.findings import Findings
    from domain.papers.sections import Source

    findings = Findings()
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise LocalError(f"{path} cannot be read: {error.strerror}") from error
    return Source(name, {name: text}, findings), findings


def _faulty(path: Path, findings: "Findings") -> Exception:
    from cli.local.failure import LocalError

    first = next(str(each) for each in findings if each.level == "error")
    return LocalError(f"{path} has errors: {first}")


def _show(found: "DifferenceView", *, as_json: bool) -> None:
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    since = found.after.effective_from
    when = "" if since is None else f", in force from {since:%Y-%m-%d %H:%M %Z}"
    typer.echo(f"{found.kind} {found.before.version} → {found.after.version}{when}")
    for each in found.changes:
        typer.echo(f"  {each.place}: {each.before} → {each.after}")
        typer.echo(f"      {each.means}")
    if not found.changes:
        typer.echo("  no difference")
