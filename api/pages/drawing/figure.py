"""A chart as data: what it is called, its rows and numbers; and the table that stands beside it.

Values only: numbers are the texts that are published, so that chart and table say the same.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Literal, Self

from api.pages.drawing.svg import clean

Kind = Literal["bars", "grouped", "stacked", "lines", "intervals"]
Size = Literal["wide", "narrow"]
"""For a screen, and for a phone."""
MOST = 60
"""Rows drawn at most; the table has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a template shows beside a drawing; the first column heads its row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A unit, a measure or a month with one number of each series; empty for none.

    `low` and `high` are the bounds of an interval; `sure` is false of what is mostly chance.
    """

    name: str
    values: tuple[str, ...]
    low: str = ""
    high: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart. `first` heads the names, `unit` the numbers; `series` names the numbers of a row.

    `bounds` are the words for an interval's two ends, `unsure` those for what is mostly chance.
    """

    kind: Kind
    title: str
    about: str = ""
    first: str
    unit: str
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    bounds: tuple[str, str] = ("", "")
    unsure: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for row in self.rows for value in row.values)

    @property
    def table(self) -> Table:
        """All the numbers, those that were not drawn too."""
        bounded = any(self.bounds)
        unsure = any(not row.sure for row in self.rows)
        more = (*(self.bounds if bounded else ()), *(("",) if unsure else ()))
        rows = (
            (
                row.name,
                *row.values,
                *((row.low, row.high) if bounded else ()),
                *(("" if row.sure else self.unsure,) if unsure else ()),
            )
            for row in self.rows
        )
        return Table(caption=self.title, header=(self.first, *self.series, *more), rows=tuple(rows))

    def text(self) -> str:
        """All of it as one line of JSON: the same text, the same drawing."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> Self:
        """The figure of that text."""
        found = json.loads(text)
        rows = tuple(Row(**{**row, "values": tuple(row["values"])}) for row in found["rows"])
        lists = {name: tuple(found[name]) for name in ("series", "bounds")}
        return cls(**{**found, **lists, "rows": rows})

    def digest(self, size: Size) -> str:
        """What a drawing of it is kept under."""
        return sha256(f"{size}\n{self.text()}".encode()).hexdigest()


def row(name: str, *values: object, low: str = "", high: str = "", sure: bool = True) -> Row:
    """A row of numbers; None is none."""
    said = tuple("" if value is None else str(value) for value in values)
    return Row(clean(name), said, low, high, sure)
