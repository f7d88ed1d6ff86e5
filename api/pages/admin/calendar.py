"""The calendar in force, a year as months at a glance, with the hours of each unit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from itertools import groupby
from typing import Annotated, Any

from babel.dates import format_date, get_day_names
from fastapi import APIRouter, Query, Response

from api.pages.client import Said
from api.pages.page import Visit
from api.pages.times import LOCALES
from api.words import Language

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Query(max_length=100)]
Cell = Mapping[str, Any] | None
"""A day of a week, None before the first and after the last day of the month."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month: what it is called, and its weeks from Monday on."""

    name: str
    weeks: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Off:
    """Days off in a row under one name."""

    name: str
    first: str
    last: str


@router.get("/admin/calendar")
async def calendar(page: Visit, year: Word = "", unit: Word = "") -> Response:
    """A year for everybody, or for one unit."""
    fault = ""
    try:
        found = await page.api.get("/calendar", year=year, unit=unit, lang=None)
    except Said as no:
        if no.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        fault, found = no.code, await page.api.get("/calendar", lang=None)
    months = [
        Month(_month(days[0]["day"], page.lang), _weeks(days)) for days in _by_month(found["days"])
    ]
    named = get_day_names("abbreviated", locale=LOCALES[page.lang])
    wide = get_day_names("wide", locale=LOCALES[page.lang])
    return await page.show(
        "admin/calendar.html",
        found=found,
        months=months,
        holidays=list(_holidays(found["days"], page.lang)),
        make_up=[_day(d["day"], page.lang) for d in found["days"] if d["why"] == "make_up"],
        weekdays=[(named[number], wide[number]) for number in range(7)],
        asked=unit if not fault else "",
        fault=fault,
    )


def _by_month(days: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    return [list(group) for _, group in groupby(days, key=lambda each: str(each["day"])[:7])]


def _weeks(days: list[Mapping[str, Any]]) -> list[list[Cell]]:
    before = date.fromisoformat(days[0]["day"]).weekday()
    cells: list[Cell] = [*[None] * before, *days]
    cells += [None] * (-len(cells) % 7)
    return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def _holidays(days: Iterable[Mapping[str, Any]], language: Language) -> Iterator[Off]:
    """Holidays, those that follow each other under one name as one."""
    for name, group in groupby(days, key=lambda each: str(each["name"])):
        if name:
            off = [each["day"] for each in group]
            yield Off(name, _day(off[0], language), _day(off[-1], language))


def _month(day: str, language: Language) -> str:
    pattern = "y年M月" if language == "zh" else "MMMM y"
    return format_date(date.fromisoformat(day), pattern, LOCALES[language])


def _day(day: str, language: Language) -> str:
    pattern = "M月d日 E" if language == "zh" else "E d MMM"
    return format_date(date.fromisoformat(day), pattern, LOCALES[language])
