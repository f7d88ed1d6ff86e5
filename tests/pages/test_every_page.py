"""Every page and form that every kind of person comes to. Every page is looked at. Every form is
sent wrong, missing, huge, hostile, twice, from another site, by nobody, by somebody else: nothing
breaks, nothing is shown but as text, what was typed is kept, and nothing happens that should not.
"""

from collections import Counter
from collections.abc import AsyncIterator

import pytest

from cli.local.postgres import LocalPostgres
from tests.e2e.office import Office
from tests.pages.browser import Browser
from tests.pages.conftest import own_office
from tests.pages.crawl import Found, crawl, pattern
from tests.pages.desks import Caller, callers, lived_in
from tests.pages.looking import faults_of
from tests.pages.manners import Manner
from tests.pages.siege import Doors, Siege, ask

Ways = list[tuple[Caller, Found]]


@pytest.fixture(scope="module")
async def besieged(
    postgres: LocalPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Office]:
    """An office that may be left in any state."""
    async with own_office(postgres, tmp_path_factory.mktemp("besieged"), "besieged") as opened:
        await lived_in(opened)
        yield opened


@pytest.fixture
def where(besieged: Office) -> Office:
    return besieged


@pytest.fixture(scope="module")
async def ways(besieged: Office) -> Ways:
    """What everybody comes to."""
    found = []
    for caller in await callers(besieged):
        async with await caller.client(besieged) as client:
            found.append((caller, await crawl(client, caller.starts)))
    return found


async def test_every_link_leads_somewhere(ways: Ways) -> None:
    faults = [f"as {caller.role}: {fault}" for caller, found in ways for fault in found.faults]
    assert not faults, "\n".join(faults)


async def test_every_kind_of_person_has_pages(ways: Ways) -> None:
    for caller, found in ways:
        assert pattern(caller.starts[0]) in found.pages, caller


@pytest.mark.parametrize("manner", [Manner("phone", "en"), Manner("desktop", "zh")], ids=str)
async def test_everybody_can_use_every_page(browser: Browser, manner: Manner, ways: Ways) -> None:
    # Each time as another one of those who come to a page, where several do.
    asked = ways if manner.size == "phone" else ways[::-1]
    faults = [fault async for fault in visited(browser, manner, asked, most=1, look=True)]
    assert not faults, "\n".join(faults)


async def test_every_form_holds(besieged: Office, ways: Ways) -> None:
    faults, tried = list[str](), set[str]()
    for caller, found in ways:
        another = next(other for other, _ in reversed(ways) if other != caller)
        for kind, form in found.forms.items():
            if form.method == "post" and kind not in tried:
                tried.add(kind)
                faults += await Siege(Doors(besieged, caller, another), form).hold()
    assert not faults, f"{len(tried)} forms:\n" + "\n".join(faults)
    assert len(tried) >= 3


async def test_every_question_that_a_page_is_asked_holds(besieged: Office, ways: Ways) -> None:
    faults, tried = list[str](), set[str]()
    for caller, found in ways:
        asked = [address for kind, address in found.pages.items() if "?" in kind]
        for form in found.forms.values():
            if form.method == "get":
                query = "&".join(f"{each.name}={each.value}" for each in form.fields)
                asked.append(f"{form.action.partition('?')[0]}?{query}")
        async with await caller.client(besieged) as client:
            for address in asked:
                if address not in tried:
                    tried.add(address)
                    faults += await ask(client, address)
    assert not faults, "\n".join(faults)


async def test_nothing_that_was_sent_comes_to_life(browser: Browser, ways: Ways) -> None:
    faults = [fault async for fault in visited(browser, Manner(), ways, most=2, look=False)]
    assert not faults, "\n".join(faults)


async def visited(
    browser: Browser, manner: Manner, ways: Ways, *, most: int, look: bool
) -> AsyncIterator[str]:
    """Every kind of page, as so many of those who come to it; what is wrong with them."""
    counted: Counter[str] = Counter()
    for caller, found in ways:
        visitor = await browser.visitor(manner)
        if caller.person_id:
            await visitor.sign_in(caller.person_id)
        if caller.code:
            await visitor.show(caller.code, caller.starts[0])
        for kind, address in found.pages.items():
            counted[kind] += 1
            if counted[kind] <= most:
                await visitor.page.goto(manner.address(address))
                if caller.code and address.startswith(caller.starts[0]):
                    asked_again = await visitor.page.locator("main input[name=code]").count()
                    assert not asked_again, f"{address}: the code is not known any more"
                for fault in await faults_of(visitor.page, manner) if look else ():
                    yield f"{kind} as {caller.role} ({manner}): {fault}"
        await visitor.leave()
