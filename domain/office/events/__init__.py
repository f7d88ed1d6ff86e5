"""What happened in the office, in the past tense. `kind` and `SCHEMA` are kept for ever.

What changes organisation, catalogue or calendar is a `Change`: the book is folded from them.
"""

from domain.office.events.base import ChangeCancelled, ChangeRoot
from domain.office.events.hand_overs import (
    HandedOver,
    HandOverBegun,
    HandOverCalledOff,
    HandOverPlanned,
    Share,
)
from domain.office.events.papers import (
    BooksLoaded,
    CalendarLookedAt,
    DayOff,
    ItemAdded,
    ItemChanged,
    ItemRetired,
    PolicyPublished,
    Swept,
    YearPublished,
)
from domain.office.events.people import DutyAssigned, PersonAdded, PersonChanged, PersonLeft
from domain.office.events.posts import (
    AbsenceCancelled,
    AbsenceRecorded,
    PostChanged,
    PostConfirmed,
    PostDeclined,
    PostEnded,
    PostOpened,
    PostRequested,
    StandInNamed,
)
from domain.office.events.units import GridDrawn, UnitAdded, UnitChanged, UnitClosed

__all__ = [
    "OF_CATALOGUE",
    "AbsenceCancelled",
    "AbsenceRecorded",
    "BooksLoaded",
    "CalendarLookedAt",
    "Change",
    "ChangeCancelled",
    "ChangeRoot",
    "DayOff",
    "DutyAssigned",
    "GridDrawn",
    "HandOverBegun",
    "HandOverCalledOff",
    "HandOverPlanned",
    "HandedOver",
    "ItemAdded",
    "ItemChanged",
    "ItemRetired",
    "OfficeEvent",
    "PersonAdded",
    "PersonChanged",
    "PersonLeft",
    "PolicyPublished",
    "PostChanged",
    "PostConfirmed",
    "PostDeclined",
    "PostEnded",
    "PostOpened",
    "PostRequested",
    "Share",
    "StandInNamed",
    "Swept",
    "UnitAdded",
    "UnitChanged",
    "UnitClosed",
    "YearPublished",
]

Change = (
    UnitAdded
    | UnitChanged
    | UnitClosed
    | GridDrawn
    | PersonAdded
    | PersonChanged
    | PostOpened
    | PostChanged
    | PostEnded
    | StandInNamed
    | AbsenceRecorded
    | AbsenceCancelled
    | DutyAssigned
    | ItemAdded
    | ItemChanged
    | ItemRetired
    | YearPublished
)
OF_CATALOGUE: tuple[type, ...] = (ItemAdded, ItemChanged, ItemRetired)

OfficeEvent = (
    Change
    | PolicyPublished
    | ChangeCancelled
    | PostRequested
    | PostConfirmed
    | PostDeclined
    | PersonLeft
    | HandOverPlanned
    | HandOverBegun
    | HandOverCalledOff
    | HandedOver
    | CalendarLookedAt
    | BooksLoaded
    | Swept
)
