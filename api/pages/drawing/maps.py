"""Maps of figures as SVG, of the API's GeoJSON: shades with a legend, names where they fit.

No tiles and nothing from outside: a map shows borders, and what lies in them. Beside a map stands
its list, in which everything is that the map shows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from api.pages.drawing import labels, patterns, shapes, svg
from api.pages.drawing.figure import Table
from api.pages.drawing.frame import Bounds, Frame
from api.pages.drawing.shapes import Shape
from api.pages.drawing.svg import INK, element

WIDTH, TALLEST, FLATTEST = 520, 560, 160
"""Pixels; of the map without its legend."""
ROW = 24
"""Pixels of a line of the legend."""
MANY = 400
"""With more areas than that they are drawn a shade at a time, without names, titles and links."""
BORDER: Mapping[str, object] = {"stroke": INK, "stroke_width": 0.8, "stroke_linejoin": "round"}
Json = Mapping[str, Any]
Link = Callable[[Json], str]
"""The address that a feature leads to; empty for none."""


@dataclass(frozen=True, slots=True)
class Area:
    """One area: what stands in it, what is said of it, where it leads, how it is filled."""

    lines: tuple[str, ...]
    title: str
    link: str
    shade: int


def in_page(found: Json, title: str, link: Link | None = None) -> Markup:
    """The map of an answer of `GET /map`, to be put into a page; areas are links where `link` says
    where to.
    """
    return Markup(drawn(found, title, link))  # noqa: S704 - svg.py escapes everything


def drawn(found: Json, title: str, link: Link | None = None) -> str:
    """The same as a file of its own."""
    areas = {each["id"]: _area(each, found, link) for each in found["features"]}
    borders = shapes.read({e["id"]: e["geometry"] for e in found["features"] if e["geometry"]})
    mark = svg.marked(title, *(each.title for each in areas.values()))
    bounds, height, inside = shapes.bounds(borders), 0, list[str]()
    if bounds is not None:
        height = _height(bounds)
        frame = Frame.around(bounds, WIDTH, height)
        placed = shapes.drawn(borders, frame, middles=len(borders) <= MANY)
        inside = [element("g", *_areas(areas, placed, mark), **BORDER), *_labels(areas, placed)]
    legend = _legend(found["shades"], mark, height + ROW / 2)
    return svg.picture(
        title,
        " · ".join(each["words"] for each in found["shades"]),
        [patterns.shades(mark), *inside, *legend],
        mark=mark,
        width=WIDTH,
        height=height + ROW * (len(found["shades"]) + 1),
        role="img" if link is None else "group",
    )


def table(found: Json, title: str, header: tuple[str, str]) -> Table:
    """Everything that the map shows: each area with its figures, what is elsewhere last."""
    rows = [
        (each["properties"]["unit"]["name"], each["properties"]["words"])
        for each in sorted(found["features"], key=lambda e: -int(e["properties"]["shade"]))
    ]
    after = (found["elsewhere_words"],) if found["elsewhere_words"] else ()
    return Table(caption=title, header=header, rows=tuple(rows), after=after)


def _height(bounds: Bounds) -> int:
    """As high as the area asks for at that width, within reason."""
    frame = Frame.around(bounds, WIDTH, 10_000)
    _, top = frame.pixel(bounds[0], bounds[3])
    _, bottom = frame.pixel(bounds[0], bounds[1])
    return round(min(max(bottom - top + 16, FLATTEST), TALLEST))


def _area(feature: Json, found: Json, link: Link | None) -> Area:
    told = feature["properties"]
    name = told["unit"]["name"]
    return Area(
        lines=(labels.shortened(name, found["unit"]["name"]), _figure(told, found["by"])),
        title=f"{name} · {told['words']}",
        link=link(feature) if link else "",
        shade=told["shade"],
    )


def _figure(told: Json, by: str) -> str:
    """The number that stands in an area; a dash where there is none."""
    figures = told["figures"]
    if by != "satisfaction":
        return str(figures[by])
    return "–" if figures["rate"] is None else f"{float(figures['rate']):.0f}%"


def _areas(areas: Mapping[str, Area], found: Mapping[str, Shape], mark: str) -> Iterable[str]:
    if len(found) > MANY:
        for shade in sorted({areas[name].shade for name in found}):
            path = "".join(each.path for n, each in found.items() if areas[n].shade == shade)
            yield element("path", d=path, fill=patterns.shade(mark, shade))
        return
    for name, shape in found.items():
        yield _one(areas[name], shape, mark)


def _labels(areas: Mapping[str, Area], found: Mapping[str, Shape]) -> Iterable[str]:
    return labels.all_of((areas[name].lines, shape) for name, shape in found.items())


def _one(area: Area, shape: Shape, mark: str) -> str:
    title = svg.saying("title", area.title)
    path = {"d": shape.path, "fill": patterns.shade(mark, area.shade)}
    if not area.link:
        return element("path", title, **path)
    return element("a", title, element("path", **path), href=area.link)


def _legend(shades: Iterable[Json], mark: str, top: float) -> Iterable[str]:
    for number, each in enumerate(shades):
        y = top + number * ROW
        fill = patterns.shade(mark, each["shade"])
        yield element("rect", x=8, y=y, width=28, height=ROW - 7, fill=fill, **BORDER)
        words = f"{each['words']}  ({each['areas']})"
        yield svg.text(words, x=44, y=y + 13, font_size=labels.SIZE, fill=INK)
