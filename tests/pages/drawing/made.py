"""Answers of the API as maps and charts get them: a town of ragged grids, units with names nobody
should have. For tests of drawings.
"""

import json
import random
from collections.abc import Sequence
from typing import Any

import shapely

HOSTILE = (
    "<script>alert(1)</script>",
    "\"&'><b onload=x>",
    "a\u202eb\x00\u2028",
    "]]><!--",
    "长" * 60,
    "{{7*7}}",
    "url(#x)",
)
WEST, SOUTH, EAST, NORTH = 116.8, 36.4, 116.86, 36.44


def ragged(count: int, names: Sequence[str] = (), by: str = "open") -> dict[str, Any]:
    """A map of so many grids that fill a town without a gap, their borders of many points."""
    chance = random.Random(count)  # noqa: S311 - a town, not a secret
    box = shapely.box(WEST, SOUTH, EAST, NORTH)
    seeds = [
        (WEST + chance.random() * (EAST - WEST), SOUTH + chance.random() * (NORTH - SOUTH))
        for _ in range(count)
    ]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=box))
    if count == 1:
        cells = [box]
    borders = [shapely.segmentize(cell.intersection(box), 0.0003) for cell in cells]
    names = names or [f"第{number}网格" for number in range(count)]
    features = [
        feature(f"g{number}", names[number % len(names)], geometry(border), number % 5)
        for number, border in enumerate(borders)
    ]
    return found(features, by)


def feature(name: str, called: str, border: Any, shade: int) -> dict[str, Any]:
    figures = {"open": shade * 3, "overdue": shade, "rate": "92.5000", "list": "/api/v1/cases"}
    return {
        "type": "Feature",
        "id": name,
        "geometry": border,
        "properties": {
            "unit": {"id": name, "name": called},
            "kind": "grid",
            "kind_words": "网格",
            "level": 1,
            "shade": shade,
            "words": f"未结 {shade * 3} 件，其中超期 {shade} 件",
            "figures": figures,
            "map": None,
        },
    }


def found(features: list[dict[str, Any]], by: str = "open") -> dict[str, Any]:
    shades = [each["properties"]["shade"] for each in features]
    return {
        "type": "FeatureCollection",
        "features": features,
        "unit": {"id": "liuyin", "name": "柳荫街道"},
        "by": by,
        "words": "未结件数",
        "shades": [{"shade": n, "words": f"{n} 件", "areas": shades.count(n)} for n in range(5)],
        "elsewhere": 2,
        "elsewhere_words": "另有 2 件",
    }


def geometry(border: shapely.Geometry) -> Any:
    return json.loads(shapely.to_geojson(border))
