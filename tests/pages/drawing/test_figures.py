"""Charts as data: what of the API's answers is drawn, and that the table holds all of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.drawing import figures
from api.pages.drawing.figure import MOST, Figure, row
from api.pages.drawing.words import WORDS

pytestmark = pytest.mark.rule("R12.5")


def counts(**of: int) -> dict[str, Any]:
    names = ("open", "awaiting_acceptance", "yellow", "overdue", "suspended", "shelved")
    return {**dict.fromkeys(names, 0), "oldest_due": None, **of}


def unit(name: str, *, own: bool = False, **of: int) -> dict[str, Any]:
    return {"unit": {"id": name, "name": name}, "own": own, "stages": [], **counts(**of)}


BOARD = {
    "unit": {"id": "liuyin", "name": "柳荫街道"},
    "units": [unit("柳荫里", open=9, overdue=4, yellow=2), unit("柳荫街道", own=True, open=1)],
    "stages": [{"stage": "grid", "words": "网格", **counts(open=10, overdue=4, yellow=2)}],
}


def test_the_board_is_drawn_in_three_parts_that_add_up() -> None:
    found = figures.board_units(BOARD, "zh")
    assert found.title == "柳荫街道：各单位未结诉求"
    assert found.series == ("超期", "黄牌", "其余未结")
    assert found.table.rows == (("柳荫里", "4", "2", "3"), ("柳荫街道（本级）", "0", "0", "1"))
    assert figures.board_stages(BOARD, "en").table.rows == (("网格", "4", "2", "4"),)


def test_a_ranking_shows_those_that_are_not_ranked_last_and_says_so() -> None:
    def placed(name: str, rate: str | None, interval: dict[str, str] | None) -> dict[str, Any]:
        return {"unit": {"name": name}, "rate": rate, "interval": interval}

    division = {
        "ranked": [placed("甲", "95.0000", {"low": "90.1000", "high": "97.5000"})],
        "apart": [placed("乙", "100.0000", {"low": "40.0000", "high": "100.0000"}),
                  placed("丙", None, None)],
    }  # fmt: skip
    found = figures.ranking({"words": "满意率", "divisions": [division]}, "zh")
    assert found.table.header == ("单位", "满意率", "下限", "上限", "")
    assert found.table.rows == (
        ("甲", "95.0000", "90.1000", "97.5000", ""),
        ("乙", "100.0000", "40.0000", "100.0000", "未排名"),
        ("丙", "", "", "", "未排名"),
    )


def measure(words: str, now: str | None, before: str | None, *, few: bool) -> dict[str, Any]:
    rates = {"before": {"rate": before}, "year_before": {"rate": None}}
    return {"words": words, "rate": now, "few": few, **rates}


def test_a_card_shows_every_rate_there_is_beside_two_earlier_ones() -> None:
    measures = [
        measure("满意率", "92.5000", "90.0000", few=True),
        measure("解决率", None, None, few=True),
    ]
    found = figures.card(
        {"unit": None, "person": {"name": "王"}, "partner": None, "measures": measures}, "en"
    )
    assert found.title == "王: all rates"
    assert [r.name for r in found.rows] == ["满意率"]
    assert found.table.rows[0][1:4] == ("92.5000", "90.0000", "")
    assert "chance" in found.table.rows[0][4]


def test_workload_and_months_say_what_the_api_says() -> None:
    def load(name: str, per_head: str | None) -> dict[str, Any]:
        return {"unit": {"name": name}, "per_head": per_head}

    found = figures.workload({"unit": load("街道", "3.5"), "below": [load("社区", None)]}, "zh")
    assert found.table.rows == (("街道", "3.5"), ("社区", ""))
    trend = {"months": [{"month": "2026-01", "cases": 3}, {"month": "2026-02", "cases": 0}]}
    topic = {"item": {"name": "路灯"}, "place": {"name": "柳荫里"}, "trend": trend}
    months = figures.months(topic, "zh")
    assert months.title == "路灯 · 柳荫里：逐月件数"
    assert months.table.rows == (("2026-01", "3"), ("2026-02", "0"))


def test_the_table_has_all_rows_also_those_that_are_not_drawn() -> None:
    rows = tuple(row(f"{n}", n) for n in range(MOST + 9))
    found = Figure(kind="bars", title="t", first="f", unit="u", series=("s",), rows=rows)
    assert len(found.table.rows) == MOST + 9


def test_a_figure_without_a_number_is_empty() -> None:
    blank = Figure(
        kind="bars", title="t", first="f", unit="u", series=("s",), rows=(row("a", None),)
    )
    assert blank.empty
    assert not figures.board_units(BOARD, "zh").empty


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=5))
def test_a_figure_is_the_same_after_it_was_written_and_read(title: str, names: list[str]) -> None:
    rows = tuple(row(name, 1, None) for name in names)
    figure = Figure(kind="grouped", title=title, first="f", unit="u", series=("a", "b"), rows=rows)
    assert "\n" not in figure.text()
    assert Figure.read(figure.text()) == figure
    assert figure.digest("wide") != figure.digest("narrow")


def test_every_word_is_there_in_both_languages() -> None:
    for key, (chinese, english) in WORDS.items():
        assert chinese
        assert english
        assert sorted(_places(chinese)) == sorted(_places(english)), key


def _places(text: str) -> list[str]:
    return [part.partition("}")[0] for part in text.split("{")[1:]]
