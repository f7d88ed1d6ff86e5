"""A CSV file, row by row: never more than a row in memory, and every fault with its line.
What the columns mean is the mapping's business.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cli.importer.base import Row, RowRefused
from cli.local.failure import LocalError, from_os_error

LONGEST_FIELD = 100_000
LONGEST_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Read:
    """A row that could be read, or the reason why not; `line` is where it begins."""

    line: int
    row: Row | None
    reason: str = ""

    def usable(self) -> Row:
        """The row, or `RowRefused`."""
        if self.row is None:
            raise RowRefused(self.reason)
        return self.row


class Rows:
    """The rows of a file with a header. `bytes_read` may be looked at on the way.

    `LocalError` for what is wrong with the file as a whole: not there, no header, no such column.
    """

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path = path
        self.bytes_read = 0
        self._columns = columns
        self._fault = ""
        self._line = 0

    def __iter__(self) -> Iterator[Read]:
        """Every row, from the beginning."""
        csv.field_size_limit(LONGEST_FIELD)
        self.bytes_read = self._line = 0
        try:
            with self.path.open("rb") as file:
                reader = csv.reader(self._lines(file), strict=True)
                header = self._header(reader)
                yield from self._rows(reader, header)
        except OSError as error:
            raise from_os_error(error, f"reading {self.path}") from error

    def _lines(self, file: BinaryIO) -> Iterator[str]:
        """Physical lines as text; the fault of one is remembered for the row it is part of."""
        while raw := file.readline(LONGEST_LINE):
            self._line += 1
            self.bytes_read += len(raw)
            if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
                raise self._broken(f"longer than {LONGEST_LINE} bytes; is this a CSV file?")
            if self._line == 1:
                raw = raw.removeprefix(b"\xef\xbb\xbf")
            if b"\0" in raw:
                self._fault = "a NUL byte"
                raw = raw.replace(b"\0", b"")
            try:
                yield raw.decode()
            except UnicodeDecodeError as error:
                self._fault = f"not UTF-8 (byte 0x{raw[error.start]:02X})"
                yield raw.decode(errors="replace")

    def _header(self, reader: Iterator[list[str]]) -> list[str]:
        self._line = 0
        try:
            header = [name.strip() for name in next(reader, [])]
        except csv.Error as error:
            raise self._broken(str(error)) from error
        if self._fault:
            raise self._broken(self._fault)
        missing = [name for name in self._columns if name not in header]
        if not header:
            raise LocalError(f"{self.path}: empty, without even a header")
        if missing:
            raise self._broken(f"no column {', '.join(missing)}")
        if twice := sorted({name for name in header if name and header.count(name) > 1}):
            raise self._broken(f"more than one column {', '.join(twice)}")
        return header

    def _rows(self, reader: Iterator[list[str]], header: list[str]) -> Iterator[Read]:
        while True:
            first = self._line + 1
            self._fault = ""
            try:
                fields = next(reader, None)
            except csv.Error as error:
                yield Read(first, None, self._said(error))
                continue
            if fields is None:
                return
            if fields:
                yield self._checked(first, fields, header)

    def _checked(self, first: int, fields: list[str], header: list[str]) -> Read:
        if self._fault:
            return Read(first, None, self._fault)
        if len(fields) != len(header):
            return Read(first, None, f"{len(fields)} fields instead of {len(header)}")
        return Read(first, dict(zip(header, fields, strict=True)))

    def _said(self, error: csv.Error) -> str:
        text = str(error)
        if "field limit" in text:
            return f"a field of more than {LONGEST_FIELD} characters; is a quote left open?"
        return "a quote is left open" if "unexpected end" in text else f"not CSV: {text}"

    def _broken(self, reason: str) -> LocalError:
        return LocalError(f"{self.path}, line {max(1, self._line)}: {reason}")
