"""`shouwen score`: figures, ranks and two readings, and the same bytes everywhere."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from typer.testing import CliRunner

from cli.main import app
from domain.organisation import Organisation
from store import books, sequencer
from tests.cli.conftest import SAMPLE, Copy
from tests.domain.town import TOWN
from tests.store.house import Database, House
from tests.store.postings import Ledger
from tests.store.walks import archive_in

pytestmark = pytest.mark.rule("R12.1", "R12.3", "R12.5")
ROOT = Path(__file__).parents[2]
FEBRUARY = datetime(2026, 2, 10, tzinfo=UTC)


async def _posted(connection: asyncpg.Connection) -> None:
    ledger = Ledger(connection)
    await ledger.hits("bridge", 18, 20)
    await ledger.hits("bridge", 5, 20, counted_at=FEBRUARY)
    await ledger.hits("bridge", 9, 10, measure="handling", person_id="mei")
    await ledger.post("bridge", unanswered=1)
    await ledger.hits("orchard", 2, 3, helpers=1)
    await ledger.hits("works", 0, 6)
    await ledger.hits("parks", 1, 2, measure="handling")
    case_id = await ledger.case_of("works")
    await ledger.post("hills", case_id=case_id, version=2, denominator=1)
    out: dict[str, Any] = {"because": "appeal", "corrects": 1, "excluded": 1}
    (row,) = await connection.fetch(
        "select case_id, version from events where kind = 'rating.excluded' and unit = 'east'"
    )
    moment = await connection.fetchval("select clock_timestamp()")
    place = {"case_id": row["case_id"], "version": row["version"]}
    await ledger.post("bridge", denominator=-1, known_at=moment, **place, **out)
    await ledger.add_up()


@pytest.fixture(scope="module")
async def scored(estate: House) -> Mapping[str, str]:
    """What a process is told that works on a database with figures."""
    database = await estate.town()
    await archive_in(database, cases=25, steps=6)
    async with database.connection() as connection:
        while await sequencer.advance(connection):
            pass
        await connection.execute(
            "update score_keeper set last_seq = (select last_seq from sequencer)"
        )
        await _posted(connection)
        await books.publish(connection, _after_the_merger(), datetime(2026, 5, 1, tzinfo=UTC))
    return _environment(database)


def _after_the_merger() -> Organisation:
    """The works took the parks over in May, and a new street was founded."""
    units = dict(TOWN.organisation.units)
    units["parks"] = replace(units["parks"], closed=True, parent_id="works")
    units["harbour"] = replace(units["bridge"], unit_id="harbour", name="harbour")
    return replace(TOWN.organisation, version="organisation-2", units=units)


def _environment(database: Database) -> dict[str, str]:
    return {
        "SHOUWEN_DATABASE_URL": database.url(),
        "SHOUWEN_DATABASE_OWNER_URL": database.url("owner"),
        "SHOUWEN_MASTER_KEY": base64.b64encode(bytes(32)).decode(),
    }


def run(env: Mapping[str, str], *args: str) -> str:
    found = CliRunner().invoke(app, ["score", *args], env=env)
    assert found.exit_code == 0, found.output or found.exception
    return found.output


def read(env: Mapping[str, str], *args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(env, "--json", *args))
    return found


def refused(env: Mapping[str, str], *args: str) -> str:
    found = CliRunner().invoke(app, ["score", *args], env=env)
    assert found.exit_code == 1
    return str(found.exception)


def test_the_figures_of_a_unit(scored: Mapping[str, str]) -> None:
    found = read(scored, "--period", "2026-03", "--unit", "bridge")
    (card,) = found["cards"]
    assert card["measures"]["satisfaction"] == {
        "numerator": "18",
        "denominator": "19",
        "unanswered": "1",
        "excluded": "1",
        "rate": "94.7368",
        "interval": ["75.3613", "99.0648"],
        "points": "24.87",
        "few": False,
    }
    assert card["composite"] == {
        "points": "77.49",
        "weights": {"handling": 20, "satisfaction": 25},
        "left_out": ["acceptance", "response", "resolution"],
    }
    assert (found["policy"], found["as_of"]) == ("policy-1", None)


def test_a_page_for_people_says_the_same(scored: Mapping[str, str]) -> None:
    page = run(scored, "--period", "2026-03", "--unit", "bridge")
    for text in ("94.7368", "18/19", "24.87", "Composite 77.49 of 100", "(nothing counted)"):
        assert text in page
    assert "decided by a superior whose area's figure is better for it" in page
    chinese = run(scored, "--period", "2026-03", "--unit", "bridge", "--lang", "zh")
    assert "满意率" in chinese
    assert "综合得分 77.49" in chinese


def test_without_a_unit_all_of_whom_something_is_to_be_said_are_shown(
    scored: Mapping[str, str],
) -> None:
    cards = read(scored, "--period", "2026-03")["cards"]
    assert [card["id"] for card in cards] == ["bridge", "hills", "orchard", "parks", "works"]
    page = run(scored, "--period", "2026-03")
    assert "works" in page
    assert "hills never had a part in it" in page


def test_a_unit_is_not_scored_on_what_it_never_had(scored: Mapping[str, str]) -> None:
    (card,) = read(scored, "--period", "2026-03", "--unit", "hills")["cards"]
    assert card["empty"]
    (left,) = card["fairness"]["left_out"]
    assert (left["unit"], left["version"]) == ("hills", 2)
    page = run(scored, "--period", "2026-03", "--unit", "hills")
    assert "Nothing was counted" in page
    assert "hills never had a part in it" in page


def test_an_exclusion_decided_in_the_chain_is_marked(scored: Mapping[str, str]) -> None:
    (card,) = read(scored, "--period", "2026-03", "--unit", "bridge")["cards"]
    (mark,) = card["fairness"]["interested"]
    assert (mark["by_unit"], mark["interest"]) == ("east", "own_chain")


def test_a_unit_that_was_closed_keeps_its_figures_and_says_who_took_over(
    scored: Mapping[str, str],
) -> None:
    (card,) = read(scored, "--period", "2026-03", "--unit", "parks")["cards"]
    assert (card["closed"], card["taken_over_by"]) == (True, "works")
    assert card["measures"]["handling"]["denominator"] == "2"
    assert "closed; works took over" in run(scored, "--period", "2026-03", "--unit", "parks")
    (works,) = read(scored, "--period", "2026-03", "--unit", "works")["cards"]
    assert "handling" not in works["measures"]


def test_a_unit_that_came_later_says_so(scored: Mapping[str, str]) -> None:
    (card,) = read(scored, "--period", "2026-03", "--unit", "harbour")["cards"]
    assert (card["founded"], card["empty"]) == (False, True)
    page = run(scored, "--period", "2026-03", "--unit", "harbour")
    assert "not there yet when the period ended" in page


def test_a_member_of_staff(scored: Mapping[str, str]) -> None:
    (card,) = read(scored, "--period", "2026-03", "--person", "mei")["cards"]
    assert card["measures"]["handling"]["rate"] == "90.0000"


def test_an_area_counts_what_lies_below(scored: Mapping[str, str]) -> None:
    (card,) = read(scored, "--period", "2026-03", "--unit", "east", "--scope", "area")["cards"]
    assert card["measures"]["satisfaction"]["denominator"] == "21.4000"  # 19, and 3 × 0.8


def test_ranks_are_shown_with_ties_and_changes(scored: Mapping[str, str]) -> None:
    found = read(scored, "--period", "2026-03", "--rank", "street", "--setting", "urban")
    (ranking,) = found["rankings"]
    (place,) = ranking["ranked"]
    assert (place["unit"], place["places"], place["ties"]) == ("bridge", [1, 1], 0)
    assert place["before"]["trend"] == "better"
    page = run(scored, "--period", "2026-03", "--rank", "street")
    assert "+69.7368 better" in page
    assert "nothing counted: listed apart" in page


def test_ranks_by_another_measure(scored: Mapping[str, str]) -> None:
    found = read(scored, "--period", "2026-03", "--rank", "department", "--by", "satisfaction")
    assert [p["unit"] for p in found["rankings"][0]["ranked"]] == ["works"]


# -- two readings ---------------------------------------------------------------------


def test_as_of_an_earlier_moment_with_the_cases_that_changed_since(
    scored: Mapping[str, str],
) -> None:
    before = _before_the_appeal(scored)
    found = read(scored, "--period", "2026-03", "--unit", "bridge", "--as-of", before)
    assert found["cards"][0]["measures"]["satisfaction"]["denominator"] == "20"
    (case,) = found["compared"]["cases"]
    assert (case["reasons"], case["denominator"], case["excluded"]) == (["excluded"], "-1", "1")
    (carrier,) = found["compared"]["carriers"]
    was, now = carrier["measures"]["satisfaction"]
    assert (was["rate"], now["rate"]) == ("90.0000", "94.7368")
    page = run(scored, "--period", "2026-03", "--unit", "bridge", "--as-of", before)
    assert "90.0000 (18/20) → 94.7368 (18/19)" in page
    assert "satisfaction: taken out of the figures in between (events" in page


def _before_the_appeal(scored: Mapping[str, str]) -> str:
    """The moment at which the last event was recorded: the appeal's posting was known later."""
    import asyncio

    async def last() -> str:
        connection = await asyncpg.connect(scored["SHOUWEN_DATABASE_URL"])
        try:
            moment = await connection.fetchval("select max(recorded_at) from events")
            return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
        finally:
            await connection.close()

    return asyncio.run(last())


def test_under_another_version_of_the_policy(scored: Mapping[str, str]) -> None:
    args = ("--period", "2026-03", "--unit", "bridge", "--policy", "policy-bare")
    found = read(scored, *args)
    assert (found["policy"], found["compared"]["policy"]) == ("policy-bare", "policy-1")
    assert found["compared"]["cases"] == []
    assert "no difference" in run(scored, *args)


def test_under_a_policy_that_is_only_a_file(scored: Mapping[str, str], town: Copy) -> None:
    town.change("policy.toml", "helper_share = 20", "helper_share = 50")
    args = ("--period", "2026-03", "--policy", str(town.folder / "policy.toml"))
    found = read(scored, *args)
    compared = found["compared"]
    assert compared["numbers"]["scores.helper_share"] == [50, 20]
    assert {case["unit"] for case in compared["cases"]} == {"orchard"}
    assert {reason for case in compared["cases"] for reason in case["reasons"]} == {"helper_share"}
    page = run(scored, *args)
    assert "units that helped carry another share" in page
    assert "scores.helper_share: 50 → 20" in page


# -- what cannot be asked ------------------------------------------------------------------


def test_an_empty_period_says_so(scored: Mapping[str, str]) -> None:
    assert "Nothing was counted" in run(scored, "--period", "2026-07", "--unit", "bridge")
    assert "Nothing was counted" in run(scored, "--period", "2026-07")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ((), "Say which --period"),
        (("--period", "2026-13"), "is not a period"),
        (("--period", "2998"), "begins on 2998-01-01, which has not come"),
        (("--period", "2026-03", "--as-of", "yesterday"), "is not a day"),
        (("--period", "2026-03", "--as-of", "2998-01-01"), "nothing is known yet"),
        (("--period", "2026-03", "--unit", "bridges"), "do you mean bridge?"),
        (("--period", "2026-03", "--person", "nobody"), "There is no person 'nobody'"),
        (("--period", "2026-03", "--policy", "no-such"), "there are policy-1, policy-bare"),
        (("--period", "2026-03", "--rank", "planet"), "use one of city, district"),
        (("--period", "2026-03", "--rank", "street", "--by", "luck"), "use one of acceptance"),
        (("--period", "2026-03", "--rank", "street", "--setting", "sea"), "urban, rural"),
        (("--period", "2026-03", "--by", "handling"), "say what with --rank"),
        (("--period", "2026-03", "--rank", "street", "--unit", "bridge"), "or for a ranking"),
        (("--period", "2026-03", "--person", "mei", "--scope", "area"), "Only units have an area"),
    ],
)
def test_what_cannot_be_asked_is_one_line(
    scored: Mapping[str, str], args: tuple[str, ...], told: str
) -> None:
    line = refused(scored, *args)
    assert told in line
    assert "\n" not in line


def test_a_moment_before_the_office_is_refused(scored: Mapping[str, str]) -> None:
    line = refused(scored, "--period", "2026-03", "--as-of", "2026-02-01")
    assert "no office yet" in line


WRONG = ("satisfaction = 25", "satisfaction = 24")


def test_a_policy_whose_weights_do_not_add_up_is_refused(
    scored: Mapping[str, str], town: Copy
) -> None:
    town.change("policy.toml", *WRONG)
    path = town.folder / "policy.toml"
    line = refused(scored, "--period", "2026-03", "--policy", str(path))
    assert line.endswith("weights add up to 99; make them add up to 100")
    check = CliRunner().invoke(app, ["org", "check", str(town.folder)])
    assert check.exit_code == 1
    assert "weights add up to 99; make them add up to 100" in check.output


# -- the same bytes -------------------------------------------------------------------------


def _bytes(env: Mapping[str, str], *args: str, **other: str) -> bytes:
    told = {**os.environ, **env, **other, "SHOUWEN_DATA": str(SAMPLE)}
    command = [sys.executable, "-m", "cli.main", "score", "--json", *args]
    done = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.mark.parametrize("rest", [(), ("--rank", "street")])
def test_the_same_question_is_the_same_bytes_in_any_process(
    scored: Mapping[str, str], rest: tuple[str, ...]
) -> None:
    args = ("--period", "2026-Q1", "--as-of", _before_the_appeal(scored), *rest)
    one = _bytes(scored, *args, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    other = _bytes(
        scored, *args, PYTHONHASHSEED="2", TZ="America/Los_Angeles", LC_ALL="C.UTF-8", LANG="zh_CN"
    )
    assert one == other
    assert json.loads(one)["period"]["name"] == "2026-Q1"


def test_the_order_of_the_question_changes_nothing_but_the_order(
    scored: Mapping[str, str],
) -> None:
    one = read(scored, "--period", "2026-03", "--unit", "works", "--unit", "bridge")["cards"]
    other = read(scored, "--period", "2026-03", "--unit", "bridge", "--unit", "works")["cards"]
    assert one == other[::-1]
