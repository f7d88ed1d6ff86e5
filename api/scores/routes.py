"""Routes of figures: a unit's, somebody's, one's own, and the events each figure is made of."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

from fastapi import APIRouter, Query, Response

from api import answers, recording
from api.auth import Principal, Staff
from api.context import Context, Here, now
from api.models_named import Named
from api.once import once
from api.scores import asked, entitled, explaining, marks, models, sheets, views
from api.scores.asked import OfPeriod, OfUnit, Opening, OpeningOfUnit, Reading
from api.scores.entitled import Reader
from api.scores.models import CardView, UnitView
from api.scores.models_behind import Behind
from api.scores.sheets import FILE
from domain.scores.fairness import Fairness
from domain.scores.figures import Card, Scope
from domain.scores.periods import Period
from store.scores import explained
from store.scores import reading as sums
from store.scores.cards import cards
from store.scores.explained import Page, Wanted
from store.scores.reading import Whose
from store.still import Still, still

router = APIRouter(prefix="/api/v1/scores", tags=["scores"], dependencies=[once()])


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A unit, a member of staff, or a partner organisation: exactly one of the three."""

    unit_id: str = ""
    person_id: str = ""
    partner_id: str = ""
    scope: Scope = "own"
    path: str

    @property
    def carrier_id(self) -> str:
        """Who carries the figures."""
        return self.unit_id or self.person_id or self.partner_id

    def whose(self, of: Reading) -> Whose:
        """The same for the sums."""
        if self.person_id:
            return Whose.own("person", (self.person_id,))
        if self.partner_id:
            return Whose.own("partner", (self.partner_id,))
        return Whose.units((self.unit_id,), self.scope, of.basis)


class Head(TypedDict):
    """What every answer begins with, by the names it has there."""

    unit: UnitView | None
    person: Named | None
    partner: Named | None
    scope: Scope
    basis: models.Basis


@router.get("/units/{unit_id}", response_model=CardView)
async def show_unit(
    unit_id: str, here: Here, asking: Staff, query: Annotated[OfUnit, Query()]
) -> Response:
    """A unit's figures in a period: for auditors, supervisors over it, and its own staff."""
    about = About(unit_id=unit_id, scope=query.scope, path=f"/api/v1/scores/units/{unit_id}")
    return await _card(here, asking, about, query)


@router.get("/people/{person_id}", response_model=CardView)
async def show_person(
    person_id: str, here: Here, asking: Staff, query: Annotated[OfPeriod, Query()]
) -> Response:
    """The figures of a member of staff: for auditors and supervisors over them; each look of
    another's is recorded.
    """
    about = About(person_id=person_id, path=f"/api/v1/scores/people/{person_id}")
    return await _card(here, asking, about, query)


@router.get("/mine", response_model=CardView)
async def show_mine(here: Here, asking: Staff, query: Annotated[OfPeriod, Query()]) -> Response:
    """One's own figures."""
    about = About(person_id=asking.person_id, path="/api/v1/scores/mine")
    return await _card(here, asking, about, query)


@router.get("/partners/{partner_id}", response_model=CardView)
async def show_partner(
    partner_id: str, here: Here, asking: Staff, query: Annotated[OfPeriod, Query()]
) -> Response:
    """The figures of an organisation that assists: for whoever sees those of its unit."""
    about = About(partner_id=partner_id, path=f"/api/v1/scores/partners/{partner_id}")
    return await _card(here, asking, about, query)


@router.get("/units/{unit_id}/events", response_model=Behind, responses=FILE)
async def open_unit(
    unit_id: str, here: Here, asking: Staff, query: Annotated[OpeningOfUnit, Query()]
) -> Response:
    """The events a unit's figures are made of, and what of it the reader may still appeal."""
    about = About(unit_id=unit_id, scope=query.scope, path=f"/api/v1/scores/units/{unit_id}")
    return await _behind(here, asking, about, query)


@router.get("/people/{person_id}/events", response_model=Behind, responses=FILE)
async def open_person(
    person_id: str, here: Here, asking: Staff, query: Annotated[Opening, Query()]
) -> Response:
    """The events somebody's figures are made of; each look of another's is recorded."""
    about = About(person_id=person_id, path=f"/api/v1/scores/people/{person_id}")
    return await _behind(here, asking, about, query)


@router.get("/partners/{partner_id}/events", response_model=Behind, responses=FILE)
async def open_partner(
    partner_id: str, here: Here, asking: Staff, query: Annotated[Opening, Query()]
) -> Response:
    """The events its figures are made of."""
    about = About(partner_id=partner_id, path=f"/api/v1/scores/partners/{partner_id}")
    return await _behind(here, asking, about, query)


@router.get("/mine/events", response_model=Behind, responses=FILE)
async def open_mine(here: Here, asking: Staff, query: Annotated[Opening, Query()]) -> Response:
    """The events one's own figures are made of, and what of it one may still appeal."""
    about = About(person_id=asking.person_id, path="/api/v1/scores/mine")
    return await _behind(here, asking, about, query)


# -- figures ---------------------------------------------------------------------


async def _card(here: Context, asking: Principal, about: About, query: OfPeriod) -> Response:
    async with still(here.engine) as there:
        reader = await _reader(here, asking, there)
        of = await asked.reading(here, there, query)
        await _let_in(here, reader, about, of, "figures")
        period = of.basis.period
        card, fairness = await _figures(there, about, of, period)
        before, _ = await _figures(there, about, of, period.before())
        earlier, _ = await _figures(there, about, of, period.year_before())
        in_sight = await entitled.in_sight(there, reader, marks.cases(fairness))
    told = CardView(
        **_head(about, of, reader),
        composite=views.composite(card),
        measures=views.measures(of, card, before, earlier, about.path),
        marks=marks.marks(of, card, fairness, reader, in_sight),
    )
    return answers.shown_at(told, of.moment)


async def _figures(
    there: Still, about: About, of: Reading, period: Period
) -> tuple[Card, Fairness]:
    """The card of one period, by the policy and the tree of the one that is asked for."""
    found = await cards(there.raw, of.basis.of(period), about.whose(of))
    carrier_id = about.carrier_id
    return found.cards[carrier_id], found.fairness.get(carrier_id, Fairness())


def _head(about: About, of: Reading, reader: Reader) -> Head:
    """Whose figures they are, and what they are made with."""
    then, today = of.basis.organisation, reader.book.organisation
    names = then if about.unit_id in then.units else today
    return Head(
        unit=views.unit(about.unit_id, names, today) if about.unit_id else None,
        person=views.person(about.person_id, today) if about.person_id else None,
        partner=views.named(about.partner_id, today) if about.partner_id else None,
        scope=about.scope,
        basis=views.basis(of),
    )


async def _reader(here: Context, asking: Principal, there: Still) -> Reader:
    return entitled.reader(asking, await here.shelf.book(there.raw, there.books, there.at))


async def _let_in(here: Context, reader: Reader, about: About, of: Reading, what: str) -> None:
    """Let pass who may see it; of another's figures write down who does, before they are shown."""
    if about.unit_id:
        entitled.need_unit(reader, about.unit_id, about.scope)
        return
    if about.partner_id:
        entitled.need_partner(reader, about.partner_id)
        return
    entitled.need_person(reader, about.person_id, *of.basis.bounds)
    if about.person_id != reader.person_id:
        name = of.basis.period.name
        await recording.scores_shown(here, reader.by, [about.person_id], what, name)


async def _note_named(
    here: Context, reader: Reader, about: About, of: Reading, told: Behind
) -> None:
    """Who reads somebody's events by way of a unit has looked at them too; it is written down."""
    named = {each.person.id for each in told.postings if each.person}
    others = sorted(named - {reader.person_id, about.person_id})
    await recording.scores_shown(here, reader.by, others, "events", of.basis.period.name)


# -- what is behind them -----------------------------------------------------------


async def _behind(here: Context, asking: Principal, about: About, query: Opening) -> Response:
    if query.form == "csv":
        sheets.need_beginning(query.cursor)
    async with still(here.engine) as there:
        reader = await _reader(here, asking, there)
        first = None if query.cursor is None else explained.moment_of(query.cursor)
        of = await asked.reading(here, there, query, first)
        await _let_in(here, reader, about, of, "events")
        whose = about.whose(of)
        strays = await sums.strays(there.raw, of.basis, whose, query.measure)
        found = await sums.sums(there.raw, of.basis, whose, measure=query.measure, without=strays)
        wanted, size = _wanted(about, of, query), query.size
        if query.form == "csv":
            size = sheets.MOST
        page = await explained.page(there.raw, wanted, cursor=query.cursor, size=size)
        shown = await _shown(there, asking, reader, of, page, query)
    told = Behind(
        **_head(about, of, reader),
        measure=query.measure,
        part=query.part,
        sums=explaining.sums(found.get(about.carrier_id, []), of),
        postings=explaining.postings(page, shown, strays),
        next_cursor=page.cursor,
    )
    if query.form == "csv":
        sheets.need_few(page.cursor)
    await _note_named(here, reader, about, of, told)
    if query.form == "csv":
        return await sheets.events(here, reader, of, told, about.carrier_id)
    return answers.shown_at(told, of.moment)


def _wanted(about: About, of: Reading, query: Opening) -> Wanted:
    since, until = of.basis.bounds
    members = about.whose(of).members[about.carrier_id]
    return Wanted(
        since=since,
        until=until,
        as_of=of.moment,
        units=None if about.person_id else members,
        person_id=about.person_id or None,
        carrier="partner" if about.partner_id else "unit",
        measure=query.measure,
        part=query.part,
        proactive=query.proactive,
        question=asked.question(about.path, query),
    )


async def _shown(
    there: Still, asking: Principal, reader: Reader, of: Reading, page: Page, query: Opening
) -> explaining.Shown:
    """What of the cases the reader may see, and appeal; of a past moment, and in a file, no appeal
    is offered.
    """
    in_sight = await entitled.in_sight(there, reader, {each.case_id for each in page.postings})
    offered = of.asked.as_of is None and query.form == "json"
    matters = explaining.contestable(page, in_sight, reader.person_id) if offered else set()
    cases = await explained.standing(there.raw, {matter[0] for matter in matters})
    offers = explaining.offers(matters, cases, asking, reader.book, now())
    return explaining.Shown(reader=reader, of=of, in_sight=in_sight, offers=offers)
