"""The one activity of a case: load → decide → append, as one transaction. Knows no rule.

Refusals come back as data. What may pass (a server away, a lost race) is raised as it is and
retried; anything else is a defect: logged whole here, and raised without its text.
"""

import hmac
import logging
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import asyncpg
import orjson
from pydantic import Field, TypeAdapter
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.messages import EXECUTE, Position, Refusal, Step, StepResult
from domain import case as cases
from domain import clocks, routing
from domain.book import Book
from domain.commands import Assign, Command, Escalate, HandOver, Tick
from domain.events import Event
from domain.notices import Notice, notices
from domain.refusals import Refused
from domain.state import Case
from store import books, journal, views
from store.database import Connection, raw
from store.events_of import opening_of
from store.journal import Conflict, Entry, Loaded, Outcome
from store.keys import KeyRing

log = logging.getLogger(__name__)

COMMAND: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="kind")])
TICK = "tick"
COMPARES_LOAD = (HandOver, Escalate, Assign, Tick)
PASSING = (
    OSError,
    TimeoutError,
    Conflict,
    DBAPIError,
    PoolTimeout,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.TransactionRollbackError,
    asyncpg.ReadOnlySQLTransactionError,
    books.NoBooks,
)
AHEAD = timedelta(seconds=5)
"""How far a sender's clock may be ahead of the database's."""


class CaseActivities:
    """Activities of a case, with the database, the keys and the book they share."""

    def __init__(
        self, engine: AsyncEngine, ring: KeyRing, *, ahead: timedelta | None = AHEAD
    ) -> None:
        self._engine = engine
        self._ring = ring
        self._ahead = ahead
        self._shelf = books.Shelf()

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """What a worker registers."""
        return [self.execute]

    @activity.defn(name=EXECUTE)
    async def execute(self, case_id: str, step: Step) -> StepResult:
        """Carry out one command; a repeat of the same command id gets the first answer."""
        try:
            async with raw(self._engine) as connection:
                return await self._execute(connection, case_id, step)
        except PASSING:
            raise
        except Exception as error:
            incident = uuid.uuid4().hex
            log.exception("incident %s: %s of case %s", incident, step.kind, case_id)
            raise ApplicationError(
                f"incident {incident}", type="Incident", non_retryable=True
            ) from _without_text(error)

    async def _execute(self, connection: Connection, case_id: str, step: Step) -> StepResult:
        command_id = UUID(step.command_id)
        loaded = await journal.load(connection, case_id, command_id)
        fingerprint = fingerprint_of(step.command, self._ring)
        if loaded.outcome is not None:
            return _repeated(loaded, loaded.outcome, fingerprint)
        command = COMMAND.validate_python(step.command)
        book = await self._book(connection, loaded, command)
        entry = Entry(
            case_id=case_id,
            command_id=command_id,
            command=step.kind,
            fingerprint=fingerprint,
            version=loaded.case.version,
            last_hash=loaded.last_hash,
            recorded_at=loaded.now,
            wrapped=loaded.wrapped,
        )
        try:
            self._check(loaded, command, step)
            decided = cases.decide(loaded.case, command, book)
        except Refused as refused:
            return await self._refuse(connection, loaded, entry, refused)
        entry, after = decided_entry(entry, loaded, decided, book)
        if decided or not isinstance(command, Tick):
            await journal.append(connection, [entry], self._ring)
        return _result(entry, after)

    def _check(self, loaded: Loaded, command: Command, step: Step) -> None:
        """Refuse what the case is not asked about: a stale version, a clock that runs ahead."""
        at, now = loaded.case.version, loaded.now
        if step.expected_version not in {None, at}:
            raise Refused("version_conflict", "R14.1", version=str(at))
        if self._ahead is not None and command.at > now + self._ahead:
            raise Refused("clock_ahead", "R14.1", sent=command.at.isoformat(), now=now.isoformat())

    async def _refuse(
        self, connection: Connection, loaded: Loaded, entry: Entry, refused: Refused
    ) -> StepResult:
        refusal = Refusal(
            code=refused.code,
            rule=refused.rule,
            forbidden=refused.forbidden,
            details=refused.details,
        )
        if entry.command != TICK:  # a clock asks until it is answered: nothing to keep
            await journal.append(connection, [replace(entry, refusal=asdict(refusal))], self._ring)
        return StepResult(
            accepted=False,
            first_version=entry.version + 1,
            last_version=entry.version,
            refusal=refusal,
            position=position(loaded.case),
        )

    async def _book(self, connection: Connection, loaded: Loaded, command: Command) -> Book:
        book = await self._shelf.book(connection, loaded.books, loaded.now)
        if not (isinstance(command, COMPARES_LOAD) or _due(loaded.case, command.at)):
            return book
        units = routing.units_at_stake(loaded.case)
        return replace(book, load=await books.loads(connection, units)) if units else book


def fingerprint_of(command: Mapping[str, Any], ring: KeyRing) -> bytes:
    """A keyed hash of what was asked, without its time: tells a repeat from a reused id."""
    asked = {k: v for k, v in command.items() if k != "at"}
    text = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS).decode()
    return bytes.fromhex(ring.lookup(f"fingerprint\0{text}"))


def decided_entry(
    entry: Entry, loaded: Loaded, decided: tuple[Event, ...], book: Book
) -> tuple[Entry, Case]:
    """The entry with everything the decided events bring: notices, view, units."""
    after, told = loaded.case, list[tuple[int, Notice]]()
    for event in decided:
        before, after = after, cases.evolve(after, event)
        told += [(after.version, notice) for notice in notices(before, after, event, book)]
    if not decided:
        return entry, after
    fixed = loaded.fixed or views.opening(opening_of(decided))
    full = replace(
        entry,
        events=decided,
        notices=tuple(told),
        row=views.row(after, fixed),
        units=views.units_seen(decided, book.organisation),
    )
    return full, after


def position(case: Case) -> Position:
    """Where the case is, for its workflow."""
    if not case.stints:
        return Position(version=case.version, ended=True)
    due = clocks.next_due(case)
    return Position(
        version=case.version,
        stage=case.stage,
        unit=case.stint.unit_id,
        phase=case.phase,
        next_due=due[0] if due else None,
        ended=cases.is_closed(case),
    )


def _result(entry: Entry, after: Case) -> StepResult:
    return StepResult(
        accepted=True,
        first_version=entry.version + 1,
        last_version=after.version,
        position=position(after),
    )


def _repeated(loaded: Loaded, outcome: Outcome, fingerprint: bytes) -> StepResult:
    refusal = Refusal(**outcome.refusal) if outcome.refusal else None
    if not hmac.compare_digest(outcome.fingerprint, fingerprint):
        refusal = Refusal(code="idempotency_key_reused", rule="R14.1")
    return StepResult(
        accepted=refusal is None,
        first_version=outcome.first_version,
        last_version=outcome.last_version,
        refusal=refusal,
        position=position(loaded.case),
    )


def _due(case: Case, at: datetime) -> bool:
    """Whether a clock runs out first, and may send the case somewhere else."""
    due = clocks.next_due(case)
    return due is not None and due[0] <= at


def _without_text(error: Exception) -> Exception:
    """The kind of a defect without its message, which could hold a name or a phone number."""
    return RuntimeError(type(error).__name__)
