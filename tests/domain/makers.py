"""Any command at all, its fields drawn: what random lives are made of."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.commands import (
    Accept,
    AcceptTransfer,
    Actor,
    AddInformation,
    Adjudicate,
    AnswerSupervision,
    Appeal,
    ArriveOnSite,
    AskReconsideration,
    Assign,
    AuthoriseAgent,
    Call,
    CheckDuty,
    Command,
    ConfirmAgreement,
    Contact,
    DecideAppeal,
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
    MarkRecurrence,
    Merge,
    NoteRecurrence,
    Object,
    OpenMediation,
    Part,
    Place,
    Promise,
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
    Register,
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
    Reveal,
    ReviewDecline,
    ReviewRating,
    ReviewShelf,
    RevokeAgent,
    Shelve,
    Source,
    Split,
    StopDeliberation,
    Summon,
    Supervise,
    Suspend,
    Tick,
    Transfer,
    UnmarkRecurrence,
    Verify,
    Withdraw,
    WithdrawConsent,
)
from domain.values import By
from domain.words import (
    CaseType,
    Channel,
    ClockKind,
    DeclineGround,
    EscalationReason,
    ReferredTo,
    ReturnReason,
    Stage,
    SuspensionGround,
    Urgency,
)
from domain.words.deliberation import MEETINGS, PUBLICATIONS, DeliberationStep
from domain.words.disputes import AgreementForm, Given, Matter, Relation
from domain.words.proactive import Authorised
from domain.words.redress import ChargeKind, Finding, RectifyAt
from tests.domain import story, town
from tests.domain.story import MEI, by, received, request
from tests.domain.walkers import Draw, one

WORDS = st.just("说明")
POINTS = one(
    town.IN_ORCHARD_1, town.IN_ORCHARD_2, town.IN_STONE_1, town.NOWHERE, (-1, -1), (10**12, 0)
)
AMOUNTS = one("1 working_hours", "3 working_hours", "2 working_days", "1 hours", "1 same_day")
WHERE = one("bridge", "orchard-1", "orchard", "stone-1", "works", "water", "works", "atlantis")
MATTERS = one(None, *(i.item_id for i in town.ITEMS), "dragons")
PLACES = POINTS.map(lambda point: Place(point=point))
YES = (True, True, False)
GRADES = st.integers(min_value=-1, max_value=7)
ANSWERED = True
SELDOM = st.integers(min_value=0, max_value=3).map(lambda n: n == 0)
CHARGED = one("1/reporter", "1/party-1", "handle-1", "handle-2", "accept-1", "accept-2", "1")
MOMENTS = one(town.local("03-20 09:00"), town.local("08-20 09:00"))
PARTIES = one((), (Contact(name="李"),))


def _place(draw: Draw) -> Place:
    point = draw(st.none() | POINTS)
    return Place(point=point, unit_id=draw(one(None, "spring", "hills", "east", "atlantis")))


def registration(draw: Draw) -> dict[str, Any]:
    promised = draw(one(None, town.local("03-01 00:00"), town.local("2027-02-01 09:00")))
    source = Source(system="s", reference="r", status="o", channel="c", promised_at=promised)
    return {
        "case_type": draw(one(*CaseType)),
        "channel": draw(one(*Channel)),
        "item_id": draw(one(*(i.item_id for i in town.ITEMS), "dragons")),
        "title": "题",
        "text": "文",
        "urgency": draw(one(*Urgency)),
        "place": _place(draw),
        "reporter": Contact(),
        "parties": draw(PARTIES),
        "receipt_hash": "h",
        "proactive": draw(SELDOM),
        "source": draw(one(None, None, source)),
    }


CALLED = ("water", "works", "parks", "forestry", "orchard", "keeper", "helpers")
CALLS = st.lists(one(*CALLED), max_size=3).map(
    lambda names: tuple(
        Call(partner_id=n, asked="请到场")
        if n in {"keeper", "helpers"}
        else Call(unit_id=n, asked="请到场")
        for n in names
    )
)
SUMMONS = one("summons-1", "summons-1", "summons-2", "summons-3")
MOSTLY = st.integers(min_value=0, max_value=3).map(bool)
SPOKEN: dict[str, st.SearchStrategy[Any]] = {
    "subject": one("", "", "reporter", "party-1"),
    "how": one(*Given),
}
PANELS = one(
    ("mediator-orchard",),
    ("mediator-bridge",),
    ("mediator-east", "mediator-bridge"),
    ("mediator-orchard-2", "mediator-east"),
    ("mediator-east",),
    ("grid-1",),
)
MEETING = one(*DeliberationStep, *sorted(MEETINGS), *sorted(MEETINGS))
PUBLISHED = one(*DeliberationStep, *sorted(PUBLICATIONS), *sorted(PUBLICATIONS))
VOTES = one(*5 * ((30, 24, 20, 3, 1),), (30, 19, 19, 0, 0), (30, 24, 12, 12, 0), (30, 31, 31, 0, 0))
"""Eligible, present, for, against, abstained."""


def _meeting(draw: Draw, at: datetime) -> dict[str, Any]:
    """Mostly held just now, with a quorum and a majority."""
    counts = ("eligible", "present", "in_favour", "against", "abstained")
    held_at = at - draw(one(*4 * (timedelta(0),), HOUR, -HOUR))
    return {"held_at": held_at, **dict(zip(counts, draw(VOTES), strict=True))}


PROMISED = received().clock(ClockKind.RESIDENT)
PROMISED_EARLIER = story.given(by(MEI, "2025-12-08 09:00", Register, **request())).clock(
    ClockKind.RESIDENT
)


Fields = dict[str, st.SearchStrategy[Any]]
MAKERS: dict[type, Fields] = {
    HandOver: {},
    Decline: {"ground": one(*DeclineGround), "text": WORDS},
    ReviewDecline: {"upheld": st.booleans(), "text": WORDS},
    ReplaceOfficer: {"post_id": one(None, None, "clerk-city", "grid-1b")},
    ReturnCase: {"reason": one(*ReturnReason), "text": WORDS},
    Adjudicate: {"unit_id": WHERE, "stage": one(None, None, *Stage), "text": WORDS},
    Reclassify: {"item_id": MATTERS, "place": st.none() | PLACES, "text": WORDS},
    Supervise: {"text": WORDS},
    Shelve: {"text": WORDS},
    DecideShelving: {"approved": one(*YES), "text": WORDS},
    ReviewShelf: {"stays": one(*YES), "text": WORDS},
    Transfer: {"unit_id": WHERE, "text": WORDS},
    AcceptTransfer: {},
    RefuseTransfer: {"text": WORDS},
    DecideWithdrawal: {"approved": one(*YES), "text": WORDS},
    Keep: {},
    Accept: {},
    Assign: {"post_id": one(None, "grid-1b", "works-2", "grid-2")},
    RecordProgress: {"text": WORDS, "evidence": one((), (), ("photo-1", town.PHOTO))},
    ArriveOnSite: {},
    Escalate: {
        "reason": one(*EscalationReason),
        "text": WORDS,
        "to_stage": one(None, None, *Stage),
    },
    Suspend: {"ground": one(*SuspensionGround), "text": WORDS},
    Resume: {},
    RequestExtension: {"extend_by": AMOUNTS.map(town.span), "text": WORDS},
    DecideExtension: {"granted": st.booleans(), "text": WORDS},
    AnswerSupervision: {"text": WORDS},
    Resolve: {"text": WORDS, "evidence": one((), ("photo",))},
    RecordFollowUp: {"contacted": st.booleans(), "solved": one(None, ANSWERED), "grade": GRADES},
    Rate: {"contacted": st.booleans(), "solved": st.booleans(), "grade": GRADES},
    Withdraw: {},
    Remind: {},
    AddInformation: {"text": WORDS},
    OpenMediation: {},
    GiveConsent: {"given": MOSTLY, "matter": one(*Matter), **SPOKEN},
    WithdrawConsent: SPOKEN,
    DeclareRelation: {
        "about": one("handler", "mediator-1", "mo", "who"),
        "relation": one(*Relation),
    },
    FormPanel: {"posts": PANELS},
    RejectMediator: {"seat": one(1, 1, 2, 3), **SPOKEN},
    RecordSession: {
        "held_at": one(town.local("2025-12-01 09:00")),
        "place": WORDS,
        "mediators": one((1,), (1, 2), (2,), ()),
        "subjects": one(("reporter", "party-1"), ("party-1",), ("party-9",)),
        "summary": WORDS,
    },
    ExtendMediation: {"extend_by": one("5 days", "20 days", "3 working_days").map(town.span)},
    DraftAgreement: {
        "form": one(*AgreementForm),
        "facts": WORDS,
        "content": WORDS,
        "duties": one((), ("party-1",), ("reporter", "party-1")),
    },
    ConfirmAgreement: {"draft": one(1, 1, 1, 2), "confirmed": MOSTLY, **SPOKEN},
    CheckDuty: {
        "duty_id": one("duty-1.3.1", "duty-1.3.1", "duty-1.1.1"),
        "performed": MOSTLY,
        "text": WORDS,
    },
    FailMediation: {"text": WORDS},
    ReferDispute: {"to": one(ReferredTo.COURT, ReferredTo.LEGAL_AID), "reference": WORDS},
    ReportDanger: {"text": WORDS},
    Reveal: {"reason": WORDS},
    Refer: {"to": one(*ReferredTo), "text": WORDS},
    ProposeDeliberation: {"title": WORDS, "text": WORDS},
    RecordMeeting: {"step": MEETING, "minutes": WORDS},
    PublishDeliberation: {"step": PUBLISHED, "title": WORDS, "text": WORDS},
    Object: {"text": WORDS},
    DecideObjection: {
        "objection_id": one("objection-1", "objection-1", "objection-2", "objection-3"),
        "upheld": st.booleans(),
        "text": WORDS,
    },
    StopDeliberation: {"text": WORDS},
    Summon: {"calls": CALLS, "text": WORDS, "share_address": st.booleans()},
    ReportIn: {"summons_id": SUMMONS, "text": WORDS},
    RecordHelp: {"summons_id": SUMMONS, "text": WORDS},
    Release: {"summons_id": SUMMONS, "useful": st.booleans()},
    ReviewRating: {"finding": one(*Finding), "rectify_at": one(*RectifyAt), "text": WORDS},
    AskReconsideration: {"text": WORDS},
    Reconsider: {
        "about": one("1/reporter", "1/reporter", "2/reporter"),
        "upheld": st.booleans(),
        "rectify_at": one(*RectifyAt),
        "text": WORDS,
    },
    MarkRecurrence: {"earlier": one("case-0", "case-0", "case-1", "office")},
    NoteRecurrence: {"later": one("case-2", "case-3"), "reported_at": MOMENTS},
    UnmarkRecurrence: {"refusal": one("recurrence_too_late")},
    Appeal: {"against": one(*ChargeKind), "about": CHARGED, "text": WORDS},
    DecideAppeal: {
        "against": one(*ChargeKind),
        "about": CHARGED,
        "upheld": st.booleans(),
        "text": WORDS,
    },
    Delegate: {"unit_id": one("orchard", "orchard-1", "stone", "water"), "text": WORDS},
    RecordExpense: {"fen": one(0, 1, 400_000, 2_000_000), "purpose": WORDS},
    Merge: {"lead_id": one(town.LEAD.case_id, town.LEAD.case_id, "case-1", "SW-0")},
    Split: {"text": WORDS},
    Join: {
        "case_id": one("SW-2", "SW-3", "SW-4"),
        "residents": one(0, 1, 1, 3),
        "officer": st.just(By(person_id="hu", post_id="clerk-hills", unit_id="hills")),
        "urgency": one(*Urgency),
        "promised": one(None, PROMISED, PROMISED_EARLIER),
    },
    Part: {"case_id": one("SW-2", "SW-3", "SW-4")},
    EraseSubject: {
        "subject": one("reporter", "party-1", "SW-2"),
        "erasure_id": st.just("erasure-1"),
    },
    GiveBack: {"refusal": st.just("not_open")},
    Verify: {"done": st.booleans(), "text": WORDS},
    AuthoriseAgent: {
        "post_id": one("community-orchard", "grid-1", "street-bridge"),
        "how": one(*Authorised),
        "text": WORDS,
    },
    RecordAgencyStep: {"text": WORDS, "delivered": st.booleans()},
    RevokeAgent: {"how": one(*Authorised)},
    Tick: {},
}
RARE = (Withdraw, Refer, Rate, Resolve, Register, FailMediation, WithdrawConsent, ReportDanger)
OF_DISPUTES = (
    *(OpenMediation, GiveConsent, DeclareRelation, FormPanel, RejectMediator, RecordSession),
    *(ExtendMediation, DraftAgreement, ConfirmAgreement, CheckDuty, ReferDispute),
)
"""Commands a request has no use for."""
COMMON = tuple(kind for kind in MAKERS if kind not in {*RARE, *OF_DISPUTES})
KINDS = st.integers(min_value=0, max_value=9).flatmap(lambda n: one(*(COMMON if n else RARE)))
HOUR = timedelta(hours=1)
STEPS = st.integers(min_value=0, max_value=59).map(lambda m: timedelta(minutes=m, seconds=m % 7))
LEAPS = one(-HOUR, HOUR, HOUR, 2 * HOUR, 5 * HOUR, 30 * HOUR, 80 * HOUR, 500 * HOUR)


def command(draw: Draw, kind: Any, actor: Actor, at: datetime) -> Command:
    fields = (
        registration(draw) if kind is Register else {k: draw(v) for k, v in MAKERS[kind].items()}
    )
    if kind is RecordSession:
        fields["held_at"] = at - draw(one(0, 1, 1, 50)) * HOUR
    if kind is DraftAgreement:
        due_at = at + draw(one(1, 30, 300)) * HOUR
        fields["duties"] = tuple(
            Promise(owes=o, text="做", due_at=due_at) for o in fields["duties"]
        )
    if kind is RecordMeeting:
        fields |= _meeting(draw, at)
    made: Command = kind(command_id="c", at=at, actor=actor, **fields)
    return made
