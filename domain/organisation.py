"""Units, grids, posts and duty desks: who is where, and who answers when (rulebook §2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.words import Channel, Role, Stage, UnitKind

CELL = 5_000
"""Side of an index cell in microdegrees (about 500 m)."""

Ring = tuple[tuple[int, int], ...]
"""A closed border as (longitude, latitude) in microdegrees; the first point is not repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A node of the tree. `setting` is ``"urban"`` or ``"rural"``; `level` is 1–3 for grids."""

    unit_id: str
    kind: UnitKind
    parent_id: str | None
    name: str
    setting: str
    level: int | None = None
    households: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of staff; `email` and `phone` are where notices reach them, empty for nowhere."""

    person_id: str
    name: str
    login: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Staff member × role × unit × validity; `stand_in` acts while the holder is absent."""

    post_id: str
    person_id: str
    role: Role
    unit_id: str
    valid_from: datetime
    valid_until: datetime | None = None
    stand_in: str | None = None
    absences: tuple[tuple[datetime, datetime], ...] = ()
    mediator_kind: str | None = None

    def valid(self, at: datetime) -> bool:
        """Whether the post exists at that moment (absent or not)."""
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)

    def holder(self, at: datetime) -> str | None:
        """Who acts for the post at that moment: the holder, the stand-in, or nobody."""
        if not self.valid(at):
            return None
        absent = any(start <= at < end for start, end in self.absences)
        return self.stand_in if absent else self.person_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An organisation that assists and never owns a case."""

    partner_id: str
    kind: str
    name: str
    unit_id: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One version of the tree with everything that hangs on it; indexed once, never changed."""

    version: str
    units: Mapping[str, Unit]
    people: Mapping[str, Person]
    posts: Mapping[str, Post]
    duty: Mapping[Channel, str]
    borders: Mapping[str, Ring]
    partners: tuple[Partner, ...] = ()
    _children: Mapping[str, tuple[str, ...]] = field(init=False, compare=False)
    _by_unit: Mapping[str, tuple[Post, ...]] = field(init=False, compare=False)
    _by_person: Mapping[str, tuple[Post, ...]] = field(init=False, compare=False)
    _cells: Mapping[tuple[int, int], tuple[str, ...]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Index units by superior, posts by unit and person, and grids by cell."""
        children: dict[str, list[str]] = {}
        for unit in self.units.values():
            if unit.parent_id is not None:
                children.setdefault(unit.parent_id, []).append(unit.unit_id)
        by_unit: dict[str, tuple[Post, ...]] = {}
        by_person: dict[str, tuple[Post, ...]] = {}
        for post in self.posts.values():
            by_unit[post.unit_id] = (*by_unit.get(post.unit_id, ()), post)
            for person in filter(None, (post.person_id, post.stand_in)):
                by_person[person] = (*by_person.get(person, ()), post)
        put = object.__setattr__
        put(self, "_children", {k: tuple(v) for k, v in children.items()})
        put(self, "_by_unit", by_unit)
        put(self, "_by_person", by_person)
        put(self, "_cells", _index(self.borders))

    def path(self, unit_id: str) -> tuple[str, ...]:
        """The unit and its superiors, nearest first; a unit gone from the tree stands alone."""
        return tuple(unit.unit_id for unit in self.upwards(unit_id)) or (unit_id,)

    def upwards(self, unit_id: str) -> Iterator[Unit]:
        """The unit, then each superior."""
        at: str | None = unit_id if unit_id in self.units else None
        while at is not None:
            unit = self.units[at]
            yield unit
            at = unit.parent_id

    def subtree(self, unit_id: str) -> tuple[str, ...]:
        """The unit and every unit under it."""
        found, ahead = list[str](), [unit_id]
        while ahead:
            at = ahead.pop()
            found.append(at)
            ahead += self._children.get(at, ())
        return tuple(found)

    def unit_of(self, unit_id: str, stage: Stage) -> str | None:
        """The unit of that stage at or above `unit_id`; for a grid only the unit itself."""
        kinds = KINDS[stage]
        return next((u.unit_id for u in self.upwards(unit_id) if u.kind in kinds), None)

    def posts_in(self, unit_id: str) -> tuple[Post, ...]:
        """Every post of the unit, valid or not."""
        return self._by_unit.get(unit_id, ())

    def posts_of(self, person_id: str, at: datetime) -> tuple[Post, ...]:
        """The posts a person may act for at that moment, stand-in duty included."""
        return tuple(p for p in self._by_person.get(person_id, ()) if p.holder(at) == person_id)

    def acting(self, unit_id: str, role: Role, at: datetime) -> tuple[Post, ...]:
        """Posts of a role in a unit that somebody can act for at that moment."""
        return tuple(p for p in self.posts_in(unit_id) if p.role is role and p.holder(at))

    def partner(self, partner_id: str) -> Partner | None:
        """The partner of that id."""
        return next((p for p in self.partners if p.partner_id == partner_id), None)

    def grid_at(self, longitude: int, latitude: int) -> str | None:
        """The finest grid whose border holds the point (microdegrees), or None."""
        near = self._cells.get((longitude // CELL, latitude // CELL), ())
        inside = [g for g in near if _holds(self.borders[g], longitude, latitude)]
        return max(inside, key=lambda g: self.units[g].level or 0, default=None)


KINDS: Mapping[Stage, frozenset[UnitKind]] = {
    Stage.FIRST_CONTACT: frozenset(UnitKind),
    Stage.GRID: frozenset({UnitKind.GRID}),
    Stage.COMMUNITY: frozenset({UnitKind.COMMUNITY, UnitKind.VILLAGE}),
    Stage.STREET: frozenset({UnitKind.STREET, UnitKind.TOWNSHIP}),
    Stage.DEPARTMENT: frozenset({UnitKind.DEPARTMENT}),
}

HANDLERS: Mapping[Stage, Role] = {
    Stage.FIRST_CONTACT: Role.FIRST_CONTACT_CLERK,
    Stage.GRID: Role.GRID_WORKER,
    Stage.COMMUNITY: Role.COMMUNITY_WORKER,
    Stage.STREET: Role.STREET_COORDINATOR,
    Stage.DEPARTMENT: Role.DEPARTMENT_HANDLER,
}


def _index(borders: Mapping[str, Ring]) -> dict[tuple[int, int], tuple[str, ...]]:
    cells: dict[tuple[int, int], tuple[str, ...]] = {}
    for grid, ring in borders.items():
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        for column in range(min(xs) // CELL, max(xs) // CELL + 1):
            for row in range(min(ys) // CELL, max(ys) // CELL + 1):
                cells[column, row] = (*cells.get((column, row), ()), grid)
    return cells


def _holds(ring: Ring, x: int, y: int) -> bool:
    """Even-odd rule in whole numbers: a point on a shared border falls to one side only."""
    inside = False
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        if (y1 > y) != (y2 > y):
            cross = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
            if cross and (cross > 0) == (y2 > y1):
                inside = not inside
        x1, y1 = x2, y2
    return inside
