"""Opens an export in pm4py, as whoever mines processes does, and prints what it found there.

A program of its own: pm4py takes seconds to load and warns of what is not ours.
``python -m tests.store.miner xes|ocel FILE``
"""

import contextlib
import io
import json
import sys
from typing import Any

with contextlib.redirect_stdout(io.StringIO()):  # it greets
    import pm4py


def xes(file: str) -> dict[str, Any]:
    log = pm4py.read_xes(file)
    return {
        "events": len(log),
        "cases": int(log["case:concept:name"].nunique()),
        "kinds": log["concept:name"].value_counts().to_dict(),
        "per_case": log.groupby("case:concept:name").size().to_dict(),
        "first": log["time:timestamp"].min().isoformat(),
        "words": sorted(set(log["words"])),
    }


def ocel(file: str) -> dict[str, Any]:
    log = pm4py.read_ocel2_json(file)
    related = log.relations
    return {
        "events": len(log.events),
        "kinds": log.events["ocel:activity"].value_counts().to_dict(),
        "objects": log.objects["ocel:type"].value_counts().to_dict(),
        "of": int((related["ocel:qualifier"] == "of").sum()),
        "first": log.events["ocel:timestamp"].min().isoformat(),
    }


if __name__ == "__main__":
    form, path = sys.argv[1:]
    with contextlib.redirect_stdout(sys.stderr):
        found = {"xes": xes, "ocel": ocel}[form](path)
    print(json.dumps(found))  # noqa: T201 - the answer
