"""The places somebody may choose from who reports without a map: communities and their grids, by
street. For everybody; borders and people are not told here.
"""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.context import Here
from api.models_named import Named
from domain.organisation import KINDS, Organisation, Unit
from domain.words import Stage

router = APIRouter(prefix="/api/v1", tags=["cases"])


class Place(Named):
    """A community (`depth` 0) or a grid of it; `depth` counts the grids above."""

    kind: str
    depth: int


class Street(Named):
    """A street or township with its places, each after the one it lies in."""

    places: list[Place]


class Places(BaseModel):
    """Every street; `grids` says whether grids are among the places."""

    streets: list[Street]
    grids: bool


@router.get("/places")
async def list_places(here: Here, most: Annotated[int, Query(ge=1, le=5000)] = 1000) -> Places:
    """All communities with their grids; without grids where that were more than `most`."""
    organisation = (await here.book()).organisation
    whole = _streets(organisation, grids=True)
    if sum(len(street.places) for street in whole) <= most:
        return Places(streets=whole, grids=True)
    return Places(streets=_streets(organisation, grids=False), grids=False)


def _streets(organisation: Organisation, *, grids: bool) -> list[Street]:
    return [
        Street(
            id=unit.unit_id, name=unit.name, places=list(_places(unit, organisation, grids=grids))
        )
        for unit in organisation.units.values()
        if unit.kind in KINDS[Stage.STREET] and not unit.closed
    ]


def _places(street: Unit, organisation: Organisation, *, grids: bool) -> Iterator[Place]:
    for unit in _below(street, organisation):
        if unit.kind in KINDS[Stage.COMMUNITY]:
            yield _place(unit, 0)
            yield from _grids(unit, organisation, 1) if grids else ()


def _grids(above: Unit, organisation: Organisation, depth: int) -> Iterator[Place]:
    for unit in _below(above, organisation):
        yield _place(unit, depth)
        yield from _grids(unit, organisation, depth + 1)


def _below(unit: Unit, organisation: Organisation) -> Iterator[Unit]:
    found = (organisation.units[each] for each in organisation.below(unit.unit_id))
    return (each for each in found if not each.closed)


def _place(unit: Unit, depth: int) -> Place:
    return Place(id=unit.unit_id, name=unit.name, kind=unit.kind, depth=depth)
