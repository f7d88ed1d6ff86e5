"""The worklist: cases somebody may see, filtered, in a stable order, page by page (keyset).

Of a past moment its rows come from the spans, which follow the journal a moment behind.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    DateTime,
    FromClause,
    Select,
    Text,
    and_,
    cast,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from store import cursors
from store.cursors import BadCursor
from store.still import Still
from store.tables import case_sights, case_spans, case_units, cases

Order = Literal["newest", "due"]
AHEAD = timedelta(minutes=1)
"""More than the clock of who opens a case may be ahead of the database's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for. `sight` are the units that limit what may be seen; None sees all.

    `mediating` are posts that open the cases of their panels besides. `places` are the units in
    which a case lies, as its place is known today. `owers` are those one of whom the case waits
    for, named as in `store/owed.py`; what is due is then what is due of them.
    """

    sight: Sequence[str] | None
    mediating: Sequence[str] = ()
    subtree: Sequence[str] | None = None
    places: Sequence[str] | None = None
    stage: str | None = None
    phase: str | None = None
    person_id: str | None = None
    post_id: str | None = None
    owers: Sequence[str] | None = None
    category: str | None = None
    overdue: bool | None = None
    yellow: bool | None = None
    proactive: bool | None = None
    open: bool | None = None
    text: str | None = None
    lookup: str | None = None
    order: Order = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows of the list; `cursor` asks for the next ones, None at the end."""

    rows: tuple[Mapping[str, Any], ...]
    cursor: str | None


async def page(
    there: Still,
    filters: Filters,
    *,
    cursor: str | None,
    size: int,
    as_of: datetime | None = None,
) -> Page:
    """One page of at most `size` rows: as they are, or as they were at a moment."""
    of, now = (cases, there.at) if as_of is None else (_then(as_of), as_of)
    query = select(of).where(*_conditions(of, filters, now), *_seen_then(of, filters, as_of))
    if cursor is not None:
        query = query.where(_after(of, filters, cursor))
    query = _ordered(of, query, filters).limit(size + 1)
    rows = [dict(row) for row in (await there.rows.execute(query)).mappings()]
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows=tuple(rows), cursor=_cursor(filters, rows[-1]) if more else None)


def _then(as_of: datetime) -> FromClause:
    """The rows that held at a moment; words and numbers from the views, as far as they are kept."""
    kept = (cases.c.title, cases.c.search, cases.c.lookup, cases.c.area)
    held = and_(
        case_spans.c.since <= as_of,
        case_spans.c.opened_at <= as_of + AHEAD,  # where the newest of then begin in the index
        or_(case_spans.c.until.is_(None), case_spans.c.until > as_of),
    )
    query = select(case_spans, *kept, cases.c.mediators.label("mediators_now"))
    joined = query.join(cases, cases.c.case_id == case_spans.c.case_id)
    return joined.where(held).subquery()


def _seen_then(
    of: FromClause, filters: Filters, as_of: datetime | None
) -> list[ColumnElement[bool]]:
    """Of the past only what the same posts saw then, besides what they may see now."""
    if as_of is None or filters.sight is None:
        return []
    seen = case_sights.c.unit_id.in_(list(filters.sight)) & (case_sights.c.since <= as_of)
    of_units = exists().where(case_sights.c.case_id == of.c.case_id, seen)
    panels = of.c.mediators.overlap(list(filters.mediating))
    return [or_(of_units, panels) if filters.mediating else of_units]


def _conditions(of: FromClause, filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if _holds_nul(filters):
        return [false()]
    if filters.sight is not None:
        seen = case_units.c.unit_id.in_(list(filters.sight))
        of_units = exists().where(case_units.c.case_id == of.c.case_id, seen)
        mediators = of.c.mediators if of is cases else of.c.mediators_now
        panels = mediators.overlap(list(filters.mediating))
        found.append(or_(of_units, panels) if filters.mediating else of_units)
    if filters.subtree is not None:
        found.append(of.c.unit_id.in_(list(filters.subtree)))
    if filters.places is not None:
        found.append(of.c.area.in_(list(filters.places)))
    if filters.owers is not None:
        found.append(of.c.owers.overlap(list(filters.owers)))
    for column in ("stage", "phase", "person_id", "post_id", "lookup"):
        value = getattr(filters, column)
        if value is not None:
            found.append(of.c[column] == value)
    if filters.category is not None:
        found.append(or_(of.c.item_id == filters.category, of.c.class_id == filters.category))
    found += _flags(of, filters, now)
    if filters.text:
        found.append(of.c.search.ilike(f"%{_escaped(filters.text)}%", escape="\\"))
    return found


def _flags(of: FromClause, filters: Filters, now: datetime) -> Iterator[ColumnElement[bool]]:
    """What is asked for with a yes or a no."""
    if filters.proactive is not None:
        yield of.c.proactive.is_(filters.proactive)
    if filters.open is not None:
        yield of.c.closed_at.is_(None) if filters.open else of.c.closed_at.is_not(None)
    if filters.overdue is not None:
        overdue = and_(of.c.closed_at.is_(None), of.c.overdue_at <= now)
        yield overdue if filters.overdue else func.coalesce(overdue, False).is_(False)
    if filters.yellow is not None:
        shown = and_(of.c.closed_at.is_(None), of.c.yellow_at <= now, of.c.overdue_at > now)
        yield shown if filters.yellow else func.coalesce(shown, False).is_(False)


def _holds_nul(filters: Filters) -> bool:
    """Whether something is asked for that PostgreSQL's text cannot hold, and so no case has."""
    asked = (
        *(filters.text, filters.stage, filters.phase, filters.person_id, filters.category),
        *(filters.post_id, filters.lookup, *(filters.subtree or ()), *(filters.sight or ())),
        *(*filters.mediating, *(filters.places or ())),
    )
    return any("\0" in text for text in asked if text)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_NEVER = literal_column("timestamptz '9999-01-01 00:00:00+00'", DateTime(timezone=True))
"""Written out: a parameter would keep the list from its index."""


def _due(of: FromClause, filters: Filters) -> ColumnElement[datetime]:
    """The first due time; of those who owe something, of what they owe."""
    if filters.owers is None:
        return func.coalesce(of.c.overdue_at, _NEVER)
    duty = func.jsonb_array_elements(of.c.owed, type_=JSONB).column_valued("duty")
    at = func.min(cast(duty["due_at"].astext, DateTime(timezone=True)))
    theirs = func.jsonb_exists_any(duty["by"], cast(list(filters.owers), ARRAY(Text)))
    first = select(at).where(theirs).correlate(of).scalar_subquery()
    return func.coalesce(first, _NEVER)


def _ordered(of: FromClause, query: Select[Any], filters: Filters) -> Select[Any]:
    if filters.order == "due":
        due = _due(of, filters)
        return query.add_columns(due.label("due")).order_by(due, of.c.case_id)
    return query.order_by(of.c.opened_at.desc(), of.c.case_id.desc())


def _cursor(filters: Filters, row: Mapping[str, Any]) -> str:
    at = row["due"] if filters.order == "due" else row["opened_at"]
    return cursors.made(filters.order, at, row["case_id"])


def _after(of: FromClause, filters: Filters, cursor: str) -> ColumnElement[bool]:
    made_for, at, case_id = cursors.place(cursor, str, datetime, str)
    if made_for != filters.order:
        raise BadCursor
    if filters.order == "due":
        return tuple_(_due(of, filters), of.c.case_id) > tuple_(at, case_id)
    return tuple_(of.c.opened_at, of.c.case_id) < tuple_(at, case_id)
