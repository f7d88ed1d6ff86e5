"""The book: policy, catalogue, organisation and calendar in force, versioned and immutable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.admitted import Admitted
from domain.calendar import Calendar, WorkingTime
from domain.catalogue import Catalogue
from domain.organisation import Organisation
from domain.policy import Policy
from domain.remembered import Remembered
from domain.uploads import Upload
from domain.values import Clock
from domain.words import CaseType, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another case, as far as a decision on this one must know it.

    `open` as in `authority.need_open`; `lookup` tells one resident from another, empty for unknown.
    `unit_id` is the one in charge, `area` the finest unit of its place, empty for unknown; `point`
    is longitude and latitude in microdegrees; `ended_at` is when it was closed, or resolved where
    it is not closed yet.
    """

    case_id: str
    case_type: CaseType
    urgency: Urgency
    open: bool
    resolved: bool
    lookup: str
    unit_id: str
    item_id: str
    class_id: str
    area: str
    point: tuple[int, int] | None
    resolved_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What a decision looks things up in.

    `calendar` is the one new clocks are set by, `calendars` holds all that clocks were ever set by.
    `policy` is the version new cases open under; a case keeps its own, so all stay at hand.
    `load` is the number of open cases per post at the moment of the decision. It has no version:
    what was made of it is recorded in the event that names the handler. So are `admissions`, the
    approved ones of the case's item, there only where a decision looks them up (R3.2), and
    `neighbours`, other cases it speaks of, `visits`, who made the visit it names (R13), and
    `remembered`, the cases an erasure is about (R14.4), and `uploads`, the files a command names
    that are no case's yet.
    """

    organisation: Organisation
    catalogue: Catalogue
    calendar: Calendar
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    policies: Mapping[str, Policy]
    policy: str
    load: Mapping[str, int] = field(default_factory=dict)
    admissions: tuple[Admitted, ...] = ()
    neighbours: Mapping[str, Neighbour] = field(default_factory=dict)
    visits: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, Remembered] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def working_time(self, unit_id: str) -> WorkingTime:
        """The working time of a unit."""
        return self.calendar.working_time(self.organisation.path(unit_id))

    def time_of(self, clock: Clock) -> WorkingTime:
        """The working time a clock was set by: its unit's, in the calendar version it names."""
        return self.time_in(clock.calendar, clock.unit_id)

    def time_in(self, version: str, unit_id: str) -> WorkingTime:
        """The working time of a unit in a version of the calendar."""
        calendar = self.calendars.get(version, self.calendar)
        return calendar.working_time(self.organisation.path(unit_id))
