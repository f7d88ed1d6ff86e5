"""R3.2 whatever happens: several cases share a register that changes while they are worked on."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import admission as admissions
from domain.admission.commands import (
    AdmissionCommand,
    ApplyForAdmission,
    ApproveAdmission,
    RefuseAdmission,
    RevokeAdmission,
)
from domain.admission.state import Admission
from domain.book import Book
from domain.case import decide
from domain.commands import Accept, Command, Delegate, RecordExpense, Tick
from domain.delegation import year_of
from domain.events import Delegated, Event, ExpenseRecorded
from domain.refusals import Refused
from domain.state import Case
from domain.words import Belonging
from tests.domain.applications import MARKET, TERMS, check_admission
from tests.domain.promises import check_step
from tests.domain.story import CAO, CLOCK, SU, staff
from tests.domain.test_delegation import at_the_department, at_the_street
from tests.domain.town import local

pytestmark = pytest.mark.rule("R3.2")

LONG = settings(
    deadline=None,
    max_examples=120,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
IDS = ("admission-1", "admission-2")
START = local("03-02 10:30")
ENDS = (local("03-03 00:00"), local("03-09 00:00"), local("07-01 00:00"))
DECIDERS = [staff(name) for name in ("xie", "an", "xia", "su", "wei", "xu")]
ABOUT_ADMISSIONS = (
    ApplyForAdmission,
    ApproveAdmission,
    ApproveAdmission,
    ApproveAdmission,
    RefuseAdmission,
    RevokeAdmission,
    Tick,
)
ABOUT_CASES = (Delegate, Delegate, Accept, RecordExpense, RecordExpense, Tick)


@dataclass
class Market:
    """Cases and admissions, and the book as each decision finds it."""

    now: datetime = START
    register: dict[str, Admission] = field(
        default_factory=lambda: {name: admissions.initial(name) for name in IDS}
    )
    cases: dict[str, Case] = field(
        default_factory=lambda: {
            "stall": at_the_street().case,
            "road": at_the_street("road").case,
            "sweep": at_the_street("sweep").case,
            "up": at_the_department().case,
        }
    )
    used: Counter[tuple[str, int]] = field(default_factory=Counter)
    delegated: int = 0

    def book(self) -> Book:
        found = filter(None, map(admissions.admitted, self.register.values()))
        with_money = (
            replace(a, used={y: f for (i, y), f in self.used.items() if i == a.admission_id})
            for a in found
        )
        return replace(MARKET, admissions=tuple(with_money))

    def tell(self, name: str, command: AdmissionCommand) -> None:
        before = self.register[name]
        try:
            events = admissions.decide(before, command, self.book())
        except Refused:
            return
        self.register[name] = check_admission(before, command, events, MARKET)

    def do(self, name: str, command: Command) -> None:
        before, book = self.cases[name], self.book()
        try:
            events = decide(before, command, book)
        except Refused:
            return
        self.cases[name] = check_step(before, command, events, book)
        for each in events:
            self.check(before, each, book)

    def check(self, case: Case, event: Event, book: Book) -> None:
        if isinstance(event, Delegated):
            self.delegated += 1
            self.check_admitted(case, event)
        if isinstance(event, ExpenseRecorded):
            year = year_of(event.at, case.stint.unit_id, book)
            assert event.year == year
            self.used[event.admission_id, year] += event.fen
            assert self.used[event.admission_id, year] <= self.register[event.admission_id].yearly

    def check_admitted(self, case: Case, event: Delegated) -> None:
        """From the admissions' own states, not from what the decision was given."""
        if event.belonging is Belonging.COMMUNITY_OWN:
            assert event.admission_id is None
            return
        admission = self.register[event.admission_id or ""]
        assert admission.item_id == case.item_id
        assert set(admission.units) & set(MARKET.organisation.path(event.unit_id))
        assert len({by.person_id for by in admission.approvals} - {"su", "wei"}) == 2
        assert admission.in_force_from is not None
        assert admission.ends_at is not None
        assert admission.in_force_from <= event.at < admission.ends_at


@LONG
@given(st.data())
def test_nothing_goes_down_unadmitted_and_no_fen_is_used_twice(data: st.DataObject) -> None:
    draw, market = data.draw, Market()
    for number in range(draw(st.integers(min_value=5, max_value=40))):
        market.now += timedelta(minutes=draw(st.sampled_from((0, 1, 20, 20, 60, 60 * 24))))
        given_ = {"command_id": str(number), "at": market.now}
        if draw(st.booleans()):
            kind = draw(st.sampled_from(ABOUT_ADMISSIONS))
            name = draw(st.sampled_from(IDS))
            market.tell(name, about_admission(data, kind, given_))
        else:
            kind = draw(st.sampled_from(ABOUT_CASES))
            name = draw(st.sampled_from(tuple(market.cases)))
            market.do(name, about_case(data, kind, given_, market.cases[name]))


def about_admission(data: st.DataObject, kind: type, common: dict[str, object]) -> AdmissionCommand:
    draw = data.draw
    made: AdmissionCommand
    if kind is Tick:
        made = Tick(actor=CLOCK, **common)  # type: ignore[arg-type]
    elif kind is ApplyForAdmission:
        changed = {
            "item_id": draw(st.sampled_from(("stall", "stall", "road"))),
            "units": draw(st.sampled_from((("orchard",), ("bridge",), ("spring",)))),
            "valid_until": draw(st.sampled_from(ENDS)),
            "yearly": draw(st.sampled_from((0, 5, 12))),
        }
        made = ApplyForAdmission(actor=SU, **{**TERMS, **changed, **common})  # type: ignore[arg-type]
    else:
        who = draw(st.sampled_from(DECIDERS))
        text = {} if kind is ApproveAdmission else {"text": "说明"}
        made = kind(actor=who, **common, **text)
    return made


def about_case(data: st.DataObject, kind: type, common: dict[str, object], case: Case) -> Command:
    draw = data.draw
    actor = CLOCK if kind is Tick else staff(case.stint.person_id)
    more: dict[str, object] = {}
    if kind is Delegate:
        more = {"unit_id": draw(st.sampled_from(("orchard", "orchard", "orchard-1", "spring")))}
    if kind is RecordExpense:
        more = {"fen": draw(st.integers(min_value=1, max_value=7)), "purpose": "费用"}
    made: Command = kind(actor=actor, **common, **more)
    return made


def test_the_market_is_not_a_dull_place() -> None:
    """The walk above can reach a delegation and an expense at all."""
    market = Market()
    common = {"command_id": "c", "at": START}
    market.tell("admission-1", ApplyForAdmission(actor=SU, **{**TERMS, **common}))  # type: ignore[arg-type]
    for name in ("xie", "an"):
        market.tell("admission-1", ApproveAdmission(actor=staff(name), **common))  # type: ignore[arg-type]
    market.do("stall", Delegate(actor=SU, unit_id="orchard", **common))  # type: ignore[arg-type]
    market.do("stall", Accept(actor=CAO, **common))  # type: ignore[arg-type]
    market.do("stall", RecordExpense(actor=CAO, fen=7, purpose="费用", **common))  # type: ignore[arg-type]
    assert (market.delegated, market.used["admission-1", 2026]) == (1, 7)
