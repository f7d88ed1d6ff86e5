"""What the importer says to the person: a bar on the way, and the tables at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Column, Table

from cli.importer import run as engine
from cli.importer.run import Result


def console() -> Console:
    """Where everything goes; text from the file is never read as markup."""
    return Console(markup=False, highlight=False)


@contextmanager
def bar(out: Console, path: Path) -> Iterator[engine.Progress]:
    """A bar over the bytes of the file; silent where nobody watches."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    size = path.stat().st_size if path.exists() else None
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as shown:
        task = shown.add_task(path.name, total=size)
        yield lambda done: shown.update(task, completed=done)


def show(out: Console, result: Result) -> None:
    """The tables: what became of the rows, the refused ones, both sides of the comparison."""
    _show_rows(out, result)
    if result.reasons:
        _show_refused(out, result)
    _show_comparison(out, result)
    for remark in result.remarks:
        out.print(remark)


def _show_rows(out: Console, result: Result) -> None:
    table = Table("", Column("number", justify="right"))
    speed = result.read / result.seconds if result.seconds else 0
    for name, number in (
        ("rows read", f"{result.read:,}"),
        ("cases made", f"{result.made:,}"),
        ("already there", f"{result.there:,}"),
        ("rows refused", f"{result.reasons.total():,}"),
        ("cases open", f"{len(result.open_cases):,}"),
        ("seconds", f"{result.seconds:.1f}"),
        ("rows a second", f"{speed:,.0f}"),
    ):
        table.add_row(name, number)
    out.print(table)


def _show_refused(out: Console, result: Result) -> None:
    reasons = Table("refused because", Column("rows", justify="right"))
    for reason, rows in result.reasons.most_common():
        reasons.add_row(reason, f"{rows:,}")
    out.print(reasons)
    first = Table(Column("line", justify="right"), f"the first {len(result.refused)}")
    for line, reason in result.refused:
        first.add_row(str(line), reason)
    out.print(first)


def _show_comparison(out: Console, result: Result) -> None:
    numbers = (Column(name, justify="right") for name in ("file", "journal"))
    table = Table("", "", *numbers, "")
    group = ""
    for line in result.lines:
        if group and group != line.group:
            table.add_section()
        heading = "" if line.group == group else line.group
        group = line.group
        mark = "✓" if line.same else "✗"
        table.add_row(heading, line.name, f"{line.file:,}", f"{line.journal:,}", mark)
    out.print(table)
