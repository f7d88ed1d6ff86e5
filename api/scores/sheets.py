"""Rankings and the events behind a figure as CSV for spreadsheet programs; who takes one is
written down. No figures are made here.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import Response

from api import past, recording
from api.context import Context
from api.errors import Problem
from api.exports import tables
from api.exports.tables import Cell
from api.scores.asked import OfPeriod, Reading
from api.scores.entitled import Reader
from api.scores.models_behind import Behind, PostingView
from api.scores.models_beside import ApartView, PlaceView, Ranked, RankingView
from store.chain import instant

MOST = 5_000
"""Events in one file: of more, a shorter period or one measure is to be asked for."""
FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}
"""What `format=csv` answers with, for the published description."""
COUNTED = ("numerator", "denominator", "unanswered", "excluded")
EVENTS = (
    *("counted_at", "known_at", "kind", "words", "measure", "case_id", "version"),
    *("unit_id", "unit_name", "person_id", "person_name", "stage", "round", "role", "weight"),
    *(*COUNTED, "counts", "because", "corrects"),
)
PLACES = (
    *("level", "setting", "best", "worst", "ties", "unit_id", "unit_name", *COUNTED, "rate"),
    *("low", "high", "points", "rate_before", "rate_year_before", "apart"),
)


def need_beginning(cursor: str | None) -> None:
    """Refuse a file that would begin in the middle."""
    if cursor is not None:
        told = "a file holds every event; ask for it without a cursor"
        where = [{"where": "query/cursor", "code": "not_with_a_file", "message": told}]
        raise Problem(422, "not_with_a_file", told, errors=where)


def need_few(cursor: str | None) -> None:
    """Refuse a file that would not be whole."""
    if cursor is not None:
        told = f"a file holds at most {MOST} events; ask for a shorter period or one measure"
        where = [{"where": "query/period", "code": "too_many_events", "message": told}]
        raise Problem(422, "too_many_events", told, errors=where)


async def events(here: Context, reader: Reader, of: Reading, told: Behind, name: str) -> Response:
    """Every event behind a figure, as shown to the reader."""
    found = [_event(each) for each in told.postings]
    filters = {**said(of.asked), "of": name, "measure": told.measure, "part": told.part}
    return await _file(here, reader, of, "score-events", filters, EVENTS, found)


async def ranking(here: Context, reader: Reader, of: Reading, told: RankingView) -> Response:
    """The units of every division, those ranked first."""
    found = [
        [division.level or None, division.setting, *_place(row)]
        for division in told.divisions
        for row in (*division.ranked, *division.apart)
    ]
    filters = {**said(of.asked), "kind": told.kind, "measure": told.measure}
    return await _file(here, reader, of, "score-ranking", filters, PLACES, found)


def said(asked: OfPeriod) -> dict[str, str | None]:
    """What was asked for, in words that may be written down."""
    as_of = None if asked.as_of is None else instant(asked.as_of)
    return {"period": asked.period, "policy": asked.policy, "as_of": as_of}


async def _file(
    here: Context,
    reader: Reader,
    of: Reading,
    what: str,
    filters: dict[str, str | None],
    columns: Sequence[str],
    found: Iterable[Sequence[Cell]],
) -> Response:
    """The file, once it is written down who takes it."""
    told = tuple(f"{name}={value}" for name, value in filters.items() if value)
    await recording.exported(here, reader.by, what=what, form="csv", filters=told)
    body = tables.MARK + tables.rows([columns, *found])
    name = f"shouwen-{what}-{of.moment:%Y%m%dT%H%M%SZ}.csv"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        past.HEADER: instant(of.moment),
    }
    return Response(body.encode(), media_type="text/csv; charset=utf-8", headers=headers)


def _event(each: PostingView) -> list[Cell]:
    person, corrects = each.person, each.corrects
    return [
        *(tables.instant(each.counted_at), tables.instant(each.known_at)),
        *(each.event.kind, each.event.words, each.measure, each.case_id, each.event.version),
        *(each.unit.id, each.unit.name),
        *((person.id, person.name) if person else (None, None)),
        *(each.stage, each.round, each.role, each.weight),
        *(each.numerator, each.denominator, each.unanswered, each.excluded),
        *("yes" if each.counts else "no", each.words, corrects.version if corrects else None),
    ]


def _place(row: Ranked) -> list[Cell]:
    places = (row.best, row.worst, row.ties) if isinstance(row, PlaceView) else (None, None, None)
    span = row.interval
    return [
        *places,
        *(row.unit.id, row.unit.name),
        *(row.numerator, row.denominator, row.unanswered, row.excluded, row.rate),
        *((span.low, span.high) if span else (None, None)),
        *(row.points, row.before.rate, row.year_before.rate),
        row.words if isinstance(row, ApartView) else None,
    ]
