"""Forms in a real browser, with scripts and without: everybody can use them, what is typed arrives.

Nothing is served: every form is drawn and read here, before a browser that sends it.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, Route, expect
from pydantic import BaseModel, ValidationError

import api.pages
from api.pages.drawing.frame import Frame
from api.pages.forms import Choices, Forms, Option, Picture, Typed
from api.pages.page import HEADERS
from api.pages.templating import environment
from api.schemas.first_contact import CaseBody
from api.schemas.office import AddPersonBody
from api.schemas.whistle import SummonBody
from tests.pages.forms.bodies import BODIES
from tests.pages.looking import faults_of
from tests.pages.manners import NO_SCRIPT, Manner
from tests.pages.watching import Watch

HOME = "http://office.test"
STATIC = Path(api.pages.__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
MAP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><path d="M0 0h9v9z"/></svg>'
FRAME = Frame.around((104, 30, 105, 31), 300, 300, margin=0)
PICTURE = Picture("/assets/map.svg", FRAME)
CHOICES = Choices(
    of={"units": [Option(f"u-{n}", f"锦绣社区 {n}") for n in range(8)]}, picture=PICTURE
)
PAGE = """<!doctype html><html lang="{{ lang }}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ "表单" if lang == "zh" else "A form" }}</title>
<link rel="stylesheet" href="/assets/pages.css"><script src="/assets/enhance.js" defer></script>
</head><body><main id="main" tabindex="-1"><h1>{{ "表单" if lang == "zh" else "A form" }}</h1>
{% import "parts/fields.html" as fields %}
{% for form in forms %}
{% if told %}{{ fields.summary(form) }}{% endif %}<h2>{{ form.title }}</h2>
<form method="post" data-enhance>{{ fields.all(form) }}<button>{{ form.title }}</button></form>
{% endfor %}
{% if sent %}<p class="sent" translate="no">{{ sent }}</p>{% endif %}
</main><div id="news" role="status"></div></body></html>"""


@dataclass
class Counter:
    """Who draws a body's forms and reads them, as a page of ours would."""

    page: Page
    forms: Forms
    body: type[BaseModel] = CaseBody

    def draw(self, *forms: object, told: bool = False, sent: str = "") -> str:
        template = environment(self.forms.language).from_string(PAGE)
        return template.render(forms=forms, told=told, sent=sent)

    async def answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/assets/"):
            file = STATIC / path.removeprefix("/assets/")
            text = file.read_text("utf-8") if file.exists() else MAP
            await route.fulfill(body=text, content_type=TYPES[file.suffix])
            return
        if route.request.method == "POST":
            html = await self.read(route.request.post_data or "")
        else:
            html = self.draw(self.forms.draw(self.body))
        await route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=HEADERS)

    async def read(self, posted: str) -> str:
        sent = await self.forms.receive(self.body, parse_qsl(posted, keep_blank_values=True))
        if sent.again:
            return self.draw(self.forms.draw(self.body, sent.typed))
        try:
            self.body.model_validate(sent.body)
        except ValidationError as error:
            places = [
                {"where": "/".join(map(str, ("body", *e["loc"]))), "code": e["type"]}
                for e in error.errors()
            ]
            form = self.forms.draw(self.body, sent.typed, {"errors": places})
            return self.draw(form, told=True)
        return self.draw(sent=json.dumps(sent.body, ensure_ascii=False))

    async def sent(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(await self.page.locator(".sent").inner_text())
        return found


@pytest.fixture
def manner() -> Manner:
    return Manner()


@pytest.fixture
async def counter(windows: Chromium, manner: Manner) -> AsyncIterator[Counter]:
    context = await windows.new_context(**manner.context)
    watch = Watch(HOME)
    await watch.over(context)
    page = await context.new_page()
    page.set_default_timeout(15_000)
    forms = Forms(language=manner.language, zone="Asia/Shanghai", choices=CHOICES)
    found = Counter(page, forms)
    await page.route("**/*", found.answer)
    yield found
    assert not watch.faults
    await context.close()


@pytest.mark.parametrize("manner", [Manner("phone", "zh"), Manner("desktop", "en")], ids=str)
async def test_every_form_can_be_used_by_everybody(counter: Counter, manner: Manner) -> None:
    drawn: list[str] = []

    async def answer(route: Route) -> None:
        if urlsplit(route.request.url).path.startswith("/assets/"):
            await counter.answer(route)
        else:
            await route.fulfill(
                body=drawn[-1], content_type="text/html; charset=utf-8", headers=HEADERS
            )

    await counter.page.unroute("**/*")
    await counter.page.route("**/*", answer)
    for start in range(0, len(BODIES), 8):
        bodies = BODIES[start : start + 8]
        forms = [wrong(counter.forms, body, f"f{n}") for n, body in enumerate(bodies)]
        drawn.append(counter.draw(*forms))
        await counter.page.goto(HOME)
        assert await faults_of(counter.page, manner) == []


def wrong(forms: Forms, body: type[BaseModel], prefix: str) -> object:
    """The form with an entry in each list and a fault at each field."""
    lists = [one.name for one in forms.draw(body).fields if one.control == "many"]
    typed = Typed({f"{name}.0": ("",) for name in lists})
    names = [each.name for one in forms.draw(body, typed).fields for each in one.all]
    places = [{"where": f"body/{name.replace('.', '/')}", "code": "missing"} for name in names]
    return forms.draw(body, typed, {"errors": places}, prefix)


WAYS = [NO_SCRIPT, Manner("phone", "zh"), Manner("desktop", "zh")]


@pytest.mark.parametrize("manner", WAYS, ids=str)
async def test_helpers_are_summoned_one_by_one(counter: Counter, manner: Manner) -> None:
    counter.body, page = SummonBody, counter.page
    await page.goto(HOME)
    await page.get_by_label("请其做什么").fill("请到场\n查看")
    await page.get_by_role("button", name="再添一项").click()
    await expect(page.get_by_role("group", name="吹哨对象 2")).to_be_visible()
    second = page.get_by_role("group", name="吹哨对象 2")
    await second.get_by_label("部门").select_option("锦绣社区 3")
    await second.get_by_label("请其做什么").fill("清理")
    await page.get_by_role("button", name="再添一项").click()
    await page.get_by_role("button", name="删去“吹哨对象 3”").click()
    await expect(page.get_by_role("group", name="吹哨对象 3")).to_have_count(0)
    await page.get_by_label("为什么吹哨").fill("多部门")
    await page.get_by_role("button", name="吹哨请单位协助").click()
    assert (await counter.sent())["calls"] == [
        {"asked": "请到场\n查看"},
        {"unit_id": "u-3", "asked": "清理"},
    ]


@pytest.mark.parametrize("manner", WAYS, ids=str)
async def test_what_is_wrong_takes_the_focus_and_leads_to_its_field(
    counter: Counter, manner: Manner
) -> None:
    counter.body, page = AddPersonBody, counter.page
    await page.goto(HOME)
    await page.get_by_label("人员编号").fill("网格员-1")
    await page.get_by_label("姓名").fill("王 建国")
    await page.get_by_label("登录名").fill("wang")
    phone = page.get_by_label("电话")
    await phone.evaluate("input => input.removeAttribute('pattern')")
    await phone.fill("没有电话")
    await phone.press("Enter")
    summary = page.get_by_role("alert")
    await expect(summary).to_contain_text("有 1 处需要改正")
    await expect(summary).to_be_focused()
    await summary.get_by_role("link").click()
    await expect(phone).to_be_focused()
    await expect(phone).to_have_attribute("aria-invalid", "true")
    await expect(phone).to_have_value("没有电话")
    await phone.fill("+86 138-0000-0000")
    await phone.press("Enter")
    sent = await counter.sent()
    assert (sent["person_id"], sent["phone"]) == ("网格员-1", "+86 138-0000-0000")


@pytest.mark.parametrize("manner", WAYS, ids=str)
async def test_a_place_is_clicked_on_the_map(counter: Counter, manner: Manner) -> None:
    page = counter.page
    await page.goto(HOME)
    await page.get_by_label("一句话说明").fill("路灯不亮")
    await page.get_by_role("button", name="在地图上点一下位置").click(position={"x": 75, "y": 50})
    east, north = PICTURE.degrees(75, 50)
    told = f"已选位置：经度 {east}，纬度 {north}"
    chosen = page.get_by_role("main").get_by_text(told)
    await expect(chosen).to_be_visible()
    await expect(page.get_by_label("一句话说明")).to_have_value("路灯不亮")
