"""A report as PDF, set by typst from its sections. The same report gives the same bytes.

PDF/A-2a and PDF/UA-1: for archives, and for readers who have it read to them.
"""

import json
from dataclasses import asdict
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from unicodedata import east_asian_width

import typst

from domain.report.contents import Contents
from reports import charts, writing
from reports.figures import canonical, digest
from reports.fonts import FOLDER, readable
from reports.pages import Kind, Section, Table
from reports.speaker import Speaker
from reports.words import Language

TEMPLATE = Path(__file__).parent / "report.typ"
HUNDREDTH = Decimal("0.01")
NUMBER, TEXT = 9, 36
"""The most room a column of numbers or texts asks for, in letters."""
WORD = 11
"""A word of the head this long is not broken."""
_SETTING = Lock()
"""One document at a time: the compiler, kept for its fonts, takes no second one meanwhile."""


def pdf(contents: Contents, language: Language) -> bytes:
    """The file in that language."""
    found = writing.pages(contents, digest(canonical(contents)), language)
    speaker = Speaker(language)
    # The document's date is the moment it is as of, never that of its making.
    said = {
        **asdict(found),
        "day": datetime.fromisoformat(contents.head.as_of).timetuple()[:6],
        "sections": [_section(each, speaker, contents) for each in found.sections],
    }
    pages = json.dumps(_readable(said), ensure_ascii=False, sort_keys=True)
    with _SETTING:
        made = _compiler().compile(
            format="pdf", sys_inputs={"pages": pages}, pdf_standards=["a-2a", "ua-1"]
        )
    if not isinstance(made, bytes):
        raise TypeError("one PDF is one piece")
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)]
    )
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts)


def _section(section: Section, speaker: Speaker, contents: Contents) -> dict[str, Any]:
    return {
        "title": section.title,
        "text": section.text,
        "after": section.after,
        "table": section.table and _table(section.table),
        "charts": _charts(section, speaker, contents),
    }


def _charts(section: Section, speaker: Speaker, contents: Contents) -> tuple[str, ...]:
    if not section.drawn:
        return ()
    if section.ranking is not None:
        return charts.ranking(speaker, section.ranking)
    if section.key == "trend":
        return (charts.trend(speaker, contents.trend),)
    return (charts.comparison(speaker, contents),)


def _table(table: Table) -> dict[str, Any]:
    rows = [
        [_shown(text, column.kind) for text, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    return {**asdict(table), "rows": rows, "widths": _widths(table)}


def _shown(text: str, kind: Kind) -> str:
    """Rates with two decimals; with all four where the last two are a half or what rounds to one,
    because rounding twice might not be rounding once.
    """
    if kind not in {"percent", "change"} or text.endswith("50"):
        return text
    return text and f"{Decimal(text).quantize(HUNDREDTH, ROUND_HALF_UP):{'+' * (kind == 'change')}}"


def _widths(table: Table) -> list[int]:
    """The share of the page each column gets, by its longest text within bounds."""
    found = []
    for x, column in enumerate(table.columns):
        longest = max((_width(row[x]) for row in table.rows), default=0)
        word = max(map(_width, column.title.split()), default=0)
        most = TEXT if column.kind == "text" else NUMBER
        found.append(max(min(longest, most), min(word, WORD)))
    return found


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _readable(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """All texts with a mark in the place of what the font does not have."""
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, dict):
        return {key: _readable(each) for key, each in value.items()}
    return [_readable(each) for each in value] if isinstance(value, list | tuple) else value
