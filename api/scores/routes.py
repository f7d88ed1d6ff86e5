"""Routes of figures: a unit's, somebody's, one's own, and the events each figure is made of."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

from fastapi import APIRouter, Path, Query, Response
from pydantic import AfterValidator

from api import answers, recording
from api.auth import Principal, Staff
from api.context import Context, Here, now
from api.models_named import Named
from api.schemas.base import clean
from api.scores import asked, entitled, explaining, models, views
from api.scores.asked import Basis, OfPeriod, OfUnit, Opening, OpeningOfUnit
from api.scores.entitled import Reader
from api.scores.models import Behind, CardView, UnitView
from domain.confidentiality import mediating
from domain.scores import figures
from domain.scores.figures import Card, Scope
from domain.scores.periods import Period
from domain.sight import units_in_sight
from store.scores import explained
from store.scores.explained import Wanted
from store.still import Still, still

router = APIRouter(prefix="/api/v1/scores", tags=["scores"])
Id = Annotated[str, Path(max_length=100), AfterValidator(clean)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """A unit, or a member of staff: exactly one of the two."""

    unit_id: str = ""
    person_id: str = ""
    scope: Scope = "own"
    path: str


class Head(TypedDict):
    """What every answer begins with, by the names it has there."""

    unit: UnitView | None
    person: Named | None
    scope: Scope
    basis: models.Basis


@router.get("/units/{unit_id}", response_model=CardView)
async def show_unit(
    unit_id: Id, here: Here, asking: Staff, query: Annotated[OfUnit, Query()]
) -> Response:
    """A unit's figures in a period: for auditors, supervisors over it, and its own staff."""
    whose = Whose(unit_id=unit_id, scope=query.scope, path=f"/api/v1/scores/units/{unit_id}")
    return await _card(here, asking, whose, query)


@router.get("/people/{person_id}", response_model=CardView)
async def show_person(
    person_id: Id, here: Here, asking: Staff, query: Annotated[OfPeriod, Query()]
) -> Response:
    """The figures of a member of staff: for auditors and supervisors over them; each look of
    another's is recorded.
    """
    whose = Whose(person_id=person_id, path=f"/api/v1/scores/people/{person_id}")
    return await _card(here, asking, whose, query)


@router.get("/mine", response_model=CardView)
async def show_mine(here: Here, asking: Staff, query: Annotated[OfPeriod, Query()]) -> Response:
    """One's own figures."""
    whose = Whose(person_id=asking.person_id, path="/api/v1/scores/mine")
    return await _card(here, asking, whose, query)


@router.get("/units/{unit_id}/events", response_model=Behind)
async def open_unit(
    unit_id: Id, here: Here, asking: Staff, query: Annotated[OpeningOfUnit, Query()]
) -> Response:
    """The events a unit's figures are made of, and what of it the reader may still appeal."""
    whose = Whose(unit_id=unit_id, scope=query.scope, path=f"/api/v1/scores/units/{unit_id}")
    return await _behind(here, asking, whose, query)


@router.get("/people/{person_id}/events", response_model=Behind)
async def open_person(
    person_id: Id, here: Here, asking: Staff, query: Annotated[Opening, Query()]
) -> Response:
    """The events somebody's figures are made of; each look of another's is recorded."""
    whose = Whose(person_id=person_id, path=f"/api/v1/scores/people/{person_id}")
    return await _behind(here, asking, whose, query)


@router.get("/mine/events", response_model=Behind)
async def open_mine(here: Here, asking: Staff, query: Annotated[Opening, Query()]) -> Response:
    """The events one's own figures are made of, and what of it one may still appeal."""
    whose = Whose(person_id=asking.person_id, path="/api/v1/scores/mine")
    return await _behind(here, asking, whose, query)


# -- figures ---------------------------------------------------------------------


async def _card(here: Context, asking: Principal, whose: Whose, query: OfPeriod) -> Response:
    async with still(here.engine) as there:
        reader = await _reader(here, asking, there)
        of = await asked.basis(here, there, query)
        await _let_in(here, reader, whose, of, "figures")
        card, before, earlier = [
            await _figures(there, whose, of, period)
            for period in (of.period, of.period.before(), of.period.year_before())
        ]
    told = CardView(
        **_head(whose, of, reader),
        composite=views.composite(card),
        measures=views.measures(of, card, before, earlier, whose.path, query.lang),
        marks=[],
    )
    return answers.shown_at(told, of.as_of)


async def _figures(there: Still, whose: Whose, of: Basis, period: Period) -> Card:
    """The card of one period, by the policy and the tree of the one that is asked for."""
    return figures.card(
        "unit" if whose.unit_id else "person",
        whose.unit_id or whose.person_id,
        period,
        await explained.sums(there.raw, _wanted(whose, of, period)),
        of.scores,
        version=of.version,
        scope=whose.scope,
    )


def _wanted(whose: Whose, of: Basis, period: Period, query: Opening | None = None) -> Wanted:
    since, until = period.bounds(of.zone)
    organisation, unit_id = of.book.organisation, whose.unit_id
    below = organisation.subtree(unit_id) if whose.scope == "area" else (unit_id,)
    return Wanted(
        since=since,
        until=until,
        as_of=of.as_of,
        units=below if unit_id else None,
        person_id=whose.person_id or None,
        measure=query.measure if query else None,
        part=query.part if query else None,
        proactive=of.asked.proactive,
    )


def _head(whose: Whose, of: Basis, reader: Reader) -> Head:
    """Whose figures they are, and what they are made with."""
    then, now_is = of.book.organisation, reader.book.organisation
    names = then if whose.unit_id in then.units else now_is
    return Head(
        unit=views.unit(whose.unit_id, names) if whose.unit_id else None,
        person=views.person(whose.person_id, now_is) if whose.person_id else None,
        scope=whose.scope,
        basis=views.basis(of),
    )


async def _reader(here: Context, asking: Principal, there: Still) -> Reader:
    return entitled.reader(asking, await here.shelf.book(there.raw, there.books, there.at))


async def _let_in(here: Context, reader: Reader, whose: Whose, of: Basis, what: str) -> None:
    """Let pass who may see it; of another's figures write down who does, before they are shown."""
    if whose.unit_id:
        entitled.need_unit(reader, whose.unit_id, whose.scope)
        return
    entitled.need_person(reader, whose.person_id, of.since, of.until)
    if whose.person_id != reader.person_id:
        name = of.period.name
        await recording.scores_shown(here, reader.by, whose.person_id, what, name)


# -- what is behind them -----------------------------------------------------------


async def _behind(here: Context, asking: Principal, whose: Whose, query: Opening) -> Response:
    async with still(here.engine) as there:
        reader = await _reader(here, asking, there)
        first = None if query.cursor is None else explained.moment_of(query.cursor)
        of = await asked.basis(here, there, query, first)
        await _let_in(here, reader, whose, of, "events")
        wanted = _wanted(whose, of, of.period, query)
        page = await explained.page(there.raw, wanted, cursor=query.cursor, size=query.size)
        sums = await explained.sums(there.raw, wanted)
        shown = await _shown(there, asking, reader, of, page)
    told = Behind(
        **_head(whose, of, reader),
        measure=query.measure,
        part=query.part,
        sums=explaining.sums(sums, of),
        postings=explaining.postings(page, shown),
        next_cursor=page.cursor,
    )
    return answers.shown_at(told, of.as_of)


async def _shown(
    there: Still, asking: Principal, reader: Reader, of: Basis, page: explained.Page
) -> explaining.Shown:
    """What of the cases the reader may see, and appeal; of a past moment no appeal is offered."""
    case_ids = {posting.case_id for posting in page.postings}
    sight = units_in_sight(reader.posts), mediating(reader.posts)
    in_sight = await explained.in_sight(there.raw, case_ids, *sight)
    matters = explaining.contestable(page, in_sight) if of.asked.as_of is None else set()
    cases = await explained.standing(there.raw, {matter[0] for matter in matters})
    offers = explaining.offers(matters, cases, asking, reader.book, now())
    return explaining.Shown(reader=reader, basis=of, in_sight=in_sight, offers=offers)
