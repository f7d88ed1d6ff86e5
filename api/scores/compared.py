"""The route that holds two readings of a period side by side: as of another moment, by another
version of the policy; which units and cases differ, and why (R12.5).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api import answers, words
from api.auth import Staff
from api.context import Here
from api.models_named import Named
from api.once import once
from api.scores import asked, entitled, models_beside, views
from api.scores.asked import Comparison, Reading
from api.scores.models_beside import (
    CaseChangeView,
    ComparisonView,
    FigureView,
    UnitChangeView,
)
from api.words import Language, differences
from api.words.scores import CHANGED, MEASURES
from domain.differences import Difference
from domain.organisation import Organisation
from domain.scores import exact
from domain.scores.comparison import CarrierChange, CaseChange, Moved
from domain.scores.figures import Figure
from store import cursors
from store.cursors import BadCursor
from store.scores.comparing import Compared, compared
from store.still import still

router = APIRouter(prefix="/api/v1/scores", tags=["scores"], dependencies=[once()])
PATH = "/api/v1/scores/compare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Both readings, and what differs between them."""

    query: Comparison
    before: Reading
    after: Reading
    found: Compared

    @property
    def organisation(self) -> Organisation:
        """Names are those of the second reading."""
        return self.after.basis.organisation

    def named(self, unit_id: str) -> Named:
        """A unit by its name."""
        return views.named(unit_id, self.organisation)

    def say(self, table: words.Table, word: str) -> str:
        """In the reader's language."""
        return words.say(table, word, self.query.lang)


@router.get("/compare", response_model=ComparisonView)
async def compare(here: Here, asking: Staff, query: Annotated[Comparison, Query()]) -> Response:
    """What a period's figures were as of an earlier moment or under another version of the policy,
    beside what they are; for the area the reader oversees, or a part of it.
    """
    async with still(here.engine) as there:
        book = await here.shelf.book(there.raw, there.books, there.at)
        reader = entitled.reader(asking, book)
        tops, area = entitled.area(reader, query.within)
        first, start = _place(query)
        after = await asked.reading(here, there, query, first)
        before = await asked.against(here, there, query, after)
        bases = before.basis, after.basis
        found = await compared(there.raw, *bases, "unit", sorted(area), query.scope)
        page = found.cases[start : start + query.size]
        in_sight = await entitled.in_sight(there, reader, {each.case_id for each in page})
    shown = Shown(query=query, before=before, after=after, found=found)
    ends = start + len(page)
    told = ComparisonView(
        scope=query.scope,
        within=[views.named(top, book.organisation) for top in tops],
        before=views.basis(before),
        after=views.basis(after),
        units=[_unit(each, shown) for each in found.carriers],
        numbers=[_number(each, query.lang) for each in found.numbers],
        moved=[_moved(each, shown) for each in found.moved if _within(each, area)],
        cases=[_case(each, shown, in_sight) for each in page],
        cases_in_all=len(found.cases),
        next_cursor=_cursor(query, after, ends) if ends < len(found.cases) else None,
    )
    return answers.shown_at(told, after.moment)


def _place(query: Comparison) -> tuple[datetime | None, int]:
    """The moment of the first page, and how many cases were shown by then."""
    if query.cursor is None:
        return None, 0
    question, first, start = cursors.place(query.cursor, str, datetime, int)
    if question != asked.question(PATH, query):
        raise BadCursor
    return first, start


def _cursor(query: Comparison, after: Reading, ends: int) -> str:
    return cursors.made(asked.question(PATH, query), after.moment, ends)


def _unit(change: CarrierChange, shown: Shown) -> UnitChangeView:
    return UnitChangeView(
        unit=shown.named(change.carrier_id),
        before=None if change.before is None else exact.points(change.before),
        after=None if change.after is None else exact.points(change.after),
        figures=[
            models_beside.FigureChangeView(
                measure=each.measure,
                words=shown.say(MEASURES, each.measure),
                before=_figure(each.before, shown.before),
                after=_figure(each.after, shown.after),
            )
            for each in change.figures
        ],
    )


def _figure(figure: Figure | None, of: Reading) -> FigureView | None:
    if figure is None:
        return None
    confidence = of.basis.scores.confidence
    return FigureView(**views.tally(figure.tally), **views.worth(figure, confidence))


def _case(change: CaseChange, shown: Shown, in_sight: Collection[str]) -> CaseChangeView:
    seen = change.case_id in in_sight
    return CaseChangeView(
        case_id=change.case_id if seen else None,
        timeline=f"/api/v1/cases/{change.case_id}/timeline" if seen else None,
        unit=shown.named(change.unit_id),
        measure=change.measure,
        **views.tally(change.tally),
        reasons=[
            models_beside.ReasonView(code=each, words=shown.say(CHANGED, each))
            for each in change.reasons
        ],
        versions=list(change.versions),
    )


def _number(difference: Difference, lang: Language) -> models_beside.NumberChange:
    return models_beside.NumberChange(
        path=".".join(difference.path),
        place=differences.place(difference.path, lang),
        before=differences.value(difference.before, lang),
        after=differences.value(difference.after, lang),
    )


def _within(moved: Moved, area: Collection[str]) -> bool:
    """Whether it moved into the area, within it or out of it."""
    return not {moved.unit_id, moved.before, moved.after}.isdisjoint(area)


def _moved(moved: Moved, shown: Shown) -> models_beside.MovedView:
    return models_beside.MovedView(
        unit=shown.named(moved.unit_id),
        before=shown.named(moved.before) if moved.before else None,
        after=shown.named(moved.after) if moved.after else None,
    )
