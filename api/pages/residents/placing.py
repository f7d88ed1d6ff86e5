"""Where it is: from what stands in the address, or from a click on a map, closer with each click.
The map is an image that a form is sent with; no script is needed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData

from api.pages.client import Said
from api.pages.drawing import picking
from api.pages.drawing.frame import Frame
from api.pages.page import Page

STEPS = ("street", "community")
"""The maps that come after that of the whole town."""


@dataclass(frozen=True, slots=True)
class Map:
    """A map as the page shows it. `unit` is whose borders it has, empty for the town's."""

    unit: str
    frame: Frame
    address: str


async def drawn(page: Page, unit: str, chosen: str, point: str) -> Map | None:
    """The map of a unit; the town's where it has none, None where that has none either."""
    for whose in dict.fromkeys((unit, "")):
        try:
            borders = await page.api.get("/borders", unit=whose)
        except Said:
            continue
        frame = picking.frame(borders)
        if frame is not None:
            asked = {"frame": frame, "unit": whose, "chosen": chosen, "at": point}
            query = urlencode({name: value for name, value in asked.items() if value})
            return Map(whose, frame, f"/drawings/place.svg?{query}&lang={page.lang}")
    return None


def clicked(sent: FormData) -> str:
    """The point that was clicked on, as longitude and latitude; empty for none.

    A key pressed on the map says its corner, where nothing is: that is no point.
    """
    frame = Frame.read(str(sent.get("frame", "")))
    x, y = str(sent.get("map.x", "")), str(sent.get("map.y", ""))
    digits = x.isascii() and y.isascii() and x.isdigit() and y.isdigit() and len(x + y) < 10  # noqa: PLR2004 - of a screen
    if frame is None or not digits or (int(x), int(y)) == (0, 0):
        return ""
    longitude, latitude = frame.clicked(int(x), int(y))
    return f"{longitude:.6f},{latitude:.6f}"


def degrees(point: str) -> tuple[float, float] | None:
    """The numbers of a point; None for none."""
    try:
        longitude, latitude = map(float, point.split(","))
    except ValueError:
        return None
    inside = abs(longitude) <= 180 and abs(latitude) <= 90  # noqa: PLR2004 - degrees; not for NaN
    return (longitude, latitude) if inside else None


async def at_point(page: Page, point: str) -> Mapping[str, Any]:
    """In which grid, community and street a point lies."""
    longitude, latitude = degrees(point) or (0.0, 0.0)
    found: Mapping[str, Any] = await page.api.get(
        "/place", longitude=f"{longitude:.6f}", latitude=f"{latitude:.6f}"
    )
    return found


def narrowest(place: Mapping[str, Any]) -> str:
    """The id of the narrowest unit there."""
    units = (place[kind] for kind in ("grid", "community", "street"))
    return next((str(unit["id"]) for unit in units if unit), "")


def closer(place: Mapping[str, Any], shown: str) -> str:
    """Whose map comes after that of `shown`: the street's, then the community's, then the same."""
    units = [place[step]["id"] for step in STEPS if place[step]]
    if shown not in units:
        return str(units[0]) if units else shown
    return str(units[min(units.index(shown) + 1, len(units) - 1)])


async def of_address(page: Page, address: str) -> str:
    """The one unit that an address names; empty where it names none, or several."""
    if not address:
        return ""
    try:
        hits = (await page.api.get("/place", address=address))["hits"]
    except Said:
        return ""
    return str(hits[0]["unit"]["id"]) if len(hits) == 1 else ""
