"""What the people of a case would do next, so that random lives get somewhere."""

from domain import questions
from domain.commands import (
    Accept,
    AcceptTransfer,
    AddInformation,
    Adjudicate,
    AnswerSupervision,
    ArriveOnSite,
    AskReconsideration,
    Assign,
    CheckDuty,
    ConfirmAgreement,
    DecideExtension,
    DecideObjection,
    DecideShelving,
    DecideWithdrawal,
    DeclareRelation,
    Decline,
    Delegate,
    DraftAgreement,
    EraseSubject,
    Escalate,
    ExtendMediation,
    FailMediation,
    FormPanel,
    GiveBack,
    GiveConsent,
    HandOver,
    Join,
    Keep,
    Merge,
    Object,
    OpenMediation,
    Part,
    ProposeDeliberation,
    PublishDeliberation,
    Rate,
    Reclassify,
    Reconsider,
    RecordAgencyStep,
    RecordExpense,
    RecordFollowUp,
    RecordHelp,
    RecordMeeting,
    RecordProgress,
    RecordSession,
    Refer,
    ReferDispute,
    RefuseTransfer,
    RejectMediator,
    Release,
    Remind,
    ReplaceOfficer,
    ReportDanger,
    ReportIn,
    RequestExtension,
    Resolve,
    Resume,
    ReturnCase,
    ReviewDecline,
    ReviewRating,
    ReviewShelf,
    RevokeAgent,
    Shelve,
    Split,
    StopDeliberation,
    Summon,
    Supervise,
    Suspend,
    Tick,
    Transfer,
    Verify,
    Withdraw,
    WithdrawConsent,
)
from domain.state import Case
from domain.words import (
    ActorKind,
    ClockKind,
    Phase,
    QuestionKind,
    Stage,
)
from domain.words.disputes import MediationStep
from tests.domain.walkers import (
    ABOVE,
    AGENT,
    AT_POST,
    DECIDER,
    HELPER,
    MEDIATOR,
    OFFICER,
    PARTY,
    RECEIVER,
)

Move = tuple[type, str | ActorKind]
AT_WORK: tuple[Move, ...] = (
    (RecordProgress, AT_POST),
    (RecordProgress, AT_POST),
    (Escalate, AT_POST),
    (Escalate, AT_POST),
    (Suspend, AT_POST),
    (Suspend, AT_POST),
    (RequestExtension, AT_POST),
    (ArriveOnSite, AT_POST),
    (ReplaceOfficer, ABOVE),
    (Supervise, ABOVE),
    (Reclassify, AT_POST),
    (Remind, ActorKind.RESIDENT),
    (Assign, AT_POST),
    (ProposeDeliberation, AT_POST),
    (Join, ActorKind.SYSTEM),
    (Part, ActorKind.SYSTEM),
    (Resolve, AT_POST),
)
DOWN: tuple[Move, ...] = ((Delegate, AT_POST), (ReturnCase, AT_POST))
SPENDING: tuple[Move, ...] = ((RecordExpense, AT_POST), (ReturnCase, AT_POST))
WHISTLING: tuple[Move, ...] = (
    (Summon, AT_POST),
    (Summon, ABOVE),
)
HELPED: tuple[Move, ...] = (*3 * ((ReportIn, HELPER), (RecordHelp, HELPER)), (Release, AT_POST))
DELIBERATING: tuple[Move, ...] = (
    *4 * ((RecordMeeting, AT_POST),),
    *2 * ((PublishDeliberation, AT_POST),),
    (Object, AT_POST),
    (Object, ActorKind.RESIDENT),
    *2 * ((DecideObjection, DECIDER),),
    (StopDeliberation, AT_POST),
    *2 * ((Tick, ActorKind.SYSTEM),),
)
SENSIBLE: dict[Phase, tuple[Move, ...]] = {
    Phase.AWAITING_ACCEPTANCE: ((Accept, AT_POST), (Accept, AT_POST), (ReturnCase, AT_POST)),
    Phase.IN_PROGRESS: AT_WORK,
    Phase.SHELVED: ((ReviewShelf, AT_POST), (ReviewShelf, ABOVE), (Tick, ActorKind.SYSTEM)),
    Phase.SUSPENDED: ((Resume, AT_POST), (Tick, ActorKind.SYSTEM), (RecordProgress, AT_POST)),
    Phase.AWAITING_RATING: (
        (RecordFollowUp, OFFICER),
        (Rate, ActorKind.RESIDENT),
        (Tick, ActorKind.SYSTEM),
    ),
    Phase.UNDER_REVIEW: (
        (Verify, DECIDER),
        (ReviewDecline, DECIDER),
        (ReviewRating, DECIDER),
        (ReviewRating, DECIDER),
        (Tick, ActorKind.SYSTEM),
    ),
    Phase.CLOSED: ((Rate, ActorKind.RESIDENT), (EraseSubject, ActorKind.SYSTEM)),
}
CONTESTING: tuple[Move, ...] = (
    (AskReconsideration, ActorKind.RESIDENT),
    (Reconsider, DECIDER),
    (Reconsider, DECIDER),
)
ELSEWHERE: tuple[Move, ...] = (
    (Refer, ActorKind.IMPORTER),
    (Merge, AT_POST),
    (Withdraw, OFFICER),
)
SERVED: tuple[Move, ...] = ((RecordAgencyStep, AGENT), (RevokeAgent, ActorKind.RESIDENT))
MERGED: tuple[Move, ...] = (
    *3 * ((Split, ABOVE),),
    *3 * ((GiveBack, ActorKind.SYSTEM),),
    (Remind, ActorKind.RESIDENT),
    (AddInformation, ActorKind.RESIDENT),
    (Withdraw, ActorKind.RESIDENT),
)

AFTERWARDS = (Phase.AWAITING_RATING, Phase.CLOSED)
HIGHER = (Stage.GRID, Stage.COMMUNITY, Stage.STREET, Stage.DEPARTMENT)
MEDIATING: dict[MediationStep, tuple[Move, ...]] = {
    MediationStep.ASKED: (
        *2 * ((GiveConsent, PARTY), (GiveConsent, ActorKind.RESIDENT)),
        (Tick, ActorKind.SYSTEM),
    ),
    MediationStep.CONSENTED: (*4 * ((FormPanel, AT_POST),), (WithdrawConsent, PARTY)),
    MediationStep.UNDER_WAY: (
        *3 * ((RecordSession, MEDIATOR), (DraftAgreement, MEDIATOR)),
        *((ExtendMediation, MEDIATOR), (GiveConsent, PARTY), (RejectMediator, PARTY)),
        *((FormPanel, AT_POST), (FailMediation, MEDIATOR), (ReportDanger, PARTY)),
        (DeclareRelation, PARTY),
    ),
    MediationStep.DRAFTED: (
        *3 * ((ConfirmAgreement, PARTY), (ConfirmAgreement, ActorKind.RESIDENT)),
        *((DraftAgreement, MEDIATOR), (Tick, ActorKind.SYSTEM)),
    ),
}


WITHDRAWING: tuple[Move, ...] = (
    *3 * ((DecideWithdrawal, DECIDER),),
    *2 * ((Keep, ActorKind.RESIDENT),),
)


def sensible(  # noqa: C901, PLR0911, PLR0912 - one line for each situation
    case: Case,
) -> tuple[Move, ...]:
    """What the people of the case would do next."""
    if case.merging.lead_id:
        return MERGED
    if case.agency is not None:
        return (*SERVED, *SENSIBLE[case.phase])
    if questions.find(case, QuestionKind.ADJUDICATION):
        return ((Adjudicate, DECIDER), (Accept, AT_POST), (RecordProgress, AT_POST))
    if questions.find(case, QuestionKind.WITHDRAWAL) and case.phase is Phase.IN_PROGRESS:
        return (*AT_WORK, *WITHDRAWING)
    if case.running(ClockKind.TRANSFER):
        return ((AcceptTransfer, RECEIVER), (RefuseTransfer, RECEIVER), (Tick, ActorKind.SYSTEM))
    if case.extension is not None and case.phase is Phase.IN_PROGRESS:
        return (*AT_WORK[:4], *2 * ((DecideExtension, ABOVE),))
    if case.order_open and case.phase is Phase.IN_PROGRESS:
        return (*AT_WORK, *2 * ((AnswerSupervision, AT_POST),))
    if case.order_open and case.phase in AFTERWARDS:
        return (*SENSIBLE[case.phase], *3 * ((AnswerSupervision, AT_POST),))
    if case.mediation is not None:
        return MEDIATING[case.mediation.step]
    if case.dispute is not None and case.phase in AFTERWARDS and case.dispute.duties:
        return (*SENSIBLE[case.phase], *2 * ((CheckDuty, MEDIATOR),), (Rate, PARTY))
    if case.dispute is not None and case.phase is Phase.IN_PROGRESS and case.stage in HIGHER:
        return (*2 * ((OpenMediation, AT_POST),), (ReferDispute, AT_POST), *AT_WORK)
    if case.phase is Phase.IN_PROGRESS and case.stage is Stage.FIRST_CONTACT:
        return (*4 * ((HandOver, AT_POST),), (Decline, AT_POST), *ELSEWHERE)
    if any(d.ended is None for d in case.deliberations):
        return (*DELIBERATING, *SENSIBLE[case.phase])
    if case.phase is Phase.IN_PROGRESS and case.summons and case.summons[-1].open:
        return (*AT_WORK[:1], *HELPED)
    if case.phase is Phase.IN_PROGRESS and case.stage in {Stage.STREET, Stage.COMMUNITY}:
        handed = case.delegations.of(case.stint.number) is not None
        return (*AT_WORK, *2 * WHISTLING, *2 * (SPENDING if handed else DOWN))
    if case.redress.exclusions:
        return (*SENSIBLE[case.phase], *CONTESTING)
    if case.phase is Phase.IN_PROGRESS and case.stage is Stage.DEPARTMENT:
        return _at_the_department(case)
    return SENSIBLE[case.phase]


def _at_the_department(case: Case) -> tuple[Move, ...]:
    """What departments do besides: transfer, return, and shelve once they had their extension."""
    moves: tuple[Move, ...] = ((Transfer, AT_POST), (Transfer, AT_POST), (ReturnCase, AT_POST))
    if questions.find(case, QuestionKind.SHELVING):
        return (*AT_WORK[:2], *3 * ((DecideShelving, DECIDER),))
    if case.stint.extension_asked and case.extension is None:
        return (*AT_WORK, *moves, *8 * ((Shelve, AT_POST),))
    return (*AT_WORK, *moves, *4 * ((RequestExtension, AT_POST),))
