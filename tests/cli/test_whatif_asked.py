"""What `shouwen whatif` may be asked, and what it answers when it may not."""

from pathlib import Path
from typing import Any

import pytest

from cli.differences import policy_in
from cli.local.failure import LocalError
from cli.scores import whatif_asked as asking
from cli.scores.whatif_asked import Words
from domain.whatif.ladder import Ladder
from domain.words import Stage
from tests.domain.town import TOWN, local

pytestmark = pytest.mark.rule("R12.5")
SAMPLE = Path(__file__).parents[2] / "sample" / "policy.toml"


def words(**asked: Any) -> Words:
    return Words(**{"since": "2026-03-01", "until": "2026-03-31", **asked})


BOUNDS = asking.period(words(), TOWN)


def test_a_period_is_of_days_of_the_offices_own_time() -> None:
    assert (local("03-01 00:00"), local("04-01 00:00")) == BOUNDS


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "March"}, "--from 'March' is not a day; write 2026-03-02"),
        ({"until": "2026-02-30"}, "--to '2026-02-30' is not a day"),
        ({"until": "9999-12-31"}, "to 9999-12-31 reaches beyond the days a calendar has"),
        ({"since": "0001-01-01"}, "The period 0001-01-01 to 2026-03-31 reaches beyond"),
        ({"until": "2026-02-01"}, "The period ends (2026-02-01) before it begins (2026-03-01)"),
    ],
)
def test_a_period_that_is_none_is_said(asked: dict[str, str], said: str) -> None:
    with pytest.raises(LocalError) as refused:
        asking.period(words(**asked), TOWN)
    assert said in str(refused.value)


def test_posts_are_more_or_fewer_than_there_were() -> None:
    more, fewer, set_to = (
        asking.staffed(words(staff=[told]), TOWN, BOUNDS)[0]
        for told in ("orchard-1=+1", "orchard-1=-1", "orchard-1=5")
    )
    assert [(s.had, s.posts) for s in (more, fewer, set_to)] == [(2, 3), (2, 1), (2, 5)]
    assert more.stage is Stage.GRID


def test_a_file_of_staff_has_one_unit_a_line(tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_text("unit,posts\n# two grids\norchard-1,+1\n\nbridge=-0\n", encoding="utf-8")
    found = asking.staffed(words(staff=[str(file)]), TOWN, BOUNDS)
    assert [(s.unit_id, s.had, s.posts) for s in found] == [("bridge", 1, 1), ("orchard-1", 2, 3)]
    assert asking.units(words(staff=[str(file)]), TOWN) == ("bridge", "orchard-1")


def test_a_file_of_staff_that_names_nobody_is_said(tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_text("unit,posts\n", encoding="utf-8")
    with pytest.raises(LocalError, match="--staff names no unit"):
        asking.staffed(words(staff=[str(file)]), TOWN, BOUNDS)


@pytest.mark.parametrize(
    ("staff", "said"),
    [
        (["orchard-9=+1"], 'There is no unit "orchard-9"; did you mean orchard-'),
        (["orchard-1=-2"], "orchard-1 had 2; with -2 there is nobody left to do the work"),
        (["orchard-1=0"], "orchard-1 had 2; with 0 there is nobody left to do the work"),
        (["orchard-1=many"], "--staff orchard-1=many: write +1, -1, or how many posts"),
        (["orchard-1=+1", "orchard-1=+2"], "orchard-1 is named twice in --staff"),
        (["orchard-2=+1"], "orchard-2 had no post at the end of the period"),
        (["east=+1"], "east handles no cases itself"),
        (["nowhere.csv"], "--staff 'nowhere.csv' is neither unit=+1 nor a file"),
    ],
)
def test_staff_that_cannot_be_is_said(staff: list[str], said: str) -> None:
    with pytest.raises(LocalError) as refused:
        asking.staffed(words(staff=staff), TOWN, BOUNDS)
    assert said in str(refused.value)


def test_a_unit_counts_with_those_below_it() -> None:
    assert set(asking.units(words(unit="orchard"), TOWN) or ()) == {
        *("orchard", "orchard-1", "orchard-2"),
    }
    assert asking.units(words(), TOWN) is None
    with pytest.raises(LocalError, match='There is no unit "orchad"; did you mean orchard'):
        asking.units(words(unit="orchad"), TOWN)
    with pytest.raises(LocalError, match="leave --unit out"):
        asking.units(words(unit="orchard", staff=["orchard-1=+1"]), TOWN)


def test_a_ladder_names_items_and_rungs() -> None:
    found = asking.ladder(words(first_rung=["noise=community"], skip=["grid"]), TOWN)
    assert found == Ladder(first={"noise": Stage.COMMUNITY}, skipped=frozenset({Stage.GRID}))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"first_rung": ["noise"]}, "--first-rung 'noise' is not of the form item=rung"),
        ({"first_rung": ["song=grid"]}, 'There is no item "song" in the catalogue in force'),
        ({"first_rung": ["noise=roof"]}, "'roof' is not a rung; there are grid, community"),
        ({"skip": ["first_contact"]}, "'first_contact' is not a rung"),
        ({"skip": ["department"]}, "The department is the top of the ladder"),
        (
            {"first_rung": ["noise=grid"], "skip": ["grid"]},
            "A matter cannot enter at a rung left out: grid",
        ),
    ],
)
def test_a_ladder_that_cannot_be_is_said(asked: dict[str, list[str]], said: str) -> None:
    with pytest.raises(LocalError) as refused:
        asking.ladder(words(**asked), TOWN)
    assert said in str(refused.value)


def test_a_policy_is_read_as_everywhere_and_its_first_fault_said(tmp_path: Path) -> None:
    assert policy_in(SAMPLE)[0].version
    file = tmp_path / "policy.toml"
    faulty = SAMPLE.read_text(encoding="utf-8").replace('grid = "2 working_hours"', 'grid = "2"')
    file.write_text(faulty, "utf-8")
    with pytest.raises(LocalError, match="has errors: ") as refused:
        policy_in(file)
    assert "\n" not in str(refused.value)
    with pytest.raises(LocalError, match="cannot be read"):
        policy_in(tmp_path / "none.toml")
