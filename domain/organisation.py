"""Units, grids, posts and duty desks: who is where, and who answers when (rulebook §2)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.filing import filed, under
from domain.words import Channel, Role, Stage, UnitKind

CELL = 5_000
"""Side of an index cell in microdegrees (about 500 m)."""

Ring = tuple[tuple[int, int], ...]
"""A closed border as (longitude, latitude) in microdegrees; the first point is not repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A node of the tree. `setting` is ``"urban"`` or ``"rural"``; `level` is 1–3 for grids.

    A closed unit stays under the unit that took over, which answers wherever it is still named;
    `stood_under` is where it was before, where what it carried stays counted (R12).
    """

    unit_id: str
    kind: UnitKind
    parent_id: str | None
    name: str
    setting: str
    level: int | None = None
    households: int | None = None
    closed: bool = False
    stood_under: str | None = None

    @property
    def counted_under(self) -> str | None:
        """Its superior; of a closed unit the one it had."""
        return self.stood_under if self.closed else self.parent_id


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


@dataclass(slots=True, kw_only=True)
class Patch:
    """What changes in an organisation, by id; an empty duty post or border takes one away."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    duty: dict[Channel, str] = field(default_factory=dict)
    borders: dict[str, Ring] = field(default_factory=dict)


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
    _counted: Mapping[str, tuple[str, ...]] = field(init=False, compare=False)
    _by_unit: Mapping[str, tuple[str, ...]] = field(init=False, compare=False)
    _by_person: Mapping[str, tuple[str, ...]] = field(init=False, compare=False)
    _cells: Mapping[tuple[int, int], tuple[str, ...]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Index units by superior, posts by unit and person, and grids by cell."""
        put = object.__setattr__
        put(self, "_children", filed({}, {}, self.units, _superior))
        put(self, "_counted", filed({}, {}, self.units, _counted_under))
        put(self, "_by_unit", filed({}, {}, self.posts, _unit_of))
        put(self, "_by_person", filed({}, {}, self.posts, _people_of))
        put(self, "_cells", filed({}, {}, self.borders, _cells_of))

    def patched(self, version: str, patch: "Patch") -> "Organisation":
        """The same with the patch put in place. Indexes are patched, not built anew: in a city
        that is the difference of 5 and 100 milliseconds.
        """
        made, put = object.__new__(Organisation), object.__setattr__
        borders = {**self.borders, **patch.borders}
        put(made, "version", version)
        put(made, "partners", self.partners)
        put(made, "units", {**self.units, **patch.units})
        put(made, "people", {**self.people, **patch.people})
        put(made, "posts", {**self.posts, **patch.posts})
        put(made, "duty", {k: v for k, v in {**self.duty, **patch.duty}.items() if v})
        put(made, "borders", {k: v for k, v in borders.items() if v})
        put(made, "_children", filed(self._children, self.units, patch.units, _superior))
        put(made, "_counted", filed(self._counted, self.units, patch.units, _counted_under))
        put(made, "_by_unit", filed(self._by_unit, self.posts, patch.posts, _unit_of))
        put(made, "_by_person", filed(self._by_person, self.posts, patch.posts, _people_of))
        put(made, "_cells", filed(self._cells, self.borders, patch.borders, _cells_of))
        return made

    def serves(self, post_id: str, person_id: str, at: datetime) -> bool:
        """Whether the person belongs to the post at that moment, present or absent."""
        post = self.posts.get(post_id)
        return post is not None and post.valid(at) and person_id in {post.person_id, post.stand_in}

    def path(self, unit_id: str) -> tuple[str, ...]:
        """The unit and its superiors, nearest first; a unit gone from the tree stands alone."""
        return tuple(unit.unit_id for unit in self.upwards(unit_id)) or (unit_id,)

    def upwards(self, unit_id: str) -> Iterator[Unit]:
        """The unit, or the one that took over from it, then each superior."""
        at = self.standing(unit_id) if unit_id in self.units else None
        while at is not None:
            unit = self.units[at]
            yield unit
            at = unit.parent_id

    def standing(self, unit_id: str) -> str:
        """The unit itself, or the one that took over from it when it was closed."""
        unit = self.units.get(unit_id)
        while unit is not None and unit.closed and unit.parent_id is not None:
            unit = self.units.get(unit.parent_id)
        return unit_id if unit is None else unit.unit_id

    def subtree(self, unit_id: str) -> tuple[str, ...]:
        """The unit and every unit under it: whom it answers for."""
        return under(unit_id, self._children)

    def area(self, unit_id: str) -> tuple[str, ...]:
        """The unit and every unit whose figures are its area's: closed ones where they stood, so
        that nothing moves to who took over (R12.4).
        """
        return under(unit_id, self._counted)

    def counted_below(self, unit_id: str) -> tuple[str, ...]:
        """The units right below it, closed ones where they stood."""
        return self._counted.get(unit_id, ())

    def counted_path(self, unit_id: str) -> tuple[str, ...]:
        """The unit and those in whose areas it is, nearest first; none where it is not known."""
        found, at = list[str](), self.units.get(unit_id)
        while at is not None:
            found.append(at.unit_id)
            at = self.units.get(at.counted_under or "")
        return tuple(found)

    def below(self, unit_id: str) -> tuple[str, ...]:
        """The units right below it."""
        return self._children.get(unit_id, ())

    def unit_of(self, unit_id: str, stage: Stage) -> str | None:
        """The unit of that stage at or above `unit_id`; for a grid only the unit itself."""
        kinds = KINDS[stage]
        return next((u.unit_id for u in self.upwards(unit_id) if u.kind in kinds), None)

    def posts_in(self, unit_id: str) -> tuple[Post, ...]:
        """Every post of the unit, valid or not."""
        return tuple(self.posts[p] for p in self._by_unit.get(self.standing(unit_id), ()))

    def posts_of(self, person_id: str, at: datetime) -> tuple[Post, ...]:
        """The posts a person may act for at that moment, stand-in duty included."""
        found = (self.posts[p] for p in self._by_person.get(person_id, ()))
        return tuple(p for p in found if p.holder(at) == person_id)

    def employs(self, person_id: str, at: datetime) -> bool:
        """Whether the person holds or stands in for a post that exists then, absent or not."""
        return any(post.valid(at) for post in self.all_posts_of(person_id))

    def all_posts_of(self, person_id: str) -> tuple[Post, ...]:
        """Every post the person holds or stands in for, valid or not."""
        return tuple(self.posts[p] for p in self._by_person.get(person_id, ()))

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
DECIDERS = (Role.SUPERVISOR, Role.STREET_COORDINATOR, Role.COMMUNITY_WORKER)
"""Who decides on more time for the unit above, first those who are asked first (R6.5)."""


def _superior(unit: Unit) -> Iterable[str]:
    return () if unit.parent_id is None else (unit.parent_id,)


def _counted_under(unit: Unit) -> Iterable[str]:
    return () if unit.counted_under is None else (unit.counted_under,)


def _unit_of(post: Post) -> Iterable[str]:
    return (post.unit_id,)


def _people_of(post: Post) -> Iterable[str]:
    return filter(None, (post.person_id, post.stand_in))


def _cells_of(ring: Ring) -> Iterable[tuple[int, int]]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    if not ring:
        return ()
    rows = range(min(ys) // CELL, max(ys) // CELL + 1)
    columns = range(min(xs) // CELL, max(xs) // CELL + 1)
    return ((column, row) for column in columns for row in rows)


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
