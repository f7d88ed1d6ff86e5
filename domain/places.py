"""How far apart two cases are, in metres or by the units of their places. No I/O, no rule."""

from math import asin, cos, radians, sqrt

from domain.book import Neighbour
from domain.organisation import Organisation
from domain.words import Stage

EARTH = 6_371_008.8
"""Mean radius in metres."""
Point = tuple[int, int]
"""Longitude and latitude in microdegrees."""


def metres(one: Point | None, other: Point | None) -> int | None:
    """The great-circle distance; None where one of the two is not known."""
    if one is None or other is None:
        return None
    (west, south), (east, north) = (tuple(radians(p / 1e6) for p in at) for at in (one, other))
    half = sqrt(_hav(north - south) + cos(south) * cos(north) * _hav(east - west))
    return round(2 * EARTH * asin(min(1.0, half)))


def _hav(angle: float) -> float:
    return (1 - cos(angle)) / 2


def together(one: Neighbour, other: Neighbour, most: int, organisation: Organisation) -> bool:
    """Whether they are known to be in one place: at most so many metres apart, or, where one has no
    point, in one community or one below the other.
    """
    apart = metres(one.point, other.point)
    if apart is not None:
        return apart <= most
    if not one.area or not other.area:
        return False
    communities = {organisation.unit_of(at.area, Stage.COMMUNITY) for at in (one, other)}
    above = one.area in organisation.path(other.area), other.area in organisation.path(one.area)
    return any(above) or (len(communities) == 1 and None not in communities)
