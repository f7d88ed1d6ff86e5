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
