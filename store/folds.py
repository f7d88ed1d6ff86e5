"""How the stream of each noun is folded into its state: the store's one list of nouns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain import access, office
from domain import admission as admissions
from domain import case as cases
from domain import erasure as erasures
from domain import log as logs
from domain import report as reports
from domain import visit as visits
from domain.access import Access
from domain.access.events import AccessEvent
from domain.admission.events import AdmissionEvent
from domain.admission.state import Admission
from domain.erasure.events import ErasureEvent
from domain.erasure.state import Erasure
from domain.events import Event
from domain.log import state as log_state
from domain.log.events import LogEvent
from domain.log.state import Log
from domain.office.events import OfficeEvent
from domain.office.state import REMEMBERED, Office
from domain.report.events import ReportEvent
from domain.report.state import Report
from domain.state import Case
from domain.streams import Noun, noun_of
from domain.visit.events import VisitEvent
from domain.visit.state import Visit
from store.codec import AnyEvent

S = TypeVar("S")
E = TypeVar("E", bound=AnyEvent)


@dataclass(frozen=True, slots=True)
class Fold(Generic[S, E]):
    """The pure functions that make a noun's state of its stream's id and its events."""

    noun: Noun
    initial: Callable[[str], S]
    evolve: Callable[[S, E], S]
    kinds: tuple[str, ...] | None = None
    """The events that matter to the state, None for all: a long stream is then folded from few."""

    def owns(self, stream: str) -> bool:
        """Whether the id has the form of this noun's."""
        return noun_of(stream) is self.noun


CASE: Fold[Case, Event] = Fold(Noun.CASE, cases.initial, cases.evolve)
ADMISSION: Fold[Admission, AdmissionEvent] = Fold(
    Noun.ADMISSION, admissions.initial, admissions.evolve
)
VISIT: Fold[Visit, VisitEvent] = Fold(Noun.VISIT, visits.initial, visits.evolve)
LOG: Fold[Log, LogEvent] = Fold(
    Noun.LOG,
    logs.initial,
    logs.evolve,
    tuple(str(cls.__dataclass_fields__["kind"].default) for cls in log_state.REMEMBERED),
)
ACCESS: Fold[Access, AccessEvent] = Fold(Noun.ACCESS, access.initial, access.evolve, ())
ERASURE: Fold[Erasure, ErasureEvent] = Fold(Noun.ERASURE, erasures.initial, erasures.evolve)
REPORT: Fold[Report, ReportEvent] = Fold(Noun.REPORT, reports.initial, reports.evolve)
OFFICE: Fold[Office, OfficeEvent] = Fold(
    Noun.OFFICE,
    office.initial,
    office.evolve,
    tuple(str(cls.__dataclass_fields__["kind"].default) for cls in REMEMBERED),
)
