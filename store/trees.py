"""The tree of units as it was under many versions of the organisation, for rebuilding views.

A version counts every change of the office, but few of them change the tree: those between two
such changes share one. The organisations given here know their units' places and nothing else.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from domain.office import changes
from domain.office.events import Change, UnitAdded, UnitChanged, UnitClosed
from domain.organisation import Organisation
from store import organisations
from store.database import Connection

KEPT = 16
"""Trees kept at hand."""
OF_TREE = (UnitAdded, UnitChanged, UnitClosed)


@dataclass(slots=True)
class _Base:
    """A snapshot and the changes that rest on it, by number, in their order."""

    value: Organisation
    entries: list[tuple[int, Change]]

    def before(self, number: int) -> tuple[Change, ...] | None:
        """The changes of the tree up to that number; None when the number is not known yet."""
        found: list[Change] = []
        for each, event in self.entries:
            if isinstance(event, OF_TREE):
                found.append(event)
            if each == number:
                return tuple(found)
        return None


@dataclass(slots=True)
class Trees:
    """Reads each snapshot once, and what rests on it again when something newer is asked for."""

    _bases: dict[str, _Base] = field(default_factory=dict)
    _lengths: dict[str, tuple[str, int]] = field(default_factory=dict)
    _trees: OrderedDict[tuple[str, int], Organisation] = field(default_factory=OrderedDict)

    async def at(self, connection: Connection, version: str) -> Organisation:
        """An organisation with the tree of that version; `LookupError`."""
        key = self._lengths.get(version)
        if key is None:
            key = await self._resolved(connection, version)
        found = self._trees.get(key)
        if found is None:
            found = await self._made(connection, version, key)
        self._trees[key] = found
        self._trees.move_to_end(key)
        while len(self._trees) > KEPT:
            self._trees.popitem(last=False)
        return found

    async def _resolved(self, connection: Connection, version: str) -> tuple[str, int]:
        base, _ = changes.parted(version)
        steps = await self._steps(connection, version)
        self._lengths[version] = (base, len(steps))
        return self._lengths[version]

    async def _made(
        self, connection: Connection, version: str, key: tuple[str, int]
    ) -> Organisation:
        steps = await self._steps(connection, version)
        return changes.organisation(self._bases[key[0]].value, steps, version)

    async def _steps(self, connection: Connection, version: str) -> tuple[Change, ...]:
        base, number = changes.parted(version)
        for fresh in (False, True):
            if fresh or base not in self._bases:
                value, entries = await organisations.snapshot(connection, base)
                self._bases[base] = _Base(value, entries)
            steps = () if number is None else self._bases[base].before(number)
            if steps is not None:
                return steps
        raise LookupError(version)
