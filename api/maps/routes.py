"""Routes of maps: a unit's grids or wider parts with their figures, and what lies where."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import AfterValidator

from api import answers, words
from api.auth import Staff, again
from api.context import Context, Here
from api.errors import Problem, unknown
from api.maps import views
from api.maps.models import By, Hit, PlaceUnit, PlaceView, UnitBorders, UnitMap
from api.maps.views import MEASURE, Sheet
from api.once import once
from api.overseeing import need_overseer_of
from api.schemas.base import clean
from api.scores import asked
from api.scores.asked import OfPeriod
from api.topics.asking import Word
from api.turns import network
from api.words import Language
from api.words.maps import KINDS, PLACE
from domain.book import Book
from domain.organisation import Organisation
from domain.scores.figures import Scope
from domain.words import Stage, UnitKind
from store import board
from store.scores.cards import cards
from store.scores.reading import Whose
from store.still import Still, still

router = APIRouter(prefix="/api/v1", tags=["scores"], dependencies=[once()])
ENTITLED = "for auditors, and supervisors of the unit or of one above it"
MOST = 10
Period = Annotated[str | None, Query(max_length=100), AfterValidator(lambda t: t and clean(t))]
Longitude = Annotated[float | None, Query(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float | None, Query(ge=-90, le=90, allow_inf_nan=False)]
Address = Annotated[str | None, Query(max_length=200), AfterValidator(lambda t: t and clean(t))]


@router.get("/map", response_model=UnitMap)
async def show_map(
    here: Here,
    person: Staff,
    unit: Word,
    by: By = "open",
    period: Period = None,
    lang: Language = "zh",
) -> Response:
    """A unit's grids, or a district's communities and a city's streets, with open or overdue cases
    by where they lie, or with satisfaction in a period as the scores give it.

    For auditors, and supervisors of the unit or of one above it.
    """
    _need_period(by, period)
    async with still(here.engine) as there:
        book = await here.shelf.book(there.raw, there.books, there.at)
        need_overseer_of(person, unit, book, ENTITLED)
        _need_area(unit, book)
        areas = await asyncio.to_thread(here.borders.of, unit, book.organisation)
        of = Sheet(unit_id=unit, by=by, areas=areas, book=book, lang=lang)
        if period is not None:
            told = await _rates(here, there, of, period)
        else:
            inside = book.organisation.subtree(unit)
            counted = await board.areas(there.raw, there.at, inside)
            told = await asyncio.to_thread(views.of_counts, of, counted, there.at)
    return answers.shown_at(told, told.at)


def _need_period(by: By, period: str | None) -> None:
    """Rates are of a period; what is open is open now."""
    if (period is None) == (by == "satisfaction"):
        told = "needs a period" if period is None else "is of now, not of a period"
        where = [{"where": "query/period", "code": "does_not_fit", "message": told}]
        raise Problem(422, "period_does_not_fit", told, errors=where)


def _need_area(unit: str, book: Book) -> None:
    if book.organisation.units[unit].kind is UnitKind.DEPARTMENT:
        raise unknown("query/unit", "unit_without_area", "a department has no area of its own")


async def _rates(here: Context, there: Still, of: Sheet, period: str) -> UnitMap:
    """Of grids what they carried themselves, of wider units what was carried in them."""
    reading = await asked.reading(here, there, OfPeriod(period=period, lang=of.lang))
    ids = [area.unit_id for area in of.areas]
    grids = all(len(area.units) == 1 for area in of.areas)
    scope: Scope = "own" if grids else "area"
    whose = Whose.units(ids, scope, reading.basis)
    found = await cards(there.raw, reading.basis, whose, MEASURE)
    return await asyncio.to_thread(views.of_rates, of, found.cards, reading)


@router.get("/borders", response_model=UnitBorders)
async def show_borders(here: Here, unit: Word | None = None, lang: Language = "zh") -> Response:
    """The borders of a unit's grids, of a district's communities or a city's streets; without a
    unit those of the town. For everybody, since whoever reports may show the place on a map.
    """
    book = await here.book()
    found = _top(book) if unit is None else unit
    if found not in book.organisation.units:
        raise unknown("query/unit", "unknown_unit")
    _need_area(found, book)
    areas = await asyncio.to_thread(here.borders.of, found, book.organisation)
    return answers.shown(await asyncio.to_thread(views.of_borders, found, areas, book, lang))


def _top(book: Book) -> str:
    """The unit that all others lie in; of several the first by its id."""
    units = book.organisation.units.values()
    return min((u.unit_id for u in units if u.parent_id is None and not u.closed), default="")


# -- places ----------------------------------------------------------------------


@router.get("/place")
async def find_place(
    request: Request,
    here: Here,
    longitude: Longitude = None,
    latitude: Latitude = None,
    address: Address = None,
    lang: Language = "zh",
) -> PlaceView:
    """In which grid, community and street a point lies, or which units an address names; for
    everybody, since whoever reports may ask. Nothing of it is kept.
    """
    await _need_turn(here, request)
    organisation = (await here.book()).organisation
    if longitude is not None and latitude is not None and not address:
        return _at(round(longitude * 1e6), round(latitude * 1e6), organisation, lang)
    if address and longitude is None and latitude is None:
        return _named(here, address, organisation, lang)
    told = "give longitude and latitude, or an address"
    where = [{"where": "query", "code": "does_not_fit", "message": told}]
    raise Problem(422, "no_place_asked", told, errors=where)


async def _need_turn(here: Context, request: Request) -> None:
    """Refuse whoever asks too often without an account: staff of an office share one address."""
    if await _is_staff(here, request):
        return
    if not here.turns.take(network(request.client.host if request.client else "")):
        told = f"at most {here.turns.most} within a minute"
        raise Problem(429, "too_many_questions", told, headers={"Retry-After": "60"})


async def _is_staff(here: Context, request: Request) -> bool:
    try:
        return (await again(request, here)).kind == "staff"
    except Problem:  # a session that has ended is nobody's, and nobody may ask as well
        return False


def _at(longitude: int, latitude: int, organisation: Organisation, lang: Language) -> PlaceView:
    grid = organisation.grid_at(longitude, latitude)
    if grid is None:
        return PlaceView(none=True, words=words.say(PLACE, "none", lang))
    district = _above(grid, UnitKind.DISTRICT, organisation)
    community = organisation.unit_of(grid, Stage.COMMUNITY)
    street = organisation.unit_of(grid, Stage.STREET)
    return PlaceView(
        none=False,
        words=words.say(PLACE, "found", lang).format(unit=organisation.units[grid].name),
        grid=_unit(grid, organisation, lang),
        community=_unit(community, organisation, lang),
        street=_unit(street, organisation, lang),
        district=_unit(district, organisation, lang),
    )


def _above(unit_id: str, kind: UnitKind, organisation: Organisation) -> str | None:
    return next((u.unit_id for u in organisation.upwards(unit_id) if u.kind is kind), None)


def _named(here: Context, address: str, organisation: Organisation, lang: Language) -> PlaceView:
    hits = [
        Hit(
            unit=_must(found.unit_id, organisation, lang),
            matched=found.matched,
            within=[
                _must(above, organisation, lang) for above in organisation.path(found.unit_id)[1:]
            ],
        )
        for found in here.names.hits(address, organisation, MOST)
    ]
    told = words.say(PLACE, "hits" if hits else "no_hit", lang)
    return PlaceView(none=not hits, words=told, hits=hits)


def _unit(unit_id: str | None, organisation: Organisation, lang: Language) -> PlaceUnit | None:
    return None if unit_id is None else _must(unit_id, organisation, lang)


def _must(unit_id: str, organisation: Organisation, lang: Language) -> PlaceUnit:
    unit = organisation.units[unit_id]
    return PlaceUnit(
        id=unit_id, name=unit.name, kind=unit.kind, kind_words=words.say(KINDS, unit.kind, lang)
    )
