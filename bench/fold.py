"""Events folded per second, from stored JSON to the case, against pyeventsourcing's rebuild."""

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import cast

import orjson
from rich.progress import track

from bench import town
from bench.rival import Rebuilder
from domain import case as cases
from domain.events import Event
from store import codec, journal
from store.codec import Subjects
from store.keys import new_data_key

LENGTHS = (20, 100)
CASE_ID = "SW-0000-0000-0000"


def measure(*, quick: bool) -> dict[str, float]:
    """Rates over as many events of short as of long histories."""
    ours = theirs = 0.0
    events = 0
    found: dict[str, float] = {}
    for length in LENGTHS:
        history = [e for step in town.history(CASE_ID, length) for e in step.events]
        text, rebuilder = _stored(history), Rebuilder(history)
        assert _folded(text) == rebuilder.rebuild() == len(history)
        mine, other = _alternate(partial(_folded, text), rebuilder.rebuild, 100 if quick else 500)
        found[f"fold_vs_pyeventsourcing_at_{length}"] = other / mine
        # As many events of each length: five short histories for a long one.
        share = max(LENGTHS) // length
        ours, theirs = ours + mine * share, theirs + other * share
        events += len(history) * share
    return {
        "fold_vs_pyeventsourcing": theirs / ours,
        "fold_events_per_s": events / ours,
        "pyeventsourcing_events_per_s": events / theirs,
        **found,
    }


def _alternate(
    ours: Callable[[], int], theirs: Callable[[], int], times: int
) -> tuple[float, float]:
    """Median seconds of each, turn by turn: a busy machine interrupts long runs, not the median."""
    mine: list[float] = []
    other: list[float] = []
    for _ in track(range(times), description="fold"):
        begun = time.perf_counter()
        ours()
        between = time.perf_counter()
        theirs()
        mine.append(between - begun)
        other.append(time.perf_counter() - between)
    return statistics.median(mine), statistics.median(other)


def _folded(text: bytes) -> int:
    """What `journal.load` does with its rows; the version."""
    case = cases.initial(CASE_ID)
    for stored in journal.stored_events(orjson.loads(text)):
        case = cases.evolve(case, cast("Event", codec.decode(stored)))
    return case.version


def _stored(history: list[Event]) -> bytes:
    """The rows as the journal's one statement gives them."""
    subjects = frozenset().union(*map(codec.subjects_in, history))
    keys = Subjects({subject: new_data_key() for subject in subjects})
    rows = [codec.encode(e, keys, f"{CASE_ID}/{v}") for v, e in enumerate(history, start=1)]
    return orjson.dumps(
        [
            [r.kind, r.schema, r.data, r.actor, r.post, r.unit, r.occurred_at.isoformat()]
            for r in rows
        ]
    )
