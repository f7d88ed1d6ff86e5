"""What somebody could see when is what they were let in to: asked at every step of real lives."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import orjson
import pytest

from domain import seeing
from domain.book import Book
from domain.confidentiality import mediating
from domain.office.events import AbsenceRecorded, PostEnded, PostOpened, StandInNamed
from domain.seeing import Stretch
from domain.sight import units_in_sight
from domain.values import By
from domain.words import Role
from store import books, codec, posts_known, reading, sequencer, spans
from store.spans import Keeper
from tests.domain.town import TOWN
from tests.store.house import RING, House, Scribe
from tests.store.lives import LIVES

pytestmark = pytest.mark.rule("R14.3")


async def now(connection: asyncpg.Connection) -> datetime:
    return (await reading.newest_book(connection))[1].astimezone(UTC)


async def let_in(
    connection: asyncpg.Connection, person: str, case_id: str, book: Book, at: datetime
) -> bool:
    """Whether the case is open to them now, by what every route asks."""
    posts = book.organisation.posts_of(person, at)
    units, panels = units_in_sight(posts), mediating(posts)
    if units == [] and not panels:
        return False
    return await reading.may_see(connection, case_id, units, panels)


async def told(connection: asyncpg.Connection, person: str, case_id: str) -> list[Stretch]:
    whole = await reading.history(connection, case_id, RING)
    assert whole is not None
    seen, reached = await spans.seen(connection, case_id, whole.case.version)
    assert reached
    known = await posts_known.posts_known(connection, person)
    return seeing.stretches(person, known, whole.life(), seen, whole.at)


def open_at(stretches: Sequence[Stretch], at: datetime) -> bool:
    return any(s.since <= at and (s.until is None or at < s.until) for s in stretches)


async def test_it_agrees_with_every_door_at_every_step_of_every_life(house: House) -> None:
    database = await house.town()
    people = sorted(TOWN.organisation.people)
    doors: list[tuple[str, datetime, dict[str, bool]]] = []
    async with database.connection() as connection:
        scribe, book = Scribe(connection), await books.current(connection, datetime.now(UTC))
        for name, commands in LIVES.items():
            for command in commands:
                await scribe.write(name, command)
                at = await now(connection)
                found = {p: await let_in(connection, p, name, book, at) for p in people}
                doors.append((name, at, found))
        while await sequencer.advance(connection):
            pass
        keeper = Keeper()
        while await keeper.advance(connection):
            pass
        answers = {
            (person, name): await told(connection, person, name)
            for name in LIVES
            for person in people
        }
    for name, at, found in doors:
        for person, seen in found.items():
            assert open_at(answers[person, name], at) is seen, (person, name, at)
    assert {seen for _, _, found in doors for seen in found.values()} == {True, False}


# -- posts that come and go ------------------------------------------------------


class Bureau:
    """Writes changes of the office as its activity does."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection, self._version = connection, 0

    async def change(self, event: PostOpened | PostEnded | StandInNamed | AbsenceRecorded) -> int:
        self._version += 1
        stored = codec.encode(event, codec.NOBODY, "")
        await self._connection.execute(
            """insert into events (case_id, version, kind, schema, data, actor, command_id,
                 occurred_at, recorded_at, prev_hash, hash)
               values ('office', $1, $2, $3, $4, $5, gen_random_uuid(), $6, clock_timestamp(),
                 case when $1 > 1 then sha256('') end, sha256(''))""",
            *(self._version, stored.kind, stored.schema, orjson.dumps(stored.data).decode()),
            *(stored.actor, stored.occurred_at),
        )
        await self._connection.execute(
            """insert into books (kind, version, body, effective_from)
               values ('change', $1, '{}', $2)""",
            str(self._version),
            event.effective_from,
        )
        return self._version

    async def take_back(self, number: int) -> None:
        await self._connection.execute(
            """insert into books (kind, version, body, effective_from)
               values ('cancellation', $1, '{}', clock_timestamp())""",
            str(number),
        )


async def test_posts_are_known_as_the_book_had_them_at_every_moment(house: House) -> None:
    database = await house.town()
    async with database.connection() as connection:
        bureau, start = Bureau(connection), await now(connection)
        by = By(person_id="admin", post_id=None, unit_id=None)
        said: dict[str, Any] = {"at": start, "by": by}
        post: dict[str, Any] = {
            "post_id": "new-1",
            "person_id": "gao",
            "role": Role.SUPERVISOR,
            "unit_id": "bridge",
        }
        moments = [start]
        hour = timedelta(hours=1)

        async def note() -> None:
            moments.append(await now(connection))

        await bureau.change(PostOpened(effective_from=start - hour, **said, **post))
        await note()
        await bureau.change(
            AbsenceRecorded(effective_from=start, until=start + hour, post_id="new-1", **said)
        )
        await note()
        await bureau.change(
            StandInNamed(effective_from=start, post_id="new-1", person_id="mei", **said)
        )
        await note()
        planned = await bureau.change(
            PostEnded(effective_from=start + hour, post_id="new-1", **said)
        )
        await note()
        await bureau.take_back(planned)
        await note()
        await bureau.change(
            PostEnded(effective_from=await now(connection), post_id="new-1", **said)
        )
        await note()
        for person in ("gao", "mei", "hu", "nobody"):
            known = await posts_known.posts_known(connection, person)
            for at in moments:
                book = (await books.opened(connection, at, known=at)).book
                then = next((posts for since, posts in reversed(known) if since <= at), ())
                mine = {p.post_id: p for p in then if p.holder(at) == person}
                expected = book.organisation.posts_of(person, at)
                assert mine == {p.post_id: p for p in expected}, (person, at)
