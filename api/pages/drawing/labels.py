"""Words on a map: as many as have room in an area, with a light edge so that they can be read on
every shade.
"""

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

from api.pages.drawing.shapes import Shape
from api.pages.drawing.svg import INK, PAPER, element, text

SIZE, LINE = 13, 16
"""Pixels of a letter, and from one line to the next."""
LOOK = {
    "text_anchor": "middle",
    "font_size": SIZE,
    "fill": INK,
    "stroke": PAPER,
    "stroke_width": 3,
    "stroke_linejoin": "round",
    "paint_order": "stroke",
    "pointer_events": "none",
}
ROOM = 1.25
"""A label may be so much wider than the widest circle in its area."""


def all_of(areas: Iterable[tuple[Sequence[str], Shape]]) -> Iterator[str]:
    """The labels of all areas, as far as they have room."""
    found = [label(lines, shape) for lines, shape in areas]
    yield element("g", *found, **LOOK)


def label(lines: Sequence[str], found: Shape) -> str:
    """As much of it as has room: all lines, the last, none."""
    for some in (lines, lines[-1:]):
        fits = max(map(length, some)) <= min(2 * ROOM * found.room, found.width)
        if fits and len(some) * LINE <= 2 * found.room:
            return _written(some, found.x, found.y)
    return ""


def _written(lines: Sequence[str], x: float, y: float) -> str:
    """Lines one under another around a point."""
    top = y - (len(lines) - 1) * LINE / 2 + SIZE * 0.35
    return "".join(
        text(line, x=x, y=round(top + number * LINE, 1)) for number, line in enumerate(lines)
    )


def length(words: str) -> float:
    """About how many pixels they take."""
    return sum(SIZE if east_asian_width(c) in "WF" else SIZE * 0.58 for c in words)


def shortened(name: str, over: str) -> str:
    """A name without that of what it lies in."""
    return name.removeprefix(over) or name
