"""Charts of the API's answers: which numbers, in which order, called what. Nothing is asked here.

What a page shows as a chart and what `/drawings/…` draws is made by the same function.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.pages.drawing.figure import Figure, Row, row
from api.pages.drawing.words import word
from api.words import Language

Json = Mapping[str, Any]
READINGS = ("now", "before", "year_before")


def board_units(found: Json, lang: Language) -> Figure:
    """Of `GET /board`: open cases by unit, those with the most overdue on top."""
    rows = [_parts(_called(each, lang), each) for each in found["units"]]
    return _board("board_units", "unit", found, rows, lang)


def board_stages(found: Json, lang: Language) -> Figure:
    """Of `GET /board`: open cases by stage, from the lowest up."""
    rows = [_parts(each["words"], each) for each in found["stages"]]
    return _board("board_stages", "stage", found, rows, lang)


def _board(key: str, first: str, found: Json, rows: Sequence[Row], lang: Language) -> Figure:
    return Figure(
        kind="stacked",
        title=word(key, lang, unit=found["unit"]["name"]),
        about=word("board_about", lang),
        first=word(first, lang),
        unit=word("cases", lang),
        series=tuple(word(name, lang) for name in ("overdue", "yellow", "others")),
        rows=tuple(rows),
    )


def _called(each: Json, lang: Language) -> str:
    name = str(each["unit"]["name"])
    return word("itself", lang, unit=name) if each["own"] else name


def _parts(name: str, counts: Json) -> Row:
    """Three numbers that add up to what is open."""
    late, soon = counts["overdue"], counts["yellow"]
    return row(name, late, soon, counts["open"] - late - soon)


def workload(found: Json, lang: Language) -> Figure:
    """Of `GET /workload`: open cases a head, of the unit and of each right below it."""
    units = [found["unit"], *found["below"]]
    return Figure(
        kind="bars",
        title=word("workload", lang, unit=found["unit"]["unit"]["name"]),
        about=word("workload_about", lang),
        first=word("unit", lang),
        unit=word("cases", lang),
        series=(word("per_head", lang),),
        rows=tuple(row(each["unit"]["name"], each["per_head"]) for each in units),
    )


def ranking(found: Json, lang: Language) -> Figure:
    """Of `GET /scores/ranking`: each unit's rate and interval in the order of the list, those that
    are not ranked last.
    """
    divisions = found["divisions"]
    ranked = [_placed(each, sure=True) for one in divisions for each in one["ranked"]]
    apart = [_placed(each, sure=False) for one in divisions for each in one["apart"]]
    return Figure(
        kind="intervals",
        title=word("ranking", lang, measure=found["words"]),
        about=word("ranking_about", lang),
        first=word("unit", lang),
        unit="%",
        series=(str(found["words"]),),
        rows=(*ranked, *apart),
        bounds=(word("low", lang), word("high", lang)),
        unsure=word("few", lang),
    )


def _placed(each: Json, *, sure: bool) -> Row:
    bounds = each["interval"] or {}
    interval = {end: bounds.get(end, "") for end in ("low", "high")}
    return row(each["unit"]["name"], each["rate"], sure=sure, **interval)


def card(found: Json, lang: Language) -> Figure:
    """Of a card of the scores: every rate that has one, beside those of two earlier periods."""
    whose = next(found[key]["name"] for key in ("unit", "person", "partner") if found[key])
    return Figure(
        kind="grouped",
        title=word("card", lang, whose=whose),
        about=word("card_about", lang),
        first=word("measure", lang),
        unit="%",
        series=tuple(word(name, lang) for name in READINGS),
        rows=tuple(_measures(found["measures"])),
        unsure=word("too_few", lang),
    )


def _measures(measures: Iterable[Json]) -> Iterable[Row]:
    for each in measures:
        rates = (each["rate"], each["before"]["rate"], each["year_before"]["rate"])
        if any(rate is not None for rate in rates):
            yield row(each["words"], *rates, sure=not each["few"])


def months(found: Json, lang: Language) -> Figure:
    """Of one topic of `GET /topics`: its cases month by month."""
    name = " · ".join(filter(None, (found["item"]["name"], found["place"]["name"])))
    return Figure(
        kind="lines",
        title=word("months", lang, topic=name),
        about=word("months_about", lang),
        first=word("month", lang),
        unit=word("cases", lang),
        series=(word("cases", lang),),
        rows=tuple(row(each["month"], each["cases"]) for each in found["trend"]["months"]),
    )
