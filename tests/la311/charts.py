"""The two charts of docs/la311.md as SVG: black on white; their numbers stand in its tables."""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from typing import Any

import altair as alt
import vl_convert

from domain.scores.ranking import Place, Ranking
from reports.charts import THEME
from reports.fonts import FOLDER
from tests.la311.scored import Scored

WIDE = 560
KEPT = "promised day kept, %"
Z = 1.959964
"""For 95 percent."""


def areas(found: Scored) -> str:
    """Areas in their order with their intervals; beside each what its mix of work alone gives."""
    rows = [_row(found, place) for place in found.areas_hang.ranking.ranked]
    order = [row["unit"] for row in rows]
    base = alt.Chart(_values(rows)).encode(y=alt.Y("unit:N", sort=order, title=None))
    x: dict[str, Any] = {
        "scale": alt.Scale(domain=[64, 100], nice=False, zero=False),
        "title": KEPT,
    }
    lines = base.mark_rule(color="black", strokeWidth=1.4).encode(
        x=alt.X("low:Q", **x), x2="high:Q"
    )
    dots = base.mark_point(filled=True, color="black", size=60, opacity=1).encode(
        x=alt.X("rate:Q", **x)
    )
    mix = base.mark_point(shape="diamond", color="black", fill="white", size=60, opacity=1)
    whole = alt.Chart(_values([{"rate": _float(found.whole.rate)}]))
    middle = whole.mark_rule(color="black", strokeDash=[4, 3]).encode(x=alt.X("rate:Q", **x))
    layers = middle + lines + mix.encode(x=alt.X("expected:Q", **x)) + dots
    return _drawn(layers.properties(width=WIDE - 140, height=30 * len(rows)))


def _row(found: Scored, place: Place) -> dict[str, Any]:
    low, high = _bounds(place)
    return {
        "unit": found.names[place.unit_id].removesuffix(" APC"),
        "rate": _float(place.figure.rate),
        "low": low,
        "high": high,
        "expected": _float(found.expected(place.unit_id)),
    }


def councils(found: Scored) -> str:
    """Councils by what their requests are worth, between the limits that chance would keep."""
    rows = [
        {"n": _float(p.figure.tally.denominator), "rate": _float(p.figure.rate)}
        for p in found.councils_hang.ranking.ranked
    ]
    most = max(row["n"] for row in rows)
    share = _float(found.whole.rate) / 100
    limits = [
        {"n": n, "low": _limit(share, n, -1), "high": min(100.0, _limit(share, n, 1))}
        for n in range(5, int(most) + 3)
    ]
    y: dict[str, Any] = {
        "scale": alt.Scale(domain=[50, 100], nice=False, zero=False),
        "title": KEPT,
    }
    x: dict[str, Any] = {
        "scale": alt.Scale(domain=[0, int(most) + 2], nice=False),
        "title": "independent requests that those counted are worth",
    }
    band = alt.Chart(_values(limits)).encode(x=alt.X("n:Q", **x))
    low = band.mark_line(color="black", strokeDash=[5, 3], strokeWidth=1).encode(
        y=alt.Y("low:Q", **y)
    )
    high = band.mark_line(color="black", strokeDash=[5, 3], strokeWidth=1).encode(
        y=alt.Y("high:Q", **y)
    )
    whole = alt.Chart(_values([{"rate": 100 * share}]))
    middle = whole.mark_rule(color="black", strokeWidth=1).encode(y=alt.Y("rate:Q", **y))
    dots = alt.Chart(_values(rows)).mark_point(
        color="black", fill="white", size=36, opacity=1, strokeWidth=1.2
    )
    layers = middle + low + high + dots.encode(x=alt.X("n:Q", **x), y=alt.Y("rate:Q", **y))
    return _drawn(layers.properties(width=WIDE - 60, height=300))


def _limit(share: float, count: float, side: int) -> float:
    return round(100 * (share + side * Z * sqrt(share * (1 - share) / count)), 3)


def outside(found: Scored, ranked: Ranking) -> tuple[list[Place], list[Place]]:
    """Councils under the lower limit, and those over the upper one, by that ranking's counts."""
    share = _float(found.whole.rate) / 100
    under, over = list[Place](), list[Place]()
    for place in ranked.ranked:
        count, rate = _float(place.figure.tally.denominator), _float(place.figure.rate)
        if rate < _limit(share, count, -1):
            under.append(place)
        elif rate > _limit(share, count, 1):
            over.append(place)
    return under, over


def _bounds(place: Place) -> tuple[float, float]:
    interval = place.figure.interval
    assert interval is not None
    return _float(100 * interval.low), _float(100 * interval.high)


def _float(value: Fraction | None) -> float:
    return round(float(value or 0), 4)


def _values(rows: Sequence[dict[str, Any]]) -> Any:
    return alt.InlineData(values=list(rows))


def _drawn(chart: Any) -> str:
    vl_convert.register_font_directory(str(FOLDER))
    return str(vl_convert.vegalite_to_svg(chart.to_dict(), config=THEME, allowed_base_urls=[]))
