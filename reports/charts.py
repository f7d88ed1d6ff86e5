"""The charts of a report as SVG: black on white, told apart by shape. Each has a table beside it.

Everything drawn is in that table; a chart shows no number of its own.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import altair as alt
import vl_convert

from domain.report.contents import Contents, Month, Placed, Ranking
from domain.scores.measures import ADVERSE, Measure
from reports import words
from reports.fonts import FAMILY, FOLDER
from reports.pages import drawn, parts
from reports.sections import named
from reports.speaker import Speaker

WIDTH = 520
ROW = 20
PANEL = 146, 84
PANELS = 3
"""Panels beside one another."""
MONTH = """datum.index == 0 || slice(datum.label, 5) == '01'
 ? [slice(datum.label, 5), slice(datum.label, 0, 4)] : slice(datum.label, 5)"""
"""The month alone, and below the first and each January the year."""
Point = dict[str, Any]

THEME = {
    "font": FAMILY,
    "background": "white",
    "view": {"stroke": "#999999"},
    "axis": {
        "labelColor": "black",
        "titleColor": "black",
        "gridColor": "#dddddd",
        "domainColor": "#666666",
        "tickColor": "#666666",
        "labelFontSize": 9,
        "titleFontSize": 9,
        "titleFontWeight": "normal",
        "labelLimit": 180,
    },
    "header": {"labelFontSize": 10, "labelColor": "black", "title": None},
    "legend": {"labelFontSize": 9, "title": None, "orient": "top"},
}


def comparison(speaker: Speaker, contents: Contents) -> str:
    """Each measure that is better when higher, beside what it was."""
    scope, rows = contents.scopes[0], list[Point]()
    good = [each.measure for each in scope.rates if each.rate and each.measure not in ADVERSE]
    order = [speaker.measure(measure) for measure in good]
    shown = [speaker.say(words.COLUMNS[key]) for key in ("now", "before", "year_before")]
    for each in scope.rates:
        rows += _point(speaker, each.measure, each.rate, shown[0])
    for other in contents.comparisons:
        name = speaker.say(words.COLUMNS[other.which])
        for measure in other.measures:
            rows += _point(speaker, measure.measure, measure.rate, name)
    rows = [row for row in rows if row["measure"] in order]
    base = alt.Chart(_values(rows)).encode(
        y=alt.Y("measure:N", sort=order, title=None),
        yOffset=alt.YOffset("which:N", sort=shown),
        x=alt.X("rate:Q", **_percent(speaker, [row["rate"] for row in rows])),
    )
    which: dict[str, Any] = {"sort": shown, "title": None}
    dots = base.mark_point(size=38, strokeWidth=1.2, color="black", opacity=1).encode(
        shape=alt.Shape(
            "which:N",
            scale=alt.Scale(domain=shown, range=["circle", "circle", "triangle"]),
            **which,
        ),
        fill=alt.Fill(
            "which:N", scale=alt.Scale(domain=shown, range=["black", "white", "white"]), **which
        ),
    )
    return _drawn(dots.properties(width=WIDTH - 120, height=ROW * len(order)))


def _point(speaker: Speaker, measure: Measure, rate: str, which: str) -> Iterator[Point]:
    if rate:
        yield {"measure": speaker.measure(measure), "rate": float(rate), "which": which}


def ranking(speaker: Speaker, ranked: Ranking) -> tuple[str, ...]:
    """The units in their order, each with its interval: in parts of a page at most, all of them
    along the same axis.
    """
    shown = drawn(ranked)
    bounds = [float(each) for p in shown for each in (p.rate, p.low, p.high) if each]
    axis = _percent(speaker, bounds)
    found = parts(len(shown))
    size = -(-len(shown) // max(found, 1))
    return tuple(_ranked(speaker, shown[n * size : (n + 1) * size], axis) for n in range(found))


def _ranked(speaker: Speaker, shown: Sequence[Placed], axis: dict[str, Any]) -> str:
    rows = [_unit(speaker, each) for each in shown]
    order = [row["unit"] for row in rows]
    base = alt.Chart(_values(rows)).encode(y=alt.Y("unit:N", sort=order, title=None))
    lines = base.mark_rule(color="black", strokeWidth=1).encode(
        x=alt.X("low:Q", **axis), x2="high:Q"
    )
    dots = base.mark_point(size=48, color="black", strokeWidth=1.2, opacity=1).encode(
        x="rate:Q",
        fill=alt.Fill(
            "ranked:N", legend=None, scale=alt.Scale(domain=[1, 0], range=["black", "white"])
        ),
    )
    return _drawn((lines + dots).properties(width=WIDTH - 120, height=ROW * len(rows)))


def _unit(speaker: Speaker, each: Placed) -> Point:
    return {
        "unit": named(speaker, each),
        "rate": float(each.rate),
        "low": float(each.low or each.rate),
        "high": float(each.high or each.rate),
        "ranked": int(each.best > 0),
    }


def trend(speaker: Speaker, months: Sequence[Month]) -> str:
    """A panel for each measure that counted, month by month."""
    rows = [
        {"measure": speaker.measure(m), "month": month.period, "rate": _rate(month, m)}
        for m in _counted(months)
        for month in months
    ]
    names = [speaker.measure(m) for m in _counted(months)]
    axis = alt.X("month:O", title=None, axis=alt.Axis(labelExpr=MONTH, labelAngle=0))
    rates = [float(each.rate) for month in months for each in month.rates if each.rate]
    percent = {**_percent(speaker, rates), "title": None}
    base = alt.Chart(_values(rows)).encode(x=axis, y=alt.Y("rate:Q", **percent))
    lines = base.mark_line(color="black", strokeWidth=1.2, invalid="break-paths-show-path-domains")
    dots = base.mark_point(color="black", fill="black", size=14, opacity=1)
    width, height = PANEL
    panels = (lines + dots).properties(width=width, height=height)
    facet = panels.facet(alt.Facet("measure:N", sort=names, title=None), columns=PANELS)
    return _drawn(facet.resolve_axis(x="independent"))


def _counted(months: Sequence[Month]) -> list[Measure]:
    seen = {rate.measure for month in months for rate in month.rates if rate.rate}
    return [m for m in Measure if m in seen]


def _rate(month: Month, measure: Measure) -> float | None:
    found = (rate.rate for rate in month.rates if rate.measure is measure and rate.rate)
    return next(map(float, found), None)


def _percent(speaker: Speaker, rates: Sequence[float]) -> dict[str, Any]:
    """An axis from the ten below the least rate; to a hundred, or to the ten above a higher one."""
    low = min(rates, default=0) // 10 * 10
    high = max(100, -(-max(rates, default=0) // 10) * 10)
    scale = alt.Scale(domain=[min(low, 90), high], nice=False, zero=False)
    return {"scale": scale, "title": speaker.say(words.COLUMNS["rate"])}


def _values(rows: Sequence[Point]) -> Any:  # noqa: ANN401 - altair does not say what it makes
    return alt.InlineData(values=list(rows))


def _drawn(chart: Any) -> str:  # noqa: ANN401 - any of altair's charts
    _fonts()
    return str(vl_convert.vegalite_to_svg(chart.to_dict(), config=THEME, allowed_base_urls=[]))


@cache
def _fonts() -> None:
    vl_convert.register_font_directory(str(FOLDER))
