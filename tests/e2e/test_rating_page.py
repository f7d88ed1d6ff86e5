"""The page behind the rating link: it opens without an account, keeps the secret, and rates."""

import re

import pytest

from api.schemas.ratings import RatingBody
from tests.e2e.office import Office
from tests.e2e.scenes.base import opened


@pytest.mark.rule("R9.1")
async def test_the_page_opens_for_anybody_and_says_nothing_of_a_case(office: Office) -> None:
    case = await opened(office, title="楼道灯不亮的楼道")
    there = await office.http.get(f"/rate/{case.case_id}")
    nowhere = await office.http.get("/rate/SW-0000-0000-0000")
    assert there.status_code == nowhere.status_code == 200
    assert there.headers["content-type"] == "text/html; charset=utf-8"
    assert there.text == nowhere.text


async def test_it_loads_nothing_from_elsewhere_and_tells_nobody_where_it_came_from(
    office: Office,
) -> None:
    page = await office.http.get("/rate/SW-1")
    assert page.headers["referrer-policy"] == "no-referrer"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    parts = re.findall(r'(?:href|src)="(/[^"]*)"', page.text)
    assert parts == ["/static/rate.css", "/static/rate.js"]
    assert not re.search(r"https?://|<script>|<style|\son\w+=|\sstyle=", page.text)
    for part in parts:
        assert (await office.http.get(part)).status_code == 200
    for other in ("/static/app.py", "/static/..%2fapp.py", "/static/rate.html"):
        assert (await office.http.get(other)).status_code in {404, 422}


@pytest.mark.rule("R9.2")
async def test_it_asks_what_a_rating_holds(office: Office) -> None:
    page = (await office.http.get("/rate/SW-1")).text
    script = (await office.http.get("/static/rate.js")).text
    asked = set(re.findall(r'name="(contacted|solved|grade|text)"', page))
    assert asked == set(RatingBody.model_fields) - {"tags"}
    assert re.findall(r'name="grade" value="(\d)"', page) == ["5", "4", "3", "2", "1"]
    assert all(f"{field}:" in script for field in asked)
    assert "Authorization: `Rating ${secret}`" in script
    for element in re.findall(r"<[^>]*data-zh[^>]*>", page):
        assert "data-en" in element


@pytest.mark.rule("R14.2")
async def test_it_gives_the_receipt_of_the_rating_to_keep(office: Office) -> None:
    page = (await office.http.get("/rate/SW-1")).text
    script = (await office.http.get("/static/rate.js")).text
    assert 'id="keep" type="button" hidden' in page
    assert "`/api/v1/cases/${encodeURIComponent(caseId)}/receipt`" in script
    assert script.count("Authorization: `Rating ${secret}`") == 2
