"""The route of suggested duplicates, asked while a case is typed in."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AfterValidator

from api import duplicate_views
from api.auth import Staff
from api.context import Here
from api.duplicate_models import Duplicates
from api.errors import unknown
from api.schemas.base import clean
from domain.commands import Place

router = APIRouter(prefix="/api/v1/duplicates", tags=["cases"])
Typed = Annotated[str, Query(max_length=4000), AfterValidator(clean)]
Word = Annotated[str, Query(max_length=100), AfterValidator(clean)]
Degrees = Annotated[float, Query(ge=-180, le=180)]


@router.get("")
async def suggest(
    here: Here,
    person: Staff,
    item_id: Word,
    text: Typed = "",
    longitude: Degrees | None = None,
    latitude: Annotated[float, Query(ge=-90, le=90)] | None = None,
    unit_id: Word | None = None,
) -> Duplicates:
    """Open and recent cases of the same category near the place, likeliest first."""
    book = await here.book()
    item = book.catalogue.items.get(item_id)
    if item is None:
        raise unknown("query/item_id", "unknown_item")
    if unit_id is not None and unit_id not in book.organisation.units:
        raise unknown("query/unit_id", "unknown_unit")
    point = None
    if longitude is not None and latitude is not None:
        point = (round(longitude * 1e6), round(latitude * 1e6))
    place = Place(point=point, unit_id=unit_id)
    found = await duplicate_views.look_for(here, person, item, place, text)
    return Duplicates(duplicates=found)
