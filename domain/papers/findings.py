"""Findings: what is wrong in a town file, where, and what to do. Collected, never raised."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault. `line` counts from 1 and is None where the whole file is meant."""

    level: Literal["error", "warning"]
    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        mark = "warning: " if self.level == "warning" else ""
        return f"{place}: {mark}{self.message}"


class Findings:
    """All findings of one reading."""

    def __init__(self) -> None:
        self._all: list[Finding] = []

    def error(self, file: str, line: int | None, message: str) -> None:
        """A fault that forbids loading."""
        self._all.append(Finding(level="error", file=file, line=line, message=message))

    def warning(self, file: str, line: int | None, message: str) -> None:
        """Something to look at; the town can be loaded all the same."""
        self._all.append(Finding(level="warning", file=file, line=line, message=message))

    def spoiled(self, *files: str) -> bool:
        """Whether one of the files has an error."""
        return any(each.level == "error" and each.file in files for each in self._all)

    def __iter__(self) -> Iterator[Finding]:
        return iter(sorted(self._all, key=lambda each: (each.file, each.line or 0)))


def quoted(value: object) -> str:
    """A value from a file as it may be shown: in quotes, one line, not too long, no controls."""
    text = str(value)
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return '"' + "".join(c if c.isprintable() else repr(c)[1:-1] for c in cut) + '"'


def listed(values: Iterable[object]) -> str:
    """The allowed values, as a message names them."""
    return ", ".join(map(str, values))
