"""Names of units found in the text of an address. It knows no roads, estates or house numbers, and
no likeness: a name is there to the letter or it is not found. Pure.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from domain.organisation import Organisation
from domain.words import UnitKind

ENDINGS = ("社区居委会", "村委会", "社区", "街道", "网格", "镇", "乡", "村", "区", "县")
"""What people leave out: 柳荫里 for 柳荫里社区."""
SHORTEST = 2
BLANKS = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])")
NARROW: Mapping[UnitKind, int] = {
    UnitKind.DISTRICT: 0,
    UnitKind.STREET: 1,
    UnitKind.TOWNSHIP: 1,
    UnitKind.COMMUNITY: 2,
    UnitKind.VILLAGE: 2,
    UnitKind.GRID: 3,
}
"""The kinds looked for, the narrower the higher."""


@dataclass(frozen=True, slots=True)
class Found:
    """A unit with the words of the address that name it."""

    unit_id: str
    matched: str


@dataclass(slots=True)
class Names:
    """The names of an organisation's units, made once for each version."""

    _version: str = ""
    _units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _longest: int = 0

    def hits(self, address: str, organisation: Organisation, most: int) -> list[Found]:
        """The units the address names, at most so many, those it says most about first.

        A unit above another that is named is not listed: it tells two of one name apart.
        """
        if self._version != organisation.version:
            self._units = _named(organisation)
            self._longest = max(map(len, self._units), default=0)
            self._version = organisation.version
        found = [
            Found(unit, name) for name in self._in(_plain(address)) for unit in self._units[name]
        ]
        return _ranked(found, organisation)[:most]

    def _in(self, text: str) -> Iterator[str]:
        """Names in the text, none that is part of a longer one there."""
        end = 0
        for start in range(len(text)):
            lengths = range(min(self._longest, len(text) - start), SHORTEST - 1, -1)
            for length in lengths:
                name = text[start : start + length]
                if name in self._units and start + length > end and _whole(text, start, length):
                    end = start + length
                    yield name
                    break


def _whole(text: str, start: int, length: int) -> bool:
    """Whether a name in letters is not the middle of a word."""
    before, after = text[start - 1 : start], text[start + length : start + length + 1]
    ends = ((before, text[start]), (text[start + length - 1], after))
    return not any(
        one.isascii() and one.isalnum() and two.isascii() and two.isalnum()
        for one, two in ends
        if one and two
    )


def _named(organisation: Organisation) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for unit in organisation.units.values():
        if unit.kind in NARROW and not unit.closed:
            for name in _called(_plain(unit.name)):
                found[name].add(unit.unit_id)
    return {name: tuple(sorted(units)) for name, units in found.items()}


def _called(name: str) -> Iterable[str]:
    if len(name) >= SHORTEST:
        yield name
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= SHORTEST:
            yield name.removesuffix(ending)
            return


def _plain(text: str) -> str:
    """As names are compared: one width, small letters, no blanks but between words in letters."""
    return BLANKS.sub("", " ".join(unicodedata.normalize("NFKC", text).casefold().split()))


def _ranked(found: list[Found], organisation: Organisation) -> list[Found]:
    first: dict[str, Found] = {}
    for each in found:
        first.setdefault(each.unit_id, each)
    above = {each: set(organisation.path(each)) - {each} for each in first}
    said = {each: len(above[each] & first.keys()) for each in first}
    covered = set().union(*above.values()) if above else set()

    def order(each: Found) -> tuple[int, int, int, str]:
        kind = organisation.units[each.unit_id].kind
        return -said[each.unit_id], -NARROW[kind], -len(each.matched), each.unit_id

    return sorted((each for each in first.values() if each.unit_id not in covered), key=order)
