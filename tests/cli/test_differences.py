"""`shouwen policy diff` and `calendar diff`: files and versions beside each other."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.publish import connected, load_town
from settings import Settings, as_environ
from store import books
from tests.cli.conftest import Copy
from tests.cli.test_publish import settings  # noqa: F401 - the fixture

pytestmark = pytest.mark.rule("R6.1", "R6.2")


FIVE_DAYS = ('community = "3 working_days"', 'community = "5 working_days"')


def changed(town: Copy, file: str, old: str, new: str) -> Path:
    """Another file with one number different."""
    text = (town.folder / file).read_text()
    assert old in text
    path = town.folder / f"new-{file}"
    path.write_text(text.replace(old, new))
    return path


def run(*args: str, env: dict[str, str] | None = None) -> str:
    found = CliRunner().invoke(app, list(args), env=env)
    assert found.exit_code == 0, found.output or found.exception
    return found.output


def test_two_policy_files_beside_each_other(town: Copy) -> None:
    new = changed(town, "policy.toml", *FIVE_DAYS)
    text = run("policy", "diff", str(town.folder / "policy.toml"), str(new))
    assert "handling · community (village): 3 working days → 5 working days" in text
    assert "for cases registered from that day on" in text
    same = run("policy", "diff", str(new), str(new))
    assert "no difference" in same


def test_machines_read_it_as_json(town: Copy) -> None:
    new = changed(town, "policy.toml", *FIVE_DAYS)
    text = run("policy", "diff", str(town.folder / "policy.toml"), str(new), "--json")
    (change,) = json.loads(text)["changes"]
    assert (change["path"], change["clock"], change["stage"]) == (
        "handle.community",
        "handle",
        "community",
    )


def test_a_file_is_held_against_what_is_in_force(settings: Settings, town: Copy) -> None:  # noqa: F811
    asyncio.run(load_town(settings, town.read()))
    env = as_environ(settings)
    new = changed(town, "policy.toml", "half_percent = 50", "half_percent = 40")
    text = run("policy", "diff", str(new), env=env)
    assert "policy 1 → 1" in text
    assert "first warning, percent: 50 → 40" in text
    days = changed(town, "calendar.toml", "2026-10-10", "2026-10-11")
    text = run("calendar", "diff", str(days), "--lang", "zh", env=env)
    assert "年度 · 2026 · 调休上班 · 2026-10-11: 无 → 是" in text


def test_published_versions_are_compared_by_name(settings: Settings, town: Copy) -> None:  # noqa: F811
    read = town.read()
    asyncio.run(load_town(settings, read))
    assert read.policy is not None

    async def publish() -> None:
        assert read.policy is not None
        later = datetime.now(UTC) + timedelta(days=1)
        async with connected(settings) as connection:
            await books.publish(
                connection, replace(read.policy, version="2", late_percent=90), later
            )

    asyncio.run(publish())
    env = as_environ(settings)
    text = run("policy", "diff", "1", "2", env=env)
    assert "policy 1 → 2, in force from" in text
    assert "second warning, percent: 80 → 90" in text
    refused = CliRunner().invoke(app, ["policy", "diff", "1", "3"], env=env)
    assert refused.exit_code != 0
    assert "there are 1, 2" in str(refused.exception) + refused.output


def test_a_file_with_faults_is_not_compared(town: Copy) -> None:
    new = changed(town, "policy.toml", "half_percent = 50", "half_percent = 500")
    refused = CliRunner().invoke(app, ["policy", "diff", str(new), str(new)])
    assert refused.exit_code != 0
    assert "half_percent" in str(refused.exception) + refused.output
