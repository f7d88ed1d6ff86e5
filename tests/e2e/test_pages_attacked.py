"""Pages under attack and without their servers: hostile keys, addresses, cookies and sizes, and
what is said, and kept, while PostgreSQL or Temporal is away.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest

from api.pages.forms.kinds import CASE, OFFICE
from api.pages.forms.shapes import shapes
from api.pages.page import LINK, POST
from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from domain.words import Role
from tests.conftest import free_ports
from tests.e2e.conftest import create_database, open_office
from tests.e2e.office import Office
from tests.e2e.resident import OURS, TOLD, Resident, somebody
from tests.e2e.scenes.base import GRID, at_grid, opened
from tests.e2e.test_pages import its_handler, login_of, sign_in
from tests.pages.sheets import Form, Sheet

LAMP = "c07-02"
PROGRESS = "/do/record_progress"
KEYS = ("é" * 20, "长" * 10, "k" * 5_000, "short", "with space and more", "a\tb\tc\td\te")


@pytest.fixture(scope="module")
def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalPostgres]:
    """A PostgreSQL that is stopped here."""
    server = LocalPostgres(tmp_path_factory.mktemp("pg"), durable=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def own_temporal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalTemporal]:
    """A Temporal that is stopped here."""
    port, ui_port = free_ports(2)
    server = LocalTemporal(tmp_path_factory.mktemp("temporal"), port, ui_port, headless=True)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
async def office(
    own_postgres: LocalPostgres,
    own_temporal: LocalTemporal,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Office]:
    """An office on servers of its own."""
    await create_database(own_postgres, "attacked")
    data: Path = tmp_path_factory.mktemp("attacked")
    async with open_office(own_postgres, own_temporal, data, "attacked") as found:
        yield found


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=office.http.base_url, timeout=60, headers=OURS) as found:
        yield found


@pytest.fixture
async def resident(office: Office) -> AsyncIterator[Resident]:
    async with somebody(office) as found:
        yield found


@contextlib.asynccontextmanager
async def away(server: LocalPostgres | LocalTemporal, office: Office) -> AsyncIterator[None]:
    """Its servers are stopped meanwhile."""
    await asyncio.to_thread(server.stop)
    try:
        yield
    finally:
        await asyncio.to_thread(server.start)
        await office.until_ready()


def forms(answer: httpx.Response, ending: str) -> list[Form]:
    found = Sheet(str(answer.url), answer.text).forms
    return [form for form in found if urlsplit(form.action).path.endswith(ending)]


def fields(form: Form) -> dict[str, str]:
    return {each.name: each.value for each in form.fields if each.kind != "file"}


async def progress(browser: httpx.AsyncClient, case_id: str) -> tuple[str, dict[str, str]]:
    """The form of a step of staff: its address and fields."""
    address = f"/desk/cases/{case_id}{PROGRESS}"
    form, *_ = forms(await browser.get(address), PROGRESS)
    return address, {**fields(form), "text": "去看过了，明天换灯。"}


async def steps(office: Office, case_id: str) -> list[str]:
    return [event["kind"] for event in await office.events(case_id)]


# -- keys ------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
async def test_a_key_that_is_none_of_ours_breaks_nothing_and_still_has_one_effect(
    office: Office, browser: httpx.AsyncClient, key: str
) -> None:
    case = await at_grid(office)
    await its_handler(office, browser, case.case_id)
    address, given = await progress(browser, case.case_id)
    before = len(await steps(office, case.case_id))
    for _ in range(2):
        answer = await browser.post(address, data={**given, "_key": key})
        assert answer.status_code == 303, answer.text
    assert len(await steps(office, case.case_id)) == before + 1


# -- addresses and cookies -------------------------------------------------------

STRANGE = ("/board/scores/units/新?a=é", "/board/scores/units/a\r\nSet-Cookie: a=b")


@pytest.mark.parametrize("path", STRANGE)
async def test_whoever_is_asked_to_sign_in_comes_back_to_any_address(
    browser: httpx.AsyncClient, path: str
) -> None:
    answer = await browser.get(quote(path, safe="/?="))
    assert answer.status_code == 303, answer.text
    assert "set-cookie" not in answer.headers
    assert answer.headers["location"].startswith("/sign-in?to=/board/")


async def test_who_comes_back_after_signing_in_finds_the_list_as_it_was_asked(
    office: Office, browser: httpx.AsyncClient
) -> None:
    asked = await browser.get("/desk", params={"text": "路灯 & 井盖"})
    (back,) = parse_qs(urlsplit(asked.headers["location"]).query)["to"]
    assert parse_qs(urlsplit(back).query)["text"] == ["路灯 & 井盖"]
    login = await login_of(office, await office.somebody(Role.FIRST_CONTACT_CLERK, "liuyinli"))
    done = await sign_in(office, browser, login, to=back)
    assert parse_qs(urlsplit(done.headers["location"]).query)["text"] == ["路灯 & 井盖"]


async def test_a_post_that_somebody_else_chose_in_this_browser_locks_nobody_out(
    office: Office, browser: httpx.AsyncClient
) -> None:
    posts = (await office.book()).organisation.posts.values()
    clerk = await office.somebody(Role.FIRST_CONTACT_CLERK, "liuyinli")
    others = next(post.post_id for post in posts if post.person_id != clerk)
    browser.cookies.set(POST, others, domain="127.0.0.1")
    await sign_in(office, browser, await login_of(office, clerk))
    assert (await browser.get("/desk")).status_code == 200


async def test_a_chosen_post_that_is_over_is_given_up_kindly(
    office: Office, browser: httpx.AsyncClient
) -> None:
    clerk = await office.somebody(Role.FIRST_CONTACT_CLERK, "liuyinli")
    await sign_in(office, browser, await login_of(office, clerk))
    browser.cookies.set(POST, "no-such-post", domain="127.0.0.1")
    answer = await browser.get("/desk?order=due")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk?order=due")
    assert f'{POST}=""' in answer.headers["set-cookie"]


async def test_a_code_of_strange_letters_opens_nothing_and_breaks_nothing(
    office: Office, browser: httpx.AsyncClient
) -> None:
    case = await opened(office)
    for door in ("mine", "party", "rate", "help"):
        headers = [(b"cookie", f"{LINK}=é長".encode())]
        for ending in ("", "/live", "/rating"):
            answer = await browser.get(f"/{door}/{case.case_id}{ending}", headers=headers)
            assert answer.status_code < 500, (door, ending)


@pytest.mark.parametrize("upto", ["9" * 5_000, "9" * 19, "²", "-1", ""])
async def test_a_number_that_no_entry_has_marks_nothing_and_breaks_nothing(
    office: Office, browser: httpx.AsyncClient, upto: str
) -> None:
    clerk = await office.somebody(Role.FIRST_CONTACT_CLERK, "liuyinli")
    await sign_in(office, browser, await login_of(office, clerk))
    answer = await browser.post("/desk/inbox/read", data={"upto": upto})
    assert answer.status_code == 303, answer.text


# -- sizes -----------------------------------------------------------------------


async def test_what_is_too_large_for_a_page_is_said_by_a_page(
    office: Office, browser: httpx.AsyncClient
) -> None:
    for size in (office.settings.body_limit_bytes + 10, 3_000_000):
        answer = await browser.post("/sign-in", data={"login": "x" * size})
        assert answer.status_code == 422
        assert answer.headers["content-type"].startswith("text/html")
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "内容太大" in answer.text

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"a" * 50_000  # one field: many are refused as many, should they come first

    sent = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await browser.post("/sign-in", content=endless(), headers=sent)
    assert answer.status_code == 422
    assert "内容太大" in answer.text
    told = await browser.post("/api/v1/cases", content=bytes(70_000))
    assert told.json()["code"] == "body_too_large"


async def test_no_link_to_a_form_breaks_it(office: Office, browser: httpx.AsyncClient) -> None:
    case = await at_grid(office)
    await its_handler(office, browser, case.case_id)
    for kind, body in CASE.items():
        asked = dict.fromkeys((shape.name for shape in shapes(body)), "a, b")
        answer = await browser.get(f"/desk/cases/{case.case_id}/do/{kind}", params=asked)
        assert answer.status_code < 500, kind
    await sign_in(
        office, browser, await login_of(office, await office.somebody(Role.ADMINISTRATOR))
    )
    for kind, office_body in OFFICE.items():
        asked = dict.fromkeys((shape.name for shape in shapes(office_body)), "a, b")
        answer = await browser.get(f"/admin/do/{kind}", params=asked)
        assert answer.status_code == 200, kind


# -- away ------------------------------------------------------------------------


async def test_a_session_that_ended_meanwhile_loses_nothing_that_was_typed(
    office: Office, browser: httpx.AsyncClient
) -> None:
    case = await at_grid(office)
    await its_handler(office, browser, case.case_id)
    address, given = await progress(browser, case.case_id)
    kept = dict(browser.cookies)
    browser.cookies.clear()
    answer = await browser.post(address, data=given)
    assert answer.status_code == 401
    (form,) = forms(answer, PROGRESS)
    assert fields(form)["text"] == given["text"]
    for name, value in kept.items():
        browser.cookies.set(name, value, domain="127.0.0.1")
    assert (await browser.post(form.action, data=fields(form))).status_code == 303


async def test_another_sites_form_is_never_held_to_be_sent_again(
    office: Office, browser: httpx.AsyncClient
) -> None:
    case = await opened(office)
    headers = {"Sec-Fetch-Site": "cross-site"}
    address = f"/desk/cases/{case.case_id}{PROGRESS}"
    answer = await browser.post(address, data={"text": "from elsewhere"}, headers=headers)
    assert answer.status_code == 403
    assert "from elsewhere" not in answer.text


async def test_while_temporal_is_away_a_report_is_kept_and_sent_again_it_is_one_case(
    office: Office, own_temporal: LocalTemporal, resident: Resident
) -> None:
    await resident.go("/report")
    told = {"text": TOLD, "item": LAMP, "unit": GRID}
    async with away(own_temporal, office):
        await resident.send("/report", **told)
        assert resident.page.status_code == 503
        again = fields(resident.form("/report"))
        first = fields(resident.form("/report"))["_key"]
        await resident.send("/report")
        assert fields(resident.form("/report"))["_key"] == first, "a new key would count twice"
    assert again["text"] == TOLD
    await resident.send("/report")
    assert resident.path.endswith("/receipt"), resident.text


async def test_while_the_database_is_away_every_page_says_so_and_keeps_what_was_typed(
    office: Office,
    own_postgres: LocalPostgres,
    browser: httpx.AsyncClient,
    resident: Resident,
) -> None:
    case = await at_grid(office)
    await its_handler(office, browser, case.case_id)
    address, given = await progress(browser, case.case_id)
    before = len(await steps(office, case.case_id))
    await resident.go("/report")
    async with away(own_postgres, office):
        await resident.send("/report", text=TOLD, item=LAMP, unit=GRID)
        assert resident.page.status_code == 503, resident.text
        assert fields(resident.form("/report"))["text"] == TOLD
        answer = await browser.post(address, data=given)
        assert answer.status_code == 503, answer.text
        (held,) = forms(answer, PROGRESS)
        assert fields(held)["text"] == given["text"]
        assert fields(held)["_key"] == given["_key"]
        signing = await browser.post("/sign-in", data={"login": "a", "password": "s3cret-word"})
        assert "s3cret-word" not in signing.text
        for path in ("/", "/desk", "/board", f"/mine/{case.case_id}"):
            seen = await browser.get(path)
            assert seen.status_code in {200, 503}, path
            assert seen.headers["content-type"].startswith("text/html")
    assert (await browser.post(held.action, data=fields(held))).status_code == 303
    assert len(await steps(office, case.case_id)) == before + 1
    await resident.send("/report")
    assert resident.path.endswith("/receipt"), resident.text
