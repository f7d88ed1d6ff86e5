"""R3.2: how an admission is asked for, approved by two, passed up, revoked, and how it ends."""

from dataclasses import replace

import pytest

from domain import admission as admissions
from domain.admission.commands import (
    ApplyForAdmission,
    ApproveAdmission,
    RefuseAdmission,
    RevokeAdmission,
)
from domain.admission.events import (
    AdmissionApplied,
    AdmissionApproved,
    AdmissionEnded,
    AdmissionRefused,
    AdmissionRevoked,
    ApprovalOverdue,
    ApprovalPassedUp,
    ApprovalWarned,
    ExpiryNear,
    FirstApproved,
)
from domain.commands import Tick
from domain.words import Role
from domain.words.admission import AdmissionState
from tests.domain.applications import (
    AN,
    MARKET,
    TERMS,
    Application,
    applied,
    approved,
)
from tests.domain.story import CAO, CLOCK, SU, WANG, WEI, XIA, XIE, XU, by, event, staff
from tests.domain.town import POSTS, local, post, said, town

pytestmark = pytest.mark.rule("R3.2")

NO = {"text": "社区无执法权"}
NOT_YET = Application(admissions.initial("admission-1"), MARKET)


def asked(**changed: object) -> dict[str, object]:
    return {**TERMS, **changed}


# -- asking ------------------------------------------------------------------


def test_a_street_asks_for_its_community_and_the_district_has_five_working_days() -> None:
    story = NOT_YET.when(by(SU, "03-02 09:00", ApplyForAdmission, **TERMS)).then(
        event(AdmissionApplied, item_id="stall", units=("orchard",), approver_unit="east")
    )
    question = story.admission.question
    assert question is not None
    assert (question.unit_id, question.person_id, question.barred) == ("east", "xie", ("su",))
    running = story.admission.asked
    assert running is not None
    assert said(running.clock.due_at) == "2026-03-06 17:30"
    assert admissions.admitted(story.admission) is None


def test_a_department_asks_for_what_it_is_responsible_for_anywhere_in_its_district() -> None:
    terms = asked(units=("orchard", "hills", "orchard"))
    story = NOT_YET.when(by(WEI, "03-02 09:00", ApplyForAdmission, **terms)).then(
        event(AdmissionApplied, units=("hills", "orchard"), approver_unit="east")
    )
    assert story.admission.applicant.unit_id == "water"


@pytest.mark.rule("R3.1")
def test_a_department_does_not_ask_for_the_work_of_another() -> None:
    NOT_YET.when(by(WANG, "03-02 09:00", ApplyForAdmission, **TERMS)).then_refused(
        "not_responsible", "R3.1", item="stall", department="water"
    )


def test_for_a_whole_city_the_city_decides() -> None:
    terms = asked(item_id="noise", units=("city",))
    story = NOT_YET.when(by(WANG, "03-02 09:00", ApplyForAdmission, **terms)).then(
        event(AdmissionApplied, approver_unit="city")
    )
    assert story.admission.question is not None
    assert story.admission.question.person_id == "xia"


def test_a_town_without_a_district_asks_its_top() -> None:
    units = [u for u in MARKET.organisation.units.values() if u.unit_id not in {"city", "east"}]
    top = [replace(u, parent_id=None) if u.parent_id == "east" else u for u in units]
    book = replace(MARKET, organisation=town(units=top).organisation)
    story = applied(book)
    assert story.admission.approver_unit == "bridge"


def test_only_streets_and_departments_ask() -> None:
    for who in (CAO, staff("mei"), staff("an"), XIE):
        NOT_YET.when(by(who, "03-02 09:00", ApplyForAdmission, **TERMS)).then_forbidden(
            "not_entitled", "§2"
        )


def test_what_cannot_be_asked_for() -> None:
    ask, at = ApplyForAdmission, "03-02 09:00"
    NOT_YET.when(by(SU, at, ask, **asked(item_id="dragons"))).then_refused("unknown_item", "R2.1")
    NOT_YET.when(by(SU, at, ask, **asked(item_id="sweep"))).then_refused("community_own", "R3.2")
    NOT_YET.when(by(SU, at, ask, **asked(units=()))).then_refused("units_missing", "R3.2")
    NOT_YET.when(by(SU, at, ask, **asked(units=("parks",)))).then_refused(
        "not_a_community", "R3.2", unit="parks"
    )
    NOT_YET.when(by(SU, at, ask, **asked(units=("orchard", "orchard-1")))).then_refused(
        "not_a_community", "R3.2", unit="orchard-1"
    )
    NOT_YET.when(by(SU, at, ask, **asked(units=("atlantis",)))).then_refused(
        "not_a_community", "R3.2", unit="atlantis"
    )
    NOT_YET.when(by(SU, at, ask, **asked(units=("stone",)))).then_refused(
        "outside_reach", "R3.2", unit="stone", reach="bridge"
    )
    NOT_YET.when(by(SU, at, ask, **asked(units=("east",)))).then_refused(
        "outside_reach", "R3.2", unit="east"
    )
    NOT_YET.when(by(SU, at, ask, **asked(valid_until=local("02-01 00:00")))).then_refused(
        "period_empty", "R3.2"
    )
    NOT_YET.when(
        by(SU, at, ask, **asked(valid_from=local("01-01 00:00"), valid_until=local(at)))
    ).then_refused("period_over", "R3.2")
    NOT_YET.when(by(SU, at, ask, **asked(yearly=-1))).then_refused("money_negative", "R3.2")


def test_asking_twice_under_one_number_is_refused() -> None:
    applied().when(by(SU, "03-02 09:01", ApplyForAdmission, **TERMS)).then_refused(
        "admission_exists", "R3.2"
    )


def test_what_was_never_asked_for_is_not_there() -> None:
    NOT_YET.when(by(XIE, "03-02 10:00", ApproveAdmission)).then_refused("no_such_admission", "R3.2")


# -- two people --------------------------------------------------------------


def test_the_first_yes_asks_a_second_person_and_the_second_puts_it_in_force() -> None:
    first = applied().when(by(XIE, "03-02 10:00", ApproveAdmission)).then(FirstApproved)
    question = first.admission.question
    assert question is not None
    assert (question.person_id, question.barred) == ("an", ("su", "xie"))
    second = first.when(by(AN, "03-02 11:00", ApproveAdmission)).then(
        event(AdmissionApproved, remind_at="06-01 00:00")
    )
    found = admissions.admitted(second.admission)
    assert found is not None
    assert [said(found.valid_from), said(found.ends_at)] == ["2026-03-02 11:00", "2026-07-01 00:00"]
    assert found.in_force(local("06-30 23:59"))
    assert not found.in_force(local("03-02 10:59"))
    assert not found.in_force(local("07-01 00:00"))


def test_one_for_later_is_in_force_from_its_first_day() -> None:
    story = approved(valid_from=local("05-01 00:00"))
    found = admissions.admitted(story.admission)
    assert found is not None
    assert said(found.valid_from) == "2026-05-01 00:00"


def test_the_applicant_does_not_approve_even_from_a_higher_post() -> None:
    posts = (*POSTS, post("extra", "su", Role.SUPERVISOR, "east"))
    book = replace(MARKET, organisation=town(posts=posts).organisation)
    applied(book).when(by(SU, "03-02 10:00", ApproveAdmission)).then_forbidden(
        "own_application", "R3.2"
    )


def test_nobody_approves_twice() -> None:
    story = applied().and_then(by(XIE, "03-02 10:00", ApproveAdmission))
    story.when(by(XIE, "03-02 10:01", ApproveAdmission)).then_forbidden("approved_before", "R3.2")
    story.when(by(XIE, "03-02 10:01", RefuseAdmission, **NO)).then_forbidden(
        "approved_before", "R3.2"
    )


def test_a_superior_of_the_district_may_decide_too_and_others_may_not() -> None:
    applied().when(by(XIA, "03-02 10:00", ApproveAdmission)).then(FirstApproved)
    for who in (XU, CAO, staff("ao")):
        applied().when(by(who, "03-02 10:00", ApproveAdmission)).then_forbidden(
            "not_entitled", "§2"
        )


def test_one_no_is_enough() -> None:
    story = applied().when(by(XIE, "03-02 10:00", RefuseAdmission, **NO)).then(AdmissionRefused)
    assert story.admission.state is AdmissionState.REFUSED
    assert story.admission.over
    second = applied().and_then(by(XIE, "03-02 10:00", ApproveAdmission))
    second.when(by(AN, "03-02 11:00", RefuseAdmission, **NO)).then(AdmissionRefused)


def test_what_is_decided_is_not_decided_again() -> None:
    approved().when(by(XIA, "03-02 12:00", ApproveAdmission)).then_refused(
        "not_awaiting_approval", "R3.2", state="approved"
    )
    refused = applied().and_then(by(XIE, "03-02 10:00", RefuseAdmission, **NO))
    refused.when(by(XIA, "03-02 12:00", RefuseAdmission, **NO)).then_refused(
        "not_awaiting_approval", "R3.2", state="refused"
    )


# -- nobody decides ----------------------------------------------------------


def test_whoever_must_decide_is_warned() -> None:
    story = applied().at("03-06 10:00")
    warned = [e for e in story.history if isinstance(e, ApprovalWarned)]
    assert [(e.level.value, said(e.at)) for e in warned] == [
        ("half", "2026-03-04 14:00"),
        ("late", "2026-03-05 17:30"),
        ("yellow", "2026-03-05 17:30"),
    ]


def test_a_late_decision_is_a_breach_and_goes_to_the_next_superior() -> None:
    story = applied().at("03-06 10:00")
    passed = story.when(by(CLOCK, "03-09 09:05", Tick)).then(
        event(ApprovalOverdue, at="03-06 17:30"), event(ApprovalPassedUp, at="03-09 09:05")
    )
    question = passed.admission.question
    assert question is not None
    assert (question.unit_id, question.person_id) == ("city", "xia")
    passed.when(by(XIE, "03-09 10:00", ApproveAdmission)).then_forbidden("not_entitled", "§2")
    first = passed.when(by(XIA, "03-09 10:00", ApproveAdmission)).then(FirstApproved)
    assert first.admission.question is not None
    assert first.admission.question.person_id == "xie"


def test_where_nobody_is_higher_whoever_had_it_is_asked_again() -> None:
    story = applied().at("03-09 09:05").at("03-16 09:10")
    assert [e.question.person_id for e in story.history if isinstance(e, ApprovalPassedUp)] == [
        "xia",
        "xia",
    ]


def test_with_nobody_free_the_unit_itself_is_asked() -> None:
    gone = {"supervisor-east", "supervisor-city", "administrator-east"}
    posts = [p for p in POSTS if p.post_id not in gone]
    story = applied(replace(MARKET, organisation=town(posts=posts).organisation))
    question = story.admission.question
    assert question is not None
    assert (question.unit_id, question.post_id, question.person_id) == ("east", None, None)
    assert story.at("03-09 09:05").admission.awaiting


def test_nobody_deciding_before_its_period_is_over_lets_it_lapse() -> None:
    story = applied(valid_until=local("03-05 00:00"))
    lapsed = story.when(by(CLOCK, "03-05 00:00", Tick)).then(
        ApprovalWarned, event(AdmissionEnded, state=AdmissionState.LAPSED, at="03-05 00:00")
    )
    assert lapsed.admission.over
    lapsed.when(by(XIE, "03-05 09:00", ApproveAdmission)).then_refused(
        "not_awaiting_approval", "R3.2", state="lapsed"
    )


@pytest.mark.rule("R4.4")
def test_nobody_plays_the_clock() -> None:
    applied().when(by(XIE, "03-02 10:00", Tick)).then_forbidden("system_only", "R4.4")


def test_a_command_dated_before_the_last_event_happens_right_after_it() -> None:
    story = applied().and_then(by(XIE, "03-02 08:59", ApproveAdmission))
    assert story.history[-1].at == local("03-02 09:00")


# -- the end -----------------------------------------------------------------


def test_it_expires_by_itself_after_a_reminder_to_who_asked() -> None:
    reminded = (
        approved()
        .when(by(CLOCK, "06-01 00:00", Tick))
        .then(event(ExpiryNear, at="06-01 00:00", ends_at="07-01 00:00"))
    )
    ended = reminded.when(by(CLOCK, "07-01 00:10", Tick)).then(
        event(AdmissionEnded, at="07-01 00:00", state=AdmissionState.EXPIRED)
    )
    assert ended.admission.over


def test_a_short_one_has_no_time_for_a_reminder() -> None:
    story = approved(valid_until=local("03-20 00:00"))
    assert story.admission.remind_at is None
    story.when(by(CLOCK, "03-20 00:00", Tick)).then(AdmissionEnded)


def test_the_approving_level_revokes_it_at_once() -> None:
    story = (
        approved()
        .when(by(XIE, "04-01 09:00", RevokeAdmission, **NO))
        .then(AdmissionRevoked, event(AdmissionEnded, state=AdmissionState.REVOKED))
    )
    found = admissions.admitted(story.admission)
    assert found is not None
    assert not found.in_force(local("04-01 09:00"))
    assert found.in_force(local("04-01 08:59"))
    story.when(by(XIA, "04-01 10:00", RevokeAdmission, **NO)).then_refused(
        "not_approved", "R3.2", state="revoked"
    )


def test_or_from_a_later_day_on() -> None:
    day = local("05-01 00:00")
    story = (
        approved()
        .when(by(XIA, "04-01 09:00", RevokeAdmission, effective_from=day, **NO))
        .then(event(AdmissionRevoked, effective_from=day))
    )
    assert story.admission.state is AdmissionState.APPROVED
    story.when(by(XIE, "04-02 09:00", RevokeAdmission, **NO)).then_refused(
        "already_revoked", "R3.2"
    )
    story.when(by(CLOCK, "05-01 00:00", Tick)).then(
        event(AdmissionEnded, state=AdmissionState.REVOKED)
    )


def test_what_cannot_be_revoked() -> None:
    applied().when(by(XIE, "03-02 10:00", RevokeAdmission, **NO)).then_refused(
        "not_approved", "R3.2", state="awaiting_first"
    )
    approved().when(by(SU, "03-03 10:00", RevokeAdmission, **NO)).then_forbidden(
        "not_entitled", "§2"
    )
    approved().when(
        by(XIE, "03-03 10:00", RevokeAdmission, effective_from=local("03-03 09:00"), **NO)
    ).then_refused("effective_in_the_past", "R14.1")
    approved().when(
        by(XIE, "03-03 10:00", RevokeAdmission, effective_from=local("07-01 00:00"), **NO)
    ).then_refused("ends_before", "R3.2")
