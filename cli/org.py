"""`shouwen org`: check town files, put them in force, give staff a password.
What the files mean is read in cli/town; what the database keeps is in cli/publish.py.
"""

import secrets
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cli.town import Town

org = typer.Typer(help="Units, people, catalogue, calendar and policy.", no_args_is_help=True)
Files = Annotated[
    list[Path],
    typer.Argument(help="The folder of the town files, or every file.", metavar="FILES…"),
]


@org.command()
def check(files: Files) -> None:
    """Read town files and say everything that is wrong with them; status 1 on errors."""
    _checked(files)


@org.command()
def load(
    files: Files,
    *,
    drop_changes: Annotated[
        bool,
        typer.Option(
            "--drop-changes", help="The files hold everything that commands changed meanwhile."
        ),
    ] = False,
) -> None:
    """Check town files and put them in force; files with errors are refused."""
    import asyncio

    from cli.local.resolve import resolve
    from cli.publish import load_town
    from settings import load_settings

    town = _checked(files)
    settings = resolve(load_settings())
    for line in asyncio.run(load_town(settings, town, drop=drop_changes)):
        typer.echo(line)


@org.command()
def password(
    login: Annotated[str, typer.Argument(help="The login in people.csv.")],
    *,
    generate: Annotated[bool, typer.Option("--generate", help="Make one and print it.")] = False,
) -> None:
    """Give a member of staff a password, new or changed; their sessions end."""
    import asyncio

    from cli.local.resolve import resolve
    from cli.publish import give_password
    from settings import load_settings

    settings = resolve(load_settings())
    made = secrets.token_urlsafe(12) if generate else None
    chosen = made or typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    name = asyncio.run(give_password(settings, login, chosen))
    typer.echo(made or f"The password of {name} ({login}) is set.")


def _checked(files: list[Path]) -> "Town":
    """The town, its findings and counts shown; ends the command when there are errors."""
    from cli.town import read_town

    town = read_town(files)
    for finding in town.findings:
        typer.echo(str(finding), err=finding.level == "error")
    _show_counts(town)
    if town.errors:
        found = "1 error" if town.errors == 1 else f"{town.errors} errors"
        typer.echo(f"{found}: mend them and check again.", err=True)
        raise typer.Exit(1)
    return town


def _show_counts(town: "Town") -> None:
    from rich.console import Console
    from rich.table import Column, Table

    table = Table("", Column("number", justify="right"), "version")
    for row in _counts(town):
        table.add_row(*row)
    if table.row_count:
        Console(markup=False, highlight=False).print(table)


def _counts(town: "Town") -> Iterator[tuple[str, str, str]]:
    """Rows of what could be read; the version stands beside the first row of its files."""
    if town.organisation is not None:
        organisation = town.organisation
        kinds = Counter(unit.kind for unit in organisation.units.values())
        yield "units", str(len(organisation.units)), organisation.version
        for kind, number in kinds.items():
            yield f"  {kind}", str(number), ""
        yield "people", str(len(organisation.people)), ""
        yield "posts", str(len(organisation.posts)), ""
        yield "channels with a duty post", str(len(organisation.duty)), ""
        yield "partners", str(len(organisation.partners)), ""
    if town.catalogue is not None:
        items = town.catalogue.items.values()
        classes = len({item.class_id for item in items})
        yield "catalogue classes", str(classes), town.catalogue.version
        yield "catalogue items", str(len(items)), ""
    if town.calendar is not None:
        published = sum(year.published for year in town.calendar.years)
        yield "calendar years", str(len(town.calendar.years)), town.calendar.version
        yield "  published", str(published), ""
    if town.policy is not None and town.effective_from is not None:
        yield "policy", "1", town.policy.version
