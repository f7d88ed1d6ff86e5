"""The office for its one activity: what a step reads, decides and writes. Knows no rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from activities import geometry
from activities.geometry import Shape
from activities.messages import EXECUTE_OFFICE, Position
from activities.steps import NounActivities
from domain import office
from domain.notices import Notice
from domain.office import notices
from domain.office.commands import AddUnit, CloseUnit, DrawGrid, OfficeCommand
from domain.office.events import (
    ChangeCancelled,
    ChangeRoot,
    OfficeEvent,
    PersonLeft,
    PolicyPublished,
)
from domain.office.hand_overs import ANSWERING
from domain.office.records import FINE, Drawing, Records
from domain.office.state import Office
from domain.office.units import drawable
from domain.papers.findings import Findings
from domain.papers.numbers import FILE, read_policy
from domain.papers.sections import Source
from domain.policy import Policy
from store import books, workload
from store.codec import adapter
from store.database import Connection
from store.folds import OFFICE, Fold
from store.journal import Entry, Loaded
from store.views import Row

COMMAND: TypeAdapter[OfficeCommand] = TypeAdapter(
    Annotated[OfficeCommand, Field(discriminator="kind")]
)


@dataclass(frozen=True, slots=True)
class OfficeNoun:
    """What a step must know of the office."""

    shelf: books.Shelf
    fold: Fold[Office, OfficeEvent] = OFFICE

    def command(self, asked: Mapping[str, Any]) -> OfficeCommand:
        """The command that was sent as JSON."""
        return COMMAND.validate_python(asked)

    async def book(
        self, connection: Connection, loaded: Loaded[Office], command: OfficeCommand
    ) -> Records:
        """The book, what is planned, and the counted facts this command turns on."""
        volume = await self.shelf.volume(connection, loaded.books, loaded.now)
        records = Records(
            book=volume.book, now=loaded.now, since=volume.last[0], planned=volume.plans()
        )
        posts = _posts_at_stake(loaded.state, command, records)
        if posts:
            records = replace(records, post_work=await workload.of_posts(connection, posts))
        if isinstance(command, CloseUnit):
            units = [command.unit_id]
            records = replace(records, unit_work=await workload.of_units(connection, units))
        if isinstance(command, AddUnit | DrawGrid):
            records = replace(records, drawing=drawing(command, records))
        return records

    def decide(
        self, state: Office, command: OfficeCommand, book: Records
    ) -> tuple[OfficeEvent, ...]:
        """The domain's word."""
        return office.decide(state, command, book)

    def entry(
        self, entry: Entry, loaded: Loaded[Office], decided: tuple[OfficeEvent, ...], book: Records
    ) -> tuple[Entry, Office]:
        """The entry with notices, and a row among the books for each change."""
        after = loaded.state
        told = list[tuple[int, Notice]]()
        rows, left = list[Row](), list[Row]()
        for version, event in enumerate(decided, start=entry.version + 1):
            told += [(version, notice) for notice in notices.notices(after, event, book)]
            after = office.evolve(after, event)
            rows += book_rows(version, event, book.now)
            if isinstance(event, PersonLeft):
                left.append({"person_id": event.person_id, "at": event.effective_from})
        tables = {"books": rows, "ended_sessions": left}
        full = replace(entry, events=decided, notices=tuple(told), rows=tables)
        return full, after

    def position(self, state: Office, version: int) -> Position:
        """When time has something to do, and what is to be done outside."""
        return Position(version=version, next_due=state.next_due(), errands=state.errands())


class OfficeActivities(NounActivities[Office, OfficeCommand, Records, OfficeEvent]):
    """The one activity of the office."""

    NAME = EXECUTE_OFFICE
    NOUN = OfficeNoun


def _posts_at_stake(state: Office, command: OfficeCommand, records: Records) -> Sequence[str]:
    """Posts whose open cases the command, or a hand-over that is due, turns on."""
    due = [h.post_id for h in state.hand_overs if not h.begun and h.at <= command.at]
    named = getattr(command, "post_id", None)
    person = getattr(command, "person_id", None) if command.kind == "leave" else None
    held = records.organisation_at(records.far).all_posts_of(person) if person else ()
    over = _over(records) if command.kind in {"tick", "load_books"} else ()
    return [*due, *([named] if named else []), *(post.post_id for post in held), *over]


def _over(records: Records) -> Iterable[str]:
    """Posts that had cases and are over: the office looks for itself whether they still do."""
    return (
        post.post_id
        for post in records.book.organisation.posts.values()
        if post.role in ANSWERING and post.valid_until and post.valid_until <= records.now
    )


def book_rows(version: int, event: OfficeEvent, now: datetime) -> list[Row]:
    """What an event puts among the books: the change itself stays in the journal."""
    if isinstance(event, ChangeCancelled):
        return [_row("cancellation", str(event.change), now)]
    if isinstance(event, PolicyPublished):
        body = adapter(Policy).dump_python(policy_of(event), mode="json")
        return [_row("policy", event.version, event.effective_from, body)]
    if isinstance(event, ChangeRoot):
        return [_row("change", str(version), event.effective_from)]
    return []


def _row(kind: str, version: str, effective_from: datetime, body: object = None) -> Row:
    return {
        "kind": kind,
        "version": version,
        "body": body or {},
        "effective_from": effective_from,
    }


def policy_of(event: PolicyPublished) -> Policy:
    """The policy in the document; it was read once already before it was published."""
    findings = Findings()
    found = read_policy(Source(FILE, {FILE: event.document}, findings), findings)
    if found is None:
        raise ValueError("a published policy can no longer be read")
    return found[0]


def drawing(command: AddUnit | DrawGrid, records: Records) -> Drawing:
    """What geometry says of a border, against every border there will be."""
    ring = command.border
    if not ring or not drawable(ring):
        return FINE
    if fault := geometry.why_invalid(ring):
        return Drawing(fault=fault)
    organisation = records.organisation_at(records.far)
    known = organisation.units.get(command.unit_id)
    level = getattr(command, "level", known.level if known else None)
    if level is None:
        return FINE
    mine = Shape(name=command.unit_id, layer=level, ring=ring)
    others = [
        Shape(name=grid, layer=level, ring=border)
        for grid, border in organisation.borders.items()
        if grid != command.unit_id and organisation.units[grid].level == level
    ]
    return Drawing(overlaps=tuple(sorted(geometry.overlapping(mine, others))))
