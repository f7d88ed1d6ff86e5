"""What of a topic may be drawn on a map, so that no dot is one resident's door. No I/O."""

from collections.abc import Mapping
from typing import Any

from domain.organisation import Ring

FEWEST = 3
"""Voices from one cell or grid, at least, or nothing is drawn there: residents told apart by their
numbers, and cases that came without one.
"""


def drawn(found: Mapping[str, Any]) -> bool:
    """Whether a cell or an area with so many `voices` is shown."""
    return int(found["voices"]) >= FEWEST


def polygon(ring: Ring) -> dict[str, Any]:
    """The geometry of a border, in degrees, closed."""
    closed = [[x / 1e6, y / 1e6] for x, y in (*ring, ring[0])]
    return {"type": "Polygon", "coordinates": [closed]}


def point(longitude: int, latitude: int) -> dict[str, Any]:
    """The geometry of the middle of a cell, in degrees."""
    return {"type": "Point", "coordinates": [longitude / 1e6, latitude / 1e6]}
