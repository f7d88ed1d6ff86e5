"""One topic in full: what it cost, who could settle it, its map. Reads, and draws what it read."""

from collections.abc import Sequence

from api import views, words
from api.topics.asking import Asked
from api.topics.models import (
    AdmissionInForce,
    CostView,
    Feature,
    RootView,
    SettledView,
    TopicMap,
)
from api.topics.views import unit_view
from api.words import Language
from api.words.topics import BECAUSE, BELONGINGS
from domain.book import Book
from domain.topics import drawing, root
from store import admissions, topic_cases
from store.topics import Key, Row, Scope


async def cost_view(asked: Asked, scope: Scope, key: Key, breaches: int) -> CostView:
    """What its cases cost, by their events."""
    found = await topic_cases.cost(asked.there.raw, scope, key)
    return CostView(
        breaches=breaches,
        escalations=found.escalations,
        helpers=found.helpers,
        recurrences=found.recurrences,
    )


async def root_view(asked: Asked, scope: Scope, key: Key, lang: Language) -> RootView:
    """Whose matter it is by the catalogue, who had it, who settled it, who was admitted to it."""
    connection, book = asked.there.raw, asked.book
    organisation, item = book.organisation, book.catalogue.items.get(key[0])
    had = await topic_cases.had(connection, scope, key)
    settled = await topic_cases.settled(connection, scope, key)
    found = root.settler(item, had, organisation)
    over = root.common_superior(had, organisation)
    return RootView(
        settler=views.unit(found.unit_id if found else None, organisation),
        because=found.because if found else None,
        words=words.say(BECAUSE, found.because, lang) if found else "",
        belonging=item.belonging if item else None,
        belonging_words=words.say(BELONGINGS, item.belonging, lang) if item else "",
        department=views.unit(item.department_id if item else None, organisation),
        common_superior=views.unit(over, organisation),
        units=[unit_view(unit, book) for unit in had],
        settled=[
            SettledView(
                stage=row["stage"], unit=unit_view(row["unit_id"], book), cases=row["cases"]
            )
            for row in settled
        ],
        admissions=await _admissions(asked, key, had),
    )


async def _admissions(asked: Asked, key: Key, had: Sequence[str]) -> list[AdmissionInForce]:
    """Those in force for the item at one of the units that had it, or above it."""
    organisation, at = asked.book.organisation, asked.window.until
    paths = {unit for each in had for unit in organisation.path(each)}
    return [
        AdmissionInForce(
            admission_id=each.admission_id,
            units=[unit_view(unit, asked.book) for unit in each.units],
            ends_at=each.ends_at,
        )
        for each in await admissions.approved(asked.there.raw, [key[0]])
        if each.covers(key[0], paths) and each.in_force(at)
    ]


async def map_view(asked: Asked, scope: Scope, key: Key) -> TopicMap | None:
    """Grids and cells with enough residents; None where there is no case."""
    connection = asked.there.raw
    areas = await topic_cases.areas(connection, scope, key)
    cells = [c for c in await topic_cases.cells(connection, scope, key) if drawing.drawn(c)]
    if not areas:
        return None
    grids = [grid for row in areas if drawing.drawn(row) for grid in _grid(row, asked.book)]
    cases = sum(row["cases"] for row in areas)
    shown = sum(grid.properties["cases"] for grid in grids)
    return TopicMap(
        features=[*grids, *map(_cell, cells)],
        fewest=drawing.FEWEST,
        cases=cases,
        not_drawn=cases - shown,
    )


def _grid(row: Row, book: Book) -> list[Feature]:
    ring = book.organisation.borders.get(row["area"])
    if ring is None:
        return []
    unit = unit_view(row["area"], book)
    told = {"layer": "grid", "unit": unit.model_dump(), **_counts(row)}
    return [Feature(geometry=drawing.polygon(ring), properties=told)]


def _cell(row: Row) -> Feature:
    where = drawing.point(row["longitude"], row["latitude"])
    return Feature(geometry=where, properties={"layer": "cell", **_counts(row)})


def _counts(row: Row) -> dict[str, int]:
    return {"cases": row["cases"], "voices": row["voices"]}
