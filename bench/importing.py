"""Rows per second of `shouwen import`, the whole command as a user calls it."""

import csv
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.servers import Servers
from settings import PREFIX, as_environ

MAPPING = "la311"
COLUMNS = (
    *("srnumber", "requesttype", "status", "createddate", "updateddate", "servicedate"),
    *("closeddate", "requestsource", "owner", "anonymous", "assignto", "latitude", "longitude"),
    *("apc", "cd", "nc", "ncname"),
)
MADE_UP = 2_000
"""Rows of the file that is made where none is given."""


def made_up(folder: Path) -> Path:
    """A file in the form the mapping reads: closed requests of a few places over a month."""
    path = folder / "requests.csv"
    with path.open("w", encoding="utf-8", newline="") as text:
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        for number in range(MADE_UP):
            day, area, council = 1 + number % 20, number % 7, number % 40
            opened, closed = f"1/{day}/20 8:{number % 60:02}", f"1/{day + 3}/20 9:05"
            planned = f"1/{day + number % 5}/20 0:00"
            rows.writerow(
                (
                    *(f"made-up-{number}", "Bulky Items", "Closed", opened, closed, planned),
                    *(closed, "Call", "BOS", "N", f"Y{area}", "34.1", "-118.3", f"Area {area}"),
                    *(area, council, f"COUNCIL {council}"),
                )
            )
    return path


def measure(servers: Servers, file: Path) -> dict[str, float]:
    """Rows per second; the stack runs."""
    with file.open(encoding="utf-8", newline="") as text:
        rows = sum(1 for _ in csv.reader(text)) - 1
    theirs = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environ = theirs | as_environ(servers.settings)
    argv = [sys.executable, "-m", "cli.main", "import", str(file), "--mapping", MAPPING]
    root = Path(__file__).parents[1]
    begun = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own program
        argv, env=environ, cwd=root, check=False, capture_output=True, text=True
    )
    seconds = time.perf_counter() - begun
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-1000:]
    return {"import_rows_per_s": rows / seconds, "import_rows": rows}
