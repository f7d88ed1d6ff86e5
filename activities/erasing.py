"""Carries out an erasure, one target at a time: every stream that speaks of them destroys its keys
by an event of its own; then deliveries are swept and Temporal's histories deleted.

It may be cut off anywhere and is begun again: a stream that has forgotten says so, and what is gone
is not there to be found.
"""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from activities.messages import ERASE, Step, StepResult
from domain.commands import Actor, EraseSubject
from domain.erasure import erasable
from domain.erasure.commands import NoteErased, NoteKept, Target
from domain.refusals import Refused
from domain.remembered import Remembered
from domain.sealing import ERASED
from domain.streams import Noun, noun_of
from domain.values import REPORTER
from domain.visit.commands import ForgetCase
from domain.words import ActorKind
from store import books, reading, remembered
from store.codec import adapter
from store.database import raw
from store.remembered import Place

Tell = Callable[[str, EraseSubject | ForgetCase], Awaitable[StepResult]]
"""(stream, command) → its outcome, from the stream's own workflow."""
Forget = Callable[[str, Callable[[], None]], Awaitable[int]]
"""(workflow id, sign of life) → how many of its histories were deleted; none is left."""

Bury = Callable[[], Awaitable[object]]
"""Remove the files that nothing opens any more."""

SPACE = uuid.UUID("0d5c1a4e-7c55-4a7e-9a0b-3a53f2a1c7d9")
SYSTEM = Actor(kind=ActorKind.SYSTEM)
DONE = frozenset({"already_erased", "not_of_this_visit"})
"""Refusals that say there is nothing left to forget."""


class HalfForgottenError(Exception):
    """A stream refuses, and another has destroyed its keys: to be tried until none refuses."""


@dataclass(frozen=True, slots=True)
class ErasingActivities:
    """The one activity that forgets."""

    engine: AsyncEngine
    tell: Tell
    forget: Forget
    bury: Bury
    shelf: books.Shelf = field(default_factory=books.Shelf)

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """What a worker registers."""
        return [self.erase]

    @activity.defn(name=ERASE)
    async def erase(self, erasure_id: str, errand: str) -> Step:
        """Forget one of those it names; the command that tells the erasure what came of it."""
        case_id, _, subject = errand.partition("/")
        return await self.carry_out(erasure_id, Target(case_id=case_id, subject=subject))

    async def carry_out(
        self, erasure_id: str, target: Target, alive: Callable[[], None] = activity.heartbeat
    ) -> Step:
        """The same outside of Temporal; `alive` is called while it works."""
        places, refusal = await self._destroy_all(erasure_id, target, alive)
        if refusal:
            return _kept(erasure_id, target, refusal)
        streams = [place.stream for place in places]
        async with raw(self.engine) as connection:
            keys = await remembered.destroyed(connection, streams, erasure_id)
            swept = await remembered.sweep(connection, places)
            left = await remembered.remains(connection, streams)
            if target.subject == REPORTER:
                await remembered.need_unseen(connection, target.case_id, ERASED)
        await self.bury()
        gone = await asyncio.gather(*(self.forget(each, alive) for each in {*streams}))
        note = NoteErased(
            command_id=_id(erasure_id, target.errand, "erased"),
            at=datetime.now(UTC),
            actor=SYSTEM,
            target=target,
            keys=keys,
            histories=sum(gone),
            rows=swept + len(places),
            remains=left,
        )
        return _step(note)

    async def _destroy_all(
        self, erasure_id: str, target: Target, alive: Callable[[], None]
    ) -> tuple[Sequence[Place], str]:
        """Have every stream forget, their own first, or none: where, or what stands against it."""
        case, against = await self._look(target)
        if against and _begun(target, case):
            raise HalfForgottenError(target.case_id, against)
        own, *others = places = _places(target, case)
        refusal = against or await self._destroy(erasure_id, own)
        if refusal:
            return (), refusal
        for place in others:
            alive()
            if refused := await self._destroy(erasure_id, place):
                raise HalfForgottenError(place.stream, refused)
        return places, ""

    async def _look(self, target: Target) -> tuple[Remembered | None, str]:
        """The case as it is now, and what stands against forgetting, empty for nothing."""
        async with raw(self.engine) as connection:
            newest, now = await reading.newest_book(connection)
            book = await self.shelf.book(connection, newest, now)
            known = await remembered.known(connection, [target.case_id], book)
        case = known.get(target.case_id)
        if case is None:
            return None, ""
        try:
            erasable.need_over(case, now, replace(book, remembered=known))
        except Refused as refused:
            return case, refused.code
        return case, ""

    async def _destroy(self, erasure_id: str, place: Place) -> str:
        """Have a stream forget; the refusal, empty for none. Asked anew each time: the answer to a
        command that was refused would be the same for ever, and who forgot already says so.
        """
        command_id, now = str(uuid.uuid4()), datetime.now(UTC)
        command: EraseSubject | ForgetCase
        if noun_of(place.stream) is Noun.VISIT:
            command = ForgetCase(
                command_id=command_id,
                at=now,
                actor=SYSTEM,
                case_id=place.subject,
                erasure_id=erasure_id,
            )
        else:
            async with raw(self.engine) as connection:
                whole = await remembered.sealed_together(connection, place)
            command = EraseSubject(
                command_id=command_id,
                at=now,
                actor=SYSTEM,
                subject=place.subject,
                erasure_id=erasure_id,
                whole=whole,
            )
        result = await self.tell(place.stream, command)
        refused = result.refusal.code if result.refusal else ""
        return "" if refused in DONE else refused


def _begun(target: Target, case: Remembered | None) -> bool:
    """Whether keys of theirs are destroyed already: then they are no longer kept."""
    return case is not None and target.subject in case.erased


def _places(target: Target, case: Remembered | None) -> Sequence[Place]:
    """Everywhere they are spoken of. Their own case first: it alone could come back, and does not
    once it has forgotten.
    """
    own = Place(stream=target.case_id, subject=target.subject)
    if case is None or target.subject != REPORTER:
        return (own,)
    return (own, *_elsewhere(case))


def _elsewhere(case: Remembered) -> Sequence[Place]:
    """The leads that carried the case on, and the visit it came of."""
    leads = tuple(Place(stream=lead, subject=case.case_id) for lead in case.leads)
    if not case.visit_id:
        return leads
    return (*leads, Place(stream=case.visit_id, subject=case.case_id))


def _kept(erasure_id: str, target: Target, refusal: str) -> Step:
    note = NoteKept(
        command_id=_id(erasure_id, target.errand, "kept"),
        at=datetime.now(UTC),
        actor=SYSTEM,
        target=target,
        refusal=refusal,
    )
    return _step(note)


def _step(note: NoteErased | NoteKept) -> Step:
    cls: type = type(note)
    asked = adapter(cls).dump_python(note, mode="json")
    return Step(kind=note.kind, command_id=note.command_id, command=asked)


def _id(*parts: str) -> str:
    """The same command every time it is tried."""
    return str(uuid.uuid5(SPACE, "\0".join(parts)))
