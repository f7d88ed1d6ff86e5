"""What of a case waits for whom now: a column of its view, a pure function of the case. Decides
nothing.
"""

from collections.abc import Iterator
from typing import Any

from domain import owing
from domain.owing import Debtor
from domain.state import Case, Running
from domain.words import ClockKind, WarningLevel

Owed = dict[str, Any]
"""One duty: `kind` and `due_at` of its clock, who owes it as `by` and in parts, and its cards."""


def owed(case: Case) -> list[Owed]:
    """Every duty whose clock counts, what breaks first on top; none that stands still.

    More time that was asked for is refused unless somebody decides: whoever is asked finds it.
    """
    asked = case.running(ClockKind.EXTENSION) if case.extension_to.unit_id else None
    found = (r for r in case.clocks if (r.owed or r is asked) and r.paused_at is None)
    ordered = sorted(found, key=lambda r: (r.clock.due_at, r.clock.clock_id))
    return [_duty(running, owing.debtor(case, running.clock.clock_id)) for running in ordered]


def owers(duties: list[Owed]) -> list[str]:
    """Everybody whom one of them waits for."""
    return sorted({name for duty in duties for name in duty["by"]})


def of_unit(unit_id: str) -> str:
    """How a unit is named among those who owe."""
    return f"unit:{unit_id}"


def of_post(post_id: str) -> str:
    """The same of a post, whoever holds it or stands in."""
    return f"post:{post_id}"


def of_person(person_id: str) -> str:
    """The same of a person who was asked without a post."""
    return f"person:{person_id}"


def _duty(running: Running, debtor: Debtor | None) -> Owed:
    """A partner's has nobody who owes it: partners are no staff."""
    clock = running.clock
    return {
        "kind": clock.kind,
        "due_at": clock.due_at.isoformat(),
        "unit_id": debtor.unit_id if debtor else None,
        "person_id": (debtor.person_id if debtor else "") or None,
        "by": list(_names(debtor)) if debtor else [],
        "yellow": WarningLevel.YELLOW in running.warned and running.broken_at is None,
        "red": running.broken_at is not None,
    }


def _names(debtor: Debtor) -> Iterator[str]:
    yield of_unit(debtor.unit_id)
    if debtor.post_id:
        yield of_post(debtor.post_id)
    elif debtor.person_id:
        yield of_person(debtor.person_id)
