"""CSV tables: header, rows and cells. Each fault is a finding; what a row means is elsewhere."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from domain.papers.findings import Findings, listed, quoted
from domain.papers.sections import LONGEST_TEXT, as_day

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

LONGEST_ID = 64
_ID = re.compile(r"\w[\w.@-]*")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(r"\+?[0-9]([0-9 -]{3,18})[0-9]")


class Row:
    """One line of a table. Reading a wrong cell adds a finding and returns a value of the right
    type: the row is then `broken`, and what is built from it is thrown away.
    """

    def __init__(
        self,
        file: str,
        line: int,
        cells: Mapping[str, str],
        findings: Findings,
        *,
        blamed: bool = False,
    ) -> None:
        """`blamed`: the whole line is a finding already, so its cells make no more of them."""
        self.file = file
        self.line = line
        self.broken = blamed
        self._cells = cells
        self._findings = Findings() if blamed else findings

    def __getitem__(self, column: str) -> str:
        return self._cells[column]

    def error(self, message: str) -> None:
        """A fault of this row."""
        self.broken = True
        self._findings.error(self.file, self.line, message)

    def warning(self, message: str) -> None:
        """Something to look at in this row."""
        self._findings.warning(self.file, self.line, message)

    def text(self, column: str) -> str:
        """A text that must be there."""
        value = self[column]
        if not value:
            self.error(f"{column} is empty; fill it in")
        elif len(value) > LONGEST_TEXT:
            self.error(f"{column} has {len(value)} characters; at most {LONGEST_TEXT} fit")
        elif not value.isprintable():
            self.error(f"{column} {quoted(value)} holds a control character; take it out")
        return value

    def ident(self, column: str) -> str:
        """An id that must be there."""
        value = self[column]
        if not value:
            self.error(f"{column} is empty; fill it in")
        elif len(value) > LONGEST_ID or not _ID.fullmatch(value):
            rule = f"use at most {LONGEST_ID} letters, digits, dots, dashes and underscores"
            self.error(f"{column} {quoted(value)} is not an id; {rule}")
        return value

    def email(self, column: str) -> str:
        """A mail address, or nothing."""
        return self._like(column, _EMAIL, "a mail address; write it as name@host.cn")

    def phone(self, column: str) -> str:
        """A telephone number, or nothing."""
        return self._like(column, _PHONE, "a telephone number; use digits, spaces and dashes")

    def choice(self, column: str, kinds: type[E]) -> E:
        """One of the field's own words."""
        try:
            return kinds(self[column])
        except ValueError:
            self._not_one_of(column, list(kinds))
            return next(iter(kinds))

    def word(self, column: str, allowed: Sequence[str]) -> str:
        """One of a few words that have no type of their own."""
        if self[column] not in allowed:
            self._not_one_of(column, allowed)
        return self[column]

    def yes(self, column: str) -> bool:
        """Yes or no."""
        return self.word(column, ("yes", "no")) == "yes"

    def whole(self, column: str, allowed: range) -> int:
        """A whole number of `allowed`."""
        value = self[column]
        if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) not in allowed:
            rule = f"use a whole number from {allowed[0]} to {allowed[-1]}"
            self.error(f"{column} {quoted(value)} is not valid; {rule}")
            return allowed[0]
        return int(value)

    def day(self, column: str) -> date | None:
        """A day, or None for an empty cell."""
        if not self[column]:
            return None
        day = as_day(self[column])
        if day is None:
            self.error(f"{column} {quoted(self[column])} is not a day; write it as 2026-01-31")
        return day

    def _like(self, column: str, form: re.Pattern[str], said: str) -> str:
        value = self[column]
        if value and (len(value) > LONGEST_TEXT or not form.fullmatch(value)):
            self.error(f"{column} {quoted(value)} is not {said}")
        return value

    def _not_one_of(self, column: str, allowed: Sequence[str]) -> None:
        self.error(f"{column} {quoted(self[column])} is not valid; use one of {listed(allowed)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a file; `whole` is false where lines of it could not be read at all."""

    rows: Sequence[Row] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed(Generic[T]):
    """What a table's rows gave, by id. `rows` also holds broken rows, so that a faulty line is
    blamed once and not again by everything that names it.
    """

    whole: bool
    values: dict[str, T] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)

    def lacks(self, key: str) -> bool:
        """Whether the id surely does not exist; a table read in part proves nothing."""
        return self.whole and key not in self.rows


def keyed(table: Table, column: str, build: Callable[[Row], T], what: str) -> Keyed[T]:
    """Read rows by the id in `column`; a second row with the same id is a finding."""
    found: Keyed[T] = Keyed(whole=table.whole)
    for row in table.rows:
        key = row.ident(column)
        first = found.rows.setdefault(key, row)
        if first is not row and key:
            row.error(f"{what} {quoted(key)} is already on line {first.line}; ids must differ")
        value = build(row)
        if not row.broken:
            found.values[key] = value
    return found


def read_table(
    file: str,
    texts: Mapping[str, str],
    columns: Sequence[str],
    findings: Findings,
    *,
    optional: Sequence[str] = (),
) -> Table:
    """The rows of a table; none where the file or a column is missing.

    A column of `optional` may be missing: its cells are empty then.
    """
    if file not in texts:
        return Table()
    reader = _Reader(file, texts[file], findings)
    line, header = next(reader.records(), (1, []))
    names = [name.strip() for name in header]
    if not names:
        findings.error(file, 1, f"is empty; its first line must be {','.join(columns)}")
        return Table()
    if not _header_fits(file, line, names, (columns, optional), findings):
        return Table()
    absent = dict.fromkeys(optional, "")
    rows = [_row(file, at, cells, names, findings, absent=absent) for at, cells in reader.records()]
    return Table(rows=rows, whole=reader.whole)


class _Reader:
    """Lines of a CSV text; `whole` turns false when one of them cannot be read."""

    def __init__(self, file: str, text: str, findings: Findings) -> None:
        self.whole = True
        self._file = file
        self._findings = findings
        self._csv = csv.reader(io.StringIO(text, newline=""), strict=True)

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Line number and cells of each remaining line that is not blank."""
        while True:
            line = self._csv.line_num + 1
            try:
                cells = next(self._csv)
            except StopIteration:
                return
            except csv.Error as error:
                self.whole = False
                hint = "check its quotes and its length"
                self._findings.error(self._file, line, f"is not readable CSV: {error}; {hint}")
                continue
            if any(cell.strip() for cell in cells):
                yield line, cells


def _header_fits(
    file: str,
    line: int,
    names: Sequence[str],
    allowed: tuple[Sequence[str], Sequence[str]],
    findings: Findings,
) -> bool:
    needed, optional = allowed
    columns = [*needed, *optional]
    missing = [name for name in needed if name not in names]
    for name in missing:
        findings.error(file, line, f"column {name} is missing; the columns are {listed(columns)}")
    for name in dict.fromkeys(names):
        if name not in columns:
            hint = f"take it out; the columns are {listed(columns)}"
            findings.error(file, line, f"column {quoted(name)} is not known; {hint}")
        if names.count(name) > 1:
            findings.error(file, line, f"column {quoted(name)} is there twice; take one out")
    return not missing


def _row(
    file: str,
    line: int,
    cells: Sequence[str],
    names: Sequence[str],
    findings: Findings,
    *,
    absent: Mapping[str, str],
) -> Row:
    fits = len(cells) == len(names)
    if not fits:
        hint = "a comma inside a text needs quotes around the text"
        findings.error(file, line, f"has {len(cells)} cells, the header has {len(names)}; {hint}")
    padded = [*(cell.strip() for cell in cells), *[""] * len(names)]
    found = {**absent, **dict(zip(names, padded, strict=False))}
    return Row(file, line, found, findings, blamed=not fits)
