"""Commands: what people, residents and clocks ask a case to do. Imperative, frozen, complete.

Each carries who asks, when, and the id that makes a repeat harmless. Whoever builds one (API,
timer, importer) makes the time and the id; nothing here does.
"""

from domain.commands.agreements import (
    AgreementCommand,
    CheckDuty,
    ConfirmAgreement,
    DraftAgreement,
    Promise,
)
from domain.commands.base import (
    Actor,
    Asked,
    Contact,
    Place,
    Source,
)
from domain.commands.delegation import Delegate, DelegationCommand, RecordExpense
from domain.commands.deliberation import (
    DecideObjection,
    DeliberationCommand,
    Object,
    ProposeDeliberation,
    PublishDeliberation,
    RecordMeeting,
    StopDeliberation,
)
from domain.commands.disputes import (
    ByParty,
    DeclareRelation,
    DisputeCommand,
    ExtendMediation,
    FailMediation,
    FormPanel,
    GiveConsent,
    OpenMediation,
    RecordSession,
    ReferDispute,
    RejectMediator,
    ReportDanger,
    WithdrawConsent,
)
from domain.commands.erasing import EraseSubject, ErasingCommand
from domain.commands.first_contact import (
    Decline,
    FirstContactCommand,
    HandOver,
    Reclassify,
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
from domain.commands.merging import (
    GiveBack,
    Join,
    Merge,
    MergingCommand,
    Part,
    Split,
)
from domain.commands.pauses import (
    DecideExtension,
    PauseCommand,
    RequestExtension,
    Resume,
    Suspend,
)
from domain.commands.proactive import (
    AuthoriseAgent,
    ProactiveCommand,
    RecordAgencyStep,
    RevokeAgent,
    Verify,
)
from domain.commands.ratings import (
    DecideWithdrawal,
    Keep,
    Rate,
    RatingCommand,
    RecordFollowUp,
    Refer,
    Resolve,
    Withdraw,
)
from domain.commands.redress import (
    Appeal,
    AskReconsideration,
    DecideAppeal,
    MarkRecurrence,
    NoteRecurrence,
    Reconsider,
    RedressCommand,
    ReviewRating,
    UnmarkRecurrence,
)
from domain.commands.returns import (
    AcceptTransfer,
    Adjudicate,
    RefuseTransfer,
    ReturnCase,
    ReturnCommand,
    Transfer,
)
from domain.commands.shelving import (
    DecideShelving,
    ReviewShelf,
    Shelve,
    ShelvingCommand,
)
from domain.commands.supervision import (
    AnswerSupervision,
    Supervise,
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
    "AgreementCommand",
    "AnswerSupervision",
    "Appeal",
    "ArriveOnSite",
    "AskReconsideration",
    "Asked",
    "Assign",
    "AuthoriseAgent",
    "ByParty",
    "Call",
    "CheckDuty",
    "Command",
    "ConfirmAgreement",
    "Contact",
    "DecideAppeal",
    "DecideExtension",
    "DecideObjection",
    "DecideShelving",
    "DecideWithdrawal",
    "DeclareRelation",
    "Decline",
    "Delegate",
    "DelegationCommand",
    "DeliberationCommand",
    "DisputeCommand",
    "DraftAgreement",
    "EraseSubject",
    "ErasingCommand",
    "Escalate",
    "ExtendMediation",
    "FailMediation",
    "FirstContactCommand",
    "FormPanel",
    "GiveBack",
    "GiveConsent",
    "HandOver",
    "Join",
    "Keep",
    "LadderCommand",
    "MarkRecurrence",
    "Merge",
    "MergingCommand",
    "NoteRecurrence",
    "Object",
    "OpenMediation",
    "Part",
    "PauseCommand",
    "Place",
    "ProactiveCommand",
    "Promise",
    "ProposeDeliberation",
    "PublishDeliberation",
    "Rate",
    "RatingCommand",
    "Reclassify",
    "Reconsider",
    "RecordAgencyStep",
    "RecordExpense",
    "RecordFollowUp",
    "RecordHelp",
    "RecordMeeting",
    "RecordProgress",
    "RecordSession",
    "RedressCommand",
    "Refer",
    "ReferDispute",
    "RefuseTransfer",
    "Register",
    "RejectMediator",
    "Release",
    "Remind",
    "ReplaceOfficer",
    "ReportDanger",
    "ReportIn",
    "RequestExtension",
    "Resolve",
    "Resume",
    "ReturnCase",
    "ReturnCommand",
    "Reveal",
    "ReviewDecline",
    "ReviewRating",
    "ReviewShelf",
    "RevokeAgent",
    "Shelve",
    "ShelvingCommand",
    "Source",
    "Split",
    "StopDeliberation",
    "Summon",
    "Supervise",
    "SupervisionCommand",
    "Suspend",
    "Tick",
    "Transfer",
    "UnmarkRecurrence",
    "Verify",
    "WhistleCommand",
    "Withdraw",
    "WithdrawConsent",
]

Command = (
    FirstContactCommand
    | LadderCommand
    | ReturnCommand
    | DelegationCommand
    | ShelvingCommand
    | PauseCommand
    | SupervisionCommand
    | RatingCommand
    | WhistleCommand
    | ProactiveCommand
    | RedressCommand
    | DisputeCommand
    | AgreementCommand
    | DeliberationCommand
    | MergingCommand
    | ErasingCommand
    | Tick
)
