"""`python -m bench`: run the benchmarks, print a table, and as the last line one JSON object."""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import uvloop
from rich.console import Console
from rich.table import Table

from bench import (
    append,
    board,
    decide,
    fold,
    importing,
    pages,
    rebuild,
    scores,
    steps,
    timeline,
    verify,
)
from bench.servers import Servers, servers

NAMES = (
    *("fold", "decide", "append", "steps", "import", "timeline", "verify", "rebuild", "scores"),
    *("board", "pages"),
)
Numbers = dict[str, float | None]

TARGETS: Mapping[str, tuple[str, str, float, float]] = {
    "steps_vs_bare": ("steps per second, against bare Temporal updates", "≥", 0.6, 0.75),
    "steps_vs_dbos": ("steps per second, against DBOS", "≥", 1.3, 2.0),
    "latency_vs_bare": ("median step alone, against a bare update", "≤", 2.0, 1.5),
    "append_vs_insert": ("journal appends, against plain inserts", "≥", 0.4, 0.5),
    "fold_vs_pyeventsourcing": ("fold, against pyeventsourcing", "≥", 5.0, 10.0),
    "decide_median_ms": ("milliseconds to decide, median of every command", "≤", 1.0, 0.1),
    "rebuild_events_per_s": ("events made into views per second, one core", "≥", 5_000.0, 10_000.0),
    "verify_events_per_s": ("events verified per second on one core", "≥", 50_000.0, 80_000.0),
    "score_events_per_s": ("events made into scores per second", "≥", 166_667.0, 250_000.0),
    "score_increment_ms": ("milliseconds to follow a few events", "≤", 100.0, 50.0),
    "board_p95_ms": ("milliseconds of a board, p95, 100 thousand cases", "≤", 30.0, 15.0),
    "page_p95_ms": ("milliseconds to a page's first byte, p95 of the slowest", "≤", 150.0, 75.0),
    "page_kb": ("kB of the heaviest page, with what it brings along", "≤", 200.0, 100.0),
    "timeline_p99_growth": ("timeline p99, large journal against small", "≤", 1.2, 1.1),
}
OTHERS = (
    *("steps_per_s", "bare_updates_per_s", "dbos_steps_per_s"),
    *("step_median_ms", "bare_median_ms", "dbos_median_ms"),
    *("appends_per_s", "inserts_per_s", "fold_events_per_s", "pyeventsourcing_events_per_s"),
    *("timeline_p99_ms_at_100k", "timeline_p99_ms_at_10m", "timeline_events_at_large"),
    *("audit_p99_growth", "audit_p99_ms_at_100k", "audit_p99_ms_at_10m"),
    *("decide_p99_ms", "decide_slowest_ms", "import_rows_per_s"),
    *("verify_events_per_cpu_s", "verify_events_per_s_on_all"),
    *("score_whole_seconds", "score_postings_per_event", "score_peak_mb"),
    *("board_p95_ms_street", "board_p95_ms_changed", "board_p95_ms_all_open"),
    *("board_p95_ms_all_open_street", "board_p95_ms_all_open_changed"),
    *("rebuild_events_per_s_on_all", "rebuild_events_per_s_when_right"),
)


ALONE = {"steps": steps.measure, "append": append.measure}
OF_JOURNALS = {
    "timeline": timeline.measure,
    "verify": verify.measure,
    "rebuild": rebuild.measure,
    "scores": scores.measure,
    "board": board.measure,
    "pages": pages.measure,
}
"""What is measured on databases of its own, after everything that needs the program."""


def main() -> None:
    """Read the options, measure, show."""
    options = _options()
    wanted = options.only or NAMES
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    numbers: Numbers = dict.fromkeys((*TARGETS, *OTHERS))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner, servers() as started:
        try:
            numbers |= runner.run(_measure(started, wanted, options))
        except KeyboardInterrupt:
            sys.exit(130)
    _show(numbers)
    print(json.dumps({k: None if v is None else round(v, 4) for k, v in numbers.items()}))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, 1 million events")
    parser.add_argument("--only", action="append", choices=NAMES, help="may be given repeatedly")
    parser.add_argument("--import-file", type=Path, help="a CSV file for the la311 mapping")
    return parser.parse_args()


async def _measure(
    started: Servers, wanted: tuple[str, ...], options: argparse.Namespace
) -> Numbers:
    found: Numbers = {}
    if "fold" in wanted:
        found |= fold.measure(quick=options.quick)
    if "decide" in wanted:
        found |= decide.measure(quick=options.quick)
    await started.start_postgres()
    for name, measure in ALONE.items():
        if name in wanted:
            found |= await measure(started, quick=options.quick)
    if "import" in wanted:
        if "steps" not in wanted:
            started.start_program()
        file = options.import_file or importing.made_up(started.settings.data)
        found |= importing.measure(started, file)
    for name, measure in OF_JOURNALS.items():
        if name in wanted:
            found |= await measure(started, quick=options.quick)
    return found


def _show(numbers: Numbers) -> None:
    table = Table("what", "measured", "at least", "aim", "")
    for name, (words, sign, least, aim) in TARGETS.items():
        value = numbers[name]
        if value is None:
            table.add_row(words, "–", f"{sign} {least}", str(aim), "")
            continue
        met = [value >= t if sign == "≥" else value <= t for t in (least, aim)]
        verdict = "aim" if met[1] else "met" if met[0] else "MISSED"
        table.add_row(words, f"{value:,.2f}", f"{sign} {least:,}", f"{aim:,}", verdict)
    for name, value in numbers.items():
        if name not in TARGETS:
            table.add_row(name, "–" if value is None else f"{value:,.1f}", "", "", "")
    Console(width=None if sys.stdout.isatty() else 110).print(table)


if __name__ == "__main__":
    main()
