"""What holds of every case whatever happens, and of working time whatever the numbers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import clocks
from domain.case import evolve, initial, is_closed
from domain.commands import Tick
from domain.organisation import Ring
from domain.words import UnitKind
from tests.domain import town
from tests.domain.story import CLOCK
from tests.domain.walkers import BOOKS, one
from tests.domain.walks import Walk, walk

QUICK = settings(deadline=None, max_examples=200)
LONG = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 1)).map(  # noqa: DTZ001 - made UTC
    lambda t: t.replace(microsecond=0, tzinfo=UTC)
)
SECONDS = st.integers(min_value=1, max_value=60 * 7 * 3600)
TIMES = one(*(b.working_time(u) for b in BOOKS for u in ("bridge", "hills")))


# -- lives of cases ----------------------------------------------------------


@pytest.mark.rule("R6.1")
@settings(LONG, max_examples=60)
@given(st.data())
def test_a_case_not_yet_opened_only_opens(data: st.DataObject) -> None:
    life = walk(data.draw, opened=False)
    for _ in range(4):
        life.step()
    assert life.case.opened == bool(life.history)


@pytest.mark.rule("R14.6")
@settings(LONG, max_examples=60)
@given(st.data())
def test_folding_the_history_again_gives_the_same_case(data: st.DataObject) -> None:
    life = walk(data.draw)
    for _ in range(8):
        life.step()
    again = initial("case-1")
    for event in life.history:
        again = evolve(again, event)
    assert again == life.case


@pytest.mark.rule("R4.4")
@settings(LONG, max_examples=60)
@given(st.data())
def test_left_alone_a_case_climbs_to_the_top_and_draws_an_order(data: st.DataObject) -> None:
    life = walk(data.draw)
    for _ in range(data.draw(st.integers(min_value=0, max_value=5))):
        life.step()
    for _ in range(60):
        _sleep_until_due(life)
        if is_closed(life.case) or life.case.orders or _at_the_top(life):
            return
    raise AssertionError(life.case)


def _at_the_top(life: Walk) -> bool:
    """Whether a question of the case has come to the last superior there is."""
    organisation = life.book.organisation
    return any(len(organisation.path(q.unit_id)) == 1 for q in life.case.questions)


def _sleep_until_due(life: Walk) -> None:
    due = clocks.next_due(life.case)
    if due is None:
        return
    life.now = max(due[0], life.now)
    before = life.case.version
    life.do(Tick(command_id="t", at=life.now, actor=CLOCK))
    assert life.case.version > before, "a due clock that nothing settles"


# -- working time ------------------------------------------------------------


@pytest.mark.rule("R6.1")
@QUICK
@given(TIMES, INSTANTS, SECONDS)
def test_what_is_due_after_n_seconds_has_counted_n_seconds(
    time: Any, start: datetime, seconds: int
) -> None:
    due = time.due(start, seconds).at
    assert time.elapsed(start, due) == seconds
    assert time.elapsed(start, due - timedelta(seconds=1)) == seconds - 1


@pytest.mark.rule("R6.1")
@QUICK
@given(TIMES, INSTANTS, INSTANTS, INSTANTS)
def test_working_time_adds_up(time: Any, a: datetime, b: datetime, c: datetime) -> None:
    first, second, third = sorted((a, b, c))
    whole = time.elapsed(first, third)
    assert whole == time.elapsed(first, second) + time.elapsed(second, third)


@pytest.mark.rule("R6.1")
@QUICK
@given(TIMES, INSTANTS, SECONDS, SECONDS)
def test_more_time_is_never_due_earlier(time: Any, start: datetime, one_: int, two: int) -> None:
    less, more = sorted((one_, two))
    assert time.due(start, less).at <= time.due(start, more).at


@pytest.mark.rule("R6.1")
@QUICK
@given(TIMES, INSTANTS, st.integers(min_value=0, max_value=60 * 24 * 3600))
def test_segments_tile_the_time_and_count_what_elapsed(
    time: Any, start: datetime, length: int
) -> None:
    end = start + timedelta(seconds=length)
    parts = list(time.segments(start, end))
    at = start
    for part in parts:
        assert part.start == at
        assert part.end > part.start
        at = part.end
    assert at == end
    counted = sum((p.end - p.start for p in parts if p.counted), timedelta())
    assert int(counted.total_seconds()) == time.elapsed(start, end)


@pytest.mark.rule("R6.1")
@QUICK
@given(TIMES, INSTANTS)
def test_the_office_closes_after_it_was_open(time: Any, start: datetime) -> None:
    closes = time.close_of_day(start)
    assert closes > start
    assert time.elapsed(start, closes) > 0


# -- grids -------------------------------------------------------------------

SIDE = 4_000


def _patchwork(columns: int, rows: int, west: int, south: int) -> dict[str, Ring]:
    return {
        f"{column}.{row}": town.square(west + column * SIDE, south + row * SIDE, SIDE)
        for column in range(columns)
        for row in range(rows)
    }


@pytest.mark.rule("R2.1")
@QUICK
@given(st.data(), st.booleans())
def test_a_point_belongs_to_exactly_one_of_adjoining_grids(
    data: st.DataObject,
    reverse: bool,  # noqa: FBT001 - drawn, not called
) -> None:
    west, south = data.draw(one(-6_000, 0, 120_000_000)), data.draw(one(-6_000, 30_000_000))
    borders = _patchwork(3, 2, west, south)
    if reverse:
        borders = {grid: tuple(reversed(ring)) for grid, ring in borders.items()}
    x = data.draw(st.integers(0, 3 * SIDE - 1) | one(0, SIDE, 2 * SIDE))
    y = data.draw(st.integers(0, 2 * SIDE - 1) | one(0, SIDE))
    holding = [
        grid for grid, ring in borders.items() if _tree({grid: ring}).grid_at(west + x, south + y)
    ]
    assert len(holding) == 1
    assert _tree(borders).grid_at(west + x, south + y) == holding[0]


@pytest.mark.rule("R2.1")
@QUICK
@given(st.integers(0, 3 * SIDE), st.integers(0, 3 * SIDE), st.integers(1, SIDE), st.data())
def test_a_slanting_border_parts_the_plane_without_gap_or_overlap(
    x: int, y: int, cut: int, data: st.DataObject
) -> None:
    south_west, north_east = (0, 0), (3 * SIDE, 3 * SIDE)
    bend = (cut, data.draw(st.integers(1, 3 * SIDE - 1)))
    left: Ring = (south_west, bend, north_east, (0, 3 * SIDE))
    right: Ring = (south_west, (3 * SIDE, 0), north_east, bend)
    both = [_tree({name: ring}).grid_at(x, y) for name, ring in (("l", left), ("r", right))]
    inside = 0 < x < 3 * SIDE and 0 < y < 3 * SIDE
    assert len([found for found in both if found]) <= 1
    assert any(both) or not inside


def _tree(borders: dict[str, Ring]) -> Any:
    units = [town.unit(grid, UnitKind.GRID, "orchard") for grid in borders]
    return town.organisation(units=[*town.UNITS, *units], borders=borders, posts=())
