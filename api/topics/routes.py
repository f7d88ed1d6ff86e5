"""Routes of topics: a unit's in a period; one with its root; its cases; its map."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api import worklist_views
from api.auth import Staff
from api.context import Here
from api.errors import unknown
from api.topics import drawn
from api.topics.asking import Asked, Word, asked, by_of, no_such_topic, read_topic
from api.topics.models import TopicCases, TopicDetail, TopicMap, Topics
from api.topics.views import Material, key_of, matters_of, report, topic_view, unit_view
from api.words import Language
from domain.book import Book
from domain.topics.area import By
from domain.topics.telling import around
from store import topic_cases, topics
from store.topics import Key, Row, Scope

router = APIRouter(prefix="/api/v1/topics", tags=["scores"])
Topic = Annotated[str, Path(max_length=300, description="as the list names it: item@place")]
Period = Annotated[str, Query(max_length=30, description="2026-09, 2026-Q3, 2026, or two days")]


@router.get("")
async def list_topics(
    here: Here,
    person: Staff,
    unit: Word,
    period: Period,
    by: By = "community",
    size: Annotated[int, Query(ge=1, le=50)] = 20,
    lang: Language = "zh",
) -> Topics:
    """What is reported again and again in a unit's area; a department's, what it answers for.

    For auditors, and supervisors of the unit or of one above it.
    """
    async with asked(here, person, unit, period) as found:
        read = await of_unit(found, by, size)
    return await asyncio.to_thread(read.drawn, lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The topics of a unit as they were read: to be drawn when nothing is held open any more."""

    found: Asked
    by: By
    least: int
    cases: int
    rows: Sequence[Row]
    material: Material

    def drawn(self, lang: Language) -> Topics:
        """The answer. Compares words, so never in the loop: that would keep all others waiting."""
        found, rows = self.found, self.rows
        return Topics(
            unit=unit_view(found.unit, found.book),
            period=found.period.name,
            since=found.window.since,
            until=found.window.until,
            at=found.there.at,
            by=self.by,
            least=self.least,
            cases=self.cases,
            in_topics=rows[0]["in_topics"] if rows else 0,
            found=rows[0]["topics"] if rows else 0,
            topics=[topic_view(row, self.material, found, lang) for row in rows],
        )


async def of_unit(found: Asked, by: By, size: int) -> Read:
    """Whatever the topics of what was asked for are made of."""
    connection, scope = found.there.raw, found.scope(by)
    least = found.book.policies[found.book.policy].duplicates.mass_residents
    rows = await topics.listed(connection, scope, least=least, size=size)
    return Read(
        found=found,
        by=by,
        least=least,
        cases=await topics.total(connection, scope),
        rows=rows,
        material=await _material(found, scope, [key_of(row) for row in rows]),
    )


async def _material(found: Asked, scope: Scope, keys: Sequence[Key]) -> Material:
    connection, window = found.there.raw, found.window
    starts = [start for _, start in window.months]
    return Material(
        courses=await topics.courses(connection, scope, keys, starts, window.before),
        reports=await topics.reports(connection, scope, keys, found.sight),
        around=around(await topics.titles(connection, scope, found.sight)),
        names=frozenset(person.name for person in found.book.organisation.people.values()),
    )


@router.get("/{topic}")
async def show_topic(
    topic: Topic, here: Here, person: Staff, unit: Word, period: Period, lang: Language = "zh"
) -> TopicDetail:
    """One topic: besides what the list says, what it cost and who could settle it at the root."""
    key = read_topic(topic)
    async with asked(here, person, unit, period) as found:
        scope = found.scope(by_of(key))
        row = await _need(found, scope, key)
        material = await _material(found, scope, [key])
        cost = await drawn.cost_view(found, scope, key, row["breaches"])
        root = await drawn.root_view(found, scope, key, lang)
    return TopicDetail(
        unit=unit_view(unit, found.book),
        period=found.period.name,
        since=found.window.since,
        until=found.window.until,
        at=found.there.at,
        topic=await asyncio.to_thread(topic_view, row, material, found, lang),
        cost=cost,
        root=root,
    )


async def _need(found: Asked, scope: Scope, key: Key) -> Row:
    row = await topics.one(found.there.raw, scope, key)
    if row is None:
        raise no_such_topic()
    return row


@router.get("/{topic}/cases")
async def list_topic_cases(  # noqa: PLR0913, PLR0917 - each filter is a parameter
    topic: Topic,
    here: Here,
    person: Staff,
    unit: Word,
    period: Period,
    matter: Word | None = None,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> TopicCases:
    """The cases a topic counts, or those of one of its matters, the newest first."""
    key = read_topic(topic)
    only = None
    if matter is not None:
        async with asked(here, person, unit, period) as found:
            told = await _told(found, key)
        only = await asyncio.to_thread(_cases_of, matter, told, found.book)
    async with asked(here, person, unit, period) as found:
        connection, scope = found.there.raw, found.scope(by_of(key))
        await _need(found, scope, key)
        rows, after = await topic_cases.page(
            connection, scope, key, found.sight, only=only, cursor=cursor, size=size
        )
        return TopicCases(
            cases=[worklist_views.row_view(row, found.book, found.there.at) for row in rows],
            unseen=await topic_cases.unseen(connection, scope, key, found.sight),
            next_cursor=after,
        )


async def _told(found: Asked, key: Key) -> Sequence[Row]:
    """The cases of a topic whose words are compared."""
    scope = found.scope(by_of(key))
    await _need(found, scope, key)
    return (await topics.reports(found.there.raw, scope, [key], found.sight)).get(key, [])


def _cases_of(matter: str, told: Sequence[Row], book: Book) -> list[str]:
    """The cases of the matter of that name; takes a moment."""
    for each in matters_of([report(row) for row in told], book):
        if each.centre.case_id == matter:
            return [one.case_id for one in each.reports]
    raise unknown("query/matter", "unknown_matter")


@router.get("/{topic}/map")
async def map_topic(
    topic: Topic, here: Here, person: Staff, unit: Word, period: Period
) -> TopicMap:
    """Where it is reported, as GeoJSON: grids, and cells of about 100 m with enough people in."""
    key = read_topic(topic)
    async with asked(here, person, unit, period) as found:
        shown = await drawn.map_view(found, found.scope(by_of(key)), key)
    if shown is None:
        raise no_such_topic()
    return shown
