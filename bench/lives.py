"""Ordinary lives of cases as the scores count them: most are settled in time and rated, some climb,
some are late, some residents are not content. Nothing here is timed.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bench import town
from bench.town import Step
from domain import case as cases
from domain.commands import (
    Accept,
    Actor,
    Command,
    Escalate,
    HandOver,
    Rate,
    RecordFollowUp,
    RecordProgress,
    Resolve,
    Tick,
)
from domain.state import Case
from domain.words import ActorKind, EscalationReason, Phase

SOON = timedelta(minutes=30)
NEXT_DAY = timedelta(days=1)
LATER = timedelta(days=40)
Next = tuple[timedelta, Callable[[Case], Command]]


def life(case_id: str, number: int, begun: datetime | None = None) -> list[Step]:
    """The steps of one life: of ten, five are plain, two climb, two are late, one is rated low.
    It begins in the week of its number unless it is said when.
    """
    kind = number % 10
    script = _climbing() if kind in {5, 6} else _late() if kind in {7, 8} else _plain(kind)
    found: list[Step] = []
    case, at = cases.initial(case_id), begun or town.START + timedelta(days=7 * (number // 10))
    for pause, command in script:
        at += pause
        asked = replace(command(case), at=at)
        events = cases.decide(case, asked, town.book())
        before = case
        for event in events:
            case = cases.evolve(case, event)
        found.append(Step(asked, before, events, case))
    return found


def _plain(kind: int) -> Iterator[Next]:
    yield from _opened()
    yield SOON, _accept
    yield SOON, _work
    yield SOON, _work
    yield from _settled(grade=1 if kind == 9 else 5)  # noqa: PLR2004 - the tenth


def _climbing() -> Iterator[Next]:
    yield from _opened()
    yield SOON, _accept
    yield SOON, _work
    yield SOON, _climb
    yield SOON, _accept
    yield SOON, _work
    yield from _settled(grade=4)


def _late() -> Iterator[Next]:
    """Nobody accepts in time, and the resident never rates."""
    yield from _opened()
    yield NEXT_DAY, _tick
    yield SOON, _accept
    yield SOON, _work
    yield SOON, lambda case: Resolve(**_by(case), text=town.PROGRESS, evidence=("photo-1",))
    yield LATER, _tick


def _opened() -> Iterator[Next]:
    yield SOON, lambda _case: town.opening()
    yield SOON, lambda case: HandOver(**_by(case))


def _settled(grade: int) -> Iterator[Next]:
    yield SOON, lambda case: Resolve(**_by(case), text=town.PROGRESS, evidence=("photo-1",))
    yield SOON, _call
    yield SOON, lambda case: _rate(case, grade)


def _by(case: Case, person_id: str = "") -> dict[str, Any]:
    actor = Actor(kind=ActorKind.STAFF, person_id=person_id or case.stint.person_id)
    return {"command_id": f"step-{case.version}", "at": town.START, "actor": actor}


def _accept(case: Case) -> Command:
    waits = case.phase is Phase.AWAITING_ACCEPTANCE
    return Accept(**_by(case)) if waits else _work(case)


def _work(case: Case) -> Command:
    return RecordProgress(**_by(case), text=town.PROGRESS)


def _climb(case: Case) -> Command:
    return Escalate(**_by(case), reason=EscalationReason.BEYOND_MEANS, text=town.PROGRESS)


def _call(case: Case) -> Command:
    who = case.officer.person_id
    return RecordFollowUp(**_by(case, who), contacted=True, solved=True, text=town.PROGRESS)


def _rate(case: Case, grade: int) -> Command:
    said = {**_by(case), "actor": Actor(kind=ActorKind.RESIDENT)}
    return Rate(**said, contacted=True, solved=grade > 1, grade=grade)


def _tick(case: Case) -> Command:
    return Tick(**{**_by(case), "actor": Actor(kind=ActorKind.SYSTEM)})
