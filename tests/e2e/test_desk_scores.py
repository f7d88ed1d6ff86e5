"""One's own figures at the desk: what they are made of, and the appeal against what is held against
one.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from domain.words import Role
from tests.e2e.desk import Desk, hidden, main
from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, forgotten

SitDown = Callable[..., Awaitable[Desk]]
pytestmark = pytest.mark.rule("R12.5")


@pytest.fixture
async def desk(office: Office) -> AsyncIterator[SitDown]:
    """A way to sit down at somebody's desk."""
    async with AsyncExitStack() as closing:

        async def at(person_id: str, language: str = "zh") -> Desk:
            found = await Desk.of(office, person_id, language)
            await closing.enter_async_context(found.http)
            return found

        yield at


async def test_everybody_sees_their_own_figures_and_what_they_are_made_of(desk: SitDown) -> None:
    at = await desk(CLERK)
    html = await at.page("/desk/scores")
    told = main(html)
    assert "按时签收率" in told
    assert "本期未结束" in told
    for link in re.findall(r'href="(/desk/scores/events[^"]*)"', html)[:2]:
        assert "指标" in main(await at.page(link.replace("&amp;", "&")))
    await at.page("/desk/scores/events?measure=acceptance&part=denominator&period=2026-01")


@pytest.mark.parametrize("period", ["2026-13", "soon", "2099-01", "\x00", "x" * 90])
async def test_a_period_that_is_none_is_said_kindly(desk: SitDown, period: str) -> None:
    at = await desk(CLERK)
    answer = await at.http.get("/desk/scores", params={"period": period})
    assert answer.status_code == 200
    assert "没有这个时期的数据" in main(answer.text)


async def test_who_is_not_signed_in_sees_no_figures(office: Office) -> None:
    answer = await office.http.get("/desk/scores")
    assert answer.headers["location"] == "/sign-in?to=/desk/scores"


@pytest.mark.rule("R11")
async def test_what_is_held_against_one_is_appealed_once(office: Office, desk: SitDown) -> None:
    case_id = await forgotten(office, days=3)
    charges = (await office.case(case_id))["redress"]["charges"]
    charge = next(each for each in charges if each["person"] and each["appeal_until"])
    at = await desk(charge["person"]["id"])
    path = f"/desk/scores/appeal/{case_id}"
    html = await at.page(f"{path}?against={charge['kind']}&about={charge['about']}")
    fields = hidden(html)
    assert (fields["against"], fields["about"]) == (charge["kind"], charge["about"])
    empty = await at.send(path, {**fields, "text": ""})
    assert empty.status_code == 422
    assert hidden(empty.text)["about"] == charge["about"]
    done = await at.send(path, {**fields, "text": "当天系统停电"})
    assert done.headers["location"] == "/desk/scores?said=appealed"
    late = hidden(await at.page(f"{path}?against={charge['kind']}&about={charge['about']}"))
    again = await at.send(path, {**late, "text": "再申诉一次"})
    assert again.status_code == 409
    assert "再申诉一次" in main(again.text)


@pytest.mark.rule("R11")
@pytest.mark.parametrize("about", ["", "nothing-1", "<script>", "x" * 200])
async def test_what_is_not_held_against_one_is_not_appealed(
    office: Office, desk: SitDown, about: str
) -> None:
    case_id = await forgotten(office, days=2)
    at = await desk(await office.somebody(Role.FIRST_CONTACT_CLERK, "liuyin"))
    path = f"/desk/scores/appeal/{case_id}"
    answer = await at.send(path, {"against": "breach", "about": about, "text": "不服"})
    assert answer.status_code in {403, 404, 409, 422}
    assert "<script>" not in answer.text.partition("<main")[2]
