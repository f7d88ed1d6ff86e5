"""§2: posts are opened, changed and ended by commands; two people give a post of oversight."""

from dataclasses import replace
from typing import Any

import pytest

from domain.commands import Tick
from domain.office.commands import (
    CancelAbsence,
    CancelChange,
    ChangePost,
    ConfirmPost,
    DeclinePost,
    EndPost,
    Leave,
    NameStandIn,
    OpenPost,
    RecordAbsence,
)
from domain.office.events import (
    AbsenceCancelled,
    AbsenceRecorded,
    ChangeCancelled,
    HandOverBegun,
    HandOverPlanned,
    PersonLeft,
    PostChanged,
    PostConfirmed,
    PostDeclined,
    PostEnded,
    PostOpened,
    PostRequested,
    StandInNamed,
)
from domain.office.records import Work
from domain.words import Role
from tests.domain.office_story import AI, AN, ANG, ASH, AVA, OfficeStory, given
from tests.domain.story import CLOCK, GAO, GUO, by, event
from tests.domain.town import local

pytestmark = pytest.mark.rule("R14.1")
JUNE = {"effective_from": local("06-01 00:00")}


def worker(**changed: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "post_id": "grid-new",
        "person_id": "new",
        "role": Role.GRID_WORKER,
        "unit_id": "orchard-1",
    }
    return fields | changed


def auditor(**changed: Any) -> dict[str, Any]:
    return worker(post_id="auditor-new", role=Role.AUDITOR, unit_id="city", **changed)


def holds(story: OfficeStory, person: str, when: str) -> list[str]:
    at = local(when)
    return [p.post_id for p in story.turned(at).organisation.posts_of(person, at)]


# -- opening -----------------------------------------------------------------


def test_a_new_post_acts_from_the_moment_it_is_opened() -> None:
    after = given().when(by(ASH, "03-02 10:00", OpenPost, **worker())).then(PostOpened)
    assert holds(after, "new", "03-02 10:00") == ["grid-new"]
    assert holds(after, "new", "03-02 09:59") == []


def test_a_post_from_june_does_nothing_before_and_begins_by_itself() -> None:
    after = given(by(ASH, "03-02 10:00", OpenPost, **worker(), **JUNE))
    assert holds(after, "new", "05-31 23:59") == []
    assert holds(after, "new", "06-01 00:00") == ["grid-new"]


def test_a_post_is_refused_where_it_makes_no_sense() -> None:
    open_it = by(AI, "03-02 10:00", OpenPost, **worker(post_id="grid-1"))
    given().when(open_it).then_refused("post_exists", "§2")
    open_it = by(AI, "03-02 10:00", OpenPost, **worker(person_id="nobody"))
    given().when(open_it).then_refused("unknown_person", "§2")
    for place in ({"unit_id": "orchard"}, {"unit_id": "orchard", "role": Role.ADMINISTRATOR}):
        open_it = by(AI, "03-02 10:00", OpenPost, **worker(**place))
        given().when(open_it).then_refused("role_does_not_fit", "§2")
    for kind in ({"role": Role.MEDIATOR}, {"role": Role.MEDIATOR, "mediator_kind": "wizard"}):
        open_it = by(AI, "03-02 10:00", OpenPost, **worker(**kind))
        given().when(open_it).then_refused("mediator_kind_does_not_fit", "§2")
    open_it = by(AI, "03-02 10:00", OpenPost, **worker(unit_id="atlantis"))
    given().when(open_it).then_refused("unknown_unit", "§2")
    open_it = by(AI, "03-02 10:00", OpenPost, **worker(stand_in="nobody"))
    given().when(open_it).then_refused("unknown_person", "§2")
    open_it = by(AI, "03-02 10:00", OpenPost, **worker(mediator_kind="teacher"))
    given().when(open_it).then_refused("mediator_kind_does_not_fit", "§2")
    open_it = by(AI, "03-02 10:00", OpenPost, **worker(stand_in="new"))
    given().when(open_it).then_refused("stands_in_for_themselves", "§2")
    open_it = by(AI, "03-02 10:00", OpenPost, **worker(valid_until=local("03-02 10:00")))
    given().when(open_it).then_refused("ends_before_it_starts", "§2")


def test_the_second_click_finds_the_post_there() -> None:
    story = given(by(ASH, "03-02 10:00", OpenPost, **worker()))
    again = by(ASH, "03-02 10:01", OpenPost, **worker())
    story.when(again).then_refused("post_exists", "§2")


# -- oversight: two people ---------------------------------------------------


def test_nobody_becomes_the_second_person_by_the_first_alone() -> None:
    """Else one administrator makes another, who then agrees to whatever the first asks for."""
    another = worker(post_id="administrator-new", role=Role.ADMINISTRATOR, unit_id="city")
    asked = given().when(by(AI, "03-02 10:00", OpenPost, **another)).then(PostRequested)
    assert holds(asked, "new", "03-02 11:00") == []
    request = asked.history[-1].request  # type: ignore[union-attr]
    own = by(AI, "03-02 10:10", ConfirmPost, request=request)
    asked.when(own).then_forbidden("second_person_needed", "§2")
    agreed = asked.when(by(ANG, "03-02 10:20", ConfirmPost, request=request)).then(
        PostConfirmed, PostOpened
    )
    assert holds(agreed, "new", "03-02 11:00") == ["administrator-new"]
    stand_in = {"post_id": "administrator-city", "person_id": "new"}
    given().when(by(AI, "03-02 10:00", NameStandIn, **stand_in)).then(PostRequested)
    given().when(by(AI, "03-02 10:00", OpenPost, **another | {"person_id": "ai"})).then_forbidden(
        "own_oversight", "§2"
    )


def test_an_auditor_is_asked_for_by_one_and_confirmed_by_another() -> None:
    asked = (
        given()
        .when(by(AI, "03-02 10:00", OpenPost, **auditor()))
        .then(event(PostRequested, due_at="03-05 10:00"))
    )
    assert holds(asked, "new", "03-02 10:00") == []
    request = asked.office.requests[0].request
    after = asked.when(by(ANG, "03-02 11:00", ConfirmPost, request=request)).then(
        PostConfirmed, event(PostOpened, role=Role.AUDITOR, effective_from="03-02 11:00")
    )
    assert holds(after, "new", "03-02 11:00") == ["auditor-new"]
    after.when(by(ANG, "03-02 11:01", ConfirmPost, request=request)).then_refused(
        "no_such_request", "§2"
    )


def test_nobody_confirms_their_own_request() -> None:
    asked = given(by(AI, "03-02 10:00", OpenPost, **auditor()))
    confirm = by(AI, "03-02 11:00", ConfirmPost, request=asked.office.requests[0].request)
    asked.when(confirm).then_forbidden("second_person_needed", "§2")


def test_nobody_gives_themselves_oversight_not_even_as_the_second() -> None:
    own = auditor(person_id="ai")
    given().when(by(AI, "03-02 10:00", OpenPost, **own)).then_forbidden("own_oversight", "§2")
    for_ang = auditor(person_id="ang")
    asked = given(by(AI, "03-02 10:00", OpenPost, **for_ang))
    confirm = by(ANG, "03-02 11:00", ConfirmPost, request=asked.office.requests[0].request)
    asked.when(confirm).then_forbidden("own_oversight", "§2")


def test_a_request_nobody_answers_lapses_after_three_working_days() -> None:
    asked = given(by(AI, "03-02 10:00", OpenPost, **auditor()))
    lapsed = asked.when(by(CLOCK, "03-05 10:00", Tick)).then(
        event(PostDeclined, automatic=True, at="03-05 10:00")
    )
    assert lapsed.office.requests == ()


def test_a_request_is_declined_or_taken_back() -> None:
    for who in (AI, ANG):
        asked = given(by(AI, "03-02 10:00", OpenPost, **auditor()))
        request = asked.office.requests[0].request
        after = asked.when(by(who, "03-02 11:00", DeclinePost, request=request)).then(
            event(PostDeclined, automatic=False)
        )
        assert after.office.requests == ()
        again = by(ANG, "03-02 11:01", DeclinePost, request=request)
        after.when(again).then_refused("no_such_request", "§2")


def test_a_post_asked_for_from_june_begins_in_june() -> None:
    asked = given(by(AI, "03-02 10:00", OpenPost, **auditor(), **JUNE))
    after = asked.and_then(
        by(ANG, "03-02 11:00", ConfirmPost, request=asked.office.requests[0].request)
    )
    assert holds(after, "new", "05-31 23:59") == []
    assert holds(after, "new", "06-01 00:00") == ["auditor-new"]


def test_standing_in_for_an_auditor_takes_two_people_as_well() -> None:
    name = by(AI, "03-02 10:00", NameStandIn, post_id="auditor-city", person_id="ai")
    given().when(name).then_forbidden("own_oversight", "§2")
    name = by(AI, "03-02 10:00", NameStandIn, post_id="auditor-city", person_id="new")
    asked = given().when(name).then(PostRequested)
    confirm = by(ANG, "03-02 11:00", ConfirmPost, request=asked.office.requests[0].request)
    after = asked.when(confirm).then(PostConfirmed, event(StandInNamed, person_id="new"))
    assert after.organisation.posts["auditor-city"].stand_in == "new"


def test_a_second_person_agrees_to_the_post_that_was_asked_for_and_no_other() -> None:
    asked = given(by(AI, "03-02 10:00", OpenPost, **auditor(stand_in="lu")))
    request = asked.office.requests[0].request
    same = by(ANG, "03-02 10:10", OpenPost, **worker(post_id="auditor-new"))
    asked.when(same).then_refused("post_requested", "§2", post="auditor-new", request=request)
    organisation = given(same).organisation
    there = replace(asked, book=replace(asked.book, organisation=organisation))
    confirm = by(ANG, "03-02 11:00", ConfirmPost, request=request)
    there.when(confirm).then_refused("post_exists", "§2", post="auditor-new")


def test_two_requests_for_one_post_do_not_change_each_other() -> None:
    asked = given(by(AI, "03-02 10:00", OpenPost, **auditor(stand_in="gan")))
    other = worker(post_id="auditor-new", person_id="lu", role=Role.SUPERVISOR, unit_id="east")
    again = by(ANG, "03-02 10:01", OpenPost, **other)
    asked.when(again).then_refused("post_requested", "§2")


def test_nobody_comes_to_stand_in_at_a_post_that_ended_meanwhile() -> None:
    name = by(AI, "03-02 10:00", NameStandIn, post_id="auditor-city", person_id="new")
    asked = given(name, by(AI, "03-02 10:30", EndPost, post_id="auditor-city"))
    confirm = by(ANG, "03-02 11:00", ConfirmPost, request=asked.office.requests[0].request)
    asked.when(confirm).then_refused("post_ended", "§2")


def test_a_request_from_before_it_said_what_it_asks_is_still_agreed_to() -> None:
    for command, kind in (
        (by(AI, "03-02 10:00", OpenPost, **auditor()), PostOpened),
        (by(AI, "03-02 10:00", NameStandIn, post_id="auditor-city", person_id="new"), StandInNamed),
    ):
        asked = given(command)
        (request,) = asked.office.requests
        old = replace(asked.office, requests=(replace(request, new=None),))
        confirm = by(ANG, "03-02 11:00", ConfirmPost, request=request.request)
        replace(asked, office=old).when(confirm).then(PostConfirmed, kind)


def test_who_left_gets_no_post_that_was_asked_for_before() -> None:
    another = worker(post_id="supervisor-new", role=Role.SUPERVISOR, unit_id="east", stand_in="guo")
    story = given(
        by(AI, "03-02 10:00", OpenPost, **auditor(person_id="guo")),
        by(AI, "03-02 10:01", OpenPost, **another),
        by(AI, "03-02 10:02", NameStandIn, post_id="auditor-city", person_id="new"),
    )
    first, _, third = story.office.requests
    left = story.when(by(AI, "03-02 10:30", Leave, person_id="guo")).then(
        PersonLeft, PostEnded, PostDeclined, event(PostDeclined, automatic=False)
    )
    assert left.office.requests == (third,)
    confirm = by(ANG, "03-02 11:00", ConfirmPost, request=first.request)
    left.when(confirm).then_refused("no_such_request", "§2")


# -- changing ----------------------------------------------------------------


def test_a_post_gets_another_role_and_a_last_day() -> None:
    until = local("12-31 00:00")
    change = by(
        AN,
        "03-02 10:00",
        ChangePost,
        post_id="mediator-east",
        mediator_kind="lawyer",
        valid_until=until,
    )
    after = given().when(change).then(event(PostChanged, mediator_kind="lawyer"))
    post = after.organisation.posts["mediator-east"]
    assert (post.mediator_kind, post.valid_until) == ("lawyer", until)


def test_no_post_becomes_or_stops_being_one_of_oversight() -> None:
    change = by(AI, "03-02 10:00", ChangePost, post_id="works-1", role=Role.SUPERVISOR)
    given().when(change).then_refused("oversight_is_opened_anew", "§2")


def test_a_change_of_a_post_must_make_sense() -> None:
    same = by(AI, "03-02 10:00", ChangePost, post_id="works-1", role=Role.DEPARTMENT_HANDLER)
    given().when(same).then_refused("nothing_changes", "§2")
    gone = by(AI, "03-02 10:00", ChangePost, post_id="clerk-gone", role=Role.MEDIATOR)
    given().when(gone).then_refused("post_ended", "§2")
    none = by(AI, "03-02 10:00", ChangePost, post_id="nothing", role=Role.MEDIATOR)
    given().when(none).then_refused("unknown_post", "§2")
    early = by(AI, "03-02 10:00", ChangePost, post_id="works-1", valid_until=local("03-02 10:00"))
    given().when(early).then_refused("ends_before_it_starts", "§2")


def test_who_answers_for_cases_does_not_change_posts_under_them() -> None:
    work = {"clerk-city": Work(in_charge=2, officer=1)}
    change = by(
        AI,
        "03-02 10:00",
        ChangePost,
        post_id="clerk-city",
        role=Role.MEDIATOR,
        mediator_kind="lawyer",
    )
    given(work=work).when(change).then_refused("post_has_open_cases", "§2", in_charge="2")


# -- ending ------------------------------------------------------------------


def test_an_ended_post_acts_no_more() -> None:
    end = by(ASH, "03-02 10:00", EndPost, post_id="clerk-bridge")
    after = given().when(end).then(event(PostEnded, effective_from="03-02 10:00"))
    assert holds(after, "mei", "03-02 10:00") == []
    after.when(by(ASH, "03-02 10:01", EndPost, post_id="clerk-bridge")).then_refused(
        "post_ended", "§2"
    )


def test_open_cases_of_an_ended_post_are_handed_over() -> None:
    work = {"clerk-bridge": Work(in_charge=2, officer=7)}
    end = by(ASH, "03-02 10:00", EndPost, post_id="clerk-bridge", successor="clerk-bridge-2")
    after = (
        given(work=work)
        .when(end)
        .then(PostEnded, HandOverPlanned, event(HandOverBegun, in_charge=2, officer=7))
    )
    assert after.office.errands() == ("clerk-bridge",)


def test_a_post_that_ends_in_june_hands_over_in_june() -> None:
    end = by(ASH, "03-02 10:00", EndPost, post_id="clerk-bridge", **JUNE)
    after = given().when(end).then(PostEnded, event(HandOverPlanned, starts_at="06-01 00:00"))
    assert after.office.errands() == ()
    assert holds(after, "mei", "05-31 23:59") == ["clerk-bridge"]
    june = after.when(by(CLOCK, "06-01 00:00", Tick)).then(HandOverBegun)
    assert june.office.errands() == ("clerk-bridge",)
    assert holds(june, "mei", "06-01 00:00") == []


def test_an_end_taken_back_hands_nothing_over() -> None:
    story = given(by(ASH, "03-02 10:00", EndPost, post_id="clerk-bridge", **JUNE))
    cancel = by(AI, "03-02 11:00", CancelChange, change=story.change(PostEnded))
    after = story.when(cancel).then(event(ChangeCancelled, post_id="clerk-bridge"))
    assert after.office.hand_overs == ()


def test_a_successor_answers_for_the_same_kind_of_case_in_the_same_unit() -> None:
    end = by(AI, "03-02 10:00", EndPost, post_id="clerk-bridge", successor="clerk-city")
    given().when(end).then_refused("successor_cannot_answer", "§2", post="clerk-city")
    end = by(AI, "03-02 10:00", EndPost, post_id="clerk-bridge", successor="clerk-bridge")
    given().when(end).then_refused("successor_cannot_answer", "§2")
    end = by(AI, "03-02 10:00", EndPost, post_id="clerk-bridge", successor="nothing")
    given().when(end).then_refused("unknown_post", "§2")


def test_the_last_who_can_answer_does_not_go_while_cases_are_open() -> None:
    end = by(ASH, "03-02 10:00", EndPost, post_id="street-bridge")
    work = {"street-bridge": Work(in_charge=1)}
    given(work=work).when(end).then_refused("nobody_to_hand_over_to", "§2", unit="bridge")
    given().when(end).then(PostEnded)


# -- absences ----------------------------------------------------------------


def test_the_stand_in_acts_while_the_holder_is_away() -> None:
    story = given(
        by(ASH, "03-02 10:00", NameStandIn, post_id="grid-1b", person_id="new"),
        by(
            ASH,
            "03-02 10:01",
            RecordAbsence,
            post_id="grid-1b",
            effective_from=local("03-03 00:00"),
            until=local("03-05 00:00"),
        ),
    )
    assert holds(story, "new", "03-03 09:00") == ["grid-1b"]
    assert holds(story, "guo", "03-03 09:00") == []
    assert holds(story, "guo", "03-05 00:00") == ["grid-1b"]


def test_a_holder_records_an_absence_in_person_and_comes_back_early() -> None:
    away = by(GUO, "03-02 10:00", RecordAbsence, post_id="grid-1b", until=local("03-05 00:00"))
    story = given().when(away).then(AbsenceRecorded)
    assert holds(story, "guo", "03-03 09:00") == []
    back = by(GUO, "03-03 09:00", CancelAbsence, post_id="grid-1b")
    after = story.when(back).then(AbsenceCancelled)
    assert holds(after, "guo", "03-03 09:00") == ["grid-1b"]
    after.when(by(GUO, "03-03 09:01", CancelAbsence, post_id="grid-1b")).then_refused(
        "not_absent", "§2"
    )


def test_others_do_not_record_an_absence() -> None:
    away = by(GAO, "03-02 10:00", RecordAbsence, post_id="grid-1b", until=local("03-05 00:00"))
    given().when(away).then_forbidden("not_entitled", "§2")


def test_an_absence_has_a_length_and_does_not_overlap_another() -> None:
    away = by(ASH, "03-02 10:00", RecordAbsence, post_id="grid-1", until=local("03-10 00:00"))
    given().when(away).then_refused("absent_already", "§2")
    short = by(ASH, "03-02 10:00", RecordAbsence, post_id="grid-1", until=local("03-02 10:00"))
    given().when(short).then_refused("ends_before_it_starts", "§2")


def test_a_stand_in_is_somebody_else_and_somebody_new() -> None:
    own = by(ASH, "03-02 10:00", NameStandIn, post_id="grid-1", person_id="gao")
    given().when(own).then_refused("stands_in_for_themselves", "§2")
    same = by(ASH, "03-02 10:00", NameStandIn, post_id="grid-1", person_id="gan")
    given().when(same).then_refused("nothing_changes", "§2")
    nobody = by(ASH, "03-02 10:00", NameStandIn, post_id="grid-1", person_id=None)
    after = given().when(nobody).then(StandInNamed)
    assert after.organisation.posts["grid-1"].stand_in is None


def test_administrators_of_elsewhere_leave_posts_alone() -> None:
    for command in (
        by(AVA, "03-02 10:00", EndPost, post_id="grid-1"),
        by(AVA, "03-02 10:00", NameStandIn, post_id="grid-1", person_id=None),
        by(AVA, "03-02 10:00", ChangePost, post_id="grid-1", valid_until=local("04-01 00:00")),
        by(AVA, "03-02 10:00", OpenPost, **worker()),
        by(AN, "03-02 10:00", OpenPost, **auditor()),
    ):
        given().when(command).then_forbidden("not_entitled", "§2")
