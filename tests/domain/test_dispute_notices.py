"""R7: who is told of a dispute's steps, each party by itself, and nobody of what was said."""

import pytest

from domain.case import evolve, initial
from domain.commands import (
    CheckDuty,
    DeclareRelation,
    ExtendMediation,
    GiveConsent,
    Rate,
    ReferDispute,
    RejectMediator,
    ReportDanger,
)
from domain.events import (
    AgreementConfirmed,
    AgreementDrafted,
    AgreementInForce,
    Closed,
    ConsentGiven,
    DangerReported,
    DisputeReferred,
    DisputeReopened,
    DutyChecked,
    DutyCheckPassedUp,
    DutyFellDue,
    LongerAsked,
    MediationFailed,
    MediationOpened,
    MediatorLeft,
    PanelFormed,
    RatingAskedAgain,
    RelationDeclared,
    Resolved,
    SessionRecorded,
)
from domain.notices import Notice, notices
from domain.words.disputes import Relation
from tests.domain.quarrel import (
    LI,
    MO,
    RATED,
    YES,
    asked,
    closed,
    drafted,
    failed_at_the_street,
    formed,
    quarrel,
    settled,
    talked,
)
from tests.domain.story import RESIDENT, SU, Story, by
from tests.domain.test_disputes import COURT
from tests.domain.test_duties import DONE, UNDONE
from tests.domain.test_panels import FIRST, MORE

pytestmark = pytest.mark.rule("R7.1", "R7.4", "R7.6")

BOTH = {"party reporter", "party party-1"}


def told(story: Story, kind: type) -> set[str]:
    """Who was told of the last event of that kind."""
    case = initial("case-1")
    found: tuple[Notice, ...] = ()
    for each in story.history:
        before, case = case, evolve(case, each)
        if isinstance(each, kind):
            found = notices(before, case, each, story.book)
    return {f"{notice.to} {notice.recipient}" for notice in found}


def test_every_party_is_asked_by_its_own_link() -> None:
    assert told(asked(), MediationOpened) == BOTH


def test_the_handler_hears_of_each_answer() -> None:
    story = asked().and_then(by(LI, "03-02 12:00", GiveConsent, **YES))
    assert told(story, ConsentGiven) == {"person cao"}


def test_parties_learn_who_mediates_and_mediators_that_they_do() -> None:
    assert told(formed(), PanelFormed) == BOTH | {"person mo"}


def test_who_is_rejected_is_told_and_so_is_who_must_fill_the_place() -> None:
    story = formed().and_then(by(LI, "03-04 09:00", RejectMediator, **FIRST))
    assert told(story, MediatorLeft) == {"person cao", "person mo"}
    declared = formed().and_then(
        by(LI, "03-04 09:00", DeclareRelation, about="mediator-1", relation=Relation.RELATIVE)
    )
    assert told(declared, RelationDeclared) == {"person cao", "person mei"}


def test_of_a_session_nobody_is_told() -> None:
    assert told(talked(), SessionRecorded) == set()


def test_more_time_is_asked_of_every_party() -> None:
    story = talked().and_then(by(MO, "03-20 10:00", ExtendMediation, **MORE))
    assert told(story, LongerAsked) == BOTH


def test_every_party_is_shown_the_draft_and_told_when_it_is_in_force() -> None:
    assert told(drafted(), AgreementDrafted) == BOTH
    assert told(settled(), AgreementConfirmed) == set()
    staff = {"person cao", "person mei", "person mo"}
    assert told(settled(), AgreementInForce) == BOTH | staff


@pytest.mark.rule("R7.6")
def test_each_party_is_asked_for_its_own_rating_and_again_only_who_has_not_rated() -> None:
    everybody = {"resident reporter", "party party-1", "person mei"}
    assert told(settled(), Resolved) == everybody
    one = settled().and_then(by(RESIDENT, "03-06 12:00", Rate, **RATED))
    assert told(one.at("03-10 12:00"), RatingAskedAgain) == {"party party-1"}
    assert told(closed(), Closed) == everybody


def test_a_failure_is_told_to_all_who_took_part() -> None:
    story = failed_at_the_street()
    assert told(story, MediationFailed) == BOTH | {"person su", "person mei", "person mu"}
    gone = story.and_then(by(SU, "03-10 11:00", ReferDispute, **COURT))
    assert told(gone, DisputeReferred) == BOTH | {"person su", "person mei"}


def test_a_duty_s_day_is_told_to_who_owes_and_who_must_look() -> None:
    due = closed().at("04-20 18:00")
    assert told(due, DutyFellDue) == {"party party-1", "person cao", "person mo", "unit orchard"}
    late = due.at("04-22 17:30")
    assert told(late, DutyCheckPassedUp) == {"person xu", "person mo", "unit bridge"}
    done = due.and_then(by(MO, "04-21 10:00", CheckDuty, **DONE))
    assert told(done, DutyChecked) == BOTH | {"person cao", "person mei"}
    undone = due.and_then(by(MO, "04-21 10:00", CheckDuty, **UNDONE))
    assert told(undone, DutyChecked) == BOTH | {"person cao", "person mei"}
    assert told(undone, DisputeReopened) == BOTH | {"person cao", "person mei"}


@pytest.mark.rule("R7.5")
def test_danger_alarms_grid_community_and_street() -> None:
    story = quarrel().and_then(by(LI, "03-02 11:00", ReportDanger, text="动手"))
    alarm = {"unit orchard-1", "unit orchard", "unit bridge"}
    assert told(story, DangerReported) == alarm | {"person cao", "person mei"}
