"""§2: the shapes of a map: grids as a point finds them, wider units joined of their grids."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
import shapely
from shapely.geometry import shape

from api.maps.borders import KEPT, Area, Borders, areas
from domain.organisation import Organisation, Ring
from domain.words import UnitKind
from tests.domain.town import UNITS, organisation, square, unit

pytestmark = pytest.mark.rule("§2")
SIDE = 10_000


def town(grids: Mapping[str, tuple[str, Ring]]) -> Organisation:
    """The town with these grids and no others: each with its superior and its border."""
    units = [each for each in UNITS if each.kind is not UnitKind.GRID]
    more = [unit(grid, UnitKind.GRID, above) for grid, (above, _) in grids.items()]
    borders = {grid: ring for grid, (_, ring) in grids.items()}
    return organisation(units=[*units, *more], borders=borders)


def drawn(found: tuple[Area, ...]) -> dict[str, shapely.Geometry]:
    return {area.unit_id: shape(area.geometry) for area in found if area.geometry}


def at(x: int, y: int) -> Ring:
    return square(x * SIDE, y * SIDE, SIDE)


FOUR = town(
    {
        "a": ("orchard", at(0, 0)),
        "b": ("orchard", at(1, 0)),
        "c": ("spring", at(0, 1)),
        "d": ("stone", at(5, 5)),
    }
)


def test_a_street_shows_its_grids() -> None:
    found = areas("bridge", FOUR)
    assert [area.unit_id for area in found] == ["a", "b", "c"]
    assert [area.units for area in found] == [("a",), ("b",), ("c",)]
    assert drawn(found)["a"].equals(shapely.box(0, 0, 0.01, 0.01))


def test_a_district_shows_its_communities_joined() -> None:
    found = drawn(areas("east", FOUR))
    assert found.keys() == {"orchard", "spring", "stone"}
    assert found["orchard"].equals(shapely.box(0, 0, 0.02, 0.01))
    assert found["orchard"].geom_type == "Polygon"


def test_a_city_shows_its_streets() -> None:
    found = areas("city", FOUR)
    assert [area.unit_id for area in found] == ["bridge", "hills"]
    assert set(found[0].units) >= {"orchard", "spring", "a", "b", "c"}


def test_a_department_has_no_map() -> None:
    assert areas("water", FOUR) == ()


def test_a_unit_without_a_grid_has_no_border_and_is_not_forgotten() -> None:
    found = {area.unit_id: area for area in areas("east", town({"a": ("orchard", at(0, 0))}))}
    assert found["spring"].geometry is None
    assert found["spring"].units == ("spring",)


def test_a_town_without_borders_has_none_to_show() -> None:
    assert [area.geometry for area in areas("city", town({}))] == [None, None]


def test_a_finer_grid_is_cut_out_of_the_wider_one() -> None:
    whole, fine = square(0, 0, 30_000), square(10_000, 10_000, 10_000)
    found = drawn(areas("orchard", town({"wide": ("orchard", whole), "fine": ("wide", fine)})))
    assert len(found["wide"].interiors) == 1
    assert found["wide"].intersection(found["fine"]).area == 0
    assert found["wide"].area + found["fine"].area == pytest.approx(0.03**2)


def test_a_grid_that_finer_ones_fill_has_nothing_left_to_show() -> None:
    fine = {f"fine-{x}": ("wide", square(x * 10_000, 0, 10_000)) for x in range(2)}
    wide = ((0, 0), (20_000, 0), (20_000, 10_000), (0, 10_001))  # a sliver nobody drew
    found = areas("orchard", town({"wide": ("orchard", wide), **fine}))
    assert {area.unit_id for area in found if area.geometry is None} == {"wide"}


def test_a_gap_nobody_drew_between_two_grids_is_closed() -> None:
    right = ((10_000, 0), (20_000, 0), (20_000, 10_000), (10_000, 10_000), (10_001, 5_000))
    grids = {"left": ("orchard", at(0, 0)), "right": ("orchard", right)}
    found = drawn(areas("east", town(grids)))["orchard"]
    assert found.geom_type == "Polygon"
    assert not found.interiors


def test_parts_that_lie_apart_and_a_hole_stay_what_they_are() -> None:
    ring = {
        f"{x}{y}": ("orchard", at(x, y)) for x in range(3) for y in range(3) if (x, y) != (1, 1)
    }
    found = drawn(areas("east", town({**ring, "far": ("orchard", at(9, 9))})))["orchard"]
    assert found.geom_type == "MultiPolygon"
    assert sorted(len(part.interiors) for part in found.geoms) == [0, 1]


def test_communities_beside_each_other_share_their_border() -> None:
    waves = tuple((10_000 + (700 if n % 2 else 0), n * 500) for n in range(21))
    left = ((0, 0), *waves, (0, 10_000))
    right = (*waves, (20_000, 10_000), (20_000, 0))
    found = drawn(areas("east", town({"l": ("orchard", left), "r": ("spring", right)})))
    assert found["orchard"].intersection(found["spring"]).area == 0
    joined = shapely.union_all([*found.values()])
    assert joined.area == pytest.approx(sum(each.area for each in found.values()))
    assert joined.geom_type == "Polygon"


def test_outer_lines_run_counter_clockwise_and_holes_clockwise() -> None:
    whole, fine = square(0, 0, 30_000), square(10_000, 10_000, 10_000)
    found = areas("orchard", town({"wide": ("orchard", whole), "fine": ("wide", fine)}))
    wide = next(area.geometry for area in found if area.unit_id == "wide")
    assert wide is not None
    outer, hole = wide["coordinates"]
    assert shapely.LinearRing(outer).is_ccw
    assert not shapely.LinearRing(hole).is_ccw
    assert outer[0] == outer[-1]


def test_a_closed_grid_is_no_shape_of_its_own() -> None:
    units = [replace(each, closed=each.unit_id == "b") for each in FOUR.units.values()]
    closed = organisation(units=units, borders=FOUR.borders)
    assert [area.unit_id for area in areas("bridge", closed)] == ["a", "c"]


def test_maps_are_kept_for_the_version_they_are_of() -> None:
    kept = Borders()
    first = kept.of("east", FOUR)
    assert kept.of("east", FOUR) is first
    later = replace(FOUR, version="later", borders={**FOUR.borders, "a": at(7, 7)})
    assert kept.of("east", later) != first
    for number in range(KEPT):
        kept.of("bridge", replace(FOUR, version=f"v{number}"))
    assert kept.of("east", FOUR) is not first
    assert len(kept._kept) == KEPT
