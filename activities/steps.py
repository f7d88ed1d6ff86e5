"""The one activity of every noun: load → decide → append, as one transaction. Knows no rule.

Refusals come back as data. What may pass (a server away, a lost race) is raised as it is and
retried; anything else is a defect: logged whole here, and raised without its text.
"""

import hmac
import logging
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Generic, Protocol, TypeVar
from uuid import UUID

import asyncpg
import orjson
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.messages import Position, Refusal, Step, StepResult
from domain.refusals import Refused
from store import books, journal
from store.codec import AnyEvent
from store.database import Connection, raw
from store.folds import Fold
from store.journal import Conflict, Entry, Loaded, Outcome
from store.keys import KeyRing

log = logging.getLogger(__name__)

TICK = "tick"
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


class Asked(Protocol):
    """The part of a command a step reads."""

    @property
    def at(self) -> datetime:
        """When it was asked."""


S = TypeVar("S")
C = TypeVar("C", bound=Asked)
B = TypeVar("B")
E = TypeVar("E", bound=AnyEvent)


class Noun(Protocol[S, C, B, E]):
    """What a step must know of a noun. `B` is what its decisions look things up in."""

    @property
    def fold(self) -> Fold[S, E]:
        """How its stream becomes its state."""

    def command(self, asked: Mapping[str, Any]) -> C:
        """The command that was sent as JSON."""

    async def book(self, connection: Connection, loaded: Loaded[S], command: C) -> B:
        """Everything this decision looks things up in, read now."""

    def decide(self, state: S, command: C, book: B) -> tuple[E, ...]:
        """The events the command causes; raises `Refused`."""

    def entry(
        self, entry: Entry, loaded: Loaded[S], decided: tuple[E, ...], book: B
    ) -> tuple[Entry, S]:
        """The entry with all the events bring, notices and rows of its tables; the state after."""

    def position(self, state: S, version: int) -> Position:
        """Where it stands, for its workflow."""


@dataclass(frozen=True, slots=True)
class Steps(Generic[S, C, B, E]):
    """Carries out the steps of one noun; `ahead` as in `AHEAD`, None for no limit."""

    noun: Noun[S, C, B, E]
    engine: AsyncEngine
    ring: KeyRing
    ahead: timedelta | None

    async def execute(self, stream: str, step: Step) -> StepResult:
        """Carry out one command; a repeat of the same command id gets the first answer.

        A workflow of this noun under the id of another's stream is told that it is over: what it
        would read there is not its own, and it stands in the way of whose stream it is.
        """
        if not self.noun.fold.owns(stream):
            foreign = Refusal(code="no_such_stream", rule="R14.1")
            return StepResult(
                accepted=False,
                first_version=1,
                last_version=0,
                refusal=foreign,
                position=Position(version=0, ended=True),
            )
        try:
            async with raw(self.engine) as connection:
                return await self.inside(connection, stream, step)
        except PASSING:
            raise
        except Exception as error:
            incident = uuid.uuid4().hex
            log.exception("incident %s: %s of %s", incident, step.kind, stream)
            raise ApplicationError(
                f"incident {incident}", type="Incident", non_retryable=True
            ) from _without_text(error)

    async def inside(self, connection: Connection, stream: str, step: Step) -> StepResult:
        """The same on a connection that is given."""
        noun, command_id = self.noun, UUID(step.command_id)
        loaded = await journal.load(connection, noun.fold, stream, command_id)
        fingerprint = fingerprint_of(step.command, self.ring)
        if loaded.outcome is not None:
            return self._repeated(loaded, loaded.outcome, fingerprint)
        command = noun.command(step.command)
        book = await noun.book(connection, loaded, command)
        entry = Entry(
            case_id=stream,
            command_id=command_id,
            command=step.kind,
            fingerprint=fingerprint,
            version=loaded.version,
            last_hash=loaded.last_hash,
            recorded_at=loaded.now,
            wrapped=loaded.wrapped,
        )
        try:
            self._check(loaded, command, step)
            decided = noun.decide(loaded.state, command, book)
        except Refused as refused:
            return await self._refuse(connection, loaded, entry, refused)
        entry, after = noun.entry(entry, loaded, decided, book)
        if decided or step.kind != TICK:
            await journal.append(connection, [entry], self.ring)
        return StepResult(
            accepted=True,
            first_version=entry.version + 1,
            last_version=entry.version + len(decided),
            position=noun.position(after, entry.version + len(decided)),
        )

    def _check(self, loaded: Loaded[S], command: C, step: Step) -> None:
        """Refuse what the stream is not asked about: a stale version, a clock that runs ahead."""
        at, now = loaded.version, loaded.now
        if step.expected_version not in {None, at}:
            raise Refused("version_conflict", "R14.1", version=str(at))
        if self.ahead is not None and command.at > now + self.ahead:
            raise Refused("clock_ahead", "R14.1", sent=command.at.isoformat(), now=now.isoformat())

    async def _refuse(
        self, connection: Connection, loaded: Loaded[S], entry: Entry, refused: Refused
    ) -> StepResult:
        refusal = Refusal(
            code=refused.code,
            rule=refused.rule,
            forbidden=refused.forbidden,
            details=refused.details,
        )
        if entry.command != TICK:  # a clock asks until it is answered: nothing to keep
            await journal.append(connection, [replace(entry, refusal=asdict(refusal))], self.ring)
        return StepResult(
            accepted=False,
            first_version=entry.version + 1,
            last_version=entry.version,
            refusal=refusal,
            position=self.noun.position(loaded.state, loaded.version),
        )

    def _repeated(self, loaded: Loaded[S], outcome: Outcome, fingerprint: bytes) -> StepResult:
        refusal = Refusal(**outcome.refusal) if outcome.refusal else None
        if not hmac.compare_digest(outcome.fingerprint, fingerprint):
            refusal = Refusal(code="idempotency_key_reused", rule="R14.1")
        return StepResult(
            accepted=refusal is None,
            first_version=outcome.first_version,
            last_version=outcome.last_version,
            refusal=refusal,
            position=self.noun.position(loaded.state, loaded.version),
        )


class NounActivities(Generic[S, C, B, E]):
    """The one activity of a noun, with the database, the keys and the book it shares."""

    NAME: ClassVar[str]
    NOUN: Callable[[books.Shelf], Noun[S, C, B, E]]

    def __init__(
        self,
        engine: AsyncEngine,
        ring: KeyRing,
        *,
        shelf: books.Shelf | None = None,
        ahead: timedelta | None = AHEAD,
    ) -> None:
        self.execute = Steps(self.noun(shelf or books.Shelf(), ring), engine, ring, ahead).execute

    @classmethod
    def noun(cls, shelf: books.Shelf, _ring: KeyRing) -> Noun[S, C, B, E]:
        """The noun; one that opens sealed things to decide takes the keys as well."""
        return cls.NOUN(shelf)

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """What a worker registers."""

        @activity.defn(name=self.NAME)
        async def execute(stream: str, step: Step) -> StepResult:
            return await self.execute(stream, step)

        return [execute]


def fingerprint_of(command: Mapping[str, Any], ring: KeyRing) -> bytes:
    """A keyed hash of what was asked, without its time: tells a repeat from a reused id."""
    asked = {k: v for k, v in command.items() if k != "at"}
    text = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS).decode()
    return bytes.fromhex(ring.lookup(f"fingerprint\0{text}"))


def _without_text(error: Exception) -> Exception:
    """The kind of a defect without its message, which could hold a name or a phone number."""
    return RuntimeError(type(error).__name__)
