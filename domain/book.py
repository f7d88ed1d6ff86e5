"""The book: policy, catalogue, organisation and calendar in force, versioned and immutable."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.calendar import Calendar, WorkingTime
from domain.catalogue import Catalogue
from domain.organisation import Organisation
from domain.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What a decision looks things up in.

    `policy` is the version new cases open under; a case keeps its own, so all stay at hand.
    `load` is the number of open cases per post at the moment of the decision. It has no version:
    what was made of it is recorded in the event that names the handler.
    """

    organisation: Organisation
    catalogue: Catalogue
    calendar: Calendar
    policies: Mapping[str, Policy]
    policy: str
    load: Mapping[str, int] = field(default_factory=dict)

    def working_time(self, unit_id: str) -> WorkingTime:
        """The working time of a unit."""
        return self.calendar.working_time(self.organisation.path(unit_id))
