"""The press draws charts that are small, closed in themselves and readable without colour."""

from collections.abc import AsyncIterator
from xml.etree import ElementTree as ET

import pytest

from api.pages.drawing import press
from api.pages.drawing.figure import MOST, Figure, Kind, Size, row
from api.pages.drawing.patterns import SERIES
from api.pages.drawing.press import NotDrawn, Press
from tests.pages.drawing.made import HOSTILE
from tests.pages.drawing.test_maps import SVG, parsed

KINDS: tuple[Kind, ...] = ("bars", "grouped", "stacked", "lines", "intervals")
SIZES: tuple[Size, ...] = ("wide", "narrow")


@pytest.fixture(scope="module")
async def one() -> AsyncIterator[Press]:
    """A press that all these tests share: its first chart takes a second."""
    found = Press()
    yield found
    await found.stop()


def chart(kind: Kind, names: tuple[str, ...], series: int = 3, title: str = "标题") -> Figure:
    many = series if kind in {"grouped", "stacked", "lines"} else 1
    rows = tuple(
        row(
            name,
            *(f"{70 + (n * 7 + m * 3) % 29}.2500" for m in range(many)),
            low="50.0000",
            high="99.0000",
            sure=n % 3 > 0,
        )
        for n, name in enumerate(names)
    )
    return Figure(
        kind=kind,
        title=title,
        about="说明",
        first="单位",
        unit="%",
        series=tuple(f"第{m}项" for m in range(many)),
        rows=rows,
        bounds=("下", "上"),
    )


def texts(root: ET.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
async def test_a_chart_of_thirty_units_is_under_forty_kilobytes(
    one: Press, kind: Kind, size: Size
) -> None:
    names = tuple(f"柳荫里社区第{n}网格" for n in range(30))
    svg = await one.drawn(chart(kind, names), size)
    assert len(svg.encode()) < 40_000
    root = parsed(svg)
    assert root.attrib["role"] == "img"
    title, about = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert about is not None
    assert (title.text, about.text) == ("标题", "说明")
    assert any("第0网格" in text or text.endswith("…") for text in texts(root))


@pytest.mark.parametrize("kind", KINDS)
async def test_no_name_becomes_anything_but_text(one: Press, kind: Kind) -> None:
    svg = await one.drawn(chart(kind, HOSTILE, title="</title><script>"), "wide")
    root = parsed(svg)
    assert root.find(f".//{SVG}script") is None
    if kind != "lines":
        assert "<script>alert(1)</script>" in texts(root)


@pytest.mark.parametrize("kind", ["grouped", "stacked"])
async def test_rows_are_told_apart_by_their_fill(one: Press, kind: Kind) -> None:
    root = parsed(await one.drawn(chart(kind, ("甲", "乙"), SERIES), "wide"))
    fills = {each.attrib.get("fill") for each in root.iter(f"{SVG}path") if "stroke" in each.attrib}
    assert len(fills - {None, "none"}) >= SERIES


async def test_lines_are_told_apart_by_dash_and_mark(one: Press) -> None:
    months = tuple(f"2026-{n:02}" for n in range(1, 13))
    root = parsed(await one.drawn(chart("lines", months, 4), "wide"))
    dashes = {
        each.attrib["stroke-dasharray"] for each in root.iter() if "stroke-dasharray" in each.attrib
    }
    assert len(dashes) >= 3
    strokes = {each.attrib["stroke"] for each in root.iter(f"{SVG}path") if "stroke" in each.attrib}
    assert len(strokes) <= 2


async def test_a_month_without_a_number_leaves_a_gap(one: Press) -> None:
    rows = tuple(row(f"2026-{n:02}", None if n == 3 else 90 + n) for n in range(1, 7))
    figure = Figure(kind="lines", title="t", first="f", unit="%", series=("a",), rows=rows)
    root = parsed(await one.drawn(figure, "wide"))
    paths = [each.attrib["d"] for each in root.iter(f"{SVG}path")]
    assert any(path.count("M") == 2 for path in paths)


@pytest.mark.parametrize("kind", KINDS)
async def test_one_row_none_and_far_too_many_are_drawn(one: Press, kind: Kind) -> None:
    for names in (("甲",), (), tuple(f"{n}" for n in range(MOST + 40))):
        root = parsed(await one.drawn(chart(kind, names), "narrow"))
        assert float(root.attrib["height"]) < 3 * MOST * 24 + 400


async def test_two_units_of_one_name_are_two_rows(one: Press) -> None:
    found = texts(parsed(await one.drawn(chart("bars", ("公园社区", "公园社区")), "wide")))
    assert {"公园社区", "公园社区 (2)"} <= set(found)


async def test_the_same_figure_is_the_same_drawing_and_is_drawn_once(one: Press) -> None:
    figure = chart("bars", ("甲",))
    first = await one.drawn(figure, "wide")
    assert await one.drawn(figure, "wide") is first
    other = Press()
    assert await other.drawn(figure, "wide") == first
    await other.stop()


async def test_no_more_than_so_much_is_kept(one: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    svg = await one.drawn(chart("bars", ("一",)), "wide")
    monkeypatch.setattr(press, "KEPT", 3 * len(svg))
    for name in ("二", "三", "四", "五"):
        await one.drawn(chart("bars", (name,)), "wide")
    assert len(one._kept) <= 3
    assert sum(map(len, one._kept.values())) == one._bytes


async def test_what_cannot_be_drawn_is_said_and_the_next_chart_is_drawn(one: Press) -> None:
    wrong = Figure(
        kind="bars", title="t", first="f", unit="u", series=("s",), rows=(row("a", "x"),)
    )
    with pytest.raises(NotDrawn, match="ValueError"):
        await one.drawn(wrong, "wide")
    assert parsed(await one.drawn(chart("bars", ("之后",)), "wide")) is not None


async def test_a_press_that_was_killed_is_started_again() -> None:
    found = Press()
    await found.warm()
    assert found._running is not None
    found._running.kill()
    await found._running.wait()
    assert parsed(await found.drawn(chart("bars", ("又",)), "wide")) is not None
    await found.stop()


async def test_a_press_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Press()
    monkeypatch.setattr(press, "PATIENCE", 0.01)
    with pytest.raises(NotDrawn, match="TimeoutError"):
        await found.drawn(chart("bars", ("慢",)), "wide")
    assert found._running is None
