"""The command `shouwen score`: what a person may ask for; what is read and shown stands beside it.
Imports sit inside: `shouwen --help` has to answer at once.
"""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from datetime import date, datetime

    from cli.scores.asked import Asked
    from domain.policy import Policy

score = typer.Typer(help="Rates, points and ranks of a period.", invoke_without_command=True)
Several = list[str] | None
ThePeriod = Annotated[str, typer.Option(help="2026-09, 2026-Q3, 2026, or 2026-09-01..2026-09-15.")]
Units = Annotated[Several, typer.Option(help="These units; without any, all of them.")]
People = Annotated[Several, typer.Option(help="These members of staff.")]
Partners = Annotated[Several, typer.Option(help="These partner organisations.")]
TheScope = Annotated[
    Literal["own", "area"], typer.Option(help="What a unit carried, or all below it too.")
]
Rank = Annotated[str | None, typer.Option(help="Rank the units of a kind: community …")]
By = Annotated[str | None, typer.Option(help="… by this measure, not the policy's.")]
Setting = Annotated[
    Several, typer.Option(help="… urban or rural ones alone; named twice, each apart.")
]
AsOf = Annotated[str | None, typer.Option(help="As it was known then: a day (its end), or a time.")]
OfPolicy = Annotated[
    str | None, typer.Option(help="Under another version of the policy, or a file of one.")
]
Proactive = Annotated[bool, typer.Option("--proactive", help="What was found unasked, alone.")]
AsJson = Annotated[bool, typer.Option("--json", help="For machines: always alike.")]
Lang = Annotated[Literal["zh", "en"], typer.Option(help="The language of the words.")]


@score.callback()
def show(  # noqa: PLR0913 - one for each option
    context: typer.Context,
    *,
    period: ThePeriod = "",
    unit: Units = None,
    person: People = None,
    partner: Partners = None,
    scope: TheScope = "own",
    rank: Rank = None,
    by: By = None,
    setting: Setting = None,
    as_of: AsOf = None,
    policy: OfPolicy = None,
    proactive: Proactive = False,
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Show the figures of a period: rates with what they are made of, points, ranks.

    With --as-of or --policy also what differs from the figures as they stand, and which cases do.
    """
    if context.invoked_subcommand is not None:
        return
    from cli.scores.asked import Words, asked_of

    words = Words(
        period=period,
        units=unit or (),
        people=person or (),
        partners=partner or (),
        scope=scope,
        rank=rank,
        by=by,
        settings=setting or (),
        as_of=moment_of(as_of),
        policy=_policy(policy),
        proactive=proactive,
    )
    _show(asked_of(words), as_json=as_json, lang=lang)


def _show(asked: "Asked", *, as_json: bool, lang: Literal["zh", "en"]) -> None:
    from cli.local.failure import LocalError, database_failures_in_one_line
    from cli.local.resolve import resolve
    from cli.scores.reading import read
    from domain.scores.asking import Unscorable
    from domain.scores.written import canonical
    from settings import load_settings

    settings = resolve(load_settings())
    try:
        with database_failures_in_one_line():
            found = asyncio.run(read(settings, asked))
    except Unscorable as error:
        raise LocalError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
    if as_json:
        sys.stdout.buffer.write(canonical(found))
        return
    from cli.scores.page import show as show_page

    show_page(found, lang)


def moment_of(text: str | None) -> "datetime | date | None":
    """A day or a moment as it was typed; `LocalError` where it is neither."""
    from pydantic import TypeAdapter, ValidationError

    from api.moments import Moment
    from cli.local.failure import LocalError

    moment: TypeAdapter[Moment] = TypeAdapter(Moment)
    try:
        return moment.validate_python(text)
    except ValidationError as error:
        told = "a day (2026-10-05) or a time with its zone (2026-10-05T10:00:00+08:00)"
        raise LocalError(f"--as-of {text!r} is not {told}") from error


def _policy(name: str | None) -> "str | Policy | None":
    """A published version, or what a file says; of a file with faults the first one is shown."""
    from cli.differences import policy_in

    if name is None or not Path(name).is_file():
        return name
    return policy_in(Path(name))[0]
