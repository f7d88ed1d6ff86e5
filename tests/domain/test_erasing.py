"""R14.4: whose keys go when a case forgets somebody, and what of a visit goes with it."""

from dataclasses import replace
from typing import Any

import pytest

from domain.commands import (
    Accept,
    AnswerSupervision,
    AskReconsideration,
    Contact,
    DecideAppeal,
    EraseSubject,
    GiveBack,
    NoteRecurrence,
    Part,
    Rate,
    RecordFollowUp,
    ReportDanger,
    Resolve,
    Split,
    Tick,
    Withdraw,
)
from domain.erasing import people, remembered
from domain.events import FollowedUp, SubjectErased
from domain.state.merging import JoinedCase
from domain.visit.commands import ForgetCase
from domain.visit.events import CaseForgotten
from domain.words import CaseType, ClosingReason
from tests.domain.rated import NEIGHBOUR, excluded, resolved
from tests.domain.story import (
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    XU,
    Story,
    at_the_grid,
    by,
    event,
    in_gaos_hands,
    received,
)
from tests.domain.test_appeals import BREACH, REFUSED, appealed
from tests.domain.together import GOOD, merged_at_ten
from tests.domain.town import TOWN, local
from tests.domain.visiting import LAMP, NOISE, visited

pytestmark = pytest.mark.rule("R14.4")
REPORTER = {"subject": "reporter", "erasure_id": "erasure-1"}


def taken_back(**changed: Any) -> Story:
    """The resident took the request back the same morning: nothing is owed any more."""
    return received(**changed).and_then(by(RESIDENT, "03-02 09:30", Withdraw, text="算了"))


def among(story: Story, *joined: str, parties: tuple[str, ...] = ()) -> Story:
    """The same case as one that others were carried on in."""
    found = tuple(
        JoinedCase(case_id=each, residents=1, rates=True, officer=story.case.officer, clock_id="")
        for each in joined
    )
    merging = replace(story.case.merging, joined=found)
    return replace(story, case=replace(story.case, merging=merging, parties=parties))


def test_what_one_resident_brought_goes_with_what_staff_wrote_of_it() -> None:
    story = (
        taken_back()
        .when(by(CLOCK, "03-16 09:00", EraseSubject, **REPORTER))
        .then(event(SubjectErased, subject="reporter", keys=("reporter", "case")))
    )
    assert story.case.erased == ("reporter", "case")


def test_a_case_forgets_nobody_twice() -> None:
    story = taken_back().and_then(by(CLOCK, "03-16 09:00", EraseSubject, **REPORTER))
    story.when(by(CLOCK, "03-16 09:01", EraseSubject, **REPORTER)).then_refused(
        "already_erased", "R14.4", case="case-1", subject="reporter"
    )


def test_nobody_but_an_erasure_makes_a_case_forget() -> None:
    for who in (XU, GAO, RESIDENT):
        taken_back().when(by(who, "03-16 09:00", EraseSubject, **REPORTER)).then_forbidden(
            "system_only", "R4.4"
        )


def test_nobody_is_forgotten_who_is_still_owed_something() -> None:
    at_the_grid().when(by(CLOCK, "03-02 11:00", EraseSubject, **REPORTER)).then_refused(
        "case_open", "R14.4", case="case-1"
    )


def test_a_closed_case_that_still_owes_a_call_forgets_nobody() -> None:
    resolved = at_the_grid().and_then(
        by(GAO, "03-02 10:00", Accept), by(GAO, "03-02 11:00", Resolve, text="已劝止")
    )
    resolved.when(by(CLOCK, "03-02 12:00", EraseSubject, **REPORTER)).then_refused(
        "case_open", "R14.4"
    )


def test_nobody_is_forgotten_whose_rating_was_left_out_and_who_may_still_ask_why() -> None:
    """For fifteen days from Tuesday the 3rd; nobody's clock says so."""
    story, until = excluded(), local("03-18 11:00").isoformat()
    story.when(by(CLOCK, "03-18 10:59", EraseSubject, **REPORTER)).then_refused(
        "right_open", "R14.4", case="case-1", until=until
    )
    story.when(by(CLOCK, "03-18 11:00", EraseSubject, **REPORTER)).then(SubjectErased)


def test_nothing_is_forgotten_that_staff_may_still_appeal_against() -> None:
    """Nobody accepted on Monday morning: that breach may be contested for fifteen days."""
    late = at_the_grid().and_then(by(RESIDENT, "03-02 17:10", Withdraw, text="算了"))
    assert late.case.redress.charges
    late.when(by(CLOCK, "03-16 09:00", EraseSubject, **REPORTER)).then_refused(
        "right_open", "R14.4"
    )
    late.when(by(CLOCK, "03-18 09:00", EraseSubject, **REPORTER)).then(SubjectErased)


def test_a_good_rating_counts_against_nobody() -> None:
    good = resolved().and_then(by(RESIDENT, "03-03 10:00", Rate, **GOOD))
    good.when(by(CLOCK, "03-03 10:01", EraseSubject, **REPORTER)).then(SubjectErased)


def test_what_staff_wrote_of_several_goes_with_the_last_of_them() -> None:
    lead = among(taken_back(), "SW-2", "SW-3")
    assert people(lead.case) == ("reporter", "SW-2", "SW-3")
    first = lead.when(
        by(CLOCK, "03-16 09:00", EraseSubject, subject="SW-2", erasure_id="erasure-1")
    ).then(event(SubjectErased, keys=("SW-2",)))
    second = first.when(by(CLOCK, "03-16 09:01", EraseSubject, **REPORTER)).then(
        event(SubjectErased, keys=("reporter",))
    )
    second.when(
        by(CLOCK, "03-16 09:02", EraseSubject, subject="SW-3", erasure_id="erasure-2")
    ).then(event(SubjectErased, keys=("SW-3", "case")))


def test_a_party_goes_alone_and_the_record_with_the_last_party() -> None:
    quarrel = among(taken_back(), parties=("party-1",))
    alone = quarrel.when(
        by(CLOCK, "03-16 09:00", EraseSubject, subject="party-1", erasure_id="erasure-1")
    ).then(event(SubjectErased, keys=("party-1",)))
    alone.when(by(CLOCK, "03-16 10:00", EraseSubject, **REPORTER)).then(
        event(SubjectErased, keys=("reporter", "case"))
    )


def test_where_all_was_under_one_key_that_key_goes_whoever_is_left() -> None:
    lead = among(taken_back(), "SW-2")
    lead.when(by(CLOCK, "03-16 09:00", EraseSubject, whole=True, **REPORTER)).then(
        event(SubjectErased, keys=("reporter", "case"))
    )


def test_an_erasure_knows_of_a_case_who_had_it_in_hand_and_whether_it_is_over() -> None:
    known = remembered(taken_back().case, TOWN, ("SW-9",))
    assert (known.case_id, known.unit_id, known.over) == ("case-1", "bridge", True)
    assert (known.people, known.erased) == (("reporter",), ())
    assert known.hands == {"mei"}
    assert (known.leads, known.referred_at) == (("SW-9",), None)
    assert not remembered(at_the_grid().case, TOWN).over
    closed = taken_back().case
    court = replace(closed, closing=ClosingReason.REFERRED)
    assert remembered(court, TOWN).referred_at == closed.closed_at


def test_who_ruled_on_a_rating_or_an_appeal_had_a_part_in_the_matter() -> None:
    """So had who wrote anything else; the system and residents are nobody of the office."""
    assert remembered(excluded().case, TOWN).hands == {"mei", "gao", "xu"}
    ruled = appealed().and_then(by(XU, "03-03 11:00", DecideAppeal, **BREACH, **REFUSED))
    assert "xu" not in ruled.case.redress.acted
    assert "xu" in remembered(ruled.case, TOWN).hands


def test_a_dispute_remembers_each_of_its_parties() -> None:
    story = received(
        case_type=CaseType.DISPUTE,
        parties=(Contact(name="李", phone="139"), Contact(name="赵")),
    )
    assert remembered(story.case, TOWN).people == ("reporter", "party-1", "party-2")


# -- what a case still hears that forgot who came -----------------------------


def forgotten_while_merged() -> Story:
    return merged_at_ten().and_then(by(CLOCK, "03-16 09:00", EraseSubject, **REPORTER))


def test_nobody_splits_a_case_that_forgot_who_came_back_to_life() -> None:
    """It would be open again for somebody who has no name, number or word in it."""
    forgotten_while_merged().when(by(XU, "03-16 10:00", Split, text="错并")).then_refused(
        "erased", "R14.4", case="case-1"
    )


def test_nothing_that_would_open_it_again_is_heard() -> None:
    story = forgotten_while_merged()
    noted = {"later": "SW-9", "reported_at": local("03-16 09:30")}
    for command in (
        by(CLOCK, "03-16 10:00", GiveBack, refusal="not_open"),
        by(RESIDENT, "03-16 10:00", Rate, **GOOD),
        by(RESIDENT, "03-16 10:00", AskReconsideration, text="不是"),
        by(RESIDENT, "03-16 10:00", ReportDanger, text="动手了"),
        by(RESIDENT, "03-16 10:00", Withdraw, text="算了"),
        by(CLOCK, "03-16 10:00", NoteRecurrence, **noted),
    ):
        story.when(command).then_refused("erased", "R14.4")


def test_of_several_the_one_who_is_forgotten_says_nothing_more() -> None:
    gone = by(CLOCK, "03-16 09:00", EraseSubject, subject="party-1", erasure_id="erasure-1")
    story = among(taken_back(), parties=("party-1",)).and_then(gone)
    story.when(by(NEIGHBOUR, "03-16 10:00", ReportDanger, text="动手了")).then_refused(
        "erased", "R14.4", subject="party-1"
    )


def test_what_only_concludes_is_heard() -> None:
    """A call whose time was over and an order that nobody answered are on the lists until then."""
    late = (
        in_gaos_hands()
        .and_then(by(GAO, "03-02 11:00", Resolve, text="已劝止"))
        .and_then(by(CLOCK, "05-30 09:00", Tick))
        .and_then(by(CLOCK, "05-30 09:01", EraseSubject, **REPORTER))
    )
    late.when(by(MEI, "05-30 10:00", RecordFollowUp, contacted=False)).then(FollowedUp)
    late.when(by(GAO, "05-30 10:00", AnswerSupervision, text="迟了")).then_refused(
        "no_order_open", "R4.6"
    )
    late.when(by(CLOCK, "05-30 10:00", Part, case_id="SW-2")).then_refused("not_joined", "R2.3")


# -- visits ------------------------------------------------------------------

FORGET = {"case_id": "SW-2", "erasure_id": "erasure-1"}


def test_a_visit_forgets_what_it_found_with_the_case_that_came_of_it() -> None:
    both = visited(findings=(LAMP, NOISE))
    one = both.when(by(CLOCK, "03-16 09:00", ForgetCase, **FORGET)).then(
        event(CaseForgotten, case_id="SW-2", keys=("SW-2", "case"))
    )
    one.when(by(CLOCK, "03-16 09:10", ForgetCase, case_id="SW-3", erasure_id="erasure-1")).then(
        event(CaseForgotten, keys=("SW-3",))
    )
    one.when(by(CLOCK, "03-16 09:10", ForgetCase, **FORGET)).then_refused(
        "already_erased", "R14.4", case="SW-2"
    )


def test_a_visit_forgets_nothing_of_a_case_that_is_not_its_own() -> None:
    visited(findings=(LAMP,)).when(
        by(CLOCK, "03-16 09:00", ForgetCase, case_id="SW-9", erasure_id="erasure-1")
    ).then_refused("not_of_this_visit", "R14.4", case="SW-9")
    visited(findings=(LAMP,)).when(by(GAO, "03-16 09:00", ForgetCase, **FORGET)).then_forbidden(
        "system_only", "R4.4"
    )


def test_time_goes_on_over_a_case_that_forgot() -> None:
    story = taken_back().and_then(by(CLOCK, "03-16 09:00", EraseSubject, **REPORTER))
    story.when(by(CLOCK, "03-17 09:00", Tick)).then()
