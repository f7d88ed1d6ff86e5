"""A map to point at: borders without figures, as an image that a form can be sent with by clicking
on it, without any script. What was clicked becomes a point by `Frame.clicked`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from api.pages.drawing import labels, patterns, shapes, svg
from api.pages.drawing.frame import Frame, Point
from api.pages.drawing.maps import BORDER, MANY
from api.pages.drawing.svg import INK, PAPER, element

SIDE = 320
"""Pixels: fits every phone. The image is never scaled: a click is told in pixels of the screen."""
GROUND = "#f1f4f7"
CHOSEN = 2
"""The shade of the area that was chosen."""
Json = Mapping[str, Any]


def frame(borders: Json, width: int = SIDE, height: int = SIDE) -> Frame | None:
    """The window that shows all the borders of an answer; None where it has none."""
    bounds = shapes.bounds(_read(borders))
    return None if bounds is None else Frame.around(bounds, width, height)


def drawn(
    borders: Json,
    of: Frame,
    title: str,
    *,
    chosen: str = "",
    at: Point | None = None,
    ring: Sequence[Point] = (),
) -> str:
    """The borders in that window, the chosen area striped, a cross where somebody pointed, and
    the corners of a border that is being drawn.
    """
    names = {each["id"]: each["properties"]["unit"]["name"] for each in borders["features"]}
    found = _read(borders)
    placed = shapes.drawn(found, of, middles=len(found) <= MANY)
    mark = svg.marked(title, str(of), chosen, str(at), str(ring), *names.values())
    fills = {name: patterns.shade(mark, CHOSEN if name == chosen else 0) for name in placed}
    areas = [element("path", d=each.path, fill=fills[n]) for n, each in placed.items()]
    over = borders["unit"]["name"]
    told = ((((labels.shortened(names[n], over)),), each) for n, each in placed.items())
    inside = [
        patterns.shades(mark),
        element("rect", width=of.width, height=of.height, fill=GROUND),
        element("g", *areas, **BORDER),
        *labels.all_of(told),
        _cross(of.pixel(*at)) if at is not None else "",
        _ring([of.pixel(*each) for each in ring]),
    ]
    return svg.picture(
        title, borders["unit"]["name"], inside, mark=mark, width=of.width, height=of.height
    )


def _ring(pixels: Sequence[tuple[float, float]]) -> str:
    """Its corners and the lines between them; the line that would close it is dashed."""
    if not pixels:
        return ""
    at = [(round(x, 1), round(y, 1)) for x, y in pixels]
    path = "M" + "L".join(f"{x} {y}" for x, y in at)
    (x, y), (last_x, last_y) = at[0], at[-1]
    closing = f"M{last_x} {last_y}L{x} {y}"
    lines = [
        element("path", d=path, fill="none", stroke=PAPER, stroke_width=6),
        element("path", d=path, fill="none", stroke=INK, stroke_width=3),
        element("path", d=closing, fill="none", stroke=INK, stroke_width=2, stroke_dasharray="5 5"),
    ]
    dots = [
        element("circle", cx=x, cy=y, r=4, fill=PAPER, stroke=INK, stroke_width=2) for x, y in at
    ]
    return element("g", *lines, *dots)


def _cross(pixel: tuple[float, float]) -> str:
    x, y = (round(each, 1) for each in pixel)
    path = f"M{x - 14} {y}h28M{x} {y - 14}v28"
    light = element("path", d=path, stroke=PAPER, stroke_width=7, stroke_linecap="round")
    dark = element("path", d=path, stroke=INK, stroke_width=3, stroke_linecap="round")
    ring = element("circle", cx=x, cy=y, r=7, fill="none", stroke=INK, stroke_width=2)
    return element("g", light, dark, ring)


def _read(borders: Json) -> dict[str, Any]:
    return shapes.read({e["id"]: e["geometry"] for e in borders["features"] if e["geometry"]})
