"""Random lives of a case: any command by anybody at any time, under books that change meanwhile."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain import clocks, questions
from domain.book import Book
from domain.case import decide, initial
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
from domain.events import Event
from domain.organisation import Post
from domain.refusals import Refused
from domain.state import Case
from domain.values import By
from domain.words import (
    ActorKind,
    CaseType,
    Channel,
    ClockKind,
    DeclineGround,
    EscalationReason,
    Phase,
    QuestionKind,
    ReferredTo,
    ReturnReason,
    Stage,
    SuspensionGround,
    Urgency,
)
from domain.words.deliberation import MEETINGS, PUBLICATIONS, DeliberationStep
from domain.words.disputes import AgreementForm, Given, Matter, MediationStep, Relation
from domain.words.proactive import Authorised
from domain.words.redress import ChargeKind, Finding, RectifyAt
from tests.domain import story, town
from tests.domain.promises import check_explained, check_refusal, check_step
from tests.domain.story import MEI, by, received, request
from tests.store.lives import LIVES

Draw = Callable[[st.SearchStrategy[Any]], Any]


def one(*choices: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(choices)


# -- books -------------------------------------------------------------------

FLOODED = replace(
    town.YEAR_2026,
    holidays=(*town.YEAR_2026.holidays, *town.days("Flood", "2026-06-01", "2026-08-01")),
)


def _some_leave(posts: tuple[Post, ...]) -> tuple[Post, ...]:
    """Every other post ends in July."""
    end = town.local("07-01 00:00")
    return tuple(
        replace(p, valid_until=end) if n % 2 and p.valid_until is None else p
        for n, p in enumerate(posts)
    )


LIN = tuple(
    replace(p, person_id="lin") if p.post_id == "clerk-bridge" else p
    for p in town.without("community-orchard", "street-bridge", "supervisor-east")
)
"""Some posts are empty, and at the counter of Bridge somebody new has Mei's."""
FLOOD = town.calendar("flooded", town.YEAR_2025, FLOODED)
CALENDARS = {each.version: each for each in (town.TOWN.calendar, FLOOD)}
DISSOLVED = {"orchard-1", "stone-1", "water"}
BOOKS: tuple[Book, ...] = (
    town.TOWN,
    town.town(posts=_some_leave(town.POSTS), load={"grid-1": 4, "works-1": 9}),
    town.town(days_of=FLOOD),
    town.town(policy=town.NO_CLOCKS, items=town.ITEMS[::2]),
    town.town(
        units=[u for u in town.UNITS if u.unit_id not in DISSOLVED],
        posts=[p for p in town.POSTS if p.unit_id not in DISSOLVED],
    ),
    town.town(posts=LIN),
)

# -- who ---------------------------------------------------------------------

PEOPLE = (*sorted({p.person_id for p in town.POSTS}), "gan", "nobody")
AT_POST = "whoever holds the post in charge"
AGENT = "whom the resident lets act"
OFFICER = "whoever holds the officer's post"
ABOVE = "a supervisor of a superior"
HELPER = "somebody of the helper called last"
RECEIVER = "whoever was asked to take the case over"
DECIDER = "whoever the oldest open question was put to"
MEDIATOR = "whoever mediates"
PARTY = "the other party"
ROLES = (AT_POST, AT_POST, AT_POST, OFFICER, ABOVE, DECIDER, HELPER)


def somebody(draw: Draw, case: Case, book: Book, at: datetime) -> Actor:
    """Mostly somebody who may, so that the walk gets somewhere; often somebody who may not."""
    role = draw(one(*ROLES, ActorKind.RESIDENT, ActorKind.SYSTEM, ActorKind.IMPORTER, None))
    if isinstance(role, ActorKind):
        return Actor(kind=role, person_id=draw(one(*PEOPLE)))
    if case.stints and role is not None:
        found = _who(role, case, book, at)
        return found if found.person_id else replace(found, person_id=draw(one(*PEOPLE)))
    return Actor(kind=ActorKind.STAFF, person_id=draw(one(*PEOPLE)))


def _who(role: str, case: Case, book: Book, at: datetime) -> Actor:
    """Who has that part in the case; staff without a name where nobody has."""
    if role is HELPER and case.summons and case.summons[-1].helper.partner_id:
        return Actor(kind=ActorKind.PARTNER, person_id=case.summons[-1].helper.partner_id)
    return Actor(kind=ActorKind.STAFF, person_id=_holder(role, case, book, at) or "")


def _holder(  # noqa: PLR0911 - one line for each role
    role: str, case: Case, book: Book, at: datetime
) -> str | None:
    posts = book.organisation.posts
    if role is MEDIATOR:
        dispute = case.dispute
        mediating = dispute.mediators if dispute else ()
        holders = (posts[p].holder(at) for p in mediating if p in posts)
        return next(filter(None, holders), None)
    if role is DECIDER:
        return next((q.person_id for q in case.questions), None)
    if role is HELPER:
        unit = case.summons[-1].helper.unit_id if case.summons else None
        there = (p.holder(at) for p in book.organisation.posts_in(unit or ""))
        return next(filter(None, there), None)
    if role is RECEIVER:
        return case.returns.offer.person_id if case.returns.offer else None
    if role is ABOVE:
        over = book.organisation.path(case.stint.unit_id)[1:]
        found = [p for p in posts.values() if p.unit_id in over and p.role.value == "supervisor"]
        return found[0].holder(at) if found else None
    if role is AGENT:
        return case.agency.person_id if case.agency else None
    post_id = case.stint.post_id if role is AT_POST else case.officer.post_id
    post = posts.get(post_id or "")
    return post.holder(at) if post else None


# -- what --------------------------------------------------------------------

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


def _register(draw: Draw) -> dict[str, Any]:
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
    RecordProgress: {"text": WORDS},
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
    RejectMediator: {"seat": one(1, 1, 2, 3)},
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
    fields = _register(draw) if kind is Register else {k: draw(v) for k, v in MAKERS[kind].items()}
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


# -- what would be sensible --------------------------------------------------

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
    Phase.CLOSED: ((Rate, ActorKind.RESIDENT),),
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


# -- walking -----------------------------------------------------------------


@dataclass
class Walk:
    """A case that lives, and everything that has happened to it."""

    draw: Draw
    now: datetime
    case: Case
    book: Book
    history: tuple[Event, ...] = ()
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    phases: set[Phase] = field(default_factory=set)

    def step(self) -> None:
        """Somebody does something, after a while; sometimes the book has changed."""
        draw = self.draw
        if draw(st.integers(min_value=0, max_value=7)) == 0:
            self.book = _same_policies(draw(one(*BOOKS)))
        if self.case.stints and draw(one(*range(3))):
            self._sensible_step()
            return
        kind = Register if not self.case.opened else draw(KINDS)
        if self.case.dispute is not None and draw(one(*range(3))) == 0:
            kind = draw(one(*OF_DISPUTES))
        self.now = self._later()
        actor = somebody(draw, self.case, self.book, self.now)
        if kind is Tick and draw(st.booleans()):
            actor = Actor(kind=ActorKind.SYSTEM)
        self.do(command(draw, kind, actor, self.now))

    def _sensible_step(self) -> None:
        moves = sensible(self.case)
        if _holder(OFFICER, self.case, self.book, self.now) is None:
            moves = (*moves, *2 * ((ReplaceOfficer, ABOVE),))
        kind, role = self.draw(one(*moves))
        self.now += self.draw(STEPS)
        if role is ActorKind.IMPORTER:
            actor = Actor(kind=role, person_id=self.case.officer.person_id)
        elif isinstance(role, ActorKind):
            actor = Actor(kind=role)
        elif role is PARTY:
            actor = Actor(kind=ActorKind.RESIDENT, subject="party-1")
        else:
            actor = _who(role, self.case, self.book, self.now)
        self.do(command(self.draw, kind, actor, self.now))

    def _later(self) -> datetime:
        due = clocks.next_due(self.case)
        if due is not None and self.draw(st.integers(min_value=0, max_value=3)) == 0:
            return max(due[0], self.now)
        wait: timedelta = self.draw(STEPS | LEAPS)
        return max(self.now + wait, town.START)

    def do(self, given: Command) -> None:
        """Decide, and hold the outcome to every promise."""
        try:
            events = decide(self.case, given, self.book)
        except Refused as refused:
            check_refusal(refused)
            self.refused[refused.rule] += 1
            return
        self.accepted[given.kind] += 1
        self.case = check_step(self.case, given, events, self.book)
        self.phases.add(self.case.phase)
        self.history = (*self.history, *events)

    def explain(self) -> None:
        check_explained(self.case, self.now, self.book)


def _same_policies(book: Book) -> Book:
    """Policies and calendars are kept for ever: a case goes on under those it was set by."""
    return replace(book, policies=town.TOWN.policies, calendars=CALENDARS)


def walk(
    draw: Draw, *, opened: bool = True, start: str = "2025-12-20 09:00", days: int = 380
) -> Walk:
    """A case at a random minute of those days, opened at the counter or about to be."""
    day, minute = draw(one(*range(days))), draw(st.integers(min_value=0, max_value=24 * 60))
    found = Walk(
        draw, town.local(start) + timedelta(days=day, minutes=minute), initial("case-1"), town.TOWN
    )
    if opened:
        fields = _register(draw) | {"source": None}
        fields["parties"] = (Contact(),) if fields["case_type"] is CaseType.DISPUTE else ()
        fields |= {"item_id": draw(one(*(i.item_id for i in town.ITEMS)))}
        if fields["place"].unit_id == "atlantis":
            fields["place"] = Place(point=town.IN_ORCHARD_1)
        clerk = Actor(kind=ActorKind.STAFF, person_id="mei")
        found.do(Register(command_id="r", at=found.now, actor=clerk, **fields))
        assert found.case.opened
    return found


def written_walk(draw: Draw) -> Walk:
    """A case some way along a written life, from where anything may happen: deep in a chapter."""
    commands = LIVES[draw(one(*sorted(LIVES)))]
    unlived = draw(st.integers(min_value=0, max_value=len(commands) - 1))
    return lived(draw, commands[: len(commands) - unlived])


def lived(draw: Draw, commands: Sequence[Command]) -> Walk:
    """A case to which that has happened, nothing of it refused."""
    found = Walk(draw, commands[0].at, initial("case-1"), town.TOWN)
    for given in commands:
        found.now = given.at
        found.do(given)
    assert not found.refused
    return found
