"""A report as sections of text and tables: what PDF and XLSX both show. Values only."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from domain.report.contents import Placed, Ranking
from reports.words import Language

Kind = Literal["text", "count", "percent", "points", "change"]
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Characters nobody sees, which could turn a line around or break it."""
UNITS = 25
"""So many units in one part of a chart at most: with its heading it stands on one page."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what its cells are; empty cells stay empty whatever the kind."""

    title: str
    kind: Kind = "count"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts: numbers as they are published. `bold` are the rows that stand out."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    bold: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with what stands under it. `drawn` says that it has a chart, `key` of what."""

    key: str
    title: str
    text: tuple[str, ...] = ()
    table: Table | None = None
    after: tuple[str, ...] = ()
    ranking: Ranking | None = None
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """A whole report in words: title, subtitle, what it comes to, then its sections."""

    language: Language
    title: str
    subtitle: str
    headline: tuple[str, ...]
    sections: tuple[Section, ...]
    page: str
    foot: str


def clean(text: str) -> str:
    """A name that stays on its line, whatever somebody put into it."""
    return "".join("□" if unicodedata.category(c) in HIDDEN else c for c in text)


def drawn(ranked: Ranking) -> tuple[Placed, ...]:
    """The units that have a rate to draw."""
    return tuple(each for each in (*ranked.ranked, *ranked.few) if each.rate)


def parts(units: int) -> int:
    """How many parts the chart of so many units has."""
    return -(-units // UNITS)
