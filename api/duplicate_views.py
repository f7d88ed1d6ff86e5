"""Suggested duplicates: how they are looked for, and filled in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from api import words
from api.auth import Principal, sight
from api.context import Context, now
from api.duplicate_models import DuplicateView
from api.models_named import Named
from domain import authority, masking, recurrences, routing
from domain.book import Book
from domain.catalogue import Item
from domain.commands import Place
from domain.policy import Span
from domain.values import Location
from domain.words import Phase
from store import duplicates
from store.database import raw
from store.duplicates import Sought


async def look_for(
    here: Context,
    person: Principal,
    item: Item,
    place: Place,
    text: str,
    *,
    lookup: str = "",
    but: str = "",
) -> list[DuplicateView]:
    """Cases on perhaps the same matter, as far as the person may see them."""
    book = await here.book()
    policy = book.policies[book.policy]
    near = policy.duplicates
    sought = Sought(
        class_id=item.class_id,
        text=text,
        sight=sight(person, book).units,
        since=now() - timedelta(days=near.days),
        ended_since=now() - _at_most(policy.redress.recurrence),
        metres=near.metres,
        point=place.point,
        areas=_areas(routing.locate(place, book.organisation), book),
        lookup=lookup,
        but=but,
    )
    async with raw(here.engine) as connection:
        rows = await duplicates.duplicates(connection, sought)
    return [_view(row, book, now()) for row in rows]


def _areas(place: Location, book: Book) -> tuple[str, ...]:
    """The units in which something counts as near: the community, or the street, and below."""
    known = place.community_id or place.street_id or place.grid_id
    return book.organisation.subtree(known) if known else ()


def _view(row: Mapping[str, Any], book: Book, at: datetime) -> DuplicateView:
    unit = words.unit_name(row["unit_id"], book.organisation)
    return DuplicateView(
        case_id=row["case_id"],
        title=masking.text(row["title"]),
        item=Named(id=row["item_id"], name=words.item_name(row["item_id"], book.catalogue)),
        stage=row["stage"],
        phase=row["phase"],
        unit=Named(id=row["unit_id"], name=unit),
        opened_at=row["opened_at"],
        open=row["closed_at"] is None,
        recurrence=_recurs(row, book, at),
        metres=row["metres"],
        likeness_percent=row["likeness"],
        same_reporter=row["same_reporter"],
    )


def _at_most(span: Span) -> timedelta:
    """No shorter than the span by anybody's hours: a month of working days is not two months."""
    days = span.amount if span.unit.endswith("days") else 1 + span.amount // 8
    return timedelta(days=2 * days + 15)


def _recurs(row: Mapping[str, Any], book: Book, at: datetime) -> bool:
    """Whether it was resolved, is worked on no longer, and its time for coming back still runs."""
    ended = row["closed_at"] or row["resolved_at"]
    if row["resolved_at"] is None or Phase(row["phase"]) in authority.OPEN:
        return False
    return at < recurrences.until(ended, row["unit_id"], book.policy, book)
