"""R12.5: past cases under other deadlines and another ladder, by hand. Monday 2 March 2026."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from domain.commands import (
    Accept,
    HandOver,
    Rate,
    Register,
    Resolve,
    Resume,
    StopDeliberation,
    Suspend,
    Withdraw,
)
from domain.policy import Policy
from domain.whatif.bounds import bounds
from domain.whatif.changes import Why, changes
from domain.whatif.ladder import AS_IT_IS, Ladder
from domain.whatif.lives import End, Life
from domain.whatif.pools import Pools
from domain.whatif.reading import life
from domain.whatif.replay import Replay, as_it_was, replay
from domain.whatif.result import view
from domain.whatif.steps import Rules, keys
from domain.whatif.study import Asked, Study
from domain.words import ClockKind, Stage, SuspensionGround
from tests.domain.story import (
    CAO,
    GAO,
    MEI,
    RESIDENT,
    Story,
    at_the_grid,
    by,
    given,
    in_gaos_hands,
    in_weis_hands,
    request,
)
from tests.domain.test_deliberation import proposed
from tests.domain.town import NO_CLOCKS, POLICY, START, TOWN, local, span, town

pytestmark = pytest.mark.rule("R12.5")
HOUR = 3600
DONE = {"text": "已处理"}


def lived(story: Story, until: str = "03-31 00:00") -> Life:
    found = life("case-1", story.history, local(until))
    assert found is not None
    return found


def other(**changed: Any) -> Policy:
    return replace(POLICY, version="other", **changed)


def grid(accept: str = "2 working_hours", handle: str = "1 working_days") -> Policy:
    """Another time at the grid."""
    return other(
        accept={**POLICY.accept, Stage.GRID: span(accept)},
        handle={**POLICY.handle, Stage.GRID: span(handle)},
    )


def seen(*lengths: tuple[str, Stage, int]) -> Pools:
    """What was seen of such work: one of each kind is enough here."""
    pools = Pools(1)
    for kind, stage, seconds in lengths:
        pools.add(keys(kind, stage, "noise", wall=False), seconds, whole=True, settled=True)
    return pools


def under(
    found: Life, policy: Policy | None, pools: Pools | None = None, ladder: Ladder = AS_IT_IS
) -> Replay:
    return replay(found, rules(policy, pools), ladder)


def rules(policy: Policy | None, pools: Pools | None = None) -> Rules:
    return Rules(
        policies=TOWN.policies,
        times=TOWN.time_in,
        calendar=TOWN.calendar.version,
        pools=pools or Pools(1),
        policy=policy,
    )


def turns(found: Replay) -> list[tuple[str, datetime | None, End]]:
    return [(turn.unit_id, turn.left, turn.end) for turn in found.turns]


def broken(found: Replay) -> list[str]:
    """Without the calls, which nobody makes here."""
    clocks = (kept for kept in found.clocks if kept.kind is not ClockKind.FOLLOW_UP)
    return [kept.clock_id for kept in clocks if kept.broken]


def settled_by_gao() -> Story:
    """Accepted at ten, done at three in the afternoon: three and a half working hours."""
    return in_gaos_hands().and_then(by(GAO, "03-02 15:00", Resolve, **DONE))


def taken_from_gao() -> Story:
    """One working day was not enough; Cao of the community accepts and settles it on Wednesday."""
    return (
        in_gaos_hands()
        .at("03-03 10:00")
        .and_then(by(CAO, "03-03 11:00", Accept), by(CAO, "03-04 10:00", Resolve, **DONE))
    )


# -- deadlines -----------------------------------------------------------------


def test_a_time_that_would_have_been_enough_changes_nothing() -> None:
    found = lived(settled_by_gao())
    assert turns(under(found, grid(handle="4 working_hours"))) == turns(as_it_was(found))
    assert broken(under(found, grid(handle="4 working_hours"))) == []


def test_a_shorter_time_breaks_at_its_own_due_time_and_the_case_climbs() -> None:
    # Ten o'clock and three working hours: two before noon, one after half past one.
    found = lived(settled_by_gao())
    pools = seen(("wait", Stage.COMMUNITY, HOUR), ("work", Stage.COMMUNITY, 2 * HOUR))
    after = under(found, grid(handle="3 working_hours"), pools)
    # The community takes what such work took there: an hour, then two; the last is of Tuesday.
    assert turns(after)[1:] == [
        ("orchard-1", local("03-02 14:30"), End.OVERDUE),
        ("orchard", local("03-02 17:30"), End.SETTLED),
    ]
    assert broken(after) == ["handle-2"]
    assert after.drew
    assert after.resolved == {1: local("03-02 17:30")}


def test_where_too_little_was_seen_nothing_is_made_up() -> None:
    found = lived(settled_by_gao())
    after = under(found, grid(handle="3 working_hours"))
    assert broken(after) == ["handle-2"]  # that much is sure
    assert after.unsaid
    assert after.resolved == found.resolved


def test_each_change_is_said_with_both_due_times() -> None:
    found = lived(settled_by_gao())
    before, after = under(found, None), under(found, grid(handle="3 working_hours"))
    (change,) = changes(found, before, after, lambda _: True)
    assert (change.case_id, change.why, change.sure) == ("case-1", Why.DUE_EARLIER, True)
    assert change.before is not None
    assert change.after is not None
    assert (change.before.due, change.before.broken) == (local("03-03 10:00"), False)
    assert (change.after.due, change.after.broken) == (local("03-02 14:30"), True)


def test_due_at_the_very_moment_of_the_work_is_late_as_it_is_for_real_cases() -> None:
    # Three and a half working hours cannot be written; 30 minutes less of a pause can.
    story = in_gaos_hands().and_then(
        by(GAO, "03-02 10:30", Suspend, ground=SuspensionGround.AWAITING_RESIDENT, text="等"),
        by(GAO, "03-02 11:00", Resume, text="到"),
        by(GAO, "03-02 15:00", Resolve, **DONE),
    )
    found = lived(story)
    assert broken(under(found, grid(handle="3 working_hours"), seen())) == ["handle-2"]
    assert broken(under(found, grid(handle="4 working_hours"))) == []


def test_time_stands_still_when_it_really_did() -> None:
    story = in_gaos_hands().and_then(
        by(GAO, "03-02 11:00", Suspend, ground=SuspensionGround.AWAITING_RESIDENT, text="等"),
        by(GAO, "03-04 11:00", Resume, text="到"),
        by(GAO, "03-04 11:30", Resolve, **DONE),
    )
    found = lived(story)
    assert broken(under(found, grid(handle="2 working_hours"))) == []
    (kept,) = [
        k
        for k in under(found, grid(handle="2 working_hours")).clocks
        if k.kind == "handle" and k.stage == "grid"
    ]
    assert kept.due == local("03-04 12:00")


def test_with_more_time_the_climb_vanishes_where_the_work_would_have_been_done() -> None:
    # Such work at the grid took nine working hours: Gao had seven, and would have had fourteen.
    found = lived(taken_from_gao())
    pools = seen(("work", Stage.GRID, 9 * HOUR))
    after = under(found, grid(handle="2 working_days"), pools)
    assert turns(after)[1:] == [("orchard-1", local("03-03 12:00"), End.SETTLED)]
    assert (broken(after), after.drew, after.unsaid) == ([], True, False)


def test_with_more_time_it_may_climb_later_all_the_same() -> None:
    found = lived(taken_from_gao())
    pools = seen(("work", Stage.GRID, 20 * HOUR))
    after = under(found, grid(handle="2 working_days"), pools)
    # A day later; the community waits one hour and works six, as it really did.
    assert turns(after)[1:] == [
        ("orchard-1", local("03-04 10:00"), End.OVERDUE),
        ("orchard", local("03-05 10:00"), End.SETTLED),
    ]
    assert broken(after) == ["handle-2"]


def test_how_long_work_takes_that_was_always_taken_away_cannot_be_said() -> None:
    found = lived(taken_from_gao())
    after = under(found, grid(handle="2 working_days"), seen(("work", Stage.GRID, 5 * HOUR)))
    assert after.unsaid
    assert broken(after) == ["handle-2"]
    assert after.resolved == found.resolved


def test_without_a_clock_nothing_is_taken_away() -> None:
    found = lived(at_the_grid().at("03-02 11:30").and_then(by(CAO, "03-02 14:00", Accept)))
    bare = other(accept={}, handle=POLICY.handle)
    pools = seen(("wait", Stage.GRID, 3 * HOUR), ("work", Stage.GRID, HOUR))
    after = under(found, bare, pools)
    assert turns(after)[1:] == [("orchard-1", local("03-02 15:00"), End.SETTLED)]


def test_a_clock_that_was_not_known_then_is_held_against_the_work_as_it_went() -> None:
    # Without clocks Gao took from half past nine to two to accept, three working hours; to half
    # past four to settle it, two and a half; the resident was promised three weeks.
    bare = town(policy=NO_CLOCKS)
    story = given(
        by(MEI, "03-02 09:00", Register, **request()), by(MEI, "03-02 09:30", HandOver), book=bare
    ).and_then(by(GAO, "03-02 14:00", Accept), by(GAO, "03-02 16:30", Resolve, **DONE))
    found = lived(story)
    assert broken(under(found, None)) == []
    patient = grid(accept="4 working_hours", handle="3 working_hours")
    assert broken(under(found, patient)) == []
    hasty = grid(accept="4 working_hours", handle="2 working_hours")
    after = under(found, hasty)
    assert broken(after) == ["handle+2"]
    (change,) = changes(found, under(found, None), after, lambda _: True)
    assert (change.why, change.sure, change.before) == (Why.NEW_CLOCK, True, None)
    assert turns(after)[1] == ("orchard-1", local("03-02 16:00"), End.OVERDUE)


def test_a_case_still_open_is_late_only_once_its_time_is_over() -> None:
    story = in_gaos_hands()
    assert broken(under(lived(story, "03-02 11:30"), grid(handle="2 working_hours"))) == []
    assert broken(under(lived(story, "03-02 12:00"), grid(handle="2 working_hours"))) == [
        "handle-2"
    ]


def test_to_who_took_their_request_back_nothing_is_promised_any_more() -> None:
    # What the street deliberates goes on without them, and is settled after the three weeks.
    story = (
        proposed()
        .and_then(by(RESIDENT, "03-06 10:00", Withdraw))
        .at("03-22 09:00")
        .and_then(
            by(CAO, "03-23 09:00", StopDeliberation, text="不议了"),
            by(CAO, "03-23 10:00", Resolve, **DONE),
        )
    )
    found = lived(story)
    assert found.resolved == {1: local("03-23 10:00")}
    assert broken(as_it_was(found)) == []
    assert broken(under(found, None)) == []
    # They went on Friday at ten: three working days are over by then, five are not.
    assert broken(under(found, other(resident=span("3 working_days")))) == ["resident-1"]
    assert broken(under(found, other(resident=span("5 working_days")))) == []


# -- ladder --------------------------------------------------------------------


def test_a_matter_that_enters_higher_leaves_out_the_rungs_below() -> None:
    found = lived(taken_from_gao())
    ladder = Ladder(first={"noise": Stage.COMMUNITY})
    after = under(found, None, None, ladder)
    # The community had it for one working hour and then six: from half past nine on Monday.
    assert turns(after)[1:] == [("orchard", local("03-03 09:30"), End.SETTLED)]
    assert broken(after) == []


def test_what_was_settled_at_a_rung_left_out_is_done_at_the_next() -> None:
    found = lived(settled_by_gao())
    pools = seen(("wait", Stage.COMMUNITY, HOUR), ("work", Stage.COMMUNITY, HOUR))
    after = under(found, None, pools, Ladder(skipped=frozenset({Stage.GRID})))
    assert turns(after)[1:] == [("orchard", local("03-02 11:30"), End.SETTLED)]


# -- side by side --------------------------------------------------------------


def study(policy: Policy | None, *lives: Life, fewest: int = 1) -> Study:
    asked = Asked(
        since=START,
        until=local("03-31 00:00"),
        policies=TOWN.policies,
        times=TOWN.time_in,
        calendar=TOWN.calendar.version,
        mine=lambda _: True,
        policy=policy,
        fewest=fewest,
    )
    found = Study(asked)
    for each in lives:
        found.learn(each)
    for each in lives:
        found.replay(each)
    return found


def figures(found: Study) -> dict[str, dict[str, str | None]]:
    rows: Any = view(found)["figures"]
    return {row["name"]: row for row in rows}


def rated(story: Story, grade: int, when: str) -> Story:
    return story.and_then(by(RESIDENT, when, Rate, contacted=True, solved=grade > 2, grade=grade))


def test_what_happened_stands_beside_the_replay_and_the_other_rules() -> None:
    # Of the second case it is known how long such work takes at the community.
    lives = lived(settled_by_gao()), lived(taken_from_gao())
    found = figures(study(grid(handle="3 working_hours"), *lives))
    late = found["breaches.handle"]
    assert (late["real"], late["model"], late["other"]) == ("1", "1", "2")
    assert found["climbs"]["other"] == "2"


def test_breaches_that_cannot_be_said_are_not_given_as_a_number() -> None:
    # Ten were taken away after a day, and settled on the third: under thirty they might have held.
    lives = [replace(lived(taken_from_gao()), case_id=f"case-{n}") for n in range(10)]
    told = study(grid(handle="30 working_days"), *lives)
    assert told.unsaid_cases == 10
    for name in ("breaches.handle", "late_cases", "climbs"):
        row = figures(told)[name]
        assert (row["real"], row["model"]) == ("10", "10")
        assert (row["other"], row["low"], row["why_not"]) == (None, None, "too_little_known")
    assert figures(told)["days_to_resolution"]["why_not"] == "too_little_known"


def test_few_cases_of_which_too_little_is_known_widen_the_range() -> None:
    # Three have nothing to do with it: Wei of the department is late with a bill all the same.
    late = [
        replace(lived(in_weis_hands().at("03-10 10:00")), case_id=f"bill-{n}") for n in range(3)
    ]
    told = study(grid(handle="30 working_days"), lived(taken_from_gao()), *late)
    row = figures(told)["breaches.handle"]
    assert (row["real"], row["other"], row["low"], row["high"]) == ("4", None, "3", "4")


def test_a_turn_that_never_was_and_cannot_be_drawn_may_break_at_each_rung() -> None:
    # Its clock breaks for sure; whoever has it then may be late too, up to the department.
    found = lived(settled_by_gao())
    least, more = bounds(found, under(found, grid(handle="3 working_hours")), lambda _: True, START)
    assert (least["breaches.handle"], more["breaches.handle"]) == (1, 3)
    assert (least["climbs"], more["climbs"]) == (1, 2)
    assert (least["late_cases"], more["late_cases"]) == (1, 0)
    assert (least["resolved"], more["resolved"]) == (0, 1)


def test_a_call_never_made_is_not_kept_because_its_new_time_is_not_over() -> None:
    # Settled on Monday; two working days are over at the end of the month, thirty are not.
    owed = settled_by_gao().at("03-10 10:00")
    lives = [replace(lived(owed), case_id=f"case-{n}") for n in range(3)]
    told = study(other(follow_up=span("30 working_days")), *lives)
    row = figures(told)["breaches.follow_up"]
    assert (row["real"], row["other"], row["why_not"]) == ("3", None, "too_little_known")
    assert {change.after and change.after.unknown for change in told.changed} == {True}
    # Ten are over: they break all the same, and nothing is in doubt.
    ten = figures(study(other(follow_up=span("10 working_days")), *lives))["breaches.follow_up"]
    assert (ten["other"], ten["low"], ten["high"]) == ("3", "3", "3")


def test_answers_to_cases_of_which_too_little_is_known_may_be_either() -> None:
    late = lived(rated(taken_from_gao(), 5, "03-05 09:00"))
    kept = [lived(rated(settled_by_gao(), 5, "03-03 09:00")) for _ in range(3)]
    row = figures(study(grid(handle="30 working_days"), late, *kept))["satisfied"]
    assert (row["real"], row["other"], row["low"], row["high"]) == (
        *("100.00", None, "75.00", "100.00"),
    )


def test_it_says_how_many_worked_to_the_clock() -> None:
    # Seven working hours from ten on Monday: at half past nine on Tuesday half an hour is left.
    hurried = in_gaos_hands().and_then(by(GAO, "03-03 09:30", Resolve, **DONE))
    found = view(study(None, lived(settled_by_gao()), lived(hurried)))
    # The clerk's own handling was handed over at half past nine, long before the day was over.
    assert found["handling"] == {"kept": 4, "near_due": 1}


def test_satisfaction_comes_from_cases_seen_and_is_not_said_of_too_few() -> None:
    kept = lived(rated(settled_by_gao(), 5, "03-03 09:00"))
    few = figures(study(grid(), kept, fewest=30))["satisfied"]
    assert (few["real"], few["other"], few["why_not"]) == ("100.00", None, "too_few_rated")
    enough = figures(study(grid(), kept))["satisfied"]
    assert (enough["real"], enough["other"]) == ("100.00", "100.00")


def test_the_same_study_gives_the_same_result() -> None:
    lives = [lived(settled_by_gao()), lived(taken_from_gao())]
    policy = grid(handle="3 working_hours")
    assert view(study(policy, *lives)) == view(study(policy, *lives))
