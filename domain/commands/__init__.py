"""Commands: what people, residents and clocks ask a case to do. Imperative, frozen, complete.

Each carries who asks, when, and the id that makes a repeat harmless. Whoever builds one (API,
timer, importer) makes the time and the id; nothing here does.
"""

from domain.commands.base import (
    Actor,
    Asked,
    Contact,
    Place,
    Source,
)
from domain.commands.first_contact import (
    Decline,
    FirstContactCommand,
    HandOver,
    Register,
    ReplaceOfficer,
    ReviewDecline,
)
from domain.commands.ladder import (
    Accept,
    AddInformation,
    ArriveOnSite,
    Assign,
    Escalate,
    LadderCommand,
    RecordProgress,
    Remind,
    Reveal,
)
from domain.commands.pauses import (
    DecideExtension,
    PauseCommand,
    RequestExtension,
    Resume,
    Suspend,
)
from domain.commands.ratings import (
    Rate,
    RatingCommand,
    RecordFollowUp,
    Refer,
    Resolve,
    Withdraw,
)
from domain.commands.redress import (
    AskReconsideration,
    Reconsider,
    RedressCommand,
    ReviewRating,
)
from domain.commands.returns import (
    AcceptTransfer,
    Adjudicate,
    RefuseTransfer,
    ReturnCase,
    ReturnCommand,
    Transfer,
)
from domain.commands.supervision import (
    AnswerSupervision,
    SupervisionCommand,
)
from domain.commands.time import (
    Tick,
)
from domain.commands.whistle import (
    Call,
    RecordHelp,
    Release,
    ReportIn,
    Summon,
    WhistleCommand,
)

__all__ = [
    "Accept",
    "AcceptTransfer",
    "Actor",
    "AddInformation",
    "Adjudicate",
    "AnswerSupervision",
    "ArriveOnSite",
    "AskReconsideration",
    "Asked",
    "Assign",
    "Call",
    "Command",
    "Contact",
    "DecideExtension",
    "Decline",
    "Escalate",
    "FirstContactCommand",
    "HandOver",
    "LadderCommand",
    "PauseCommand",
    "Place",
    "Rate",
    "RatingCommand",
    "Reconsider",
    "RecordFollowUp",
    "RecordHelp",
    "RecordProgress",
    "RedressCommand",
    "Refer",
    "RefuseTransfer",
    "Register",
    "Release",
    "Remind",
    "ReplaceOfficer",
    "ReportIn",
    "RequestExtension",
    "Resolve",
    "Resume",
    "ReturnCase",
    "ReturnCommand",
    "Reveal",
    "ReviewDecline",
    "ReviewRating",
    "Source",
    "Summon",
    "SupervisionCommand",
    "Suspend",
    "Tick",
    "Transfer",
    "WhistleCommand",
    "Withdraw",
]

Command = (
    FirstContactCommand
    | LadderCommand
    | ReturnCommand
    | PauseCommand
    | SupervisionCommand
    | RatingCommand
    | WhistleCommand
    | RedressCommand
    | Tick
)
