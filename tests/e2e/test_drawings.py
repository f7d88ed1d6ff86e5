"""Images over HTTP: drawn of what their visitor may see, and letting nothing in (R12.5)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from api.pages.drawing import picking
from api.pages.drawing.frame import Frame
from api.turns import A_MINUTE
from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, at_grid
from tests.pages.drawing.test_maps import parsed

pytestmark = pytest.mark.rule("R12.5")
MONTH = datetime.now(UTC).strftime("%Y-%m")
DRAWINGS: dict[str, dict[str, Any]] = {
    "board/units.svg": {"unit": "liuyin"},
    "board/stages.svg": {"unit": "liuyin", "size": "narrow"},
    "workload.svg": {"unit": "liuyin"},
    "ranking.svg": {"kind": "community", "period": MONTH},
    "scores/units/liuyin.svg": {"period": MONTH, "scope": "area"},
    "map.svg": {"unit": "liuyin", "by": "overdue"},
}


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that shows nobody's credentials."""
    async with httpx.AsyncClient(base_url=office.http.base_url, timeout=60) as found:
        yield found


async def signed_in(office: Office, person_id: str) -> dict[str, str]:
    """The cookie of a session."""
    return {"Cookie": f"shouwen_session={await office.fresh_token(person_id)}"}


async def got(
    browser: httpx.AsyncClient, path: str, who: dict[str, str], **asked: Any
) -> httpx.Response:
    return await browser.get(f"/drawings/{path}", params=asked, headers=who)


@pytest.mark.parametrize("path", DRAWINGS)
async def test_a_supervisor_gets_a_drawing_that_lets_nothing_in(
    office: Office, browser: httpx.AsyncClient, path: str
) -> None:
    await at_grid(office)
    who = await signed_in(office, await office.somebody(Role.SUPERVISOR, "liuyin"))
    for lang in ("zh", "en"):
        answer = await got(browser, path, who, lang=lang, **DRAWINGS[path])
        assert answer.status_code == 200, answer.text[:300]
        assert answer.headers["content-type"] == "image/svg+xml"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "private, max-age=60"
        assert answer.headers["vary"] == "Cookie"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert parsed(answer.text).attrib["role"] == "img"


@pytest.mark.parametrize("path", DRAWINGS)
async def test_nobody_gets_a_drawing_of_what_they_may_not_see(
    office: Office, browser: httpx.AsyncClient, path: str
) -> None:
    other = await signed_in(office, await office.somebody(Role.SUPERVISOR, "shiqiao"))
    clerk = await signed_in(office, CLERK)
    nobody = await got(browser, path, {}, **DRAWINGS[path])
    assert nobody.status_code == 303
    if path != "ranking.svg":  # it shows everybody the units they oversee
        assert (await got(browser, path, other, **DRAWINGS[path])).status_code == 403
    if path != "scores/units/liuyin.svg":
        assert (await got(browser, path, clerk, **DRAWINGS[path])).status_code == 403


async def test_what_the_api_cannot_answer_is_no_drawing(
    office: Office, browser: httpx.AsyncClient
) -> None:
    who = await signed_in(office, await office.somebody(Role.SUPERVISOR, "liuyin"))
    for path, asked in (
        ("board/units.svg", {}),
        ("board/units.svg", {"unit": "nowhere"}),
        ("board/units.svg", {"unit": "liuyin", "size": "huge"}),
        ("map.svg", {"unit": ["liuyin", "anlan"]}),
        ("map.svg", {"unit": "liuyin", "by": "satisfaction"}),
        ("place.svg", {}),
        ("place.svg", {"frame": "1,2,3"}),
        ("place.svg", {"frame": "116.88,36.41,5,9999,320"}),
        ("place.svg", {"frame": "116.88,36.41,5,320,320", "unit": "nowhere"}),
        ("topics/<b>.svg", {"unit": "liuyin", "period": MONTH}),
        ("scores/units/..%2F..%2Fcases.svg", {"period": MONTH}),
    ):
        answer = await got(browser, path, who, **asked)
        assert answer.status_code in {404, 422}, (path, asked, answer.status_code)
        assert "<svg xmlns" not in answer.text


@pytest.mark.rule("R2.1")
async def test_everybody_may_point_at_the_map_and_the_click_finds_the_grid(
    office: Office, browser: httpx.AsyncClient
) -> None:
    borders = (await browser.get("/api/v1/borders", params={"unit": "liuyinli"})).json()
    frame = picking.frame(borders)
    assert frame is not None
    asked = {"unit": "liuyinli", "frame": str(frame), "chosen": "liuyinli-2"}
    answer = await got(browser, "place.svg", {}, at="116.884,36.4141", **asked)
    assert answer.status_code == 200
    root = parsed(answer.text)
    assert (root.attrib["width"], root.attrib["height"]) == ("320", "320")
    again = Frame.read(str(frame))
    assert again is not None
    staff, found = await office.as_person(CLERK), set()
    for x, y in ((x, y) for x in range(8, 320, 16) for y in range(8, 320, 16)):
        longitude, latitude = again.clicked(x, y)
        point = {"longitude": longitude, "latitude": latitude}
        place = (await browser.get("/api/v1/place", params=point, headers=staff)).json()
        found.add((place["grid"] or {"id": None})["id"])
    assert {"liuyinli-1", "liuyinli-2", "liuyinli-3", None} <= found


async def test_who_asks_for_places_without_end_is_stopped_and_staff_go_on(
    office: Office, browser: httpx.AsyncClient
) -> None:
    elsewhere = {"X-Forwarded-For": "198.51.100.23"}
    point = {"longitude": 116.884, "latitude": 36.4141}
    for _ in range(A_MINUTE + 1):
        last = await browser.get("/api/v1/place", params=point, headers=elsewhere)
    assert (last.status_code, last.json()["code"]) == (429, "too_many_questions")
    staff = {**elsewhere, **await office.as_person(CLERK)}
    answer = await browser.get("/api/v1/place", params=point, headers=staff)
    assert answer.status_code == 200


@pytest.mark.parametrize("at", ["", "x", "1", "nan,nan", "999,1", "1,2,3", "inf,1"])
async def test_a_point_that_is_none_has_no_cross(browser: httpx.AsyncClient, at: str) -> None:
    frame = "116.8845410,36.4141640,3.6541,320,320"
    answer = await got(browser, "place.svg", {}, unit="liuyinli", frame=frame, at=at)
    assert answer.status_code == 200
    assert "stroke-linecap" not in answer.text
