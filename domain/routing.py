"""Chapter R2: from place and matter to unit, and inside the unit to a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.book import Book
from domain.catalogue import Item
from domain.commands import Place
from domain.organisation import DECIDERS, HANDLERS, KINDS, Organisation, Post
from domain.refusals import Refused
from domain.state import Case, rungs_above
from domain.values import Area, Location, Seat
from domain.words import LADDER, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A unit with the post and person who will answer; `passed` are units where nobody could."""

    stage: Stage
    unit_id: str
    post_id: str
    person_id: str
    passed: tuple[str, ...] = ()


def locate(place: Place, organisation: Organisation) -> Location:
    """Place → grid → community → street; the point wins, then the unit known (R2.1)."""
    grid = organisation.grid_at(*place.point) if place.point is not None else None
    known = grid or place.unit_id
    if known is not None and known not in organisation.units:
        raise Refused("unknown_unit", "R2.1", unit=known)
    units: Mapping[Stage, str | None] = (
        {} if known is None else {s: organisation.unit_of(known, s) for s in LADDER[1:4]}
    )
    return Location(
        address=place.address,
        point="" if place.point is None else f"{place.point[0]},{place.point[1]}",
        grid_id=units.get(Stage.GRID),
        community_id=units.get(Stage.COMMUNITY),
        street_id=units.get(Stage.STREET),
    )


def area(unit_id: str, organisation: Organisation) -> Area:
    """The units of the place that the unit is or lies in."""
    return Area(
        grid_id=organisation.unit_of(unit_id, Stage.GRID),
        community_id=organisation.unit_of(unit_id, Stage.COMMUNITY),
        street_id=organisation.unit_of(unit_id, Stage.STREET),
    )


def item(item_id: str, book: Book) -> Item:
    """The catalogue item, or a refusal."""
    found = book.catalogue.items.get(item_id)
    if found is None:
        raise Refused("unknown_item", "R2.1", item=item_id)
    if found.retired:
        raise Refused("item_retired", "R3.1", item=item_id)
    return found


def rung_of(unit_id: str, organisation: Organisation) -> Stage | None:
    """The rung a unit stands on by its kind; None for a city, a district, or no unit."""
    unit = organisation.units.get(unit_id)
    return next((s for s in LADDER[1:] if unit and unit.kind in KINDS[s]), None)


def unit_at(case: Case, stage: Stage) -> str | None:
    """The unit of the case's place or matter at a rung, None where it is not known."""
    match stage:
        case Stage.GRID:
            return case.location.grid_id
        case Stage.COMMUNITY:
            return case.location.community_id
        case Stage.STREET:
            return case.location.street_id
        case Stage.DEPARTMENT:
            return case.department_id
        case Stage.FIRST_CONTACT:
            return case.officer.unit_id


def desk_from(case: Case, stages: Iterable[Stage], at: datetime, book: Book) -> Desk | None:
    """The first of those rungs whose unit is known and where somebody can answer."""
    passed: list[str] = []
    for stage in stages:
        unit_id = unit_at(case, stage)
        if unit_id is None:
            continue
        post = _post_at(Seat(stage=stage, unit_id=unit_id), at, book)
        if post is not None:
            return _desk(stage, post, at, tuple(passed))
        passed.append(unit_id)
    return None


def _post_at(seat: Seat, at: datetime, book: Book) -> Post | None:
    post = least_loaded(seat.unit_id, HANDLERS[seat.stage], at, book)
    if post is None and seat.stage is Stage.DEPARTMENT:
        post = least_loaded(seat.unit_id, Role.SUPERVISOR, at, book)
    return post


def desk_again(case: Case, seat: Seat, at: datetime, book: Book) -> Desk | None:
    """Whoever had the case there before, else the least loaded; at first contact the officer."""
    had = (s.post_id for s in reversed(case.stints) if s.seat == seat)
    known = case.officer.post_id if seat.stage is Stage.FIRST_CONTACT else next(had, None)
    post = book.organisation.posts.get(known or "")
    if post is None or post.holder(at) is None:
        post = _post_at(seat, at, book)
    if post is None and seat.stage is Stage.FIRST_CONTACT:
        post = clerk_near(seat.unit_id, at, book)
    return None if post is None else _desk(seat.stage, post, at, ())


def above(case: Case, at: datetime, book: Book) -> Desk | None:
    """One rung up: from first contact the rung the catalogue names, else the next that answers."""
    if case.stage is Stage.FIRST_CONTACT:
        first = routing_rung(case, book)
        return desk_from(case, LADDER[LADDER.index(first) :], at, book)
    return desk_from(case, rungs_above(case.stage), at, book)


def routing_rung(case: Case, book: Book) -> Stage:
    """The rung the catalogue names, above first contact; the lowest for an item gone from it."""
    known = book.catalogue.items.get(case.item_id)
    first = Stage.GRID if known is None else known.first_rung
    return Stage.GRID if first is Stage.FIRST_CONTACT else first


def duty_desk(post: Post, at: datetime) -> Desk:
    """The duty clerk's desk of an unattended channel (R1.2)."""
    return _desk(Stage.FIRST_CONTACT, post, at, ())


def least_loaded(unit_id: str, role: Role, at: datetime, book: Book) -> Post | None:
    """The post of that role with the fewest open cases; stand-ins count as present (R2.2)."""
    posts = book.organisation.acting(unit_id, role, at)
    return min(posts, key=lambda p: (book.load.get(p.post_id, 0), p.post_id), default=None)


def clerk_near(unit_id: str, at: datetime, book: Book) -> Post | None:
    """A clerk of the unit or the nearest superior with one: nobody is turned away."""
    role = Role.FIRST_CONTACT_CLERK
    found = (least_loaded(unit, role, at, book) for unit in book.organisation.path(unit_id))
    return next(filter(None, found), None)


def supervisors_above(unit_id: str, at: datetime, book: Book) -> tuple[Post, ...]:
    """One supervisor of each superior that has any, nearest first."""
    superiors = book.organisation.path(unit_id)[1:]
    found = (least_loaded(u, Role.SUPERVISOR, at, book) for u in superiors)
    return tuple(post for post in found if post is not None)


def supervisor_above(unit_id: str, at: datetime, book: Book, *, skip: int = 0) -> Post | None:
    """The nearest supervisor of a superior, after `skip` that were asked before; else the top's."""
    supervisors = supervisors_above(unit_id, at, book)
    return supervisors[min(skip, len(supervisors) - 1)] if supervisors else None


def supervisor_at(
    unit_id: str, at: datetime, book: Book, *, barred: frozenset[str] = frozenset()
) -> Post | None:
    """The least loaded supervisor of the unit or the nearest superior; nobody of `barred`."""
    for unit in book.organisation.path(unit_id):
        posts = book.organisation.acting(unit, Role.SUPERVISOR, at)
        free = [p for p in posts if p.holder(at) not in barred]
        if free:
            return min(free, key=lambda p: (book.load.get(p.post_id, 0), p.post_id))
    return None


def decider_at(
    unit_id: str, at: datetime, book: Book, *, barred: frozenset[str] = frozenset()
) -> Post | None:
    """Who decides for the unit, supervisors first, else a superior's; nobody of `barred`."""
    for role in DECIDERS:
        posts = book.organisation.acting(unit_id, role, at)
        free = [p for p in posts if p.holder(at) not in barred]
        if free:
            return min(free, key=lambda p: (book.load.get(p.post_id, 0), p.post_id))
    return supervisor_at(unit_id, at, book, barred=barred)


def impartial(unit_id: str, at: datetime, book: Book, *, barred: frozenset[str]) -> str:
    """The unit whose supervisor judges what that unit did; nobody of `barred` will.

    The nearest superior with a supervisor who is free, else the nearest other branch with one,
    else the top, where then nobody is asked by name. A unit does not judge itself, unless it is
    the top; nor do units under it.
    """
    organisation = book.organisation
    path = organisation.path(unit_id)
    superiors = path[1:] or path
    below = {*path, *organisation.subtree(unit_id)}
    others = (u for over in superiors for u in sorted(organisation.subtree(over)))
    branches = (u for u in others if u not in below)
    judges = (u for u in (*superiors, *branches) if _has_judge(u, at, book, barred))
    return next(judges, path[-1])


def _has_judge(unit_id: str, at: datetime, book: Book, barred: frozenset[str]) -> bool:
    posts = book.organisation.acting(unit_id, Role.SUPERVISOR, at)
    return any(post.holder(at) not in barred for post in posts)


def same_desk(case: Case, at: datetime, book: Book) -> Desk:
    """The desk of the present turn again.

    Where nobody is there any more, the next rung above; where nobody is there either, it stays
    where it is.
    """
    stint = case.stint
    stays = Desk(
        stage=stint.stage,
        unit_id=stint.unit_id,
        post_id=stint.post_id,
        person_id=stint.person_id,
    )
    here = desk_again(case, stint.seat, at, book)
    higher = None if here else above(case, at, book)
    if higher is not None:
        return replace(higher, passed=(stint.unit_id, *higher.passed))
    return here or stays


def common_superior(units: Iterable[str], organisation: Organisation) -> str | None:
    """The lowest unit over (or among) all of them; None where they have none in common."""
    paths = [organisation.path(unit) for unit in units]
    return next((u for u in paths[0] if all(u in path for path in paths)), None) if paths else None


def units_at_stake(case: Case) -> tuple[str, ...]:
    """Units whose workload a decision on this case may compare."""
    rungs = {unit_at(case, stage) for stage in LADDER[1:]}
    had = {stint.unit_id for stint in case.stints}
    return tuple(sorted({u for u in (*rungs, *had, case.officer.unit_id) if u}))


def _desk(stage: Stage, post: Post, at: datetime, passed: tuple[str, ...]) -> Desk:
    person = post.holder(at)
    return Desk(
        stage=stage,
        unit_id=post.unit_id,
        post_id=post.post_id,
        person_id=person or post.person_id,
        passed=passed,
    )
