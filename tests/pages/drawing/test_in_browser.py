"""Drawings in a real browser under the pages' own policy: charts by their address and in the page,
a map whose areas are reached by keyboard, a map that is pointed at without a script.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from markupsafe import Markup
from playwright.async_api import Route, expect

from api.pages.drawing import figures, maps, picking, showing
from api.pages.drawing.figure import Figure
from api.pages.drawing.frame import Frame
from api.pages.drawing.press import Press
from api.pages.drawing.showing import Shown
from api.pages.page import HEADERS
from api.pages.templating import environment
from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import at_grid
from tests.pages.browser import Visitor
from tests.pages.drawing.made import HOSTILE, ragged
from tests.pages.manners import EVERYWHERE, NO_SCRIPT

pytestmark = pytest.mark.rule("R12.5")
HERE = "/drawn"
WHOLE = """{% import "parts/figure.html" as figure %}<!doctype html>
<html lang="{{ 'zh-Hans' if lang == 'zh' else 'en' }}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Shouwen</title>
<link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/pages.css"></head>
<body><main id="main"><h1>Shouwen</h1>{{ inside }}
{% for shown in charts %}{{ figure.chart(shown, open=true) }}{% endfor %}
{% if listed %}{{ figure.numbers(listed, open=true) }}{% endif %}</main></body></html>"""
Put = Callable[..., Awaitable[None]]


@pytest.fixture
def put(visitor: Visitor) -> Put:
    """Puts a page of these parts where the visitor may go, under the policy of all pages."""

    async def put(inside: str = "", charts: tuple[Shown, ...] = (), listed: Any = None) -> None:
        language = visitor.manner.language
        shown = {"inside": Markup(inside), "charts": charts, "listed": listed}  # noqa: S704 - ours
        text = environment(language).from_string(WHOLE).render(**shown)

        async def answer(route: Route) -> None:
            await route.fulfill(body=text, headers={**HEADERS, "Content-Type": "text/html"})

        await visitor.context.route(re.compile(rf"{HERE}(\?.*)?$"), answer)

    return put


@pytest.fixture(scope="module")
async def press() -> AsyncIterator[Press]:
    found = Press()
    yield found
    await found.stop()


def by_address(figure: Figure, language: str, path: str, **asked: str) -> Shown:
    """As `showing.linked` gives it to a page of that language."""
    page: Any = type("Page", (), {"lang": language})()
    return showing.linked(page, figure, path, **asked)


@pytest.mark.parametrize("manner", EVERYWHERE, ids=str)
async def test_charts_are_seen_by_their_address_and_in_the_page(
    office: Office, visitor: Visitor, put: Put, press: Press
) -> None:
    await at_grid(office)
    headers = await office.as_person(await office.somebody(Role.SUPERVISOR, "liuyin"))
    language = visitor.manner.language
    asked = {"unit": "liuyin", "lang": language}
    answer = await office.http.get("/api/v1/board", params=asked, headers=headers)
    units = figures.board_units(answer.json(), language)
    one = by_address(units, language, "board/units", unit="liuyin")
    page: Any = type("Page", (), {"lang": language, "here": type("Here", (), {"press": press})()})()
    two = await showing.inside(page, figures.board_stages(answer.json(), language))
    await visitor.sign_in_as(Role.SUPERVISOR, "liuyin")
    await put(charts=(one, two))
    seen = await visitor.go(HERE)
    image = seen.locator("picture img")
    await image.scroll_into_view_if_needed()
    await expect(image).to_have_js_property("complete", True)  # noqa: FBT003 - the property's value
    wide = 640 if visitor.manner.size == "desktop" else 340
    await expect(image).to_have_js_property("naturalWidth", wide)
    drawn = seen.locator("svg").filter(visible=True)
    await expect(drawn).to_have_count(1)
    await expect(drawn).to_be_visible()
    await expect(seen.get_by_role("table")).to_have_count(2)


async def test_an_area_of_a_map_is_a_link_that_the_keyboard_reaches(
    visitor: Visitor, put: Put
) -> None:
    found = ragged(4, ["第一网格", *HOSTILE[:3]])
    svg = maps.in_page(found, "未结件数", lambda each: f"{HERE}?unit={each['id']}")
    await put(inside=svg, listed=maps.table(found, "未结件数", ("单位", "情况")))
    page = await visitor.go(HERE)
    await expect(page.get_by_role("link")).to_have_count(4)
    link = page.get_by_role("link", name="第一网格 · 未结 0 件，其中超期 0 件")
    await expect(link).to_have_count(1)
    await page.keyboard.press("Tab")
    await expect(link).to_be_focused()
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**{HERE}?unit=g0")
    await visitor.look()


@pytest.mark.rule("R2.1")
@pytest.mark.parametrize("manner", [NO_SCRIPT], ids=str)
async def test_a_click_on_the_map_is_sent_without_a_script_and_finds_the_grid(
    office: Office, visitor: Visitor, put: Put
) -> None:
    asked = {"unit": "liuyinli"}
    borders = (await office.http.get("/api/v1/borders", params=asked)).json()
    frame = picking.frame(borders)
    assert frame is not None
    await put(
        inside=f'<form action="{HERE}"><input type="hidden" name="frame" value="{frame}">'
        f'<input type="image" name="at" width="320" height="320" alt="点出位置"'
        f' src="/drawings/place.svg?unit=liuyinli&amp;frame={frame}"></form>'
    )
    page = await visitor.go(HERE)
    organisation = (await office.book()).organisation
    ring = [(x / 1e6, y / 1e6) for x, y in organisation.borders["liuyinli-2"]]
    middle = [sum(axis) / len(ring) for axis in zip(*ring, strict=True)]
    x, y = frame.pixel(*middle)
    await page.get_by_role("button", name="点出位置").click(position={"x": x, "y": y})
    await page.wait_for_url("**at.x=**")
    sent = dict(parse_qsl(urlsplit(page.url).query))
    read = Frame.read(sent["frame"])
    assert read == frame
    longitude, latitude = read.clicked(int(sent["at.x"]), int(sent["at.y"]))
    point = {"longitude": longitude, "latitude": latitude}
    place = (await office.http.get("/api/v1/place", params=point)).json()
    assert place["grid"]["id"] == "liuyinli-2"
