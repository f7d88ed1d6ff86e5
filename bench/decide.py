"""Time to decide: every command of the written lives, tried at every state they go through."""

import statistics
import time
from collections import defaultdict
from typing import get_args

from rich.progress import track

from domain.case import decide
from domain.commands import Command
from domain.refusals import Refused
from domain.state import Case
from tests import diagram
from tests.domain.town import TOWN

EACH = 5


def measure(*, quick: bool) -> dict[str, float]:
    """Milliseconds of one decision: median and 99th percentile of all, refusals included, and of
    the command whose accepted decisions have the highest median.
    """
    states = list(diagram.states(TOWN))
    taken, accepted = list[float](), defaultdict[str, list[float]](list)
    for case in track(states[:: 4 if quick else 1], description="decide"):
        for command in diagram.tries(case):
            seconds = min(_timed(case, command) for _ in range(EACH))
            taken.append(seconds)
            if _accepts(case, command):
                accepted[command.kind].append(seconds)
    if not quick:
        assert set(accepted) == _kinds(), "a command that no state accepts is not measured"
    return {
        "decide_median_ms": statistics.median(taken) * 1000,
        "decide_p99_ms": statistics.quantiles(taken, n=100)[-1] * 1000,
        "decide_slowest_ms": max(map(statistics.median, accepted.values())) * 1000,
    }


def _kinds() -> set[str]:
    """Every command a case hears, of every chapter."""
    return {cls.__dataclass_fields__["kind"].default for cls in get_args(Command)}


def _accepts(case: Case, command: Command) -> bool:
    try:
        decide(case, command, TOWN)
    except Refused:
        return False
    return True


def _timed(case: Case, command: Command) -> float:
    begun = time.perf_counter()
    _accepts(case, command)
    return time.perf_counter() - begun
