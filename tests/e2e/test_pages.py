"""Pages as a browser without scripts gets them: who may see them, in which language, how one signs
in, and what another site's form is answered.
"""

import asyncio
import re
from collections.abc import AsyncIterator

import httpx
import pytest

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import opened
from tests.e2e.test_people import password

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of its own: it keeps cookies and follows nothing by itself."""
    async with httpx.AsyncClient(base_url=office.http.base_url, timeout=30) as found:
        yield found


@pytest.fixture
async def clerk(office: Office) -> str:
    """The login of a clerk of the sample town."""
    return await login_of(office, await office.somebody(Role.FIRST_CONTACT_CLERK, "liuyinli"))


async def login_of(office: Office, person_id: str) -> str:
    return (await office.book()).organisation.people[person_id].login


async def its_handler(office: Office, browser: httpx.AsyncClient, case_id: str) -> None:
    """Signs in as whoever is in charge of a case."""
    login = await login_of(office, (await office.case(case_id))["handler"]["id"])
    assert (await sign_in(office, browser, login)).status_code == 303


async def sign_in(
    office: Office, browser: httpx.AsyncClient, login: str, **fields: str
) -> httpx.Response:
    data = {"login": login, "password": password(office), **fields}
    return await browser.post("/sign-in", data=data, headers=OURS)


def title_of(answer: httpx.Response) -> str:
    found = re.search(r"<h1>([^<]*)</h1>", answer.text)
    assert found, answer.text
    return found[1]


async def test_the_first_page_is_chinese_and_says_so(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/")
    assert answer.status_code == 200
    assert '<html lang="zh-Hans">' in answer.text
    assert title_of(answer) == "有什么可以帮您？"


async def test_english_is_kept_for_the_next_pages(browser: httpx.AsyncClient) -> None:
    assert title_of(await browser.get("/?lang=en")) == "What can we do for you?"
    assert title_of(await browser.get("/sign-in")) == "Staff sign-in"
    assert title_of(await browser.get("/sign-in?lang=zh")) == "工作人员登录"


async def test_a_page_lets_nothing_from_elsewhere_in(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    for part in re.findall(r'(?:href|src)="(/assets/[^"]*)"', answer.text):
        assert (await browser.get(part)).status_code == 200
    assert not re.search(r"<style|\son\w+=|\sstyle=|src=\"http", answer.text)


async def test_who_is_not_signed_in_is_asked_to_and_comes_back(
    office: Office, browser: httpx.AsyncClient, clerk: str
) -> None:
    asked = await browser.get("/desk")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?to=/desk")
    done = await sign_in(office, browser, clerk, to="/desk")
    assert (done.status_code, done.headers["location"]) == (303, "/desk")
    assert title_of(await browser.get("/desk")) == "我的工作"


async def test_a_wrong_password_is_said_and_the_login_kept(
    office: Office, browser: httpx.AsyncClient, clerk: str
) -> None:
    answer = await sign_in(office, browser, clerk, password="something else")
    assert answer.status_code == 401
    assert "账号或密码不对" in answer.text
    assert f'value="{clerk}"' in answer.text


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
async def test_nobody_is_sent_elsewhere_after_signing_in(
    office: Office, browser: httpx.AsyncClient, clerk: str, to: str
) -> None:
    done = await sign_in(office, browser, clerk, to=to)
    assert done.headers["location"] == "/desk"


async def test_signed_out_is_out(office: Office, browser: httpx.AsyncClient, clerk: str) -> None:
    await sign_in(office, browser, clerk)
    await browser.post("/sign-out", headers=OURS)
    assert (await browser.get("/desk")).status_code == 303


@pytest.mark.parametrize("site", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://e.x"}])
async def test_another_sites_form_is_refused(
    office: Office, browser: httpx.AsyncClient, clerk: str, site: dict[str, str]
) -> None:
    data = {"login": clerk, "password": password(office)}
    answer = await browser.post("/sign-in", data=data, headers=site)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_an_old_browser_that_names_only_its_origin_may_sign_in(
    office: Office, browser: httpx.AsyncClient, clerk: str
) -> None:
    origin = {"Origin": str(browser.base_url).rstrip("/")}
    data = {"login": clerk, "password": password(office)}
    assert (await browser.post("/sign-in", data=data, headers=origin)).status_code == 303


async def test_a_page_that_is_not_there_says_so_as_a_page(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/nowhere")
    assert answer.status_code == 404
    assert title_of(answer) == "没有这个页面，或您无权查看"
    assert (await browser.get("/api/v1/nowhere")).json()["code"] == "not_found"


async def test_what_went_wrong_is_said_in_the_language_that_is_asked_for(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get("/nowhere?lang=en")
    assert title_of(answer) == "There is no such page, or it is not yours to see"
    assert 'lang="en"' in answer.text


async def test_a_case_of_others_is_a_page_that_is_not_there(
    office: Office, browser: httpx.AsyncClient
) -> None:
    case = await opened(office)
    await its_handler(office, browser, case.case_id)
    mine = await browser.get(f"/desk/cases/{case.case_id}")
    nobodys = await browser.get("/desk/cases/SW-0000-0000-0000")
    assert (mine.status_code, nobodys.status_code) == (200, 404)


@pytest.mark.rule("R14.5")
async def test_a_resident_is_never_named_on_a_page_of_staff(
    office: Office, browser: httpx.AsyncClient
) -> None:
    case = await opened(office, reporter={"name": "欧阳明月", "phone": "13912345678"})
    await its_handler(office, browser, case.case_id)
    page = await browser.get(f"/desk/cases/{case.case_id}")
    assert page.status_code == 200
    assert "欧阳明月" not in page.text
    assert "13912345678" not in page.text


async def test_whoever_has_a_case_open_is_told_within_two_seconds_that_it_moved_on(
    office: Office, browser: httpx.AsyncClient
) -> None:
    case = await opened(office)
    await its_handler(office, browser, case.case_id)
    before = (await office.case(case.case_id))["version"]
    path = f"/api/v1/cases/{case.case_id}/live?after={before}"
    async with asyncio.timeout(10), browser.stream("GET", path) as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == ": ping"
        await office.in_charge(case.case_id, "accept")
        told = [line async for line in _until(lines, "data: ")]
    assert told[-1] == f"data: {before + 1}"


async def test_nobody_watches_a_case_of_others(office: Office, browser: httpx.AsyncClient) -> None:
    case = await opened(office)
    assert (await browser.get(f"/api/v1/cases/{case.case_id}/live")).status_code == 401


async def _until(lines: AsyncIterator[str], beginning: str) -> AsyncIterator[str]:
    async for line in lines:
        yield line
        if line.startswith(beginning):
            return
