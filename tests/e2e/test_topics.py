"""Topics over HTTP (R12.5): each count opens into its cases; nobody reads more than elsewhere."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import httpx
import orjson
import pytest

from domain.words import Role
from settings import as_environ
from tests.e2e.office import ROOT, Office
from tests.e2e.scenes.base import CLERK, Headers, opened

pytestmark = pytest.mark.rule("R12.5")
LIST = "/api/v1/topics"
ITEM = "c11-03"
"""Vegetables grown in public gardens: no other test reports that."""
TITLES = (
    "楼前绿地被圈起来种菜",
    "有人圈占绿地种菜",
    "绿地种菜浇粪臭味大",
    "公共绿地变成菜地",
    "绿地种菜",
)


@pytest.fixture(scope="session")
async def reported(office: Office) -> list[str]:
    """Five residents on one matter, and a dispute."""
    found = [
        (await opened(office, CLERK, item_id=ITEM, title=title, text="小区绿地种菜")).case_id
        for title in TITLES
    ]
    parties = {"parties": [{"name": "李四"}], "case_type": "dispute"}
    quarrel = await opened(office, CLERK, item_id=ITEM, title="为菜地打架", text="打架", **parties)
    return [*found, quarrel.case_id]


def asked(**more: Any) -> dict[str, Any]:
    return {"unit": "liuyin", "period": f"{datetime.now(UTC).year}", **more}


async def get(office: Office, path: str, headers: Headers, **more: Any) -> httpx.Response:
    return await office.http.get(path, params=asked(**more), headers=headers)


async def supervisor(office: Office, unit_id: str) -> Headers:
    return await office.as_person(await office.somebody(Role.SUPERVISOR, unit_id))


async def topic(office: Office, **more: Any) -> dict[str, Any]:
    """The topic of those cases, as the list shows it."""
    headers = await supervisor(office, "liuyin")
    answer = await get(office, LIST, headers, size=50, **more)
    assert answer.status_code == 200, answer.text
    (found,) = [each for each in answer.json()["topics"] if each["item"]["id"] == ITEM]
    return dict(found)


async def test_what_five_residents_report_is_a_topic_with_its_words_and_its_root(
    office: Office, reported: list[str]
) -> None:
    found = await topic(office)
    assert found["topic"] == f"{ITEM}@liuyinli"
    assert (found["cases"], found["residents"], found["disputes"]) == (6, 6, 1)
    assert found["words"][0] in {"绿地", "种菜", "绿地种菜"}
    assert found["matters"][0]["cases"] >= 2
    assert found["trend"]["direction"] in {"too_short", "too_few"}
    whole = await get(office, f"{LIST}/{found['topic']}", await supervisor(office, "liuyin"))
    detail = whole.json()
    assert {**detail["topic"]} == found
    assert detail["root"]["settler"]["id"] == "liuyin"
    assert (detail["root"]["because"], detail["root"]["words"]) == ("alone", "全部由该单位承办")
    assert detail["root"]["belonging_words"] == "社区自有事项"
    assert detail["cost"]["recurrences"] == 0
    assert set(reported) == set(await cases(office, found["cases_url"]))


async def cases(office: Office, url: str, **more: Any) -> list[str]:
    headers = await supervisor(office, "liuyin")
    answer = await office.http.get(url, params=more or None, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["unseen"] == 0
    return [row["case_id"] for row in answer.json()["cases"]]


async def test_each_matter_opens_into_its_cases(office: Office, reported: list[str]) -> None:
    for each in (await topic(office))["matters"]:
        path = f"{LIST}/{ITEM}@liuyinli/cases"
        listed = await cases(office, path, **asked(matter=each["matter"]))
        assert len(listed) == each["cases"]
        assert set(listed) <= set(reported[:-1])


@pytest.mark.rule("R7.1")
async def test_no_word_of_the_dispute_is_in_any_answer(office: Office, reported: list[str]) -> None:
    assert reported
    headers = await supervisor(office, "liuyin")
    for path in ("", f"/{ITEM}@liuyinli", f"/{ITEM}@liuyinli/cases", f"/{ITEM}@*/map"):
        answer = await get(office, f"{LIST}{path}", headers)
        assert answer.status_code == 200, answer.text
        assert "打架" not in answer.text


async def test_wherever_in_the_area_it_is_one_topic_by_item(
    office: Office, reported: list[str]
) -> None:
    found = await topic(office, by="item")
    assert found["topic"] == f"{ITEM}@*"
    assert found["place"]["name"] == "全部范围"
    assert found["cases"] == len(reported)


async def test_the_map_counts_by_grid_and_says_what_it_does_not_draw(
    office: Office, reported: list[str]
) -> None:
    headers = await supervisor(office, "liuyin")
    found = (await get(office, f"{LIST}/{ITEM}@liuyinli/map", headers)).json()
    assert found["type"] == "FeatureCollection"
    (grid,) = found["features"]
    assert grid["geometry"]["type"] == "Polygon"
    assert grid["properties"]["cases"] == len(reported)
    assert (found["cases"], found["not_drawn"]) == (len(reported), 0)


@pytest.mark.rule("R14.3")
async def test_topics_are_for_supervisors_over_the_unit_and_auditors(office: Office) -> None:
    path = f"{LIST}/{ITEM}@liuyinli"
    for who, status in (
        (await office.as_person(CLERK), 403),
        (await supervisor(office, "shiqiao"), 403),
        (await supervisor(office, "liuyin"), 200),
        (await office.as_person(await office.somebody(Role.AUDITOR)), 200),
        ({}, 401),
    ):
        assert (await get(office, LIST, who)).status_code == status
        answer = await get(office, f"{path}/map", who)
        assert answer.status_code in {status, 404 if status == 200 else status}


@pytest.mark.parametrize(
    ("path", "changed", "status", "code"),
    [
        ("", {"unit": "nowhere"}, 422, "unknown_unit"),
        ("", {"period": "2026-13"}, 422, "unknown_period"),
        ("", {"period": "2999"}, 422, "period_in_the_future"),
        ("/nothing", {}, 404, "topic_not_found"),
        ("/nothing@liuyinli", {}, 404, "topic_not_found"),
        ("/nothing@liuyinli/map", {}, 404, "topic_not_found"),
        ("/nothing@liuyinli/cases", {}, 404, "topic_not_found"),
        (f"/{ITEM}@*/cases", {"matter": "x"}, 422, "unknown_matter"),
        (f"/{ITEM}@*/cases", {"cursor": "x"}, 422, "bad_cursor"),
    ],
)
async def test_what_is_not_there_is_said_clearly(
    office: Office, reported: list[str], path: str, changed: dict[str, str], status: int, code: str
) -> None:
    assert reported
    answer = await get(office, LIST + path, await supervisor(office, "liuyin"), **changed)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_period_in_which_nobody_reported_is_empty_and_says_so(office: Office) -> None:
    answer = await get(office, LIST, await supervisor(office, "liuyin"), period="2001-01")
    assert answer.status_code == 200
    assert (answer.json()["cases"], answer.json()["found"], answer.json()["topics"]) == (0, 0, [])


def shouwen(office: Office, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *arguments],
        cwd=ROOT,
        env={**os.environ, **as_environ(office.settings)},
        capture_output=True,
        check=False,
        timeout=120,
        text=True,
    )


async def test_the_command_line_says_the_same(office: Office, reported: list[str]) -> None:
    over = ("--unit", "liuyin", "--period", asked()["period"])
    told = shouwen(office, "topics", *over, "--size", "50", "--json", "--lang", "zh")
    assert told.returncode == 0, told.stderr
    by_topic = {each["topic"]: each for each in orjson.loads(told.stdout)["topics"]}
    shown, there = by_topic[f"{ITEM}@liuyinli"], await topic(office)
    assert {**shown, "trend": None} == {**there, "trend": None}
    words = shouwen(office, "topics", *over)
    assert f"{ITEM}@liuyinli" in words.stdout
    load = shouwen(office, "workload", "--unit", "liuyin")
    assert load.returncode == 0, load.stderr
    assert "posts present" in load.stdout
    for wrong in (
        ("topics", "--unit", "nowhere", "--period", "2026"),
        ("topics", "--unit", "liuyin", "--period", "soon"),
        ("workload", "--unit", "liuyin", "--as-of", "yesterday"),
        ("workload", "--unit", "liuyin", "--as-of", "2001-01-01T00:00:00Z"),
    ):
        refused = shouwen(office, *wrong)
        assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1), refused.stderr
    assert reported


async def test_where_fewer_than_three_reported_the_map_draws_nothing(office: Office) -> None:
    for _ in range(2):
        await opened(office, CLERK, item_id="c13-04", title="推选楼栋长", text="何时推选")
    headers = await supervisor(office, "liuyin")
    found = (await get(office, f"{LIST}/c13-04@liuyinli/map", headers)).json()
    assert (found["features"], found["cases"], found["not_drawn"]) == ([], 2, 2)
