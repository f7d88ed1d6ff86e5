"""R7.2, R7.3: a panel without a stake, sessions on record, a limit the parties alone can move."""

import pytest

from domain.commands import (
    Assign,
    DeclareRelation,
    DraftAgreement,
    ExtendMediation,
    FormPanel,
    GiveConsent,
    OpenMediation,
    Promise,
    RecordSession,
    RejectMediator,
    Tick,
)
from domain.events import (
    AgreementDrafted,
    Arrived,
    ClockBroken,
    ClockWarned,
    ConsentGiven,
    ConsentRefused,
    Escalated,
    LongerAsked,
    MediationExtended,
    MediationFailed,
    MediationLimitReached,
    MediatorLeft,
    PanelFormed,
    RelationDeclared,
    Resumed,
    SessionRecorded,
    Suspended,
)
from domain.words import ClockKind, Role, SuspensionGround
from domain.words.disputes import FailureReason, LeavingReason, Matter, Relation
from tests.domain.quarrel import (
    JOINT_PANEL,
    LI,
    MA,
    MIN,
    MO,
    PANEL,
    STRANGER,
    YES,
    asked,
    at_the_street,
    consented,
    draft,
    drafted,
    formed,
    quarrel,
    session,
    talked,
)
from tests.domain.story import CAO, CLOCK, GAO, RESIDENT, SU, XU, Story, by, event
from tests.domain.town import local, post, said, span, town, without

pytestmark = pytest.mark.rule("R7.2", "R7.3")

RELATIVE = {"about": "mediator-1", "relation": Relation.RELATIVE}
HANDLER = {"about": "handler", "relation": Relation.COMPLAINED_ABOUT}
BOTH = {"posts": ("mediator-orchard", "mediator-orchard-2")}
FIRST = {"seat": 1}
MORE = {"extend_by": span("10 days"), "text": "快谈成了"}
LONGER = {"given": True, "matter": Matter.LONGER}
NO_LONGER = {"given": False, "matter": Matter.LONGER}


# -- the panel -----------------------------------------------------------------


def test_with_the_panel_the_limit_runs_and_the_handling_clock_stands_still() -> None:
    story = (
        consented()
        .when(by(CAO, "03-03 11:00", FormPanel, **BOTH))
        .then(PanelFormed, event(Suspended, ground=SuspensionGround.MEDIATION))
    )
    assert [(m.seat, m.person_id) for m in story.last(PanelFormed).members] == [
        (1, "mo"),
        (2, "min"),
    ]
    assert said(story.clock(ClockKind.MEDIATION).due_at) == "2026-04-02 11:00"
    assert story.running(ClockKind.RESIDENT).live


def test_no_panel_before_every_party_has_consented() -> None:
    asked().when(by(CAO, "03-02 12:00", FormPanel, **PANEL)).then_refused(
        "consents_missing", "R7.1"
    )
    quarrel().when(by(CAO, "03-02 12:00", FormPanel, **PANEL)).then_refused("no_mediation", "R7.1")


def test_mediators_are_of_the_unit_in_charge_or_above() -> None:
    above = {"posts": ("mediator-east", "mediator-bridge")}
    consented().when(by(CAO, "03-03 10:30", FormPanel, **above)).then(PanelFormed, Suspended)
    for post_id in ("mediator-hills", "grid-1", "nobody", "community-orchard"):
        wrong = {"posts": (post_id,)}
        consented().when(by(CAO, "03-03 10:30", FormPanel, **wrong)).then_refused(
            "no_mediator_here", "R7.2"
        )
    nobody = {"posts": ()}
    consented().when(by(CAO, "03-03 10:30", FormPanel, **nobody)).then_refused(
        "panel_empty", "R7.2"
    )
    twice = {"posts": ("mediator-orchard", "mediator-orchard")}
    consented().when(by(CAO, "03-03 10:30", FormPanel, **twice)).then_refused(
        "mediator_named_twice", "R7.2"
    )


def test_the_panel_is_formed_by_who_is_in_charge_or_a_supervisor() -> None:
    consented().when(by(XU, "03-03 10:30", FormPanel, **PANEL)).then(PanelFormed, Suspended)
    for who in (MO, GAO):
        consented().when(by(who, "03-03 10:30", FormPanel, **PANEL)).then_forbidden(
            "not_entitled", "§2"
        )


@pytest.mark.rule("R7.4")
def test_at_the_street_a_lawyer_or_the_police_sits_on_the_panel() -> None:
    story = street_consented()
    alone = {"posts": ("mediator-east",)}
    story.when(by(SU, "03-06 11:00", FormPanel, **alone)).then_refused(
        "joint_panel_incomplete", "R7.4"
    )
    joint = {"posts": ("mediator-east", "mediator-bridge")}
    story.when(by(SU, "03-06 11:00", FormPanel, **joint)).then(PanelFormed, Suspended)
    story.when(by(SU, "03-06 11:00", FormPanel, **JOINT_PANEL)).then(PanelFormed, Suspended)


def street_consented() -> Story:
    return at_the_street().and_then(
        by(SU, "03-06 09:10", OpenMediation),
        by(RESIDENT, "03-06 10:00", GiveConsent, **YES),
        by(LI, "03-06 10:10", GiveConsent, **YES),
    )


def test_a_panel_that_is_whole_is_not_formed_again() -> None:
    formed().when(by(CAO, "03-03 12:00", FormPanel, **BOTH)).then_refused("panel_complete", "R7.2")


def test_a_place_whose_post_has_ended_can_be_filled() -> None:
    gone = post("mediator-orchard", "mo", Role.MEDIATOR, "orchard", until="03-04 00:00")
    story = formed().under(town(posts=(*without("mediator-orchard"), gone)))
    other = {"posts": ("mediator-orchard-2",)}
    story.when(by(CAO, "03-04 09:00", FormPanel, **other)).then(event(PanelFormed, clocks=()))


# -- who has a stake -----------------------------------------------------------


def test_a_declared_relative_does_not_mediate() -> None:
    story = consented().and_then(
        by(LI, "03-03 10:10", DeclareRelation, about="handler", relation=Relation.RELATIVE)
    )
    story.when(by(CAO, "03-03 10:30", FormPanel, **PANEL)).then_forbidden("has_a_stake", "R7.2")
    own = {"about": "mo", "relation": Relation.RELATIVE}
    told = consented().and_then(by(CAO, "03-03 10:20", DeclareRelation, **own))
    told.when(by(CAO, "03-03 10:30", FormPanel, **PANEL)).then_refused(
        "mediator_has_a_stake", "R7.2"
    )


def test_a_mediator_who_is_declared_to_have_a_stake_leaves_at_once() -> None:
    story = (
        formed()
        .when(by(LI, "03-04 09:00", DeclareRelation, **RELATIVE))
        .then(
            event(RelationDeclared, subject="party-1", person_id="mo"),
            event(MediatorLeft, person_id="mo", reason=LeavingReason.RELATED, subject=""),
        )
    )
    story.when(by(MO, "03-04 10:00", RecordSession, **session("03-04 09:30"))).then_forbidden(
        "not_entitled", "§2"
    )
    mine = formed().when(
        by(MO, "03-04 09:00", DeclareRelation, about="mo", relation=Relation.PARTY)
    )
    mine.then(RelationDeclared, MediatorLeft)


def test_a_handler_complained_about_has_no_hand_in_the_mediation() -> None:
    story = (
        consented()
        .when(by(RESIDENT, "03-03 10:10", DeclareRelation, **HANDLER))
        .then(event(RelationDeclared, person_id="cao", relation=Relation.COMPLAINED_ABOUT))
    )
    assert story.case.dispute is not None
    assert story.case.dispute.complained == ("cao",)
    story.when(by(CAO, "03-03 10:30", FormPanel, **PANEL)).then_forbidden("has_a_stake", "R7.2")
    story.when(by(XU, "03-03 10:30", FormPanel, **PANEL)).then(PanelFormed, Suspended)
    story.and_then(by(XU, "03-03 10:40", Assign))


def test_relations_are_declared_by_those_concerned_about_somebody_there_is() -> None:
    for about in ("mediator-9", "mo", "somebody"):
        wrong = RELATIVE | {"about": about}
        formed().when(by(LI, "03-04 09:00", DeclareRelation, **wrong)).then_refused(
            "nobody_meant", "R7.2"
        )
    formed().when(by(GAO, "03-04 09:00", DeclareRelation, **RELATIVE)).then_forbidden(
        "not_entitled", "§2"
    )


# -- rejecting -----------------------------------------------------------------


def test_a_party_rejects_a_mediator_once_and_gives_no_reason() -> None:
    story = (
        formed()
        .when(by(LI, "03-04 09:00", RejectMediator, **FIRST))
        .then(event(MediatorLeft, person_id="mo", reason=LeavingReason.REJECTED, subject="party-1"))
    )
    again = {"posts": ("mediator-orchard-2",)}
    story.when(by(CAO, "03-04 10:00", FormPanel, **PANEL)).then_refused(
        "mediator_was_rejected", "R7.2"
    )
    story = story.when(by(CAO, "03-04 10:00", FormPanel, **again)).then(
        event(PanelFormed, clocks=())
    )
    assert story.last(PanelFormed).members[0].seat == 2
    assert said(story.clock(ClockKind.MEDIATION).due_at) == "2026-04-02 11:00"
    second = {"seat": 2}
    story.when(by(LI, "03-04 11:00", RejectMediator, **second)).then_refused(
        "already_rejected_one", "R7.2"
    )
    story.when(by(RESIDENT, "03-04 11:00", RejectMediator, **second)).then(MediatorLeft)


def test_there_must_be_somebody_to_reject_and_a_party_to_do_so() -> None:
    nobody = {"seat": 4}
    formed().when(by(LI, "03-04 09:00", RejectMediator, **nobody)).then_refused(
        "nobody_in_that_place", "R7.2"
    )
    formed().when(by(CAO, "03-04 09:00", RejectMediator, **FIRST)).then_refused(
        "how_it_was_given_missing", "R7.1"
    )
    formed().when(by(STRANGER, "03-04 09:00", RejectMediator, **FIRST)).then_forbidden(
        "not_a_party", "R7.1"
    )


def test_no_session_until_the_panel_is_whole_again() -> None:
    both = consented().and_then(
        by(CAO, "03-03 11:00", FormPanel, **BOTH), by(LI, "03-04 09:00", RejectMediator, **FIRST)
    )
    second = session("03-04 09:30", mediators=(2,))
    both.when(by(MIN, "03-04 10:00", RecordSession, **second)).then_refused(
        "panel_incomplete", "R7.2"
    )
    whole = both.and_then(
        by(CAO, "03-04 10:00", FormPanel, posts=("mediator-orchard-2", "mediator-east"))
    )
    third = session("03-04 10:30", mediators=(2, 3))
    whole.when(by(MA, "03-04 11:00", RecordSession, **third)).then(SessionRecorded)


# -- sessions ------------------------------------------------------------------


def test_a_session_says_when_where_who_and_what() -> None:
    story = (
        formed()
        .when(by(MO, "03-05 17:00", RecordSession, **session()))
        .then(
            event(
                SessionRecorded,
                held_at="03-05 15:00",
                mediators=(1,),
                subjects=("reporter", "party-1"),
            )
        )
    )
    story.when(by(CAO, "03-06 17:00", RecordSession, **session("03-06 15:00"))).then(
        SessionRecorded
    )


def test_a_session_is_neither_back_dated_nor_to_come() -> None:
    early, late = session("03-03 10:30"), session("03-05 17:30")
    formed().when(by(MO, "03-05 17:00", RecordSession, **early)).then_refused(
        "session_before_the_panel", "R7.3"
    )
    formed().when(by(MO, "03-05 17:00", RecordSession, **late)).then_refused(
        "session_in_the_future", "R7.3"
    )


def test_a_session_was_held_by_the_panel_with_the_parties() -> None:
    for nobody in (session(mediators=()), session(mediators=(2,))):
        formed().when(by(MO, "03-05 17:00", RecordSession, **nobody)).then_refused(
            "mediators_not_of_the_panel", "R7.3"
        )
    formed().when(
        by(MO, "03-05 17:00", RecordSession, **session(subjects=("party-9",)))
    ).then_refused("unknown_party", "R7.1")
    formed().when(by(MIN, "03-05 17:00", RecordSession, **session())).then_forbidden(
        "not_entitled", "§2"
    )
    consented().when(by(CAO, "03-03 10:30", RecordSession, **session("03-03 10:20"))).then_refused(
        "not_at_this_step", "R7.1"
    )


# -- the limit -----------------------------------------------------------------


def test_at_the_limit_the_mediation_is_over_and_the_next_rung_tries() -> None:
    story = talked().at("04-02 10:00")
    assert story.all(ClockWarned)
    story = story.when(by(CLOCK, "04-02 11:00", Tick)).then(
        event(MediationFailed, reason=FailureReason.LIMIT),
        Escalated,
        event(Arrived, unit_id="bridge"),
    )
    assert not [e for e in story.all(ClockBroken) if e.clock_id.startswith("mediation")]


def test_more_time_needs_every_party_s_consent() -> None:
    story = (
        talked()
        .at("03-20 09:59")
        .when(by(MO, "03-20 10:00", ExtendMediation, **MORE))
        .then(event(LongerAsked, seconds=10 * 86_400))
    )
    story.when(by(MO, "03-20 11:00", ExtendMediation, **MORE)).then_refused(
        "longer_already_asked", "R7.3"
    )
    one = story.when(by(LI, "03-20 11:00", GiveConsent, **LONGER)).then(ConsentGiven)
    one.when(by(LI, "03-20 11:01", GiveConsent, **LONGER)).then_refused("already_consented", "R7.3")
    both = one.when(by(RESIDENT, "03-20 12:00", GiveConsent, **LONGER)).then(
        ConsentGiven, MediationExtended
    )
    assert said(both.clock(ClockKind.MEDIATION).due_at) == "2026-04-12 11:00"
    assert both.running(ClockKind.MEDIATION).live


def test_one_refusal_leaves_the_limit_where_it_was() -> None:
    story = talked().and_then(
        by(MO, "03-20 10:00", ExtendMediation, **MORE),
        by(LI, "03-20 11:00", GiveConsent, **LONGER),
    )
    story = story.when(by(RESIDENT, "03-20 12:00", GiveConsent, **NO_LONGER)).then(ConsentRefused)
    assert said(story.clock(ClockKind.MEDIATION).due_at) == "2026-04-02 11:00"
    story.when(by(LI, "03-20 13:00", GiveConsent, **LONGER)).then_refused("no_longer_asked", "R7.3")


def test_more_time_is_bounded_by_the_limit_once_more_and_counted_alike() -> None:
    too_long = {"extend_by": span("31 days")}
    talked().when(by(MO, "03-20 10:00", ExtendMediation, **too_long)).then_refused(
        "longer_than_the_limit_again", "R7.3"
    )
    hours = {"extend_by": span("10 working_days")}
    talked().when(by(MO, "03-20 10:00", ExtendMediation, **hours)).then_refused(
        "wrong_time_unit", "R7.3"
    )
    talked().when(by(LI, "03-20 10:00", ExtendMediation, **MORE)).then_forbidden("staff_only", "§2")
    twenty = {"extend_by": span("20 days")}
    twice = talked().and_then(
        by(MO, "03-20 10:00", ExtendMediation, **twenty),
        by(LI, "03-20 11:00", GiveConsent, **LONGER),
        by(RESIDENT, "03-20 12:00", GiveConsent, **LONGER),
    )
    twice.when(by(MO, "03-20 13:00", ExtendMediation, **twenty)).then_refused(
        "longer_than_the_limit_again", "R7.3"
    )
    twice.when(by(MO, "03-20 13:00", ExtendMediation, **MORE)).then(LongerAsked)


def test_at_the_limit_a_draft_may_still_be_confirmed_but_nothing_new_is_drafted() -> None:
    late = draft("party-1")
    story = talked().and_then(by(MO, "04-01 10:00", DraftAgreement, **late))
    story = (
        story.at("04-02 10:59")
        .when(by(CLOCK, "04-02 11:00", Tick))
        .then(MediationLimitReached, event(Resumed, automatic=True))
    )
    story.when(by(MO, "04-02 12:00", DraftAgreement, **late)).then_refused("limit_over", "R7.3")
    story.when(by(MO, "04-02 12:00", ExtendMediation, **MORE)).then_refused("limit_over", "R7.3")


def test_a_draft_before_the_limit_is_one_like_any_other() -> None:
    promise = Promise(owes="party-1", text="清理", due_at=local("04-20 18:00"))
    one = draft() | {"duties": (promise,)}
    story = talked().at("04-01 09:59")
    story.when(by(MO, "04-01 10:00", DraftAgreement, **one)).then(AgreementDrafted)
    assert drafted().case.mediation is not None


def test_who_was_rejected_does_not_come_back_in_the_place_of_who_stood_in() -> None:
    away = post(
        *("mediator-orchard", "mo", Role.MEDIATOR, "orchard"),
        stand_in="min",
        absences=((local("03-04 00:00"), local("03-06 00:00")),),
        mediates_as="party_veteran",
    )
    story = formed().and_then(by(LI, "03-03 14:00", RejectMediator, **FIRST))
    story = story.under(town(posts=(*without("mediator-orchard"), away)))
    story = story.and_then(by(CAO, "03-04 09:00", FormPanel, **PANEL))
    assert story.last(PanelFormed).members[0].person_id == "min"
    story.when(by(MO, "03-06 10:00", RecordSession, **session(mediators=(2,)))).then_forbidden(
        "mediator_was_rejected", "R7.2"
    )
