"""R12.5: other staff: how long work takes when more or fewer posts share it, by hand."""

from dataclasses import replace

import pytest

from domain.commands import Accept, HandOver, Register, Resolve
from domain.whatif.lives import Life
from domain.whatif.pools import Pools, curve, number
from domain.whatif.queue import FINE, Demand, Visit, demands, others, served
from domain.whatif.reading import life
from domain.whatif.result import view
from domain.whatif.staffing import Staffed
from domain.whatif.study import Asked, Study
from domain.words import Stage
from tests.domain.story import GAO, MEI, by, given, request
from tests.domain.town import OFFICE_TIME, START, TOWN, local

pytestmark = pytest.mark.rule("R12.5")
A, B = ("a", 1), ("b", 1)


def visit(case_id: str, entered: int, left: int, *, whole: bool = True) -> Visit:
    return Visit(case_id=case_id, turn=1, entered=entered, accepted=entered, left=left, whole=whole)


def asks(seconds: int) -> Demand:
    return Demand(wait=0, total=seconds * FINE, whole=True)


# -- the queue -----------------------------------------------------------------


def test_two_cases_share_one_post_and_have_two_to_themselves() -> None:
    both = [(0, A), (0, B)]
    each = {A: asks(10), B: asks(10)}
    assert served(both, each, 1) == {A: (0, 20), B: (0, 20)}
    assert served(both, each, 2) == {A: (0, 10), B: (0, 10)}
    assert served(both, each, 3) == {A: (0, 10), B: (0, 10)}  # none is faster than one post


def test_who_comes_later_slows_who_is_there() -> None:
    # A alone until 4; both at half speed until B's three are done at 10; A's last three until 13.
    arrivals = [(0, A), (4, B)]
    assert served(arrivals, {A: asks(10), B: asks(3)}, 1) == {A: (0, 13), B: (4, 10)}


def test_what_a_case_took_of_a_post_follows_from_who_was_in_hand_beside_it() -> None:
    found = demands([visit("a", 0, 13), visit("b", 4, 10)], 1)
    assert {key: each.total for key, each in found.items()} == {A: 10 * FINE, B: 3 * FINE}


def test_with_the_posts_it_had_every_case_ends_when_it_did() -> None:
    seen = [visit(f"c{n}", 7 * n, 7 * n + 40 + 11 * (n % 5)) for n in range(40)]
    arrivals = [(each.entered, each.key) for each in seen]
    again = served(arrivals, demands(seen, 3), 3)
    assert all(abs(again[each.key][1] - each.left) <= 1 for each in seen)


def test_every_case_is_tried_with_the_work_of_another() -> None:
    known = {(f"c{n}", 1): asks(n) for n in range(10)}
    mixed = others(known)
    assert mixed.keys() == known.keys()
    assert all(mixed[key] != known[key] for key in known)
    assert sorted(d.total for d in mixed.values()) == sorted(d.total for d in known.values())
    assert others({A: asks(1)}) == {}


# -- lengths of work -----------------------------------------------------------


def test_work_taken_away_says_that_it_takes_longer() -> None:
    # Ten turns: two done after 1 hour, four cut off after 2, four done after 4 hours.
    found = curve([1, 1, 4, 4, 4, 4], [2, 2, 2, 2])
    assert found.at(0) == 10**18
    assert found.at(1) == 8 * 10**17
    assert found.at(3) == 8 * 10**17
    assert found.at(4) == 0
    assert {found.draw(number("x", n), 2) for n in range(50)} == {4}
    assert {found.draw(number("x", n)) for n in range(50)} == {1, 4}


def test_beyond_the_longest_that_was_seen_nothing_is_known() -> None:
    found = curve([1, 1, 1], [2, 2, 2])
    assert found.draw(number("x"), 1) is None
    assert found.draw(number("x"), 5) is None
    assert curve([], [2]).draw(0) is None


def test_the_finest_pool_that_holds_enough_is_drawn_from() -> None:
    pools = Pools(2)
    for length in (5, 6):
        pools.add(("work", "grid", "working", "noise"), length, whole=True, settled=True)
    pools.add(("work", "grid", "working", "lamp"), 7, whole=True, settled=False)
    noise, lamp = (pools.find(("work", "grid", "working", item)) for item in ("noise", "lamp"))
    assert noise is not None
    assert lamp is not None
    assert (list(noise.done), list(lamp.done)) == ([5, 6], [5, 6, 7])
    assert pools.find(("work", "street", "working", "noise")) is None


# -- a unit --------------------------------------------------------------------


def settled(case_id: str, entered: str, left: str) -> Life:
    """A case that Gao of Orchard-1 accepted when it came, and settled."""
    story = given(
        by(MEI, "03-02 09:00", Register, **request()),
        by(MEI, f"03-02 {entered}", HandOver),
        by(GAO, f"03-02 {entered}", Accept),
        by(GAO, f"03-02 {left}", Resolve, text="已处理"),
    )
    found = life(case_id, story.history, local("03-03 00:00"))
    assert found is not None
    return found


def study(posts: int, lives: list[Life], fewest: int) -> dict[str, object]:
    staffed = Staffed(
        unit_id="orchard-1",
        stage=Stage.GRID,
        time=OFFICE_TIME,
        origin=local("03-01 00:00"),
        had=1,
        posts=posts,
    )
    found = Study(
        Asked(
            since=START,
            until=local("03-31 00:00"),
            policies=TOWN.policies,
            times=TOWN.time_in,
            calendar=TOWN.calendar.version,
            mine=lambda unit: unit == "orchard-1",
            staffed=(staffed,),
            fewest=fewest,
        )
    )
    for each in lives:
        found.learn(each)
    for each in lives:
        found.replay(each)
    return view(found)


def figure(found: dict[str, object], name: str) -> dict[str, str | None]:
    rows = found["figures"]
    assert isinstance(rows, list)
    return next(dict(row) for row in rows if row["name"] == name)


def test_a_second_post_ends_two_cases_in_half_the_time() -> None:
    # Both in hand from ten to twelve, sharing one post: an hour each of it.
    lives = [settled("case-a", "10:00", "12:00"), settled("case-b", "10:00", "12:00")]
    held = figure(study(2, lives, fewest=1), "days_in_hand.grid")
    assert (held["real"], held["model"], held["unseen"]) == ("0.17", "0.17", "0.17")
    assert held["other"] == "0.08"  # two hours instead of four, of twenty-four


def test_staff_is_not_spoken_of_where_the_model_fails_for_work_it_has_not_seen() -> None:
    # A quarter of an hour in the morning; two cases share the afternoon.
    lives = [settled("case-a", "10:00", "10:15"), settled("case-b", "13:30", "17:00")]
    lives = [*lives, replace(lives[1], case_id="case-c")]
    found = figure(study(2, lives, fewest=1), "days_in_hand.grid")
    # With each other's work: 1 h 45 in the morning, half an hour and two hours in the afternoon.
    assert (found["real"], found["unseen"]) == ("0.30", "0.18")
    assert (found["other"], found["why_not"]) == (None, "staff_model_misses")


def test_nor_where_there_are_too_few_turns_to_try_it_on() -> None:
    lives = [settled("case-a", "10:00", "12:00"), settled("case-b", "10:00", "12:00")]
    found = figure(study(2, lives, fewest=5), "days_in_hand.grid")
    assert (found["other"], found["why_not"]) == (None, "staff_untried")
