"""Time to decide: every command of the written lives, tried at every state they go through."""

import contextlib
import statistics
import time
from itertools import islice

from rich.progress import track

from domain.case import decide
from domain.commands import Command
from domain.refusals import Refused
from domain.state import Case
from tests import diagram
from tests.domain.town import TOWN

EACH = 5


def measure(*, quick: bool) -> dict[str, float]:
    """Median and 99th percentile of one decision in milliseconds, refusals included."""
    states = list(diagram.states(TOWN))
    states = list(islice(states, 0, None, 4 if quick else 1))
    taken = [
        min(_timed(case, command) for _ in range(EACH))
        for case in track(states, description="decide")
        for command in diagram.tries(case)
    ]
    return {
        "decide_median_ms": statistics.median(taken) * 1000,
        "decide_p99_ms": statistics.quantiles(taken, n=100)[-1] * 1000,
    }


def _timed(case: Case, command: Command) -> float:
    begun = time.perf_counter()
    with contextlib.suppress(Refused):
        decide(case, command, TOWN)
    return time.perf_counter() - begun
