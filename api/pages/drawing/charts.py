"""Charts drawn with altair and vl-convert: runs in the press alone, where it may hold the
interpreter for as long as it draws. Rows are told apart by their fill, dash or mark.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt
import vl_convert

from api.pages.drawing import tidy
from api.pages.drawing.figure import MOST, Figure, Row, Size
from api.pages.drawing.patterns import SERIES
from api.pages.drawing.svg import INK
from reports.fonts import FAMILY, FOLDER

WIDTH: dict[Size, int] = {"wide": 640, "narrow": 340}
LABELS: dict[Size, int] = {"wide": 220, "narrow": 120}
"""The most room for a name."""
BAR = 24
GROUPED = 15
LINES = 260
UPRIGHT = 6
"""So many months are written level on a phone."""
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [1, 3])
MARKS = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
Chart = Any
"""Any of altair's."""


def drawn(figure: Figure, size: Size) -> str:
    """The chart as SVG, tidied."""
    _fonts()
    chart = _chart(figure, size).properties(width=WIDTH[size])
    spec = {
        **chart.to_dict(validate=False),
        "autosize": {"type": "fit-x", "contains": "padding"},
    }
    raw = vl_convert.vegalite_to_svg(spec, config=_theme(size), allowed_base_urls=[])
    return tidy.tidied(str(raw), figure.title, figure.about)


def _chart(figure: Figure, size: Size) -> Chart:
    rows = named(figure.rows[:MOST])
    match figure.kind:
        case "bars":
            return _bars(figure, rows)
        case "grouped":
            return _grouped(figure, rows, size)
        case "stacked":
            return _stacked(figure, rows, size)
        case "lines":
            return _lines(figure, rows, size)
        case "intervals":
            return _intervals(figure, rows)


def named(rows: Sequence[Row]) -> list[Row]:
    """Rows whose names differ: of two alike the second is numbered."""
    seen, found = Counter[str](), []
    for row in rows:
        seen[row.name] += 1
        name = row.name if seen[row.name] == 1 else f"{row.name} ({seen[row.name]})"
        found.append(Row(name, row.values, row.low, row.high, row.sure))
    return found


def _points(figure: Figure, rows: Sequence[Row]) -> Any:  # noqa: ANN401 - altair does not say
    values = [
        {
            "name": row.name,
            "series": series,
            "value": float(value) if value else None,
            "text": _short(value),
            "order": number,
        }
        for row in rows
        for number, (series, value) in enumerate(zip(figure.series, row.values, strict=True))
    ]
    return alt.InlineData(values=values)


def _short(value: str) -> str:
    """A number as it stands at a bar: a rate with one decimal; the table has all of them."""
    return f"{float(value):.1f}" if len(value.partition(".")[2]) > 1 else value


def _names(rows: Sequence[Row]) -> Any:  # noqa: ANN401 - as above
    order = [row.name for row in rows]
    return alt.Y("name:N", sort=order, title=None, scale=alt.Scale(domain=order))


def _fill(figure: Figure, size: Size) -> Any:  # noqa: ANN401 - as above
    return alt.Fill(
        "series:N",
        sort=list(figure.series),
        legend=_legend(size, symbol=180),
        scale=alt.Scale(domain=list(figure.series), range=tidy.PLACES[: len(figure.series)]),
    )


def _bars(figure: Figure, rows: Sequence[Row]) -> Chart:
    base = alt.Chart(_points(figure, rows)).encode(
        y=_names(rows), x=alt.X("value:Q", title=figure.unit)
    )
    bars = base.mark_bar(fill=tidy.PLACES[0], stroke=INK, strokeWidth=0.8)
    return (bars + _numbers(base)).properties(height=BAR * len(rows))


def _grouped(figure: Figure, rows: Sequence[Row], size: Size) -> Chart:
    series = alt.YOffset("series:N", sort=list(figure.series))
    base = alt.Chart(_points(figure, rows)).encode(
        y=_names(rows), yOffset=series, x=alt.X("value:Q", title=figure.unit)
    )
    bars = base.mark_bar(stroke=INK, strokeWidth=0.8).encode(fill=_fill(figure, size))
    high = (GROUPED * len(figure.series) + 8) * len(rows)
    return (bars + _numbers(base)).properties(height=high)


def _stacked(figure: Figure, rows: Sequence[Row], size: Size) -> Chart:
    base = alt.Chart(_points(figure, rows)).encode(
        y=_names(rows),
        x=alt.X("value:Q", title=figure.unit, stack="zero"),
        order=alt.Order("order:Q"),
    )
    bars = base.mark_bar(stroke=INK, strokeWidth=0.8).encode(fill=_fill(figure, size))
    return bars.properties(height=BAR * len(rows))


def _numbers(base: Chart) -> Chart:
    return base.mark_text(align="left", dx=4, color=INK, fontSize=12).encode(text="text:N")


def _lines(figure: Figure, rows: Sequence[Row], size: Size) -> Chart:
    order = [row.name for row in rows]
    turned = {"wide": 0, "narrow": -60}[size] if len(order) > UPRIGHT else 0
    rates = [float(value) for row in rows for value in row.values if value]
    scale = alt.Scale(domain=[*_ends(rates)], nice=False) if figure.unit == "%" else alt.Scale()
    base = alt.Chart(_points(figure, rows)).encode(
        x=alt.X(
            "name:O",
            sort=order,
            title=None,
            scale=alt.Scale(domain=order),
            axis=alt.Axis(labelAngle=turned, labelOverlap="parity", labelSeparation=8),
        ),
        y=alt.Y("value:Q", title=figure.unit, scale=scale),
    )
    domain = list(figure.series)
    key: dict[str, Any] = {
        "sort": domain,
        "legend": _legend(size, symbol=120) if len(domain) > 1 else None,
    }
    dash = alt.StrokeDash(
        "series:N", scale=alt.Scale(domain=domain, range=list(DASHES[: len(domain)])), **key
    )
    mark = alt.Shape(
        "series:N", scale=alt.Scale(domain=domain, range=list(MARKS[: len(domain)])), **key
    )
    broken: Any = "break-paths-show-path-domains"
    lines = base.mark_line(color=INK, strokeWidth=1.8, invalid=broken).encode(strokeDash=dash)
    dots = base.mark_point(color=INK, fill="white", size=46, opacity=1).encode(shape=mark)
    return (lines + dots).properties(height=LINES)


def _intervals(figure: Figure, rows: Sequence[Row]) -> Chart:
    values: list[dict[str, Any]] = [
        {
            "name": row.name,
            "value": float(row.values[0]),
            "low": float(row.low or row.values[0]),
            "high": float(row.high or row.values[0]),
            "sure": int(row.sure),
        }
        for row in rows
        if row.values[0]
    ]
    bounds = [float(each[end]) for each in values for end in ("low", "high")]
    scale = alt.Scale(domain=[*_ends(bounds)], nice=False, zero=False)
    base = alt.Chart(alt.InlineData(values=values)).encode(y=_names(rows))
    lines = base.mark_rule(color=INK, strokeWidth=1.6).encode(
        x=alt.X("low:Q", scale=scale, title=figure.unit), x2="high:Q"
    )
    ticks = [
        base.mark_tick(color=INK, thickness=1.6, size=9).encode(x=alt.X(f"{end}:Q", scale=scale))
        for end in ("low", "high")
    ]
    fill = alt.Fill("sure:N", legend=None, scale=alt.Scale(domain=[1, 0], range=[INK, "white"]))
    dots = base.mark_point(size=70, stroke=INK, strokeWidth=1.4, opacity=1).encode(
        x=alt.X("value:Q", scale=scale), fill=fill
    )
    return alt.layer(lines, *ticks, dots).properties(height=BAR * len(rows))


def _ends(rates: Sequence[float]) -> tuple[float, float]:
    """An axis from the ten below the least rate; to a hundred, or to the ten above a higher one."""
    low = min(rates, default=0) // 10 * 10
    high = -(-max(rates, default=0) // 10) * 10
    return min(low, 90), max(100, high)


def _legend(size: Size, symbol: int) -> Any:  # noqa: ANN401 - altair does not say
    columns = {"wide": 2, "narrow": 1}[size]
    return alt.Legend(title=None, orient="top", columns=columns, symbolSize=symbol)


def _theme(size: Size) -> dict[str, Any]:
    axis = {
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": "#d8dee3",
        "domainColor": "#5b6873",
        "tickColor": "#5b6873",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": LABELS[size],
    }
    legend = {"labelFontSize": 12, "labelColor": INK, "labelLimit": LABELS[size]}
    view = {"stroke": None}
    quantitative = {"tickMinStep": 1, "tickCount": 6, "format": ",~r"}
    return {
        "font": FAMILY,
        "background": "white",
        "view": view,
        "axis": axis,
        "axisQuantitative": quantitative,
        "legend": legend,
        "padding": {"left": 16, "right": 10, "top": 6, "bottom": 6},
    }


@cache
def _fonts() -> None:
    vl_convert.register_font_directory(str(FOLDER))


if len(tidy.PLACES) < SERIES:  # pragma: no cover - kept together
    raise ValueError("a fill for each series")
