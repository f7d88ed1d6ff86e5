"""The route of the ranking: units of one kind side by side, ties shown, few cases apart (R12.3)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from api import answers, words
from api.auth import Staff
from api.context import Here
from api.once import once
from api.scores import asked, entitled, marks, models_beside, sheets, views
from api.scores.asked import Ranking, Reading
from api.scores.entitled import Reader
from api.scores.models_beside import ApartView, DivisionView, PlaceView, RankingView
from api.scores.sheets import FILE
from api.words.scores import APART, COUNTS, MEASURES
from domain.scores.fairness import Fairness
from domain.scores.figures import Tally
from domain.scores.ranking import Place
from store.scores.cards import Table, tables
from store.still import still

router = APIRouter(prefix="/api/v1/scores", tags=["scores"], dependencies=[once("setting")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a ranking is shown with."""

    query: Ranking
    of: Reading
    reader: Reader
    in_sight: Collection[str]


@router.get("/ranking", response_model=RankingView, responses=FILE)
async def show_ranking(here: Here, asking: Staff, query: Annotated[Ranking, Query()]) -> Response:
    """Units of one kind in order of what their rate is at least: those of the area the reader
    oversees, or of a part of it.
    """
    async with still(here.engine) as there:
        book = await here.shelf.book(there.raw, there.books, there.at)
        reader = entitled.reader(asking, book)
        tops, area = entitled.area(reader, query.within)
        of = await asked.reading(here, there, query)
        by = query.by or of.basis.scores.rank_by
        found = await tables(
            *(there.raw, of.basis, query.kind),
            settings=query.setting,
            measure=by,
            scope=query.scope,
            within=area,
        )
        named = {
            case for table in found for f in table.fairness.values() for case in marks.cases(f)
        }
        in_sight = await entitled.in_sight(there, reader, named)
    shown = Shown(query=query, of=of, reader=reader, in_sight=in_sight)
    told = RankingView(
        kind=query.kind,
        within=[views.named(top, book.organisation) for top in tops],
        measure=by,
        words=words.say(MEASURES, by, query.lang),
        counts=words.say(COUNTS, by, query.lang),
        scope=query.scope,
        minimum=of.basis.scores.minimum,
        basis=views.basis(of),
        divisions=[_division(table, shown) for table in found],
    )
    if query.form == "csv":
        return await sheets.ranking(here, reader, of, told)
    return answers.shown_at(told, of.moment)


def _division(table: Table, shown: Shown) -> DivisionView:
    return DivisionView(
        level=table.division.level,
        setting=table.division.setting,
        ranked=[_place(place, table, shown) for place in table.ranking.ranked],
        apart=[_apart(unit_id, table, shown) for unit_id in table.ranking.apart],
    )


def _place(place: Place, table: Table, shown: Shown) -> PlaceView:
    return PlaceView(
        **dict(_row(place.unit_id, table, shown)),
        best=place.best,
        worst=place.worst,
        tied_from=place.tied_from,
        tied_to=place.tied_to,
        ties=place.ties,
    )


def _apart(unit_id: str, table: Table, shown: Shown) -> ApartView:
    why = table.ranking.apart[unit_id]
    told = words.say(APART, why, shown.query.lang)
    return ApartView(**dict(_row(unit_id, table, shown)), why=why, words=told)


def _row(unit_id: str, table: Table, shown: Shown) -> models_beside.Ranked:
    figure, row, of = table.figures[unit_id], table.changes[unit_id], shown.of
    then, lang = of.basis.period, shown.query.lang
    fairness = table.fairness.get(unit_id, Fairness())
    return models_beside.Ranked(
        unit=views.unit(unit_id, of.basis.organisation, shown.reader.book.organisation),
        **views.tally(Tally() if figure is None else figure.tally),
        **views.worth(figure, of.basis.scores.confidence),
        before=views.change(row.before, then.before(), lang),
        year_before=views.change(row.year_before, then.year_before(), lang),
        marks=marks.found(of, fairness, shown.in_sight),
        card=_card(unit_id, shown),
    )


def _card(unit_id: str, shown: Shown) -> str:
    asked = {"period": shown.of.basis.period.name, "scope": shown.query.scope}
    asked |= views.said(shown.of)
    return f"/api/v1/scores/units/{unit_id}?{urlencode(asked)}"
