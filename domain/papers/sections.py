"""TOML files: parsed by the standard library, with each key's line found again for findings."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from domain.papers.findings import Findings, listed, quoted

LONGEST_TEXT = 200
YEARS = range(1949, 3000)
_TABLE = re.compile(r"\s*\[\s*([\w-]+)\s*\]")
_ELEMENT = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]")
_KEY = re.compile(r"""\s*(?:([\w-]+)|"([^"\\]+)"|'([^']+)')\s*=""")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class Section:
    """A table of a TOML file: the values in it, and findings that name the right line.

    Reading a wrong value adds a finding and returns one of the right type; the file is then
    spoiled, and what is built from it is thrown away.
    """

    def __init__(
        self, source: "Source", name: str, data: Mapping[str, Any], element: int | None = None
    ) -> None:
        self.name = name
        self.data = data
        self._source = source
        self._where = name if element is None else f"{name}#{element}"

    def error(self, key: str, message: str, holding: str = "") -> None:
        """A fault at a key; `holding` finds the line inside a value that spans several."""
        what = f"{self.name}.{key}" if self.name and key else self.name or key
        findings, line = self._source.findings, self._source.line(self._where, key, holding)
        findings.error(self._source.file, line, f"{what} {message}".strip())

    def warning(self, key: str, message: str, holding: str = "") -> None:
        """Something to look at, at a key."""
        findings, line = self._source.findings, self._source.line(self._where, key, holding)
        findings.warning(self._source.file, line, f"{self.name}.{key} {message}")

    def only(self, required: Sequence[str], optional: Sequence[str] = ()) -> None:
        """Every required key must be there, and no unknown one."""
        known = (*required, *optional)
        for key in required:
            if key not in self.data:
                self.error("", f"lacks {key}; add it")
        for key in self.data:
            if key not in known:
                self.error(key, f"is not known; use one of {listed(known)}")

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self.data.get(key, "?")
        if not isinstance(value, str) or not value.strip():
            self.error(key, "must be a text in quotes that says something")
            return ""
        if len(value) > LONGEST_TEXT or not value.isprintable():
            self.error(key, f"{quoted(value)} must be one line, at most {LONGEST_TEXT} characters")
        return value.strip()

    def whole(self, key: str, allowed: range) -> int:
        """A whole number of `allowed`."""
        value = self.data.get(key, allowed[0])
        if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
            rule = f"use a whole number from {allowed[0]} to {allowed[-1]}"
            self.error(key, f"= {quoted(value)} is not valid; {rule}")
            return allowed[0]
        return value

    def yes(self, key: str, *, otherwise: bool = False) -> bool:
        """True or false; `otherwise` where the key is missing."""
        value = self.data.get(key, otherwise)
        if not isinstance(value, bool):
            self.error(key, f"= {quoted(value)} is not valid; write true or false, without quotes")
        return value is True

    def day(self, key: str) -> date | None:
        """A day; None and a finding where it is none."""
        return None if key not in self.data else self.as_day(key, self.data[key])

    def as_day(self, key: str, value: object) -> date | None:
        """A day that is part of the value of `key`."""
        day = as_day(str(value)) if isinstance(value, str | date) else None
        if day is None:
            self.error(key, f"= {quoted(value)} is not a day; write it as 2026-01-31", str(value))
        return day

    def items(self, key: str) -> list[Any]:
        """A list."""
        value = self.data.get(key, [])
        if isinstance(value, list):
            return value
        self.error(key, f"= {quoted(value)} must be a list in [ ]")
        return []


class Source:
    """One TOML file."""

    def __init__(self, file: str, texts: Mapping[str, str], findings: Findings) -> None:
        """Parse the file; where it is missing or cannot be parsed, `data` is None."""
        self.file = file
        self.findings = findings
        self._lines = texts.get(file, "").splitlines()
        self._places = dict(_places(self._lines))
        self.data = self._parse(texts[file]) if file in texts else None

    def section(self, name: str) -> Section:
        """The table of that name; an empty one where it is missing or is none."""
        value = (self.data or {}).get(name, {})
        section = Section(self, name, value if isinstance(value, dict) else {})
        if not isinstance(value, dict):
            section.error("", f"must be a table; write its keys below [{name}]")
        return section

    def elements(self, name: str) -> list[Section]:
        """The tables written as [[name]]."""
        value = (self.data or {}).get(name, [])
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            return [Section(self, name, each, i) for i, each in enumerate(value)]
        Section(self, name, {}).error("", f"must be tables; write each below [[{name}]]")
        return []

    def top(self) -> Section:
        """The keys above the first table."""
        return Section(self, "", self.data or {})

    def line(self, where: str, key: str, holding: str = "") -> int | None:
        """The line of a key, or of its table; None where it is written in another way."""
        tries = ((where, key), (where, ""), (key, ""), (f"{key}#0", ""))
        start = next((self._places[each] for each in tries if each in self._places), None)
        if start is not None and holding:
            for number in range(start, len(self._lines) + 1):
                if holding in self._lines[number - 1]:
                    return number
        return start

    def _parse(self, text: str) -> dict[str, Any] | None:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            line = int(found[1]) if found else len(self._lines)
            reason = _AT_LINE.sub("", str(error)).strip()
            hint = "texts need quotes, and a table is declared once"
            self.findings.error(self.file, max(line, 1), f"is not valid TOML: {reason}; {hint}")
        except (RecursionError, ValueError):
            self.findings.error(self.file, None, "holds a number too long or brackets too deep")
        return None


def _places(lines: Sequence[str]) -> Iterator[tuple[tuple[str, str], int]]:
    """Table and key with the line they are on; elements of [[x]] are x#0, x#1 …"""
    where, seen = "", dict[str, int]()
    for number, line in enumerate(lines, start=1):
        if element := _ELEMENT.match(line):
            name = element[1]
            where = f"{name}#{seen.setdefault(name, 0)}"
            seen[name] += 1
            yield (where, ""), number
        elif table := _TABLE.match(line):
            where = table[1]
            yield (where, ""), number
        elif key := _KEY.match(line):
            yield (where, key[1] or key[2] or key[3]), number


def as_day(value: str) -> date | None:
    """A day written 2026-01-31, in a year that a calendar can mean."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.year in YEARS else None
