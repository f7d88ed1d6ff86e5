"""Deletes what was kept long enough, and proposes to forget the people of cases that ended long ago
(R14.4). Proposing destroys nothing: two people decide on it as on any erasure.
"""

import hashlib
import logging
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from activities.messages import KEEP, StepResult
from domain.book import Book
from domain.commands import Actor
from domain.erasure.commands import RequestErasure, Target
from domain.office.commands import RecordSweep
from domain.office.state import OFFICE
from domain.policy import Keeping
from domain.remembered import Remembered
from domain.words import ActorKind
from domain.words.erasure import ERASURES, Ground
from store import books, keeping, reading, remembered
from store.database import raw
from store.files import doomed
from store.files.vault import Vault, VaultError
from store.keeping import KINDS

log = logging.getLogger(__name__)

Tell = Callable[[str, RecordSweep | RequestErasure], Awaitable[StepResult]]
SPACE = uuid.UUID("6f4f1c55-9d0f-4b6e-8f0b-2f6f1d2f7a31")
SYSTEM = Actor(kind=ActorKind.SYSTEM)
PROPOSED = 200
"""At most so many cases a day: whoever decides has to look at each."""
TOGETHER = 50
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
REASON = "保存期限届满 period of keeping is over"


@dataclass(slots=True)
class Turn:
    """One turn: what it deleted and proposed so far."""

    now: datetime
    rows: Counter[str] = field(default_factory=Counter)
    proposed: int = 0


@dataclass(frozen=True, slots=True)
class KeepingActivities:
    """The schedule's one activity."""

    engine: AsyncEngine
    tell: Tell
    vault: Vault
    shelf: books.Shelf = field(default_factory=books.Shelf)

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """What a worker registers."""
        return [self.keep]

    @activity.defn(name=KEEP)
    async def keep(self, turn: str) -> None:
        """Take a turn; begun again, it counts on from where it was cut off."""
        found = activity.info().heartbeat_details
        before = Counter(found[0]) if found else Counter[str]()
        await self.take(turn, before, lambda rows: activity.heartbeat(dict(rows)))

    async def take(
        self, turn: str, before: Counter[str], alive: Callable[[Counter[str]], None]
    ) -> Turn:
        """The same outside of Temporal; `turn` names it, so that it is recorded once."""
        async with raw(self.engine) as connection:
            newest, now = await reading.newest_book(connection)
            book = await self.shelf.book(connection, newest, now)
        done = Turn(now, before)
        await self._sweep(done, book.policies[book.policy].keeping, alive)
        await self._bury(done)
        await self._propose(done, book, turn)
        if done.rows or done.proposed:
            await self.tell(OFFICE, _recorded(done, turn))
        return done

    async def _sweep(
        self, done: Turn, policy: Keeping, alive: Callable[[Counter[str]], None]
    ) -> None:
        for kind in KINDS.values():
            days = keeping.days_of(kind, policy)
            if not kind.sweep or days is None:
                continue
            gone = keeping.BATCH
            while gone == keeping.BATCH:
                async with raw(self.engine) as connection:
                    before = done.now - timedelta(days=days)
                    gone = await keeping.sweep(connection, kind, before)
                if gone:
                    done.rows[kind.table] += gone
                alive(done.rows)

    async def _bury(self, done: Turn) -> None:
        """A store that does not answer holds up nothing else: the next turn tries again."""
        try:
            gone = await doomed.bury(self.engine, self.vault)
        except VaultError as error:
            log.warning("files wait to be removed: %s", error)
        else:
            done.rows += Counter({"files": gone})

    async def _propose(self, done: Turn, book: Book, turn: str) -> None:
        policy = book.policies[book.policy].keeping
        ended = done.now - timedelta(days=policy.cases)
        referred = done.now - timedelta(days=policy.referred)
        async with raw(self.engine) as connection:
            due = await keeping.due(connection, ended, referred, PROPOSED)
            known = await remembered.known(connection, [case_id for case_id, _ in due], book)
        for unit, cases in groupby(due, key=lambda one: one[1]):
            found = [known[case_id] for case_id, _ in cases if case_id in known]
            for start in range(0, len(found), TOGETHER):
                some = found[start : start + TOGETHER]
                done.proposed += await self._ask(some, f"{turn}\0{unit}\0{start}", done.now)

    async def _ask(self, cases: list[Remembered], name: str, now: datetime) -> int:
        """Propose their people together, without cases a rule stands against; how many it were."""
        while cases:
            told = f"{name}\0{len(cases)}"
            command = RequestErasure(
                command_id=str(uuid.uuid5(SPACE, told)),
                at=now,
                actor=SYSTEM,
                targets=tuple(
                    Target(case_id=case.case_id, subject=each)
                    for case in cases
                    for each in case.left
                ),
                ground=Ground.PERIOD_OVER,
                text=REASON,
            )
            refusal = (await self.tell(_number(told), command)).refusal
            if refusal is None:
                return len(cases)
            against = refusal.details.get("case", "")
            left = [case for case in cases if case.case_id != against]
            cases = left if len(left) < len(cases) else cases[1:]
        return 0


def _recorded(done: Turn, turn: str) -> RecordSweep:
    tables = sorted(done.rows)
    return RecordSweep(
        command_id=str(uuid.uuid5(SPACE, turn)),
        at=done.now,
        actor=SYSTEM,
        tables=tuple(tables),
        rows=tuple(done.rows[table] for table in tables),
        proposed=done.proposed,
    )


def _number(name: str) -> str:
    """An erasure's number, the same for the same proposal."""
    bits = int(hashlib.sha256(f"proposal\0{name}".encode()).hexdigest()[:15], 16)
    text = "".join(ALPHABET[bits >> shift & 31] for shift in range(55, -1, -5))
    return f"{ERASURES}{text[:4]}-{text[4:8]}-{text[8:]}"
