"""Events folded per second, from stored JSON to the case, against pyeventsourcing's rebuild."""

import time
from collections.abc import Callable

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
        times = (10 if quick else 50) * max(LENGTHS) // length
        mine, other = _alternate(lambda t=text: _folded(t), rebuilder.rebuild, times)  # type: ignore[misc]
        found[f"fold_vs_pyeventsourcing_at_{length}"] = other / mine
        ours, theirs, events = ours + mine, theirs + other, events + times * len(history)
    return {
        "fold_vs_pyeventsourcing": theirs / ours,
        "fold_events_per_s": events / ours,
        "pyeventsourcing_events_per_s": events / theirs,
        **found,
    }


def _alternate(
    ours: Callable[[], int], theirs: Callable[[], int], times: int
) -> tuple[float, float]:
    """Seconds of each, turn by turn."""
    mine = other = 0.0
    for _ in track(range(times), description="fold"):
        begun = time.perf_counter()
        ours()
        between = time.perf_counter()
        theirs()
        mine += between - begun
        other += time.perf_counter() - between
    return mine, other


def _folded(text: bytes) -> int:
    """What `journal.load` does with its rows; the version."""
    case = cases.initial(CASE_ID)
    for stored in journal.stored_events(orjson.loads(text)):
        case = cases.evolve(case, codec.decode(stored))
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
