"""One row's commands through `decide` and `evolve` into journal entries. No rule, no database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from activities.steps import fingerprint_of
from cli.importer.base import RowRefused
from domain import case as cases
from domain.book import Book
from domain.commands import Actor, Command, Tick
from domain.events import Event
from domain.notices import notices
from domain.refusals import Refused
from domain.state import Case
from domain.words import ActorKind
from store import views
from store.events_of import of_case, opening_of
from store.journal import Entry
from store.keys import KeyRing

SYSTEM = Actor(kind=ActorKind.SYSTEM)


@dataclass(frozen=True, slots=True)
class Folder:
    """Folds rows under one book; `now` is the moment up to which time passes in every case."""

    book: Book
    ring: KeyRing
    now: datetime

    def entries(self, case_id: str, commands: Sequence[Command], tick_id: str) -> list[Entry]:
        """The entries of a new case, up to now; `RowRefused` when a rule says no."""
        case, found = cases.initial(case_id), list[Entry]()
        for command in commands:
            entry, case = self._step(case, command)
            found.append(entry)
        tick, case = self._tick(case, tick_id)
        if tick is not None:
            found.append(tick)
        events = of_case(event for entry in found for event in entry.events)
        rows = views.rows(case, views.opening(opening_of(events)), events, self.book.organisation)
        found[-1] = replace(found[-1], rows=rows)
        return found

    def _step(self, case: Case, command: Command) -> tuple[Entry, Case]:
        if command.at > self.now:
            raise RowRefused(f"{command.kind} in the future", command.at.isoformat())
        try:
            decided = cases.decide(case, command, self.book)
        except Refused as refused:
            details = ", ".join(f"{name} {value}" for name, value in refused.details.items())
            reason = f"{command.kind} refused, {refused.code} ({refused.rule})"
            raise RowRefused(reason, details) from refused
        entry = self._entry(case, command, decided)
        for event in decided:
            case = cases.evolve(case, event)
        return entry, case

    def _tick(self, case: Case, tick_id: str) -> tuple[Entry | None, Case]:
        """What time has done to the case by now. Only an open case still tells anybody of it."""
        command = Tick(command_id=tick_id, at=self.now, actor=SYSTEM)
        entry, after = self._step(case, command)
        if not entry.events:
            return None, after
        if not cases.is_closed(after):
            entry = replace(entry, notices=tuple(self._told(case, of_case(entry.events))))
        return entry, after

    def _told(self, case: Case, events: Sequence[Event]) -> Iterator[tuple[int, Any]]:
        for event in events:
            before, case = case, cases.evolve(case, event)
            for notice in notices(before, case, event, self.book):
                yield case.version, notice

    def _entry(self, case: Case, command: Command, decided: tuple[Event, ...]) -> Entry:
        cls: type = type(command)
        asked: dict[str, Any] = _adapter(cls).dump_python(command, mode="json")
        return Entry(
            case_id=case.case_id,
            command_id=UUID(command.command_id),
            command=command.kind,
            fingerprint=fingerprint_of(asked, self.ring),
            version=case.version,
            last_hash=None,
            recorded_at=self.now,
            events=decided,
        )


@cache
def _adapter(cls: type) -> TypeAdapter[Any]:
    return TypeAdapter(cls)
