"""R12.5: replayed under what was in force a case is as it was; shorter times spare nobody."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.events import Merged
from domain.policy import Policy, Span
from domain.whatif.bounds import bounds
from domain.whatif.lives import Life
from domain.whatif.pools import Pools
from domain.whatif.reading import life
from domain.whatif.replay import Replay, as_it_was, replay
from domain.whatif.satisfied import COUNTING
from domain.whatif.steps import Rules
from domain.whatif.sums import counted
from tests.domain.town import POLICY, TOWN
from tests.domain.walkers import CALENDARS, Draw
from tests.domain.walks import walk, written_walk

pytestmark = pytest.mark.rule("R12.5")
FEW = settings(
    deadline=None,
    max_examples=60,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TIMES = replace(TOWN, calendars=CALENDARS)
AGAIN = replace(POLICY, version="the-same-numbers")


def rules(policy: Policy | None = None) -> Rules:
    return Rules(
        policies=TOWN.policies,
        times=TIMES.time_in,
        calendar=TOWN.calendar.version,
        pools=Pools(1),
        policy=policy,
    )


def some_life(draw: Draw, steps: int) -> Life | None:
    """Of a case that went its own way: a merged one stands still while another carries it on."""
    found = written_walk(draw) if draw(st.booleans()) else walk(draw)
    for _ in range(steps):
        found.step()
    if any(isinstance(each, Merged) for each in found.history):
        return None
    return life("case-1", found.history, found.case.last_at or found.now)


def broken(found: Replay) -> set[str]:
    return {kept.clock_id for kept in found.clocks if kept.broken}


def shorter(span: Span, by: int) -> Span:
    """The same span by so many parts less, of at least one."""
    return span if span.amount == 1 else replace(span, amount=max(1, span.amount - by))


def hurried(policy: Policy, by: int) -> Policy:
    urgent = policy.urgent
    return replace(
        policy,
        version="hurried",
        accept={s: shorter(span, by) for s, span in policy.accept.items()},
        handle={s: shorter(span, by) for s, span in policy.handle.items()},
        department={c: shorter(span, by) for c, span in policy.department.items()},
        resident=policy.resident and shorter(policy.resident, by),
        urgent=replace(
            urgent,
            accept=shorter(urgent.accept, by),
            handle={s: shorter(span, by) for s, span in urgent.handle.items()},
            resident=shorter(urgent.resident, by),
        ),
    )


@FEW
@given(st.data())
def test_under_what_was_in_force_the_same_clocks_break(data: st.DataObject) -> None:
    found = some_life(data.draw, 12)
    if found is None or len({ask.calendar for ask in found.asks}) > 1:
        return
    again, really = replay(found, rules()), as_it_was(found)
    assert broken(again) == broken(really)
    assert [(t.unit_id, t.left) for t in again.turns] == [(t.unit_id, t.left) for t in really.turns]
    assert again.resolved == really.resolved


@FEW
@given(st.data())
def test_the_same_numbers_under_another_name_change_nothing(data: st.DataObject) -> None:
    found = some_life(data.draw, 12)
    if found is None or any(ask.policy != POLICY.version for ask in found.asks):
        return
    assert replay(found, rules(AGAIN)) == replay(found, rules())


@FEW
@given(st.data())
def test_no_case_that_was_late_is_in_time_when_all_times_are_shorter(data: st.DataObject) -> None:
    found = some_life(data.draw, 12)
    if found is None or any(ask.policy != POLICY.version for ask in found.asks):
        return
    by = data.draw(st.integers(min_value=1, max_value=5))
    before, after = replay(found, rules()), replay(found, rules(hurried(POLICY, by)))
    assert late(before) <= late(after)


@FEW
@given(st.data())
def test_what_is_known_for_sure_and_what_may_come_hold_the_case_as_it_is_told(
    data: st.DataObject,
) -> None:
    found = some_life(data.draw, 12)
    if found is None:
        return
    by = data.draw(st.sampled_from((-30, -3, 1, 3)))
    again = replay(found, rules(hurried(POLICY, by)))
    least, more = bounds(found, again, lambda _: True, found.seen_until)
    told = counted(found, again, lambda _: True, found.seen_until)
    names = [name for name in least | told if name.startswith(("breaches", "held", "late"))]
    assert all(least[name] <= told[name] <= (least + more)[name] for name in names)
    assert again.unsaid or least == told


def late(found: Replay) -> bool:
    return any(kept.broken for kept in found.clocks if kept.kind in COUNTING)
