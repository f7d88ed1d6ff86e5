"""The picture on which the border of a grid is drawn: the borders of what lies beside it, and the
corners so far.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from api.pages.client import Said
from api.pages.drawing import picking
from api.pages.drawing.frame import Frame, Point
from api.pages.forms import Picture, Typed, corners
from api.pages.page import Page
from domain.organisation import Organisation

FIELD = "border"
SIDE = 480
"""Pixels: more than a phone shows at once, so that a border can be told from the next."""
SHOWN = 150
"""Corners that the picture shows, the last ones: they stand in its address."""
Json = Mapping[str, Any]


async def picture(page: Page, typed: Typed, organisation: Organisation) -> Picture | None:
    """Of what the grid lies in or will lie in; wider where that has none. None without any."""
    chosen = (typed.text("unit_id") or "")[:100]
    for unit in _around(typed, organisation):
        try:
            borders = await page.api.get("/borders", unit=unit)
        except Said:  # a department has no area
            continue
        whole = picking.frame(borders, SIDE, SIDE)
        if whole is not None:
            frame = Frame.read(typed.text(corners.FRAME) or "")
            known = frame is not None and (frame.width, frame.height) == (SIDE, SIDE)
            shown = frame if frame is not None and known else whole
            address = _address(unit, shown, chosen, corners.corners(typed, FIELD))
            return Picture(f"{address}&lang={page.lang}", shown, tuple(_corners(borders)))
    return None


def _around(typed: Typed, organisation: Organisation) -> Iterator[str]:
    """What the grid lies in, then what that lies in."""
    named = organisation.units.get(typed.text("unit_id") or "")
    at = organisation.units.get((named.parent_id if named else typed.text("parent_id")) or "")
    while at is not None:
        yield at.unit_id
        at = organisation.units.get(at.parent_id or "")


def _address(unit: str, frame: Frame, chosen: str, ring: list[Point]) -> str:
    asked = {
        "unit": unit,
        "frame": str(frame),
        "chosen": chosen,
        "ring": " ".join(f"{x},{y}" for x, y in ring[-SHOWN:]),
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/drawings/place.svg?{query}"


def _corners(borders: Json) -> Iterator[Point]:
    """Every corner of every border, once."""
    found = dict[Point, None]()
    for each in borders["features"]:
        for ring in _rings(each["geometry"] or {}):
            found.update((((float(x), float(y)), None) for x, y in ring))
    yield from found


def _rings(geometry: Json) -> Iterator[Any]:
    parts = geometry.get("coordinates", ())
    for part in [parts] if geometry.get("type") == "Polygon" else parts:
        yield from part
