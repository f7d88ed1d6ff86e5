"""R6.2 and R6.3: clocks run side by side and explain themselves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain import clocks
from domain.commands import (
    Accept,
    AddInformation,
    Assign,
    Escalate,
    HandOver,
    RecordProgress,
    Register,
    Remind,
    Resume,
    Reveal,
    Suspend,
)
from domain.state import Running
from domain.words import Basis, Channel, ClockKind, EscalationReason, SuspensionGround
from tests.domain.story import (
    CAO,
    GAO,
    MEI,
    RESIDENT,
    Story,
    burst_in_gaos_hands,
    by,
    given,
    in_gaos_hands,
    in_sus_hands,
    in_weis_hands,
    received,
    request,
    worked_on_by_gao,
)
from tests.domain.town import TOWN, YEAR_2025, YEAR_2026, calendar, local, said, town

AWAY = {"ground": SuspensionGround.AWAITING_RESIDENT, "text": "外出"}


def explained(running: Running, until: str) -> list[str]:
    """Every stretch as the town's clock would say it."""
    found = clocks.segments(running, local(until), TOWN)
    sign = {True: "+", False: "-"}
    return [f"{sign[s.counted]} {said(s.start)[5:]} to {said(s.end)[5:]}: {s.why}" for s in found]


def counted(running: Running, until: str) -> timedelta:
    found = clocks.segments(running, local(until), TOWN)
    return sum((s.end - s.start for s in found if s.counted), timedelta())


def marks(story: Story, kind: ClockKind) -> dict[str, str]:
    return {m.level.value: said(m.at)[5:] for m in story.clock(kind).marks}


# -- side by side ------------------------------------------------------------


@pytest.mark.rule("R6.3")
def test_the_residents_clock_runs_from_registration_to_resolution_across_all_stints() -> None:
    begun = received().clock(ClockKind.RESIDENT)
    story = worked_on_by_gao().and_then(
        by(GAO, "03-02 11:00", Escalate, reason=EscalationReason.BEYOND_MEANS, text="x"),
        by(CAO, "03-02 11:10", Accept),
    )
    assert story.clock(ClockKind.RESIDENT) == begun


@pytest.mark.rule("R6.3")
def test_a_new_stint_gets_its_own_acceptance_and_handling_clock() -> None:
    story = worked_on_by_gao().and_then(
        by(GAO, "03-02 11:00", Escalate, reason=EscalationReason.BEYOND_MEANS, text="x"),
        by(CAO, "03-02 11:10", Accept),
    )
    ran = [(r.clock.clock_id, r.stint) for r in story.case.clocks]
    assert ran == [
        ("resident-1", 0),
        ("handle-1", 1),
        ("accept-1", 2),
        ("handle-2", 2),
        ("accept-2", 3),
        ("handle-3", 3),
    ]


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize(
    "words",
    [
        by(RESIDENT, "03-02 10:40", Remind),
        by(RESIDENT, "03-02 10:40", AddInformation, text="又响了"),
        by(GAO, "03-02 10:40", AddInformation, text="补充"),
        by(GAO, "03-02 10:40", RecordProgress, text="上门"),
        by(GAO, "03-02 10:40", Assign, post_id="grid-1b"),
        by(MEI, "03-02 10:40", Reveal, reason="回电"),
    ],
    ids=lambda command: f"{command.kind} by {command.actor.person_id or 'the resident'}",
)
def test_words_reset_no_clock(words: Remind) -> None:
    before = in_gaos_hands()
    assert before.and_then(words).case.clocks == before.case.clocks


@pytest.mark.rule("R6.2")
def test_every_clock_says_which_book_it_was_set_by() -> None:
    for running in in_gaos_hands().case.clocks:
        assert running.clock.calendar == "calendar-1"
        assert running.clock.policy == "policy-1"


@pytest.mark.rule("R6.2")
def test_a_case_keeps_the_policy_it_was_opened_under() -> None:
    story = received().under(town(policy=town().policies["policy-bare"]))
    story = story.and_then(by(MEI, "03-02 09:30", HandOver))
    assert story.clock(ClockKind.ACCEPT).policy == "policy-1"


@pytest.mark.rule("R6.2")
def test_a_clock_restarted_under_a_revised_calendar_says_so() -> None:
    revised = town(days_of=calendar("calendar-2", YEAR_2025, YEAR_2026))
    story = in_gaos_hands().and_then(by(GAO, "03-02 11:00", Suspend, **AWAY)).under(revised)
    assert story.and_then(by(GAO, "03-02 14:00", Resume)).clock(ClockKind.HANDLE).calendar == (
        "calendar-2"
    )


@pytest.mark.rule("R6.1")
def test_a_deadline_that_crosses_an_unpublished_year_is_marked() -> None:
    story = given(by(MEI, "12-21 09:00", Register, **request()))
    assert story.clock(ClockKind.RESIDENT).unpublished
    assert not story.clock(ClockKind.HANDLE).unpublished
    assert not received().clock(ClockKind.RESIDENT).unpublished


@pytest.mark.rule("R6.1")
def test_wall_clock_deadlines_rest_on_no_calendar() -> None:
    clock = received("burst").clock(ClockKind.RESIDENT)
    assert clock.basis is Basis.WALL
    assert not clock.unpublished


# -- marks -------------------------------------------------------------------


@pytest.mark.rule("R6.6")
def test_half_and_four_fifths_and_a_working_day_before_are_marked() -> None:
    # Twenty-one working hours from Monday at ten: half 10.5 h, four fifths 16.8 h, yellow 14 h.
    assert marks(in_weis_hands(), ClockKind.HANDLE) == {
        "half": "03-03 15:00",
        "yellow": "03-04 10:00",
        "late": "03-04 14:18",
    }


@pytest.mark.rule("R6.6")
def test_a_clock_no_longer_than_a_working_day_shows_no_yellow_card() -> None:
    assert marks(in_gaos_hands(), ClockKind.HANDLE) == {
        "half": "03-02 15:00",
        "late": "03-02 17:06",
    }


@pytest.mark.rule("R6.6")
def test_marks_of_an_emergency_are_on_the_wall_clock() -> None:
    assert marks(burst_in_gaos_hands(), ClockKind.ON_SITE) == {
        "half": "03-02 10:00",
        "late": "03-02 10:36",
    }


@pytest.mark.rule("R6.6")
def test_clocks_that_are_nobodys_duty_carry_no_marks() -> None:
    story = in_gaos_hands().and_then(by(GAO, "03-02 11:00", Suspend, **AWAY))
    assert marks(story, ClockKind.SUSPENSION) == {}


@pytest.mark.rule("R6.6")
def test_after_a_pause_the_marks_still_ahead_move_with_the_due_time() -> None:
    story = in_gaos_hands().and_then(
        by(GAO, "03-02 15:30", Suspend, **AWAY), by(GAO, "03-03 09:00", Resume)
    )
    assert marks(story, ClockKind.HANDLE) == {"late": "03-03 10:36"}
    assert story.clock(ClockKind.HANDLE).due_at == local("03-03 12:00")


# -- what is next ------------------------------------------------------------


@pytest.mark.rule("R6.6")
def test_the_next_instant_is_the_nearest_mark_or_end_of_any_clock() -> None:
    due = clocks.next_due(in_gaos_hands().case)
    assert due is not None
    assert said(due[0]) == "2026-03-02 15:00"


@pytest.mark.rule("R6.2")
def test_a_case_that_does_not_exist_is_never_due() -> None:
    assert clocks.next_due(given().case) is None


@pytest.mark.rule("R6.2")
def test_what_is_owed_longest_is_the_overdue_time() -> None:
    assert clocks.overdue_at(in_sus_hands().case) == local("03-09 10:00")
    assert clocks.overdue_at(given().case) is None


@pytest.mark.rule("R6.2")
def test_while_paused_a_clock_is_not_owed() -> None:
    story = in_gaos_hands().and_then(by(GAO, "03-02 11:00", Suspend, **AWAY))
    assert clocks.overdue_at(story.case) == local("03-20 17:30")


# -- explained ---------------------------------------------------------------


@pytest.mark.rule("R6.2")
def test_a_clock_lists_what_counted_and_what_did_not_and_why() -> None:
    running = in_gaos_hands().running(ClockKind.HANDLE)
    assert explained(running, "03-03 10:00") == [
        "+ 03-02 10:00 to 03-02 12:00: working",
        "- 03-02 12:00 to 03-02 13:30: outside hours",
        "+ 03-02 13:30 to 03-02 17:30: working",
        "- 03-02 17:30 to 03-03 00:00: outside hours",
        "- 03-03 00:00 to 03-03 09:00: outside hours",
        "+ 03-03 09:00 to 03-03 10:00: working",
    ]
    assert counted(running, "03-03 10:00") == timedelta(hours=7)


@pytest.mark.rule("R6.2")
def test_pauses_are_stretches_of_their_own() -> None:
    story = in_gaos_hands().and_then(
        by(GAO, "03-02 11:00", Suspend, **AWAY), by(GAO, "03-02 14:00", Resume)
    )
    assert explained(story.running(ClockKind.HANDLE), "03-02 15:00") == [
        "+ 03-02 10:00 to 03-02 11:00: working",
        "- 03-02 11:00 to 03-02 14:00: suspended",
        "+ 03-02 14:00 to 03-02 15:00: working",
    ]


@pytest.mark.rule("R6.2")
def test_a_pause_still_going_on_lasts_until_now() -> None:
    story = in_gaos_hands().and_then(by(GAO, "03-02 11:00", Suspend, **AWAY))
    assert explained(story.running(ClockKind.HANDLE), "03-04 08:00") == [
        "+ 03-02 10:00 to 03-02 11:00: working",
        "- 03-02 11:00 to 03-04 08:00: suspended",
    ]


@pytest.mark.rule("R6.2")
@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("03-02 10:30", "+ 03-02 10:00 to 03-02 10:30: working"),
        ("03-02 12:00", "- 03-02 11:00 to 03-02 12:00: suspended"),
    ],
)
def test_nothing_after_the_instant_asked_for_is_listed(until: str, last: str) -> None:
    story = in_gaos_hands().and_then(
        by(GAO, "03-02 11:00", Suspend, **AWAY), by(GAO, "03-02 14:00", Resume)
    )
    assert explained(story.running(ClockKind.HANDLE), until)[-1] == last
    paused = in_gaos_hands().and_then(by(GAO, "03-02 11:00", Suspend, **AWAY))
    assert explained(paused.running(ClockKind.HANDLE), until)[-1] == last


@pytest.mark.rule("R6.2")
def test_the_wall_clock_counts_every_second() -> None:
    running = burst_in_gaos_hands().running(ClockKind.ON_SITE)
    assert explained(running, "03-02 11:00") == ["+ 03-02 09:00 to 03-02 11:00: wall clock"]
    assert explained(running, "03-02 09:00") == []


@pytest.mark.rule("R6.1")
def test_a_case_from_the_web_at_night_waits_for_the_morning() -> None:
    story = given(by(RESIDENT, "03-06 22:00", Register, **request(channel=Channel.WEB)))
    assert story.clock(ClockKind.ACCEPT).due_at == local("03-09 11:00")
    assert explained(story.running(ClockKind.ACCEPT), "03-09 11:00") == [
        "- 03-06 22:00 to 03-07 00:00: outside hours",
        "- 03-07 00:00 to 03-08 00:00: day off",
        "- 03-08 00:00 to 03-09 00:00: day off",
        "- 03-09 00:00 to 03-09 09:00: outside hours",
        "+ 03-09 09:00 to 03-09 11:00: working",
    ]


@pytest.mark.rule("R6.2")
def test_a_clock_is_explained_by_the_calendar_it_was_set_by() -> None:
    first = TOWN.calendar
    newer = replace(TOWN, calendar=calendar("calendar-2"), calendars={first.version: first})
    clock = in_gaos_hands().case.clocks[0].clock
    path = TOWN.organisation.path(clock.unit_id)
    assert newer.time_of(clock) is first.working_time(path)
    assert newer.working_time(clock.unit_id) is not first.working_time(path)
