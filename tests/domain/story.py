"""Given, when, then: tests of decisions that read as sentences."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from domain.admission.events import AdmissionEvent
from domain.book import Book
from domain.case import decide, initial
from domain.commands import (
    Accept,
    Actor,
    Command,
    Contact,
    HandOver,
    Place,
    RecordProgress,
    Register,
    Tick,
)
from domain.erasure.events import ErasureEvent
from domain.events import Event
from domain.refusals import Refused
from domain.report.events import ReportEvent
from domain.state import Case, Running
from domain.values import Clock
from domain.visit.events import VisitEvent
from domain.words import ActorKind, CaseType, Channel, ClockKind, Urgency
from tests.domain.promises import check_explained, check_refusal, check_step
from tests.domain.town import IN_ORCHARD_1, TOWN, local

C = TypeVar("C")
E = TypeVar("E", bound=Event | AdmissionEvent | VisitEvent | ErasureEvent | ReportEvent)
S = TypeVar("S")

RESIDENT = Actor(kind=ActorKind.RESIDENT)
CLOCK = Actor(kind=ActorKind.SYSTEM)


def staff(person_id: str, post_id: str | None = None) -> Actor:
    return Actor(kind=ActorKind.STAFF, person_id=person_id, post_id=post_id)


def importer(person_id: str) -> Actor:
    return Actor(kind=ActorKind.IMPORTER, person_id=person_id)


def partner(partner_id: str) -> Actor:
    return Actor(kind=ActorKind.PARTNER, person_id=partner_id)


MEI, BO, HU = staff("mei"), staff("bo"), staff("hu")
GAO, GUO, GAN = staff("gao"), staff("guo"), staff("gan")
CAO, SU, WANG, WEN, WEI = staff("cao"), staff("su"), staff("wang"), staff("wen"), staff("wei")
XU, XIE, XIA = staff("xu"), staff("xie"), staff("xia")
PAN, KEEPER, HELPERS = staff("pan"), partner("keeper"), partner("helpers")


def by(who: Actor, when: str, make: Callable[..., C], **fields: Any) -> C:
    """``by(GAO, "03-02 10:00", Accept)``: a command as somebody gives it at a local time."""
    kind = getattr(make, "__name__", "command")
    return make(command_id=f"{kind}@{when}", at=local(when), actor=who, **fields)


def request(item_id: str = "noise", **changed: Any) -> dict[str, Any]:
    """What a resident of Orchard-1 brings to the counter, unless changed."""
    fields: dict[str, Any] = {
        "case_type": CaseType.REQUEST,
        "channel": Channel.COUNTER,
        "item_id": item_id,
        "title": "太吵",
        "text": "楼下半夜施工",
        "urgency": Urgency.NORMAL,
        "place": Place(address="果园路 1 号", point=IN_ORCHARD_1),
        "reporter": Contact(name="王", phone="138"),
        "receipt_hash": "receipt",
    }
    return fields | changed


@dataclass(frozen=True)
class Like:
    """An expected event: its type, and the attributes the test cares about."""

    kind: type
    fields: dict[str, Any]

    def differs(self, event: object) -> str:
        if type(event) is not self.kind:
            return f"expected {self.kind.__name__}, got {event!r}"
        wrong = {k: getattr(event, k) for k, v in self.fields.items() if getattr(event, k) != v}
        return f"{self.kind.__name__}: expected {self.fields}, got {wrong}" if wrong else ""


def event(kind: type, **fields: Any) -> Like:
    """``event(Escalated, automatic=True)``; instants may be given as local times."""
    return Like(kind, {k: _instant(k, v) for k, v in fields.items()})


def _instant(name: str, value: object) -> object:
    moment = isinstance(value, str) and name.endswith(("at", "_from", "until"))
    return local(value) if moment and isinstance(value, str) else value


@dataclass(frozen=True)
class Outcome(Generic[S]):
    """What a command came to; the story is that of a case or of an admission."""

    story: S
    events: tuple[Event | AdmissionEvent | VisitEvent | ErasureEvent | ReportEvent, ...]
    refused: Refused | None

    def then(self, *expected: type | Like) -> S:
        """Exactly these events, in this order."""
        assert self.refused is None, f"refused: {self.refused}"
        names = [type(e).__name__ for e in self.events]
        likes = [e if isinstance(e, Like) else Like(e, {}) for e in expected]
        assert names == [like.kind.__name__ for like in likes]
        wrong = [like.differs(e) for like, e in zip(likes, self.events, strict=True)]
        assert not any(wrong), "\n".join(filter(None, wrong))
        return self.story

    def then_refused(self, code: str, rule: str, **details: str) -> S:
        """This refusal, and no event."""
        assert self.refused is not None, f"not refused: {self.events}"
        assert (self.refused.code, self.refused.rule) == (code, rule)
        assert self.refused.details.items() >= details.items(), self.refused.details
        return self.story

    def then_forbidden(self, code: str, rule: str) -> S:
        """This refusal, because of who asks."""
        story = self.then_refused(code, rule)
        assert self.refused is not None
        assert self.refused.forbidden
        return story


@dataclass(frozen=True)
class Story:
    """A case so far, and the book it is decided by."""

    case: Case
    book: Book
    history: tuple[Event, ...] = ()

    def when(self, command: Command) -> "Outcome[Story]":
        """Decide; what happens is held to every promise as well."""
        try:
            events = decide(self.case, command, self.book)
        except Refused as refused:
            check_refusal(refused)
            return Outcome(self, (), refused)
        case = check_step(self.case, command, events, self.book)
        check_explained(case, max(command.at, case.last_at or command.at), self.book)
        return Outcome(replace(self, case=case, history=(*self.history, *events)), events, None)

    def and_then(self, *commands: Command) -> "Story":
        """More of the past: none of it may be refused."""
        story = self
        for command in commands:
            outcome = story.when(command)
            assert outcome.refused is None, f"{command.kind}: {outcome.refused.code}"
            story = outcome.story
        return story

    def at(self, when: str) -> "Story":
        """The clock strikes."""
        return self.and_then(by(CLOCK, when, Tick))

    def under(self, book: Book) -> "Story":
        """From here on another book is in force."""
        return replace(self, book=book)

    def running(self, kind: ClockKind) -> Running:
        """The latest clock of that kind, stopped or not."""
        return next(r for r in reversed(self.case.clocks) if r.clock.kind is kind)

    def clock(self, kind: ClockKind) -> Clock:
        """The setting of the latest clock of that kind."""
        return self.running(kind).clock

    def last(self, kind: type[E]) -> E:
        return next(e for e in reversed(self.history) if isinstance(e, kind))

    def all(self, kind: type[E]) -> list[E]:
        return [e for e in self.history if isinstance(e, kind)]


def given(*commands: Command, book: Book = TOWN) -> Story:
    """A case with a past."""
    return Story(initial("case-1"), book).and_then(*commands)


# -- the usual pasts, all on Monday 2 March 2026 -----------------------------


def received(item_id: str = "noise", **changed: Any) -> Story:
    """At nine Mei at Bridge's counter received a resident; the case is in her hands."""
    return given(by(MEI, "03-02 09:00", Register, **request(item_id, **changed)))


def at_the_grid(item_id: str = "noise", **changed: Any) -> Story:
    """Handed over at half past nine; Gao of Orchard-1 has not accepted yet."""
    return received(item_id, **changed).and_then(by(MEI, "03-02 09:30", HandOver))


def in_gaos_hands(item_id: str = "noise", **changed: Any) -> Story:
    """Gao accepted at ten: due on Tuesday at ten."""
    return at_the_grid(item_id, **changed).and_then(by(GAO, "03-02 10:00", Accept))


def worked_on_by_gao(item_id: str = "noise", **changed: Any) -> Story:
    """Gao wrote down a visit at half past ten."""
    visit = by(GAO, "03-02 10:30", RecordProgress, text="上门")
    return in_gaos_hands(item_id, **changed).and_then(visit)


def in_sus_hands() -> Story:
    """A road matter, in the street coordinator's hands since ten: five working days."""
    return received("road").and_then(
        by(MEI, "03-02 09:30", HandOver), by(SU, "03-02 10:00", Accept)
    )


def in_weis_hands() -> Story:
    """A water bill, in the department's hands since ten: three working days."""
    return received("bill").and_then(
        by(MEI, "03-02 09:30", HandOver), by(WEI, "03-02 10:00", Accept)
    )


def burst_in_gaos_hands() -> Story:
    """A burst main: an emergency, handed over and accepted within ten minutes of nine."""
    return received("burst").and_then(
        by(MEI, "03-02 09:05", HandOver), by(GAO, "03-02 09:10", Accept)
    )
