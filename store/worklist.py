"""The worklist: cases somebody may see, filtered, in a stable order, page by page (keyset)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine

from store import cursors
from store.cursors import BadCursor
from store.tables import case_units, cases

Order = Literal["newest", "due"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for. `sight` are the units that limit what may be seen; None sees all.

    `mediating` are posts that open the cases of their panels besides.
    """

    sight: Sequence[str] | None
    mediating: Sequence[str] = ()
    subtree: Sequence[str] | None = None
    stage: str | None = None
    phase: str | None = None
    person_id: str | None = None
    category: str | None = None
    overdue: bool | None = None
    proactive: bool | None = None
    text: str | None = None
    lookup: str | None = None
    order: Order = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows of the list; `cursor` asks for the next ones, None at the end."""

    rows: tuple[Mapping[str, Any], ...]
    cursor: str | None


async def page(
    engine: AsyncEngine, filters: Filters, now: datetime, *, cursor: str | None, size: int
) -> Page:
    """One page of at most `size` rows."""
    query = select(cases).where(*_conditions(filters, now))
    if cursor is not None:
        query = query.where(_after(filters.order, cursor))
    query = _ordered(query, filters.order).limit(size + 1)
    async with engine.connect() as connection:
        rows = [dict(row) for row in (await connection.execute(query)).mappings()]
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows=tuple(rows), cursor=_cursor(filters.order, rows[-1]) if more else None)


def _conditions(filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if _holds_nul(filters):
        return [false()]
    if filters.sight is not None:
        seen = case_units.c.unit_id.in_(list(filters.sight))
        of_units = exists().where(case_units.c.case_id == cases.c.case_id, seen)
        panels = cases.c.mediators.overlap(list(filters.mediating))
        found.append(or_(of_units, panels) if filters.mediating else of_units)
    if filters.subtree is not None:
        found.append(cases.c.unit_id.in_(list(filters.subtree)))
    for column in ("stage", "phase", "person_id", "lookup"):
        value = getattr(filters, column)
        if value is not None:
            found.append(cases.c[column] == value)
    if filters.category is not None:
        found.append(or_(cases.c.item_id == filters.category, cases.c.class_id == filters.category))
    if filters.proactive is not None:
        found.append(cases.c.proactive.is_(filters.proactive))
    if filters.overdue is not None:
        overdue = and_(cases.c.closed_at.is_(None), cases.c.overdue_at <= now)
        found.append(overdue if filters.overdue else func.coalesce(overdue, False).is_(False))
    if filters.text:
        found.append(cases.c.search.ilike(f"%{_escaped(filters.text)}%", escape="\\"))
    return found


def _holds_nul(filters: Filters) -> bool:
    """Whether something is asked for that PostgreSQL's text cannot hold, and so no case has."""
    asked = (
        *(filters.text, filters.stage, filters.phase, filters.person_id, filters.category),
        *(filters.lookup, *(filters.subtree or ()), *(filters.sight or ())),
        *filters.mediating,
    )
    return any("\0" in text for text in asked if text)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def _due() -> ColumnElement[datetime]:
    return func.coalesce(cases.c.overdue_at, _NEVER)


def _ordered(query: Select[Any], order: Order) -> Select[Any]:
    if order == "due":
        return query.order_by(_due(), cases.c.case_id)
    return query.order_by(cases.c.opened_at.desc(), cases.c.case_id.desc())


def _cursor(order: Order, row: Mapping[str, Any]) -> str:
    at = (row["overdue_at"] or _NEVER) if order == "due" else row["opened_at"]
    return cursors.made(order, at, row["case_id"])


def _after(order: Order, cursor: str) -> ColumnElement[bool]:
    made_for, at, case_id = cursors.place(cursor, str, datetime, str)
    if made_for != order:
        raise BadCursor
    if order == "due":
        return tuple_(_due(), cases.c.case_id) > tuple_(at, case_id)
    return tuple_(cases.c.opened_at, cases.c.case_id) < tuple_(at, case_id)
