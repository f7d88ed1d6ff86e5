"""CSV as spreadsheet programs read it: RFC 4180, UTF-8 with a mark, no cell that is a formula."""

import csv
import io
import re
from collections.abc import AsyncGenerator, Iterable, Sequence
from datetime import UTC, datetime

import orjson

from api.exports.drawing import Line, Source
from api.models import ResidentEvent

MARK = "\ufeff"
"""Without it spreadsheet programs in China read UTF-8 as GBK."""
UNSEEN = "\\s\\0\ufeff\u200b-\u200f\u202a-\u202e\u2060"
"""What a program may pass over at the beginning of a cell."""
FORMULA = re.compile(f"[\\t\\r]|[{UNSEEN}]*[-=+@\u2212＝＋－＠]")
COLUMNS = (
    *("seq", "case_id", "version", "kind", "words", "at", "recorded_at"),
    *("by_id", "by_name", "post_id", "unit_id", "unit_name", "command_id"),
    *("data", "hash", "prev_hash"),
)
OWN = ("at", "words", "text")
COMPLETE = "export.complete"
"""The kind of the last row: without it the file is not whole."""
Cell = str | int | None


async def write(source: Source) -> AsyncGenerator[bytes]:
    """A row of names, a row for each event, and a last row that says how many there were."""
    yield (MARK + rows([COLUMNS])).encode()
    async for page in source.lines():
        yield rows(map(_row, page)).encode()
    said = f"{source.about.events} events up to number {source.about.until_seq}"
    last: dict[str, Cell] = {"kind": COMPLETE, "words": said}
    yield rows([[last.get(name) for name in COLUMNS]]).encode()


def own_timeline(events: Sequence[ResidentEvent]) -> bytes:
    """A resident's own timeline, with the same last row."""
    found: list[Sequence[Cell]] = [OWN]
    found += [(instant(each.at), each.words, each.text) for each in events]
    found.append((None, COMPLETE, f"{len(events)} events"))
    return (MARK + rows(found)).encode()


def rows(found: Iterable[Sequence[Cell]]) -> str:
    """Those rows; a text that a spreadsheet program would calculate is shown with a quote first."""
    page = io.StringIO()
    csv.writer(page).writerows([safe(cell) for cell in row] for row in found)
    return page.getvalue()


def safe(cell: Cell) -> Cell:
    """The cell, with a quote in front of what might be taken for a formula (OWASP)."""
    if not isinstance(cell, str) or not FORMULA.match(cell):
        return cell
    return f"'{cell}"


def instant(at: datetime) -> str:
    """UTC, always in the same form."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _row(line: Line) -> list[Cell]:
    view = line.view
    unit = view.unit
    return [
        *(line.seq, line.stream, view.version, view.kind, view.words),
        *(instant(view.at), instant(view.recorded_at)),
        *(view.by.id, view.by.name, view.post_id),
        *((unit.id, unit.name) if unit else (None, None)),
        view.command_id,
        orjson.dumps(view.data).decode(),
        *(view.hash, view.prev_hash),
    ]
