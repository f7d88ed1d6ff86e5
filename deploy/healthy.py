"""Health checks of the containers, run by path: `healthy.py api` or `healthy.py worker`.
Standard library only, started often: status 0 means healthy. Whether the whole is ready, and not
only this process, is /readyz's to say.
"""

# ruff: noqa: INP001, T201 - a script beside the program; its line is what `docker inspect` shows

import sys
import urllib.request
from pathlib import Path

ESTABLISHED = "01"


def api(port: int = 8000) -> bool:
    """Whether the API process answers."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=3) as answer:
        return bool(answer.status == 200)  # noqa: PLR2004


def worker(port: int = 7233) -> bool:
    """Whether this container has a connection to Temporal: a worker keeps one as long as it polls.

    Asked of the kernel, because the worker listens on no port.
    """
    wanted = f":{port:04X}"
    for name in ("tcp", "tcp6"):
        table = Path("/proc/net") / name
        for line in table.read_text("ascii").splitlines()[1:] if table.exists() else []:
            _, _, remote, state, *_ = line.split()
            if remote.endswith(wanted) and state == ESTABLISHED:
                return True
    return False


def main(arguments: list[str]) -> int:
    """Run one check: its name, and a port if it is not the usual one."""
    name, *rest = arguments
    check = {"api": api, "worker": worker}[name]
    try:
        healthy = check(*map(int, rest))
    except OSError as error:
        print(error)
        return 1
    print("healthy" if healthy else "no connection to Temporal")
    return 0 if healthy else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
