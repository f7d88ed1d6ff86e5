"""grids.geojson: one closed line per grid, in whole microdegrees. Geometry is in overlaps.py."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from activities.geometry import Shape, overlaps, why_invalid
from cli.town.tables import Keyed
from domain.organisation import Ring, Unit
from domain.papers.findings import Findings, quoted
from domain.words import UnitKind

FILE = "grids.geojson"
_FEATURES = re.compile(r'"features"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_CORNERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """A grid's border and the line of the file it is on."""

    ring: Ring
    line: int


class _FeatureError(Exception):
    """Why a feature cannot be used; becomes a finding."""


def read_borders(
    texts: Mapping[str, str], units: Keyed[Unit], findings: Findings
) -> Mapping[str, Ring]:
    """Each grid's border, checked against the units and against each other."""
    if FILE not in texts:
        return {}
    borders: dict[str, Border] = {}
    lines: dict[str, int] = {}
    whole = _parses(texts[FILE], findings)
    for line, feature in _features(texts[FILE]) if whole else ():
        try:
            unit_id = _grid_of(feature, units)
            first = lines.setdefault(unit_id, line)
            border = Border(ring=_ring(unit_id, feature), line=line)
        except _FeatureError as fault:
            findings.error(FILE, line, str(fault))
            continue
        if unit_id in borders:
            said = f"grid {quoted(unit_id)} already has a border on line {first}"
            findings.error(FILE, line, f"{said}; keep one of them")
        borders.setdefault(unit_id, border)
    if whole:
        _check_missing(units, lines)
        _check_overlaps(borders, units, findings)
    return {unit_id: border.ring for unit_id, border in borders.items()}


def _parses(text: str, findings: Findings) -> bool:
    """Whether the text is a FeatureCollection; a finding says where it is not."""
    hint = 'it must be a GeoJSON FeatureCollection: {"type":"FeatureCollection","features":[…]}'
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        findings.error(FILE, error.lineno, f"is not JSON ({error.msg}); {hint}")
        return False
    except (ValueError, RecursionError):
        findings.error(FILE, None, f"holds a number too long or brackets too deep; {hint}")
        return False
    if isinstance(whole, dict) and isinstance(whole.get("features"), list):
        return True
    findings.error(FILE, 1, f"has no list of features; {hint}")
    return False


def _features(text: str) -> Iterator[tuple[int, Any]]:
    """Each feature with the line it begins on, however the file is laid out."""
    decoder, line, seen = json.JSONDecoder(), 1, 0
    start = _FEATURES.search(text)
    at = start.end() if start else len(text)
    while True:
        gap = _BETWEEN.match(text, at)
        at = gap.end() if gap else at
        if at >= len(text) or text[at] == "]":
            return
        line, seen = line + text.count("\n", seen, at), at
        feature, at = decoder.raw_decode(text, at)
        yield line, feature


def _grid_of(feature: object, units: Keyed[Unit]) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    unit_id = properties.get("unit_id") if isinstance(properties, dict) else None
    if not isinstance(unit_id, str) or not unit_id:
        raise _FeatureError('names no grid; put "properties":{"unit_id":"…"} into the feature')
    if units.lacks(unit_id):
        raise _FeatureError(f"border of grid {quoted(unit_id)}, which is not in units.csv")
    unit = units.values.get(unit_id)
    if unit is not None and unit.kind is not UnitKind.GRID:
        raise _FeatureError(f"border of {quoted(unit_id)}, a {unit.kind}; only grids have borders")
    return unit_id


def _ring(unit_id: str, feature: Mapping[str, Any]) -> Ring:
    what = f"border of grid {quoted(unit_id)}"
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    rings = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind != "Polygon" or not isinstance(rings, list):
        raise _FeatureError(f"{what} is {quoted(kind)}; it must be a Polygon")
    if len(rings) != 1 or not isinstance(rings[0], list):
        raise _FeatureError(
            f"{what} has {len(rings)} lines; a grid has one closed line, without holes"
        )
    points = [_point(what, position) for position in rings[0]]
    if len(points) <= _CORNERS or points[0] != points[-1]:
        raise _FeatureError(
            f"{what} is not closed; its last point must repeat the first, after 3 or more"
        )
    ring = tuple(point for i, point in enumerate(points[1:]) if point != points[i])
    why = why_invalid(ring) if len(ring) >= _CORNERS else "it encloses nothing"
    if why:
        raise _FeatureError(f"{what} is not a valid polygon: {why}; draw it again")
    return ring


def _point(what: str, position: object) -> tuple[int, int]:
    pair = position[:2] if isinstance(position, list) else []
    numbers = [n for n in pair if isinstance(n, int | float) and not isinstance(n, bool)]
    if len(numbers) != 2:  # noqa: PLR2004 - longitude and latitude
        raise _FeatureError(
            f"{what} has a point {quoted(position)}; write points as [longitude,latitude]"
        )
    longitude, latitude = numbers
    if not (_within(longitude, 180) and _within(latitude, 90)):
        hint = "longitude comes first and both are degrees"
        raise _FeatureError(f"{what} has a point {quoted(position)} that is not on earth; {hint}")
    return round(longitude * 1_000_000), round(latitude * 1_000_000)


def _within(number: float, limit: int) -> bool:
    return -limit <= number <= limit  # also refuses NaN and the infinities


def _check_missing(units: Keyed[Unit], lines: Mapping[str, int]) -> None:
    for unit_id, unit in units.values.items():
        if unit.kind is UnitKind.GRID and unit_id not in lines:
            units.rows[unit_id].error(
                f"grid {quoted(unit_id)} has no border; add a feature for it to {FILE}"
            )


def _check_overlaps(borders: Mapping[str, Border], units: Keyed[Unit], findings: Findings) -> None:
    shapes = [
        Shape(name=unit_id, layer=unit.level, ring=border.ring)
        for unit_id, border in borders.items()
        if (unit := units.values.get(unit_id)) is not None and unit.level is not None
    ]
    for one, other, area in overlaps(shapes):
        first, second = sorted((one, other), key=lambda name: borders[name].line)
        findings.error(
            FILE,
            borders[second].line,
            f"grid {quoted(second)} overlaps grid {quoted(first)} (line {borders[first].line}) "
            f"by {max(round(area), 1):,} m²; redraw one: grids of one level must not overlap",
        )
