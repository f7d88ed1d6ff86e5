"""Which commands there are to ask about, who could ever send each, and in what kind of case."""

from collections.abc import Mapping
from typing import get_args

from domain.commands import (
    AddInformation,
    AgreementCommand,
    AskReconsideration,
    AuthoriseAgent,
    Command,
    ConfirmAgreement,
    DeclareRelation,
    DeliberationCommand,
    DisputeCommand,
    EraseSubject,
    GiveBack,
    GiveConsent,
    Join,
    Keep,
    Merge,
    NoteRecurrence,
    Object,
    Part,
    Rate,
    RecordAgencyStep,
    RecordHelp,
    Refer,
    Register,
    RejectMediator,
    Remind,
    ReportDanger,
    ReportIn,
    RevokeAgent,
    Split,
    Tick,
    UnmarkRecurrence,
    Withdraw,
    WithdrawConsent,
)
from domain.possible.scene import Scene
from domain.words import ActorKind, CaseType

NOBODYS = (
    *(Register, Tick, Join, Part, GiveBack, NoteRecurrence, UnmarkRecurrence, EraseSubject),
    Refer,
)
"""Sent by nobody to a case there is: it opens one, or time, other cases and importers send it."""
RESIDENTS_ALONE = (Rate, Remind, Keep, AskReconsideration)
"""What nobody of staff could ever send."""
RESIDENTS_TOO = (
    *(AddInformation, Withdraw, Object, AuthoriseAgent, RevokeAgent, GiveConsent, WithdrawConsent),
    *(DeclareRelation, RejectMediator, ConfirmAgreement, ReportDanger),
)
"""What residents and parties may say themselves, and staff too."""
PARTNERS = (ReportIn, RecordHelp)
OF_DISPUTES = (*get_args(DisputeCommand), *get_args(AgreementCommand))
OF_REQUESTS = (
    *get_args(DeliberationCommand),
    *(Merge, Split, AuthoriseAgent, RecordAgencyStep, RevokeAgent),
)
"""What no dispute ever comes to: it is confidential and nobody else's (R2.3, R7.1, R8)."""
OF_THE_REPORTER = (Withdraw, Keep)
"""What the other parties of a dispute have no part in."""


def kind_of(command: type[Command]) -> str:
    """The command's own name for its kind."""
    return str(command.__dataclass_fields__["kind"].default)


KINDS: Mapping[str, type[Command]] = {
    kind_of(command): command for command in get_args(Command) if command not in NOBODYS
}
"""Every command that a resident, a party, a partner or a member of staff could send."""


def applies(kind: str, scene: Scene) -> bool:
    """Whether the command makes sense in such a case, from such a one."""
    command, case = KINDS[kind], scene.case
    if command in (OF_REQUESTS if case.case_type is CaseType.DISPUTE else OF_DISPUTES):
        return False
    match scene.actor.kind:
        case ActorKind.STAFF:
            return command not in RESIDENTS_ALONE
        case ActorKind.RESIDENT:
            if command in OF_THE_REPORTER and scene.actor.subject in case.parties:
                return False
            return command in (*RESIDENTS_ALONE, *RESIDENTS_TOO)
        case ActorKind.PARTNER:
            return command in PARTNERS
        case _:
            return False
