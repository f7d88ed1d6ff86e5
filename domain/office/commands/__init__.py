"""Commands to the office: who is where, whose work is what, by which numbers and days. Imperative.

Each may name the instant from which it holds (`effective_from`, default now) and say why (`text`).
"""

from domain.commands import Tick
from domain.office.commands.base import CancelChange, OfficeAsked
from domain.office.commands.hand_overs import RecordHandOver
from domain.office.commands.papers import (
    AddItem,
    ChangeItem,
    Holidays,
    LoadBooks,
    PublishPolicy,
    PublishYear,
    RecordSweep,
    RetireItem,
)
from domain.office.commands.people import AddPerson, AssignDuty, ChangePerson, Leave, Succession
from domain.office.commands.posts import (
    CancelAbsence,
    ChangePost,
    ConfirmPost,
    DeclinePost,
    EndPost,
    NameStandIn,
    OpenPost,
    RecordAbsence,
)
from domain.office.commands.units import AddUnit, ChangeUnit, CloseUnit, DrawGrid

__all__ = [
    "AddItem",
    "AddPerson",
    "AddUnit",
    "AssignDuty",
    "CancelAbsence",
    "CancelChange",
    "ChangeItem",
    "ChangePerson",
    "ChangePost",
    "ChangeUnit",
    "CloseUnit",
    "ConfirmPost",
    "DeclinePost",
    "DrawGrid",
    "EndPost",
    "Holidays",
    "Leave",
    "LoadBooks",
    "NameStandIn",
    "OfficeAsked",
    "OfficeCommand",
    "OpenPost",
    "PublishPolicy",
    "PublishYear",
    "RecordAbsence",
    "RecordHandOver",
    "RecordSweep",
    "RetireItem",
    "Succession",
    "Tick",
]

OfficeCommand = (
    AddUnit
    | ChangeUnit
    | CloseUnit
    | DrawGrid
    | AddPerson
    | ChangePerson
    | OpenPost
    | ConfirmPost
    | DeclinePost
    | ChangePost
    | EndPost
    | NameStandIn
    | RecordAbsence
    | CancelAbsence
    | Leave
    | AssignDuty
    | AddItem
    | ChangeItem
    | RetireItem
    | PublishYear
    | PublishPolicy
    | CancelChange
    | LoadBooks
    | RecordHandOver
    | RecordSweep
    | Tick
)
