"""Two thousand lives of cases over a simulated year: several people, any command, at any time.
Some hundred more begin some way along a written life, so that every chapter is reached.

After every step all of tests/domain/promises.py holds: one unit and one person in charge, no clock
moved by words, no case without a next clock, every refusal with its rule.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from domain.commands import Command
from domain.conformance import Norm, check
from domain.words import Phase
from tests.domain import town
from tests.domain.walkers import Draw
from tests.domain.walks import Walk, lived, walk, written_walk
from tests.store import lives as written

LIVES = 2000
WRITTEN = 300
STEPS = 30
KINDS = {str(c.__dataclass_fields__["kind"].default) for c in get_args(Command)}
FORTNIGHTS = [f"{date(2026, 1, 1) + timedelta(days=14 * n)} 00:00" for n in range(26)]
HOLIDAYS = {holiday.day: holiday.name for holiday in town.YEAR_2026.holidays}


@dataclass
class Seen:
    """What all lives together came through."""

    lives: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    phases: set[Phase] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    deviations: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, life: Walk) -> None:
        """One more life."""
        self.lives += 1
        self.accepted += life.accepted
        self.refused += life.refused
        self.phases |= life.phases
        returns, now = town.POLICY.returns.allowed, life.case.last_at or life.now
        norm = Norm(catalogues=life.catalogues, returns=returns, now=now)
        departures = check(life.entries, norm)
        self.deviations += Counter((each.rule, each.code) for each in departures)
        self.days |= {event.at.astimezone(town.SHANGHAI).date() for event in life.history}


@pytest.fixture(scope="module")
def seen() -> Seen:
    """Two thousand lives, each held to every promise at every step; the same ones every time."""
    found = Seen()
    for number, start in enumerate(FORTNIGHTS):
        fresh = partial(walk, start=start, days=14)
        _live(found, number, -(-LIVES // len(FORTNIGHTS)), fresh)
    _live(found, len(FORTNIGHTS), WRITTEN, written_walk)
    for commands in written.LIVES.values():
        found.add(lived(_nothing_drawn, commands))
    return found


def _nothing_drawn(_: object) -> None:
    raise AssertionError("a written life leaves nothing to chance")


def _live(found: Seen, number: int, count: int, make: Callable[[Draw], Walk]) -> None:
    """So many lives of one kind."""

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        derandomize=False,  # the seed decides, here and everywhere
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.data())
    def live(data: st.DataObject) -> None:
        life = make(data.draw)
        for _ in range(data.draw(st.integers(min_value=1, max_value=STEPS))):
            life.step()
        life.explain()
        found.add(life)

    live()


@pytest.mark.rule("§3", "R6.3")
def test_two_thousand_lives_keep_every_promise(seen: Seen) -> None:
    assert seen.lives >= LIVES


def test_every_command_had_its_effect_in_some_life(seen: Seen) -> None:
    assert KINDS - set(seen.accepted) == set()


def test_every_phase_was_lived_through(seen: Seen) -> None:
    assert set(Phase) - seen.phases == set()


@pytest.mark.rule("R6.1")
def test_things_happened_in_every_holiday_of_the_year(seen: Seen) -> None:
    assert {name for day, name in HOLIDAYS.items() if day in seen.days} == set(HOLIDAYS.values())


def test_refusals_came_from_most_rules(seen: Seen) -> None:
    assert len(seen.refused) > 10


FAILINGS = {
    *(("R14.1", "noticed_late"), ("R1.4", "not_called"), ("R1.4", "closed_without_follow_up")),
}
"""What the rules cannot keep from happening: the system slept, an officer did not call."""


@pytest.mark.rule("R14.1")
def test_what_the_rules_allow_departs_from_none_of_them(seen: Seen) -> None:
    assert set(seen.deviations) - FAILINGS == set()
