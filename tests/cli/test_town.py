import csv
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cli.town import Town, read_town
from domain.policy import Span
from domain.words import Channel, Stage, UnitKind

SAMPLE = Path(__file__).parents[2] / "sample"


@pytest.fixture(scope="module")
def sample() -> Town:
    return read_town([SAMPLE])


def test_the_sample_town_has_no_findings(sample: Town) -> None:
    assert [str(finding) for finding in sample.findings] == []


def test_the_sample_town_is_large_enough_to_try_everything(sample: Town) -> None:
    assert sample.organisation
    assert sample.catalogue
    kinds = Counter(unit.kind for unit in sample.organisation.units.values())
    assert kinds[UnitKind.GRID] >= 24
    assert kinds[UnitKind.COMMUNITY] + kinds[UnitKind.VILLAGE] >= 9
    items = sample.catalogue.items.values()
    assert len(items) == 162
    assert len({item.class_id for item in items}) >= 35


def test_a_folder_and_its_files_in_any_order_are_the_same_town(sample: Town) -> None:
    files = sorted(SAMPLE.glob("*.*"), reverse=True)
    town = read_town(files)
    assert town.organisation == sample.organisation
    assert [str(finding) for finding in town.findings] == [
        "requests.csv: warning: is not a town file and was not read"
    ]


def test_every_grid_is_found_at_a_point_inside_it(sample: Town) -> None:
    assert sample.organisation
    with (SAMPLE / "requests.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["longitude"]]
    for row in rows:
        point = (round(float(row["longitude"]) * 1e6), round(float(row["latitude"]) * 1e6))
        grid = sample.organisation.grid_at(*point)
        assert grid is None or row["unit_id"] in sample.organisation.path(grid), row["sample_id"]


def test_coordinates_are_whole_microdegrees_and_the_first_point_is_not_repeated(
    sample: Town,
) -> None:
    assert sample.organisation
    ring = sample.organisation.borders["liuyinli-1"]
    assert (116_880_741, 36_413_552) in ring
    assert len(ring) == len(set(ring)) == 14


def test_a_post_lasts_from_local_midnight_to_the_end_of_its_last_day(sample: Town) -> None:
    assert sample.organisation
    post = sample.organisation.posts["liuyinli-1-gw-1"]
    assert post.valid_from == datetime(2024, 12, 31, 16, tzinfo=UTC)
    assert post.valid_until == datetime(2025, 12, 31, 16, tzinfo=UTC)


def test_the_last_day_of_an_absence_belongs_to_it(sample: Town) -> None:
    assert sample.organisation
    post = sample.organisation.posts["wenchang-sc-2"]
    shanghai = ZoneInfo("Asia/Shanghai")
    assert post.holder(datetime(2026, 3, 6, 23, 59, tzinfo=shanghai)) == "he-junjie"
    assert post.holder(datetime(2026, 3, 7, 0, 0, tzinfo=shanghai)) == "ma-xiufang"


def test_every_unattended_channel_has_its_duty_clerk(sample: Town) -> None:
    assert sample.organisation
    assert sample.organisation.duty[Channel.WEB] == "qinghe-clerk-1"
    assert len(sample.organisation.duty) == 5


def test_the_policy_holds_the_rulebooks_default_deadlines(sample: Town) -> None:
    policy = sample.policy
    assert policy
    assert policy.version == "1"
    assert policy.accept[Stage.COMMUNITY] == Span(amount=4, unit="working_hours")
    assert policy.handle[Stage.FIRST_CONTACT] == Span(amount=1, unit="same_day")
    assert policy.urgent.accept == Span(amount=30, unit="minutes")
    assert policy.urgent.handle[Stage.DEPARTMENT] == Span(amount=24, unit="hours")
    assert policy.households == (200, 800)
    assert sample.effective_from == datetime(2024, 12, 31, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 1, 26), True),  # Sunday before the Spring Festival, made up for
        (date(2025, 1, 27), True),
        (date(2025, 1, 28), False),
        (date(2025, 2, 4), False),
        (date(2025, 2, 5), True),
        (date(2025, 2, 8), True),  # Saturday
        (date(2025, 2, 9), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),  # Saturday
        (date(2026, 1, 2), False),
        (date(2026, 1, 4), True),  # Sunday
        (date(2026, 2, 16), False),
        (date(2026, 2, 24), True),
        (date(2026, 9, 25), False),
        (date(2026, 9, 28), True),
        (date(2026, 10, 10), True),  # Saturday
    ],
)
def test_known_days_are_worked_or_not(sample: Town, day: date, working: bool) -> None:  # noqa: FBT001
    assert sample.calendar
    assert sample.calendar.working_time(("liuyinli",)).is_working_day(day) is working


def test_the_township_keeps_its_own_hours_and_2027_is_not_published(sample: Town) -> None:
    assert sample.calendar
    assert sample.calendar.working_time(("xinglincun", "shiqiao")).day_seconds == 7 * 3600
    assert sample.calendar.working_time(("liuyinli", "liuyin")).day_seconds == 7 * 3600
    assert sample.calendar.covers(2026)
    assert not sample.calendar.covers(2027)
    time = sample.calendar.working_time(("shiqiao",))
    opens = time.due(datetime(2026, 3, 1, tzinfo=UTC), 1).at
    assert opens == datetime(2026, 3, 2, 0, 30, 1, tzinfo=UTC)


def test_six_thousand_grids_take_seconds(tmp_path: Path) -> None:
    from time import perf_counter

    from activities.geometry import Shape, overlaps

    shapes = [
        Shape(
            name=f"{x} {y}", layer=2, ring=_square(x * 5000, y * 5000, 5000 + 100 * (x == y == 5))
        )
        for x in range(78)
        for y in range(78)
    ]
    start = perf_counter()
    found = {(one, other) for one, other, _ in overlaps(shapes)}
    assert perf_counter() - start < 10
    assert found == {("5 5", "5 6"), ("5 5", "6 5"), ("5 5", "6 6")}


def _square(x: int, y: int, side: int) -> tuple[tuple[int, int], ...]:
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
