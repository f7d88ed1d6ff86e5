"""Random lives of cases: whoever may do something does it, at some later time, or time runs out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from domain.book import Book
from domain.case import decide, evolve, initial, is_closed
from domain.commands import (
    Accept,
    Actor,
    AddInformation,
    AnswerSupervision,
    ArriveOnSite,
    Assign,
    Command,
    Contact,
    DecideExtension,
    Escalate,
    HandOver,
    Place,
    Rate,
    RecordFollowUp,
    RecordProgress,
    Refer,
    Register,
    Remind,
    RequestExtension,
    Resolve,
    Resume,
    Reveal,
    Source,
    Suspend,
    Tick,
    Withdraw,
)
from domain.events import Event
from domain.policy import Span
from domain.refusals import Refused
from domain.state import Case
from domain.words import (
    CaseType,
    Channel,
    EscalationReason,
    ReferredTo,
    SuspensionGround,
    Urgency,
)
from store import journal
from store.events_of import of_case
from tests.domain.story import CLOCK, RESIDENT, importer, staff
from tests.domain.town import IN_ORCHARD_1, IN_ORCHARD_2, IN_STONE_1, NOWHERE, TOWN, local
from tests.store.house import RING, Database, Scribe
from tests.store.lives import CANARY, LIVES

CASES = 250
STEPS = 14
TITLES = ("楼道灯不亮", "楼下半夜施工", "水管爆裂", "道路积水", "100%_的账单", "Noise at night")


def said(random: Random) -> str:
    return f'{CANARY} {random.choice(TITLES)} 🙂 \\ " {random.randrange(1000)}'


Fields = Callable[[Random], dict[str, Any]]

REASONS = tuple(EscalationReason)[:5]
COMMANDS: tuple[tuple[int, Callable[..., Command], Fields], ...] = (
    (4, HandOver, lambda r: {"text": said(r)}),
    (6, Accept, lambda _: {}),
    (2, Assign, lambda r: {"text": said(r)}),
    (4, RecordProgress, lambda r: {"text": said(r)}),
    (2, ArriveOnSite, lambda r: {"text": said(r)}),
    (3, Escalate, lambda r: {"reason": r.choice(REASONS), "text": said(r)}),
    (2, Suspend, lambda r: {"ground": r.choice(tuple(SuspensionGround)), "text": said(r)}),
    (2, Resume, lambda r: {"text": said(r)}),
    (2, RequestExtension, lambda r: {"extend_by": Span(amount=r.randrange(1, 9), unit=r.choice(
        ("working_hours", "hours"))), "text": said(r)}),
    (3, DecideExtension, lambda r: {"granted": r.random() < 0.6, "text": said(r)}),
    (3, AnswerSupervision, lambda r: {"text": said(r)}),
    (3, Resolve, lambda r: {"text": said(r), "evidence": ("photo-1", "photo-2")}),
    (3, RecordFollowUp, lambda r: {"contacted": True, "solved": r.choice((True, None)),
                                   "grade": r.choice((1, 5, None)), "text": said(r)}),
    (3, Rate, lambda r: {"contacted": True, "solved": r.random() < 0.5,
                         "grade": r.randrange(1, 6), "tags": ("quick",), "text": said(r)}),
    (1, Withdraw, lambda r: {"text": said(r)}),
    (1, Remind, lambda r: {"text": said(r)}),
    (1, AddInformation, lambda r: {"text": said(r)}),
    (1, Reveal, lambda r: {"reason": said(r)}),
    (1, Refer, lambda r: {"to": r.choice(tuple(ReferredTo)), "text": said(r)}),
    (5, Tick, lambda _: {}),
)  # fmt: skip
ANSWERS = tuple((50, make, f) for _, make, f in COMMANDS if make is DecideExtension)
"""What mostly happens while an extension is asked for."""


@dataclass(slots=True)
class Walk:
    """One life, the same for the same seed."""

    seed: int
    book: Book = TOWN
    random: Random = field(init=False)
    at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - a test that can be repeated
        self.at = local("01-05 09:00") + timedelta(minutes=self.random.randrange(300_000))

    @property
    def case_id(self) -> str:
        return f"walk-{self.seed:04}"

    def opening(self) -> Command:
        """A resident comes, by some channel, with some matter."""
        r = self.random
        dispute = r.random() < 0.2
        imported = r.random() < 0.15
        web = not imported and r.random() < 0.3
        who = RESIDENT if web else importer("mei") if imported else staff(r.choice(("mei", "hu")))
        place = r.choice((IN_ORCHARD_1, IN_ORCHARD_2, IN_STONE_1, NOWHERE, None))
        return Register(
            command_id="open",
            at=self.at,
            actor=who,
            case_type=CaseType.DISPUTE if dispute else CaseType.REQUEST,
            channel=Channel.WEB if web else Channel.COUNTER,
            item_id=r.choice(tuple(self.book.catalogue.items)),
            title=said(r),
            text=said(r),
            urgency=r.choice((Urgency.NORMAL, Urgency.NORMAL, Urgency.EMERGENCY)),
            place=Place(address=said(r) if place else "", point=place),
            reporter=Contact(name=said(r), phone=r.choice(("", f"{CANARY}138"))),
            reporter_lookup=RING.lookup(str(r.randrange(40))) if r.random() < 0.7 else "",
            parties=(Contact(name=said(r), phone=f"{CANARY}139"), Contact()) if dispute else (),
            receipt_hash=f"receipt-{self.seed}",
            source=Source(system="12345", reference=self.case_id, status="转办", channel="电话")
            if imported
            else None,
        )

    def next(self, case: Case) -> Command:
        """Something that may be done now; seldom something that may not."""
        if not case.opened:
            return self.opening()
        self.at += self._pause()
        command = self._command(case)
        while self._refused(case, command) and self.random.random() < 0.97:
            command = self._command(case)
        return command

    def _pause(self) -> timedelta:
        r = self.random
        longest = r.choices((60, 60 * 8, 60 * 24 * 4, 60 * 24 * 25), (60, 25, 12, 3))[0]
        return timedelta(minutes=r.randrange(1, longest), microseconds=r.randrange(1_000_000))

    def _command(self, case: Case) -> Command:
        usual = COMMANDS if case.extension is None else (*COMMANDS, *ANSWERS)
        _, make, fields = self.random.choices(usual, [weight for weight, _, _ in usual])[0]
        who = self.random.choice(tuple(self._actors(case, make)))
        return make(command_id="next", at=self.at, actor=who, **fields(self.random))

    def _actors(self, case: Case, make: Callable[..., Command]) -> Iterator[Actor]:
        if make is Tick:
            yield CLOCK
        elif make is Refer:
            yield importer(case.officer.person_id)
        elif make in {Rate, Remind}:
            yield RESIDENT
        elif make is DecideExtension:
            units = self.book.organisation.path(case.stint.unit_id)[1:]
            posts = (p for unit in units for p in self.book.organisation.posts_in(unit))
            yield from (staff(p.person_id) for p in posts)
            yield staff("xia")
        elif make in {RecordFollowUp, Withdraw}:
            yield staff(case.officer.person_id)
        else:
            yield staff(case.stint.person_id)

    def _refused(self, case: Case, command: Command) -> bool:
        try:
            decide(case, command, self.book)
        except Refused:
            return True
        return False


@dataclass(frozen=True, slots=True)
class Archive:
    """A database full of lives, with what was decided in each."""

    database: Database
    events: Mapping[str, tuple[Event, ...]]


async def archive_in(database: Database, cases: int = CASES, steps: int = STEPS) -> Archive:
    """Walk many cases in step, several entries of different cases in each append."""
    walks = [Walk(seed) for seed in range(cases)]
    states = {walk.case_id: initial(walk.case_id) for walk in walks}
    events: dict[str, tuple[Event, ...]] = {walk.case_id: () for walk in walks}
    async with database.connection() as connection:
        scribe = Scribe(connection)
        for _ in range(steps):
            entries = []
            for walk in walks:
                if is_closed(states[walk.case_id]) and walk.random.random() < 0.8:
                    continue
                entry = await scribe.entry(walk.case_id, walk.next(states[walk.case_id]))
                entries.append(entry)
                for event in of_case(entry.events):
                    states[walk.case_id] = evolve(states[walk.case_id], event)
                events[walk.case_id] += of_case(entry.events)
            for start in range(0, len(entries), 40):
                await journal.append(connection, entries[start : start + 40], RING)
        for name, commands in LIVES.items():
            events[name] = await scribe.live(name, commands)
    return Archive(database, {case_id: found for case_id, found in events.items() if found})
