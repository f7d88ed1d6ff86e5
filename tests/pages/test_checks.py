"""The checks themselves: each fault they are for is found, with its address, and nothing else is.

Nothing is served here: pages are laid before the browser as an office would answer them.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, Route

from tests.pages import conftest
from tests.pages.chromium import SETTING
from tests.pages.looking import MOST, faults_of
from tests.pages.manners import NO_SCRIPT, Manner
from tests.pages.watching import Watch

HOME = "http://office.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>{title}</h1>{inside}</main></body></html>"""
GOOD = {
    "zh": "<p>您的请求已经收到。</p>",
    "en": '<p>Received from <span lang="zh">王建国</span>.</p>',
}


def html(inside: str = "", lang: str = "zh") -> str:
    title = {"zh": "首问", "en": "Shouwen"}[lang]
    return PAGE.format(lang=lang, title=title, inside=GOOD[lang] + inside)


@dataclass(slots=True)
class Stage:
    """A window before which pages are laid."""

    page: Page
    watch: Watch
    manner: Manner

    async def show(self, body: str, **headers: str) -> None:
        """Lay this page at the front door, nothing behind any other, and open it."""

        async def answer(route: Route) -> None:
            if route.request.url == f"{HOME}/":
                sent = {**HEADERS, **headers, "Content-Type": "text/html; charset=utf-8"}
                await route.fulfill(body=body, headers=sent)
            else:
                await route.fulfill(status=404)

        await self.page.route("**/*", answer)
        await self.page.goto(f"{HOME}/")

    async def looked(self, body: str) -> str:
        """What the look finds at the page."""
        await self.show(body)
        return "\n".join(await faults_of(self.page, self.manner))

    async def seen(self, body: str, **headers: str) -> str:
        """What the watch has noted once the page is there."""
        await self.show(body, **headers)
        await self.page.wait_for_load_state("networkidle")
        return "\n".join(self.watch.faults)


@pytest.fixture
def manner() -> Manner:
    return Manner("phone", "zh")


@pytest.fixture
async def stage(windows: Chromium, manner: Manner) -> AsyncIterator[Stage]:
    context = await windows.new_context(**manner.context)
    watch = Watch(HOME)
    await watch.over(context)
    yield Stage(await context.new_page(), watch, manner)
    await context.close()


EVERY_MANNER = pytest.mark.parametrize(
    "manner", [Manner("phone", "zh"), Manner("desktop", "en"), NO_SCRIPT], ids=str
)


@EVERY_MANNER
async def test_a_good_page_has_no_faults(stage: Stage, manner: Manner) -> None:
    assert not await stage.looked(html(lang=manner.language))
    assert not stage.watch.faults


@EVERY_MANNER
@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ('<img src="/picture.png">', "image-alt (critical)"),
        ('<form><input name="phone"></form>', "label (critical)"),
        ("<h4>5</h4>", "heading-order"),
        ("<h1>2</h1>", "2 first headings"),
        ('<table width="900"><tr><td>1</td></tr></table>', "scrolls sideways: 9"),
        ("<p onclick=''><style>p {}</style></p>", "a style or a script stands in the page"),
        ("<p>" + "字" * (MOST // 3) + "</p>", "bytes of HTML"),
    ],
)
async def test_a_fault_is_found_wherever_one_looks(
    stage: Stage, manner: Manner, inside: str, fault: str
) -> None:
    if manner.size == "desktop" and "sideways" in fault:
        inside = inside.replace("900", "9000")
    assert fault in await stage.looked(html(inside, manner.language))


@EVERY_MANNER
async def test_a_page_says_its_language_and_its_title(stage: Stage, manner: Manner) -> None:
    found = await stage.looked("<!doctype html><title> </title><main><h1>1</h1></main>")
    assert "no title" in found
    assert f"the language is “”, not {manner.language}" in found


@pytest.mark.parametrize("manner", [Manner("desktop", "en")], ids=str)
@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<p>受理 accepted</p>", "the other language in <p>: “受理”"),
        ('<p title="受理">1</p>', "the other language in title: “受理”"),
        ('<button aria-label="受理">1</button>', "the other language in aria-label: “受理”"),
        ('<p lang="zh-Hans">受理</p><code>受理</code><b translate="no">受理</b>', ""),
        ('<p lang="zh">受理 <span lang="en">受理</span></p>', "the other language in <span>"),
    ],
)
async def test_chinese_on_an_english_page_is_said_to_be_chinese(
    stage: Stage, inside: str, found: str
) -> None:
    told = await stage.looked(html(inside, "en"))
    assert found in told
    assert bool(found) == bool(told)


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<p>It was sent to you</p>", "the other language in <p>: “It was sent to you”"),
        ("<p>请看 iOS App Store</p><a href='/' lang='en'>In English if you like</a>", ""),
        ("<p>SW-12AB-34CD-56EF，PDF、CSV、JSON</p>", ""),
    ],
)
async def test_english_sentences_on_a_chinese_page_are_found_and_names_are_not(
    stage: Stage, inside: str, found: str
) -> None:
    told = await stage.looked(html(inside))
    assert found in told
    assert bool(found) == bool(told)


def test_a_missing_browser_is_a_reason_to_skip_and_under_ci_to_fail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv(SETTING, "/opt/browser")
    assert conftest.executable() == "/opt/browser"
    monkeypatch.delenv(SETTING)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no browser: none of chromium,"):
        conftest.executable()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no browser: none of chromium,"):
        conftest.executable()


# -- what is noted while a page lives ------------------------------------------


@pytest.mark.parametrize("manner", [Manner(), NO_SCRIPT], ids=str)
@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ('<p style="color: red">1</p>', "Content Security Policy directive 'style-src 'self''"),
        ('<img alt="" src="data:,">', "/: Loading the image 'data:,' violates"),
        ('<img alt="" src="http://else.test/1.png">', "http://else.test/1.png: GET failed: csp"),
        ('<link rel="stylesheet" href="/away.css">', "/away.css: GET answered 404"),
    ],
)
async def test_what_a_page_may_not_do_is_noted_with_its_address(
    stage: Stage, inside: str, fault: str
) -> None:
    assert fault in await stage.seen(html(inside))


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("<script>alert(1)</script>", "/: securitypolicyviolation: script-src-elem inline"),
        ('<img alt="" src="/" onerror="1">', "/: securitypolicyviolation: script-src-attr inline"),
    ],
)
async def test_a_script_in_the_page_is_noted(stage: Stage, inside: str, fault: str) -> None:
    assert fault in await stage.seen(html(inside))


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("<script>alert(1)</script>", "/: a dialog: 1"),
        ("<script>console.error('broken')</script>", "/: broken"),
        ("<script>none.such</script>", "/: uncaught: "),
        ("<script>fetch('http://else.test/1').catch(() => 0)</script>", "asked of somebody else"),
        ("<script>fetch('/away').catch(() => 0)</script>", "/away: GET answered 404"),
    ],
)
async def test_what_a_script_does_is_noted_even_where_the_policy_let_it(
    stage: Stage, inside: str, fault: str
) -> None:
    lax = "script-src 'unsafe-inline'"
    found = await stage.seen(html(inside), **{"Content-Security-Policy": lax})
    assert fault in found
    assert f"/: the content security policy is not strict: {lax!r}" in found


async def test_a_refusal_that_a_test_is_about_is_no_fault(stage: Stage) -> None:
    stage.watch.expected.add(404)
    assert not await stage.seen(html('<link rel="stylesheet" href="/away.css">'))


async def test_a_cookie_that_scripts_can_read_is_noted(stage: Stage) -> None:
    await stage.show(html())
    kept: Any = {"name": "kept", "value": "1", "url": HOME, "httpOnly": True}
    kept["sameSite"] = "Strict"
    await stage.page.context.add_cookies([kept])
    await stage.watch.cookies(stage.page.context)
    assert not stage.watch.faults
    kept["sameSite"] = "Lax"
    await stage.page.context.add_cookies([kept])
    await stage.watch.cookies(stage.page.context)
    assert stage.watch.faults == ["/: the cookie kept is not HttpOnly, Strict"]
