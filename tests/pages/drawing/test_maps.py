"""Maps as SVG: small, closed in themselves, readable without colour, whatever units are called."""

import re
from xml.etree import ElementTree as ET

import pytest
import shapely

from api.pages.drawing import maps, picking
from api.pages.drawing.frame import Frame
from api.pages.drawing.labels import shortened
from tests.pages.drawing.made import HOSTILE, feature, found, geometry, ragged

pytestmark = pytest.mark.rule("R12.5")
SVG = "{http://www.w3.org/2000/svg}"
ATTRIBUTES = frozenset(
    {"id", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "viewBox"}
    | {
        "lang",
        "role",
        "aria-labelledby",
        "aria-describedby",
        "href",
        "transform",
        "points",
        "rx",
        "ry",
    }
    | {"fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap", "paint-order"}
    | {"stroke-dasharray", "stroke-dashoffset", "stroke-opacity", "fill-opacity", "opacity"}
    | {"font-family", "font-size", "font-weight", "text-anchor", "pointer-events"}
    | {"patternUnits", "patternTransform"}
)
"""All that a drawing of ours may say of an element: how it looks, what it is called."""


def link(each: maps.Json) -> str:
    return f"/board/map?unit={each['id']}"


def parsed(svg: str) -> ET.Element:
    """The drawing, once it is known to hold nothing that acts or comes from elsewhere."""
    root = ET.fromstring(svg)  # noqa: S314 - what we have just drawn
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            *("svg", "title", "desc", "defs", "pattern", "g", "a", "path", "rect", "circle"),
            *("text", "line"),
        }, element.tag
        for name, value in element.attrib.items():
            assert name in ATTRIBUTES, name
            assert not re.match(r"\s*(?:javascript|data|https?):", value)
            if name == "href":
                assert value.startswith("/")
            if "url(" in value and name == "fill":
                assert root.find(f".//{SVG}pattern[@id='{value[5:-1]}']") is not None
    return root


def areas(root: ET.Element) -> list[ET.Element]:
    """The shapes of a map without links."""
    return [each for each in root.iter(f"{SVG}path") if each.find(f"{SVG}title") is not None]


def test_a_map_of_two_hundred_grids_with_links_is_under_sixty_kilobytes() -> None:
    svg = str(maps.in_page(ragged(200), "未结件数", link))
    assert len(svg.encode()) < 60_000
    root = parsed(svg)
    assert len(root.findall(f".//{SVG}a")) == 200
    assert root.attrib["role"] == "group"


def test_two_thousand_grids_are_drawn_a_shade_at_a_time() -> None:
    svg = maps.drawn(ragged(2000), "未结件数", link)
    assert len(svg.encode()) < 160_000
    root = parsed(svg)
    assert sum(len(each.attrib.get("d", "")) > 1000 for each in root.iter(f"{SVG}path")) == 5
    assert not root.findall(f".//{SVG}a")


def test_one_grid_fills_its_map() -> None:
    root = parsed(maps.drawn(ragged(1), "一个网格"))
    assert root.attrib["role"] == "img"
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert texts[:2] == ["第0网格", "0"]


def test_a_map_says_what_it_is_called_and_what_its_shades_mean() -> None:
    root = parsed(maps.drawn(ragged(7), "未结件数"))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert (title.text, desc.text) == ("未结件数", "0 件 · 1 件 · 2 件 · 3 件 · 4 件")
    assert root.attrib["aria-labelledby"] == title.attrib["id"]
    texts = [each.text or "" for each in root.iter(f"{SVG}text")]
    assert "3 件  (1)" in texts


def test_each_shade_has_a_fill_of_its_own() -> None:
    root = parsed(maps.drawn(ragged(5), "五种"))
    fills = {each.attrib["fill"] for each in root.iter(f"{SVG}rect") if "rx" not in each.attrib}
    legend = [each for each in root.iter(f"{SVG}rect") if each.attrib.get("x") == "8"]
    assert len({each.attrib["fill"] for each in legend}) == 5
    assert fills


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_of_a_unit_becomes_anything_but_text(name: str) -> None:
    for svg in (
        str(maps.in_page(ragged(3, [name]), name, link)),
        picking.drawn(ragged(3, [name]), _frame(), name, chosen="g1", at=(116.83, 36.42)),
    ):
        root = parsed(svg)
        assert root.find(f".//{SVG}script") is None
        assert root.find(f".//{SVG}b") is None
        title = root.find(f"{SVG}title")
        assert title is not None
        assert (title.text or "").replace("□", "") == re.sub("[\u202e\x00\u2028]", "", name)


def _frame() -> Frame:
    return Frame.around((116.8, 36.4, 116.86, 36.44), 320, 320)


def test_no_link_is_broken_by_the_name_it_holds() -> None:
    svg = maps.drawn(ragged(1), "x", lambda _: '/board?unit="><script>')
    assert parsed(svg).findall(f".//{SVG}a")[0].attrib["href"] == '/board?unit="><script>'


def test_holes_and_parts_are_drawn_as_they_are() -> None:
    ring = shapely.box(116.8, 36.4, 116.83, 36.43) - shapely.box(116.81, 36.41, 116.82, 36.42)
    parts = shapely.MultiPolygon(
        [shapely.box(116.811, 36.411, 116.814, 36.419), shapely.box(116.85, 36.4, 116.86, 36.41)]
    )
    shapes = [feature("ring", "环", geometry(ring), 1), feature("two", "两处", geometry(parts), 2)]
    whole = found(shapes)
    root = parsed(maps.drawn(whole, "洞"))
    one, two = areas(root)
    assert one.attrib["d"].count("M") == one.attrib["d"].count("z") == 2
    assert two.attrib["d"].count("M") == 2


def test_an_area_too_small_to_see_is_a_dot() -> None:
    tiny = feature("t", "很小", geometry(shapely.box(116.8, 36.4, 116.8000001, 36.4000001)), 4)
    big = feature("b", "大", geometry(shapely.box(116.8, 36.4, 118, 37.6)), 1)
    root = parsed(maps.drawn(found([big, tiny]), "x"))
    paths = [each.attrib["d"] for each in areas(root)]
    assert len(paths) == 2
    assert all(paths)


def test_without_any_border_there_is_still_the_legend() -> None:
    whole = found([feature("x", "未绘", None, 1)])
    root = parsed(maps.drawn(whole, "没有边界"))
    assert len([*root.iter(f"{SVG}text")]) == 5
    assert parsed(maps.drawn(found([]), "什么也没有")) is not None


def test_borders_that_two_share_stay_shared() -> None:
    shapes = [_polygon(each.attrib["d"]) for each in areas(parsed(maps.drawn(ragged(30), "x")))]
    joined = shapely.union_all([each.buffer(0.15) for each in shapes])
    assert joined.geom_type == "Polygon"
    assert not joined.interiors
    assert sum(each.area for each in shapes) == pytest.approx(shapely.union_all(shapes).area, 0.001)


def _polygon(path: str) -> shapely.Polygon:
    """The area of one path of ours: absolute start, relative steps."""
    start, steps = re.fullmatch(r"M([^l]*)l([^z]*)z", path).groups()  # type: ignore[union-attr]
    numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", f"{start} {steps}")]
    x = y = 0.0
    points = []
    for east, south in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + east, y + south
        points.append((x, y))
    return shapely.Polygon(points)


def test_a_name_is_shown_without_that_of_what_it_lies_in() -> None:
    assert shortened("柳荫里社区第一网格", "柳荫里社区") == "第一网格"
    assert shortened("柳荫里社区", "柳荫里社区") == "柳荫里社区"
    assert shortened("文昌阁", "柳荫里社区") == "文昌阁"


def test_all_that_a_map_shows_stands_in_its_table() -> None:
    whole = ragged(6)
    table = maps.table(whole, "未结", ("单位", "情况"))
    assert len(table.rows) == 6
    assert table.rows[0][1].startswith("未结 12 件")
    assert table.after == ("另有 2 件",)


def test_a_rate_stands_in_its_area_and_a_dash_for_none() -> None:
    whole = ragged(2, by="satisfaction")
    whole["features"][1]["properties"]["figures"]["rate"] = None
    texts = [e.text for e in parsed(maps.drawn(whole, "x")).iter(f"{SVG}text")]
    assert "92%" in texts
    assert "–" in texts


def test_what_was_chosen_is_striped_and_the_point_has_a_cross() -> None:
    at = (116.83, 36.42)
    root = parsed(picking.drawn(ragged(9), _frame(), "点", chosen="g4", at=at))
    stripes = [e for e in root.iter(f"{SVG}path") if e.attrib.get("fill", "").startswith("url")]
    assert len(stripes) == 1
    (ring,) = [e for e in root.iter(f"{SVG}circle") if "stroke" in e.attrib]
    x, y = _frame().pixel(*at)
    assert (float(ring.attrib["cx"]), float(ring.attrib["cy"])) == pytest.approx((x, y), abs=0.1)
    plain = parsed(picking.drawn(ragged(9), _frame(), "点"))
    assert not [e for e in plain.iter(f"{SVG}circle") if "stroke" in e.attrib]


def test_a_window_beside_the_town_shows_nothing_and_does_not_fail() -> None:
    away = Frame.made(10, 10, 5, (320, 320))
    root = parsed(picking.drawn(ragged(9), away, "别处"))
    assert not [*root.iter(f"{SVG}text")]
