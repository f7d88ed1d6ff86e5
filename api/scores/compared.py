"""The route that holds two readings of a period side by side: as of another moment, by another
version of the policy; which units and cases differ, and why (R12.5).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api import answers, words
from api.auth import Staff
from api.context import Here
from api.models_named import Named
from api.scores import asked, entitled, models, views
from api.scores.asked import Comparison, Reading
from api.scores.models import CaseChangeView, ComparisonView, FigureView, UnitChangeView
from api.words import differences
from api.words.scores import CHANGED, MEASURES
from domain.organisation import Organisation
from domain.scores import comparison, exact
from domain.scores.comparison import CarrierChange, CaseChange
from domain.scores.figures import Figure
from store import cursors
from store.database import Connection
from store.scores import reading
from store.scores.cards import cards
from store.scores.reading import Whose
from store.still import still

router = APIRouter(prefix="/api/v1/scores", tags=["scores"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Both readings, and what differs between them."""

    query: Comparison
    before: Reading
    after: Reading
    units: Sequence[CarrierChange]
    cases: Sequence[CaseChange]

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
        after = await asked.reading(here, there, query)
        before = await asked.against(here, there, query, after)
        found = await _compared(there.raw, query, before, after, sorted(area))
        start = 0 if query.cursor is None else cursors.place(query.cursor, int)[0]
        page = found.cases[start : start + query.size]
        in_sight = await entitled.in_sight(there, reader, {each.case_id for each in page})
    ends = start + len(page)
    told = ComparisonView(
        scope=query.scope,
        within=[views.named(top, book.organisation) for top in tops],
        before=views.basis(before),
        after=views.basis(after),
        units=[_unit(each, found) for each in found.units],
        numbers=_numbers(found),
        moved=_moved(found, area),
        cases=[_case(each, found, in_sight) for each in page],
        cases_in_all=len(found.cases),
        next_cursor=cursors.made(ends) if ends < len(found.cases) else None,
    )
    return answers.shown_at(told, after.moment)


async def _compared(
    connection: Connection, query: Comparison, before: Reading, after: Reading, units: list[str]
) -> Compared:
    was, now = before.basis, after.basis
    then = Whose.units(units, query.scope, was)
    whose = Whose.units(units, query.scope, now)
    first, second = await cards(connection, was, then), await cards(connection, now, whose)
    own = Whose.own("unit", sorted({each for ids in whose.members.values() for each in ids}))
    later = await reading.later(connection, was, own)
    shared = was.scores.helper_share != now.scores.helper_share
    earlier = await reading.shared(connection, was, own) if shared else []
    astray = {(each.case_id, each.unit_id) for each in await reading.strays(connection, now, own)}
    changed = comparison.cases(
        (e for e in later if e.known_at <= after.moment and (e.case_id, e.unit_id) not in astray),
        (e for e in earlier if (e.case_id, e.unit_id) not in astray),
        was.scores,
        now.scores,
    )
    return Compared(
        query=query,
        before=before,
        after=after,
        units=comparison.carriers(first.cards, second.cards),
        cases=changed,
    )


def _unit(change: CarrierChange, found: Compared) -> UnitChangeView:
    return UnitChangeView(
        unit=found.named(change.carrier_id),
        before=None if change.before is None else exact.points(change.before),
        after=None if change.after is None else exact.points(change.after),
        figures=[
            models.FigureChangeView(
                measure=each.measure,
                words=found.say(MEASURES, each.measure),
                before=_figure(each.before, found.before),
                after=_figure(each.after, found.after),
            )
            for each in change.figures
        ],
    )


def _figure(figure: Figure | None, of: Reading) -> FigureView | None:
    if figure is None:
        return None
    confidence = of.basis.scores.confidence
    return FigureView(**views.tally(figure.tally), **views.worth(figure, confidence))


def _case(change: CaseChange, found: Compared, in_sight: Collection[str]) -> CaseChangeView:
    seen = change.case_id in in_sight
    return CaseChangeView(
        case_id=change.case_id if seen else None,
        timeline=f"/api/v1/cases/{change.case_id}/timeline" if seen else None,
        unit=found.named(change.unit_id),
        measure=change.measure,
        **views.tally(change.tally),
        reasons=[
            models.ReasonView(code=each, words=found.say(CHANGED, each)) for each in change.reasons
        ],
        versions=list(change.versions),
    )


def _numbers(found: Compared) -> list[models.NumberChange]:
    lang = found.query.lang
    return [
        models.NumberChange(
            path=".".join(each.path),
            place=differences.place(each.path, lang),
            before=differences.value(each.before, lang),
            after=differences.value(each.after, lang),
        )
        for each in comparison.numbers(found.before.basis.policy, found.after.basis.policy)
    ]


def _moved(found: Compared, area: Collection[str]) -> list[models.MovedView]:
    """What moved into the area, within it or out of it."""
    moved = comparison.moved(found.before.basis.organisation, found.organisation)
    return [
        models.MovedView(
            unit=found.named(each.unit_id),
            before=found.named(each.before) if each.before else None,
            after=found.named(each.after) if each.after else None,
        )
        for each in moved
        if not {each.unit_id, each.before, each.after}.isdisjoint(area)
    ]
