"""A case's past as it is looked at: each event beside where the case stood before it. A fold of its
own, that takes any order of events: what decides is not asked whether it decided well.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.catalogue import Item
from domain.events import (
    Accepted,
    Adjudicated,
    Arrived,
    Closed,
    DangerReported,
    Escalated,
    Event,
    ProgressRecorded,
    Rated,
    Reclassified,
    Registered,
    Resolved,
)
from domain.values import Seat
from domain.words import EscalationReason, Stage, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event as it was recorded, in the order of its stream."""

    version: int
    command_id: str
    recorded_at: datetime
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """What a case is held to: the catalogue's items from each moment on, oldest first, returns at
    most, how much later than it happened something may be recorded, and the moment it is looked at.
    """

    catalogues: Sequence[tuple[datetime, Mapping[str, Item]]]
    returns: int
    now: datetime
    tolerance: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One departure from the rulebook: its rule, a stable code, the event it stands at.

    `facts` are ids, counts and times by name; never what somebody said.
    """

    rule: str
    code: str
    version: int
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a case stands. `places` are the units of its rungs, None where one is not known."""

    opened: bool = False
    seat: Seat | None = None
    seats: tuple[Seat, ...] = ()
    accepted: bool = False
    progress: int = 0
    urgency: Urgency = Urgency.NORMAL
    item_id: str = ""
    places: Mapping[Stage, str | None] = field(default_factory=dict)
    round: int = 1
    resolved_at: datetime | None = None
    rated: frozenset[tuple[int, str]] = frozenset()
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An entry, the case before it, and the other events of the same command."""

    entry: Entry
    before: Standing
    together: tuple[Event, ...]

    @property
    def event(self) -> Event:
        """What happened."""
        return self.entry.event

    def deviates(self, rule: str, code: str, **facts: object) -> Deviation:
        """A deviation at this event."""
        told = {name: str(value) for name, value in facts.items()}
        return Deviation(rule=rule, code=code, version=self.entry.version, facts=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """All steps of a case, and what it is held to."""

    steps: tuple[Step, ...]
    norm: Norm

    @property
    def opening(self) -> Registered | None:
        """The event that opened it."""
        events = (step.event for step in self.steps)
        return next((event for event in events if isinstance(event, Registered)), None)

    @property
    def imported(self) -> bool:
        """Whether it comes from another system: there it went by other rules."""
        return self.opening is not None and self.opening.external is not None

    def item(self, step: Step) -> Item | None:
        """What the catalogue said of the matter then. Of one it got only later, as those that are
        imported, what it said first; of one taken out of it nothing.
        """
        at, item_id = step.event.at, step.before.item_id
        known = [items for since, items in self.norm.catalogues if since <= at]
        if any(item_id in items for items in known):
            return known[-1].get(item_id)
        later = (items[item_id] for _, items in self.norm.catalogues if item_id in items)
        return next(later, None)


def past(entries: Sequence[Entry], norm: Norm) -> Past:
    """Each entry beside where the case stood before it."""
    return Past(steps=tuple(_steps(entries)), norm=norm)


def _steps(entries: Sequence[Entry]) -> Iterator[Step]:
    commands: dict[str, list[Event]] = {}
    for entry in entries:
        commands.setdefault(entry.command_id, []).append(entry.event)
    standing = Standing()
    for entry in entries:
        together = tuple(commands[entry.command_id])
        yield Step(entry=entry, before=standing, together=together)
        standing = after(standing, entry.event)


def after(standing: Standing, event: Event) -> Standing:  # noqa: PLR0911, C901 - one line for each event that matters
    """Where the case stands after an event. Total, whatever came before."""
    match event:
        case Registered():
            return _registered(standing, event)
        case Arrived():
            return _arrived(standing, event)
        case Accepted():
            return replace(standing, accepted=True)
        case ProgressRecorded():
            return replace(standing, progress=standing.progress + 1)
        case Escalated(reason=EscalationReason.EMERGENCY) | DangerReported():
            return replace(standing, urgency=Urgency.EMERGENCY)
        case Reclassified():
            return _reclassified(standing, event)
        case Adjudicated(area=area) if area is not None:
            return _placed(standing, area.grid_id, area.community_id, area.street_id)
        case Resolved():
            return replace(standing, resolved_at=event.at)
        case Rated():
            return replace(standing, rated=standing.rated | {(event.round, event.subject)})
        case Closed():
            return replace(standing, closed=True)
        case _:
            return standing


def _registered(standing: Standing, event: Registered) -> Standing:
    place = event.location
    opened = replace(standing, opened=True, urgency=event.urgency, item_id=event.item_id)
    return replace(
        opened,
        places={
            Stage.FIRST_CONTACT: event.officer.unit_id,
            Stage.GRID: place.grid_id,
            Stage.COMMUNITY: place.community_id,
            Stage.STREET: place.street_id,
            Stage.DEPARTMENT: event.department_id,
        },
    )


def _arrived(standing: Standing, event: Arrived) -> Standing:
    seat = Seat(stage=event.stage, unit_id=event.unit_id)
    seats = (*standing.seats, seat)
    return replace(standing, seat=seat, seats=seats, accepted=event.accepted, progress=0)


def _reclassified(standing: Standing, event: Reclassified) -> Standing:
    changed = replace(standing, item_id=event.matter.item_id, urgency=event.urgency)
    changed = replace(
        changed, places={**changed.places, Stage.DEPARTMENT: event.matter.department_id}
    )
    place = event.location
    if place is None:
        return changed
    return _placed(changed, place.grid_id, place.community_id, place.street_id)


def _placed(
    standing: Standing, grid: str | None, community: str | None, street: str | None
) -> Standing:
    found = {Stage.GRID: grid, Stage.COMMUNITY: community, Stage.STREET: street}
    return replace(standing, places={**standing.places, **found})


Rule = Callable[[Past], Iterator[Deviation]]
