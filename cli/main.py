"""The command `shouwen`: reads settings, calls what does the work, shows failures in one line.
Commands import inside: `shouwen --help` has to answer at once.
"""

import logging
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cli.differences import calendar, policy
from cli.erase import erase
from cli.evidence.conformance import conformance
from cli.evidence.erased import erased
from cli.evidence.export import export
from cli.evidence.files import files
from cli.evidence.log import log
from cli.evidence.rebuild import rebuild
from cli.evidence.receipt import receipt
from cli.evidence.verify import verify
from cli.evidence.witness import witness
from cli.importer.command import import_file
from cli.keys import keys
from cli.org import org
from cli.scores.check import check
from cli.scores.command import score
from cli.scores.report import report
from cli.scores.topics import topics, workload
from cli.scores.whatif import whatif

if TYPE_CHECKING:
    from settings import Settings

app = typer.Typer(
    help="Shouwen 首问: every request is answered for, and every step is in the journal.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
BRIDGE = "temporalio.bridge.temporal_sdk_bridge"
Parent = Annotated[int | None, typer.Option(hidden=True, help="Process to end with.")]

app.add_typer(org, name="org")
app.add_typer(keys, name="keys")
app.add_typer(policy, name="policy")
app.add_typer(calendar, name="calendar")
app.add_typer(log, name="log")
app.add_typer(receipt, name="receipt")
app.add_typer(rebuild, name="rebuild")
app.add_typer(erased, name="erased")
app.add_typer(files, name="files")
app.add_typer(score, name="score")
score.command()(check)
app.command("import")(import_file)
app.command()(erase)
app.command()(export)
app.command()(conformance)
app.command()(verify)
app.command()(witness)
app.command()(whatif)
app.command()(report)
app.command()(topics)
app.command()(workload)


@app.command()
def run() -> None:
    """Start everything on this machine; Ctrl-C stops it."""
    from cli.local import stack

    stack.run(_settings())


@app.command("settings")
def show_settings(
    *,
    markdown: Annotated[bool, typer.Option(help="The table of docs/settings.md instead.")] = False,
) -> None:
    """Show every setting with its value in force; secrets are not shown."""
    from settings import about_field, markdown_table, variable

    if markdown:
        typer.echo(markdown_table(), nl=False)
        return
    for field, value in _settings():
        about = about_field(field)
        hidden = about["secret"] and value is not None
        shown = "(set)" if hidden else about["shown"] if value is None else value
        typer.echo(f"{variable(field)}={shown}")


@app.command()
def migrate(
    *,
    app_password: Annotated[
        str | None,
        typer.Option(envvar="APP_PASSWORD", help="Also set the password of the program's role."),
    ] = None,
) -> None:
    """Bring the database schema up to date, as the role that owns it."""
    import asyncio

    from cli.local.failure import database_failures_in_one_line
    from cli.local.resolve import owner_url
    from store.migrate import upgrade

    with database_failures_in_one_line():
        asyncio.run(upgrade(owner_url(_settings()), app_password))


@app.command()
def worker(*, parent: Parent = None) -> None:
    """Run one worker: the workflows and activities."""
    import worker as program
    from cli.local.resolve import need_log_key

    settings = _joined(parent)
    need_log_key(settings)
    program.main(settings)


@app.command()
def api(
    *,
    parent: Parent = None,
    port: Annotated[int | None, typer.Option(help="Listen here, not on SHOUWEN_PORT.")] = None,
) -> None:
    """Run one API process."""
    import uvicorn

    from api.app import create_app

    settings = _joined(parent)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=port or settings.port,
        loop="uvloop",
        http="httptools",
        log_level=settings.log_level,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )


@app.command()
def demo(
    *,
    cases: Annotated[int, typer.Option(min=1, max=10_000, help="How many requests.")] = 40,
    speed: Annotated[int, typer.Option(min=1, max=100_000, help="How many times as fast.")] = 7200,
) -> None:
    """Play sample requests through HTTP on the running system, from first contact to rating."""
    from cli.demo.play import play
    from cli.local.resolve import resolve

    play(resolve(_settings()), cases, speed)


@app.command("after-restore")
def after_restore() -> None:
    """Run once on a restored database, before anything else: gives every event its number."""
    from cli import upkeep
    from cli.local.resolve import owner_url

    last = upkeep.after_restore(owner_url(_settings()))
    typer.echo(f"The last event has number {last}; Shouwen may be started.")


def main() -> None:
    """The console script. Failures that the person can mend are one line and status 1."""
    from cli.local.failure import LocalError
    from settings import SettingsError

    try:
        app()
    except (LocalError, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        _leave(1)
    except SystemExit as done:
        _leave(done.code)
        raise


def _leave(status: str | int | None) -> None:
    """End with that status; what says more than a number is left to the interpreter.

    Threads of Temporal's client outlive it and now and then abort the interpreter while that clears
    up (temporalio/sdk-python issue 300): where it is loaded, nothing is cleared up.
    """
    if isinstance(status, str):
        return
    if BRIDGE in sys.modules:
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status or 0)
    sys.exit(status)


def _settings() -> "Settings":
    from settings import load_settings

    return load_settings()


def _joined(parent: int | None) -> "Settings":
    """Settings of a process that joins the stack; it ends when `parent` does."""
    from cli.local.resolve import resolve
    from cli.local.service import watch_parent

    if parent is not None:
        watch_parent(parent)
    return resolve(_settings())


if __name__ == "__main__":
    main()
