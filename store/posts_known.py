"""The posts somebody has to do with, as they were known from each moment on. Reads only.

Folded from snapshots and changes of the organisation, of which only those posts are taken.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from domain.office import changes
from domain.office.events import (
    AbsenceCancelled,
    AbsenceRecorded,
    Change,
    PostChanged,
    PostEnded,
    PostOpened,
    StandInNamed,
    UnitClosed,
)
from domain.organisation import Organisation, Post
from store import codec
from store.codec import Stored, adapter
from store.database import Connection
from store.volume import Place

OF_POSTS = (
    *(PostOpened, PostChanged, PostEnded, StandInNamed),
    *(AbsenceRecorded, AbsenceCancelled, UnitClosed),
)
KINDS = [str(cls.__dataclass_fields__["kind"].default) for cls in OF_POSTS]

CHANGES = """
select b.book_id, b.effective_from, b.recorded_at, e.kind, e.schema, e.data, e.actor, e.post,
 e.unit, e.occurred_at, (select min(c.recorded_at) from books c
   where c.kind = 'cancellation' and c.version = b.version) as gone_at
from books b join events e on e.case_id = 'office'
  and e.version = case when b.kind = 'change' then b.version::int end
where b.kind = 'change' and e.kind = any($1) order by b.effective_from, b.book_id
"""
SNAPSHOTS = """
select b.book_id, b.effective_from, b.recorded_at, (
  select jsonb_agg(p.value) from jsonb_each(b.body -> 'posts') p
  where $1 in (p.value ->> 'person_id', p.value ->> 'stand_in') or p.key = any($2)) as posts
from books b where b.kind = 'organisation' order by b.effective_from, b.book_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A snapshot's posts, or a change; `known` from when on, `gone` from when on no more."""

    place: Place
    known: datetime
    gone: datetime | None
    posts: Mapping[str, Post] | None
    change: Change | None

    def holds(self, at: datetime) -> bool:
        """Whether it is in force then, as far as is known then."""
        gone = self.gone is not None and self.gone <= at
        return max(self.place[0], self.known) <= at and not gone


async def posts_known(
    connection: Connection, person_id: str
) -> list[tuple[datetime, tuple[Post, ...]]]:
    """Every post they ever held or stood in for, as it stood from each moment on."""
    changed = [_change(row) for row in await connection.fetch(CHANGES, KINDS)]
    mine = [*_posts_of(person_id, (e.change for e in changed))]
    snapshots = [_snapshot(row) for row in await connection.fetch(SNAPSHOTS, person_id, mine)]
    wanted = {*mine, *(post for entry in snapshots for post in entry.posts or ())}
    entries = sorted((*snapshots, *_about(wanted, changed)), key=lambda entry: entry.place)
    turns = {max(entry.place[0], entry.known) for entry in entries}
    turns |= {entry.gone for entry in entries if entry.gone}
    return [(at, _in_force(entries, at)) for at in sorted(turns)]


def _posts_of(person_id: str, told: Iterable[Change | None]) -> Iterable[str]:
    for change in told:
        match change:
            case PostOpened() if person_id in {change.person_id, change.stand_in}:
                yield change.post_id
            case StandInNamed() if change.person_id == person_id:
                yield change.post_id
            case _:
                pass


def _about(posts: set[str], entries: Sequence[_Entry]) -> Iterable[_Entry]:
    for entry in entries:
        if isinstance(entry.change, UnitClosed) or getattr(entry.change, "post_id", "") in posts:
            yield entry


def _in_force(entries: Sequence[_Entry], at: datetime) -> tuple[Post, ...]:
    posts: Mapping[str, Post] = {}
    since: list[Change] = []
    for entry in entries:
        if not entry.holds(at):
            continue
        if entry.posts is not None:
            posts, since = entry.posts, []
        elif entry.change is not None:
            since.append(entry.change)
    before = Organisation(version="", units={}, people={}, posts=posts, duty={}, borders={})
    return tuple(changes.organisation(before, since).posts.values())


def _change(row: Mapping[str, Any]) -> _Entry:
    return _entry(row, row["gone_at"], None, codec.decode(Stored.of(row)))


def _snapshot(row: Mapping[str, Any]) -> _Entry:
    posts = adapter(tuple[Post, ...]).validate_python(row["posts"] or ())
    return _entry(row, None, {post.post_id: post for post in posts}, None)


def _entry(
    row: Mapping[str, Any],
    gone: datetime | None,
    posts: Mapping[str, Post] | None,
    change: Change | None,
) -> _Entry:
    return _Entry(
        place=(row["effective_from"].astimezone(UTC), row["book_id"]),
        known=row["recorded_at"].astimezone(UTC),
        gone=gone and gone.astimezone(UTC),
        posts=posts,
        change=change,
    )
