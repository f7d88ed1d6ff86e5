"""How the office's events change organisation, catalogue and calendar. Total: refuses nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from domain.calendar import Calendar, Holiday, Year
from domain.catalogue import Catalogue, Item
from domain.office.events import (
    AbsenceCancelled,
    AbsenceRecorded,
    Change,
    DutyAssigned,
    GridDrawn,
    ItemAdded,
    ItemChanged,
    ItemRetired,
    PersonAdded,
    PersonChanged,
    PostChanged,
    PostEnded,
    PostOpened,
    StandInNamed,
    UnitAdded,
    UnitChanged,
    UnitClosed,
    YearPublished,
)
from domain.organisation import Organisation, Patch, Person, Post, Ring, Unit


def renamed(version: str, number: int) -> str:
    """The version after change `number`: ``"town-1"`` and ``"town-1+9"`` become ``"town-1+17"``."""
    return f"{parted(version)[0]}+{number}"


def parted(version: str) -> tuple[str, int | None]:
    """The snapshot a version rests on, and the last change in it."""
    base, plus, number = version.rpartition("+")
    return (base, int(number)) if plus and number.isdecimal() else (version, None)


def ring_of(text: str) -> Ring:
    """A border from its stored form."""
    pairs = (corner.split(",") for corner in text.split())
    return tuple((int(x), int(y)) for x, y in pairs)


def text_of(ring: Ring) -> str:
    """The stored form of a border."""
    return " ".join(f"{x},{y}" for x, y in ring)


# -- organisation ------------------------------------------------------------


def organisation(
    before: Organisation, events: Sequence[Change], version: str | None = None
) -> Organisation:
    """The organisation after some changes, in their order."""
    if not events:
        return before
    sheet = _Sheet(before)
    for event in events:
        sheet.note(event)
    return before.patched(version or before.version, sheet.patch)


class _Sheet:
    """Collects a patch; each change sees those before it. What is gone by then changes nothing."""

    def __init__(self, before: Organisation) -> None:
        self.before = before
        self.patch = Patch()

    def note(self, event: Change) -> None:  # noqa: C901, PLR0912 - one line for each kind of change
        match event:
            case UnitAdded():
                self._unit_added(event)
            case UnitChanged(name=name, setting=setting, parent_id=parent):
                self._unit(event.unit_id, name=name, setting=setting, parent_id=parent)
            case UnitClosed():
                self._unit_closed(event)
            case GridDrawn():
                self._unit(event.unit_id, households=event.households)
                self.patch.borders[event.unit_id] = ring_of(event.border)
            case PersonAdded():
                self.patch.people[event.person_id] = Person(
                    person_id=event.person_id,
                    name=event.name,
                    login=event.login,
                    email=event.email,
                    phone=event.phone,
                )
            case PersonChanged(name=name, email=email, phone=phone):
                self._person(event.person_id, name=name, email=email, phone=phone)
            case PostOpened():
                self._post_opened(event)
            case PostChanged(role=role, mediator_kind=mediator, valid_until=until):
                self._post(event.post_id, role=role, mediator_kind=mediator, valid_until=until)
            case PostEnded():
                self._post(event.post_id, valid_until=event.effective_from)
            case StandInNamed():
                self._stand_in(event)
            case AbsenceRecorded():
                self._absence(event)
            case AbsenceCancelled():
                self._back(event)
            case DutyAssigned():
                self.patch.duty[event.channel] = event.post_id or ""
            case _:
                pass

    def _unit_added(self, event: UnitAdded) -> None:
        self.patch.units[event.unit_id] = Unit(
            unit_id=event.unit_id,
            kind=event.unit_kind,
            parent_id=event.parent_id,
            name=event.name,
            setting=event.setting,
            level=event.level,
            households=event.households,
        )
        if event.border:
            self.patch.borders[event.unit_id] = ring_of(event.border)

    def _unit(self, unit_id: str, **changes: object) -> None:
        found = self.patch.units.get(unit_id) or self.before.units.get(unit_id)
        if found is not None:
            self.patch.units[unit_id] = _with(found, changes)

    def _unit_closed(self, event: UnitClosed) -> None:
        """Its units and posts move to the successor, under which it stays as a name."""
        if event.successor is not None:
            for unit in self._all_units():
                if unit.parent_id == event.unit_id and not unit.closed:
                    self._unit(unit.unit_id, parent_id=event.successor)
            for post in self._all_posts():
                if post.unit_id == event.unit_id:
                    self._post(post.post_id, unit_id=event.successor)
        found = self.patch.units.get(event.unit_id) or self.before.units.get(event.unit_id)
        stood = None if found is None else found.counted_under
        self._unit(event.unit_id, closed=True, parent_id=event.successor, stood_under=stood)
        self.patch.borders[event.unit_id] = ()

    def _all_units(self) -> list[Unit]:
        return list({**self.before.units, **self.patch.units}.values())

    def _all_posts(self) -> list[Post]:
        return list({**self.before.posts, **self.patch.posts}.values())

    def _person(self, person_id: str, **changes: object) -> None:
        found = self.patch.people.get(person_id) or self.before.people.get(person_id)
        if found is not None:
            self.patch.people[person_id] = _with(found, changes)

    def _found(self, post_id: str) -> Post | None:
        return self.patch.posts.get(post_id) or self.before.posts.get(post_id)

    def _post(self, post_id: str, **changes: object) -> None:
        found = self._found(post_id)
        if found is not None:
            self.patch.posts[post_id] = _with(found, changes)

    def _post_opened(self, event: PostOpened) -> None:
        self.patch.posts[event.post_id] = Post(
            post_id=event.post_id,
            person_id=event.person_id,
            role=event.role,
            unit_id=event.unit_id,
            valid_from=event.effective_from,
            valid_until=event.valid_until,
            stand_in=event.stand_in,
            mediator_kind=event.mediator_kind,
        )

    def _stand_in(self, event: StandInNamed) -> None:
        found = self._found(event.post_id)
        if found is not None:
            self.patch.posts[event.post_id] = replace(found, stand_in=event.person_id)

    def _absence(self, event: AbsenceRecorded) -> None:
        found = self._found(event.post_id)
        if found is not None:
            absences = (*found.absences, (event.effective_from, event.until))
            self._post(event.post_id, absences=absences)

    def _back(self, event: AbsenceCancelled) -> None:
        """Absences under way end; the past stays as it was."""
        found = self._found(event.post_id)
        if found is not None:
            at = event.effective_from
            cut = ((start, min(end, at)) for start, end in found.absences if start < at)
            self._post(event.post_id, absences=tuple(cut))


T = TypeVar("T", Unit, Person, Post)


def _with(value: T, changes: Mapping[str, Any]) -> T:
    """The value with what is given; None leaves as it is."""
    given = {name: new for name, new in changes.items() if new is not None}
    return replace(value, **given)


# -- catalogue and calendar --------------------------------------------------


def catalogue(before: Catalogue, events: Iterable[Change], version: str) -> Catalogue:
    """The catalogue after some changes, in their order."""
    items = dict(before.items)
    for event in events:
        if isinstance(event, ItemAdded | ItemChanged):
            items[event.item_id] = _item(event)
        elif isinstance(event, ItemRetired) and event.item_id in items:
            items[event.item_id] = replace(items[event.item_id], retired=True)
    return Catalogue(version=version, items=items)


def _item(event: ItemAdded | ItemChanged) -> Item:
    return Item(
        item_id=event.item_id,
        class_id=event.class_id,
        class_name=event.class_name,
        name=event.name,
        belonging=event.belonging,
        owner_level=event.owner_level,
        department_id=event.department_id,
        first_rung=event.first_rung,
        deadline=event.deadline,
        evidence=event.evidence,
        skips_rungs=event.skips_rungs,
    )


def calendar(before: Calendar, event: YearPublished, version: str) -> Calendar:
    """The calendar with that year's arrangement in place of any earlier one."""
    year = Year(
        year=event.year,
        published=True,
        source=event.source,
        holidays=tuple(Holiday(day=date.fromisoformat(d.day), name=d.name) for d in event.holidays),
        make_up_days=tuple(map(date.fromisoformat, event.make_up_days)),
    )
    others = (known for known in before.years if known.year != event.year)
    years = tuple(sorted((*others, year), key=lambda known: known.year))
    return Calendar(version=version, schedules=before.schedules, years=years)
