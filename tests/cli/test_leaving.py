"""How a command ends its process."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPOKE_TO_TEMPORAL = """
import atexit, os, sys
import temporalio.bridge.temporal_sdk_bridge
atexit.register(os.abort)
from cli.main import main
main()
"""


@pytest.mark.parametrize(("typed", "status"), [("--help", 0), ("no-such-command", 2)])
def test_a_command_that_spoke_to_temporal_ends_before_its_threads_can_abort_it(
    typed: str, status: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SPOKE_TO_TEMPORAL, typed],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == status, done.stderr
    assert "Usage" in done.stdout + done.stderr
