"""R2.1: the window of a map: what is drawn somewhere is found there again."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from api.pages.drawing.frame import CLOSEST, Frame
from api.pages.drawing.picking import frame as picked
from domain.organisation import Organisation
from tests.domain.town import UNITS, organisation, square, unit
from tests.pages.drawing.made import ragged

pytestmark = pytest.mark.rule("R2.1")
LONGITUDES = st.floats(-179, 179)
LATITUDES = st.floats(-70, 70)
FRAMES = st.builds(
    lambda x, y, metres, w, h: Frame.made(x, y, metres, (w, h)),
    LONGITUDES,
    LATITUDES,
    st.floats(CLOSEST, 500),
    st.integers(64, 1200),
    st.integers(64, 1200),
)


@given(FRAMES, st.floats(0, 1), st.floats(0, 1))
def test_a_point_that_is_clicked_where_it_is_drawn_is_found_within_a_pixel(
    frame: Frame, across: float, down: float
) -> None:
    point = frame.point(across * (frame.width - 1), down * (frame.height - 1))
    x, y = frame.pixel(*point)
    clicked = frame.clicked(int(x), int(y))
    again = frame.pixel(*clicked)
    assert abs(again[0] - x) <= 1
    assert abs(again[1] - y) <= 1


@given(FRAMES)
def test_a_frame_is_the_same_after_it_was_written_and_read(frame: Frame) -> None:
    assert Frame.read(str(frame)) == frame
    assert len(str(frame)) < 60


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_frame(text: str) -> None:
    read = Frame.read(text)
    assert read is None or Frame.read(str(read)) is not None


@pytest.mark.parametrize(
    "text",
    ["", "1,2", "1,2,3,4,5", "1,89.5,3,320,320", "200,1,3,320,320", "1,2,0,320,320",
     "1,2,99999,320,320", "1,2,3,99999,320", "nan,2,3,320,320", "1,2,3,320,320\n", "٣,2,3,320,320"],
)  # fmt: skip
def test_what_is_no_frame_is_none(text: str) -> None:
    assert Frame.read(text) is None


@given(LONGITUDES, LATITUDES, st.floats(1e-6, 0.5), st.floats(1e-6, 0.5))
def test_all_that_is_to_be_seen_lies_in_the_frame_around_it(
    west: float, south: float, wide: float, high: float
) -> None:
    frame = Frame.around((west, south, west + wide, south + high), 320, 320)
    for longitude in (west, west + wide):
        for latitude in (south, south + high):
            x, y = frame.pixel(longitude, latitude)
            assert -1 <= x <= 321
            assert -1 <= y <= 321


@given(FRAMES, st.integers(0, 63), st.integers(0, 63))
def test_closer_shows_the_point_in_the_middle(frame: Frame, x: int, y: int) -> None:
    point = frame.clicked(x, y)
    near = frame.closer(*point)
    assert near.metres <= frame.metres
    middle = near.pixel(*point)
    assert middle == pytest.approx((near.width / 2, near.height / 2), abs=0.5)


SIDE = 10_000


def town() -> Organisation:
    """Nine square grids side by side."""
    grids = {f"g{x}{y}": (x, y) for x in range(3) for y in range(3)}
    kinds = {each.unit_id: each for each in UNITS}
    units = [*UNITS, *(unit(grid, kinds["orchard-1"].kind, "orchard") for grid in grids)]
    borders = {grid: square(x * SIDE, y * SIDE, SIDE) for grid, (x, y) in grids.items()}
    return organisation(units=units, borders=borders)


TOWN = town()


@given(st.integers(0, 3 * SIDE - 1), st.integers(0, 3 * SIDE - 1))
def test_a_point_drawn_and_clicked_lies_in_the_same_grid(x: int, y: int) -> None:
    frame = Frame.around((0, 0, 3 * SIDE / 1e6, 3 * SIDE / 1e6), 320, 320)
    degrees = frame.metres / 111_195 * 1e6
    inside = [min(at % SIDE, SIDE - at % SIDE) > 1.5 * degrees for at in (x, y)]
    assume(all(inside))  # nearer than that to a border a pixel holds both sides of it
    px, py = frame.pixel(x / 1e6, y / 1e6)
    longitude, latitude = frame.clicked(int(px), int(py))
    found = TOWN.grid_at(round(longitude * 1e6), round(latitude * 1e6))
    assert found == TOWN.grid_at(x, y) == f"g{x // SIDE}{y // SIDE}"


def test_the_frame_of_a_town_shows_all_of_it_and_of_nothing_there_is_none() -> None:
    frame = picked(ragged(12))
    assert frame is not None
    x, y = frame.pixel(116.8, 36.44)
    assert min(x, y) >= 0
    empty = ragged(2)
    for each in empty["features"]:
        each["geometry"] = None
    assert picked(empty) is None
