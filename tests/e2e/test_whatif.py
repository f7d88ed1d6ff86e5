"""R12.5: `shouwen whatif` on the command line, on cases that went through the whole system."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from settings import as_environ
from tests.e2e.office import ROOT, Office
from tests.e2e.scenes.base import resolved

pytestmark = pytest.mark.rule("R12.5")


def whatif(office: Office, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "whatif", *arguments],
        cwd=ROOT,
        env={**os.environ, **as_environ(office.settings)},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )


async def test_past_cases_are_shown_beside_what_might_have_been(office: Office) -> None:
    await resolved(office)
    now = datetime.now(UTC)
    days = [f"{now + timedelta(days=n):%Y-%m-%d}" for n in (-400, 1)]
    period = ("--from", days[0], "--to", days[1])
    done = whatif(office, *period, "--policy", "sample/policy.toml", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["cases"]["replayed"] >= 1
    assert {row["name"] for row in told["figures"]} >= {"breaches", "resolved", "satisfied"}
    page = whatif(office, *period, "--skip", "grid", "--lang", "zh")
    assert (page.returncode, page.stderr) == (0, "")
    assert "按原样回放" in page.stdout
    wrong = whatif(office, "--from", days[1], "--to", days[0])
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "before it begins" in wrong.stderr
