"""Looks at a page as it stands: may everybody use it, is it small, is it in one language?"""

import re
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, Route

from tests.pages.manners import Manner

SCRIPT = (Path(__file__).parent / "look.js").read_text("utf-8").partition("\n(")[2]
MOST = 200_000
"""Bytes of HTML."""
OPTIONS = {
    "resultTypes": ["violations"],
    "preload": False,  # all there is comes from one origin
    "rules": {"target-size": {"enabled": True}},
}
GRAVE = {"serious", "critical"}
ALSO = {"heading-order", "landmark-one-main"}
"""Rules that count although axe calls their faults moderate."""


async def faults_of(page: Page, manner: Manner) -> list[str]:
    """What is wrong with the page, one sentence each."""
    html = await page.content()
    found: list[str] = await page.evaluate(f"({SCRIPT}", manner.language)
    if (size := len(html.encode())) >= MOST:
        found.append(f"{size} bytes of HTML")
    return found + (await _axe(page) if manner.script else await _axe_of_twin(page, html, manner))


async def _axe(page: Page) -> list[str]:
    results = await _runner().run(page, options=OPTIONS)
    return [
        f"{each['id']} ({each['impact']}): {each['help']}: {_places(each['nodes'])}"
        for each in results.response["violations"]
        if each["impact"] in GRAVE or each["id"] in ALSO
    ]


@cache
def _runner() -> Axe:
    return Axe()


def _places(nodes: list[dict[str, Any]]) -> str:
    told = (f"{node['target'][0]} {node['html'][:120]}" for node in nodes[:3])
    return "; ".join(told) + (f"; and {len(nodes) - 3} more" if len(nodes) > 3 else "")


async def _axe_of_twin(page: Page, html: str, manner: Manner) -> list[str]:
    """axe is a script: where there are none, it looks at the same page in a window beside it."""
    browser = page.context.browser
    assert browser is not None
    beside = await browser.new_context(
        **{**manner.context, "java_script_enabled": True},
        storage_state=await page.context.storage_state(),
    )
    shown = re.sub(r"<(/?)noscript\b", r"<\1div", html)
    policy = {"Content-Security-Policy": "script-src 'none'"}

    async def same(route: Route) -> None:
        await route.fulfill(body=shown, content_type="text/html; charset=utf-8", headers=policy)

    twin = await beside.new_page()
    await twin.route(lambda url: url.split("#")[0] == page.url.split("#")[0], same, times=1)
    await twin.goto(page.url)
    found = await _axe(twin)
    await beside.close()
    return found
