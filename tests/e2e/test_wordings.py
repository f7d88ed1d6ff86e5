"""Texts that staff may begin with, as the policy has them; and what a meeting would come to."""

import html
import re

import pytest

from tests.e2e.desk import Desk
from tests.e2e.office import Office
from tests.e2e.scenes import disputes
from tests.e2e.scenes.base import CLERK, Headers, at_first_contact, at_grid, handler
from tests.e2e.scenes.deliberation import proposed
from tests.e2e.scenes.whistle import at_street


@pytest.fixture
async def clerk(office: Office) -> Headers:
    return await office.as_person(CLERK)


async def test_staff_read_the_wordings_of_a_step_in_their_language(
    office: Office, clerk: Headers
) -> None:
    path = "/api/v1/wordings?step=resolve"
    chinese = (await office.http.get(path, headers=clerk)).json()["wordings"]
    english = (await office.http.get(f"{path}&lang=en", headers=clerk)).json()["wordings"]
    assert [each["name"] for each in chinese] == ["已修复", "已清理", "已解释说明"]
    assert [each["name"] for each in english] == ["Repaired", "Cleared", "Explained"]
    assert [each["text"] for each in chinese] == [each["text"] for each in english]


async def test_wordings_are_for_staff(office: Office) -> None:
    assert (await office.http.get("/api/v1/wordings")).status_code == 401


@pytest.mark.rule("R8")
@pytest.mark.parametrize(
    ("present", "in_favour", "outcome"),
    [(19, 19, "no_quorum"), (20, 10, "rejected"), (20, 11, "carried"), (21, 11, "carried")],
)
async def test_a_meeting_is_foreseen_as_it_will_be_measured(
    office: Office, present: int, in_favour: int, outcome: str
) -> None:
    case = await proposed(office)
    votes = {"eligible": 30, "present": present, "in_favour": in_favour}
    counts = {**votes, "against": present - in_favour}
    path, headers = f"/api/v1/cases/{case.case_id}/meeting", await handler(office, case.case_id)
    told = (await office.http.get(path, params=counts, headers=headers)).json()
    assert told["present_needed"] == 20
    assert told["in_favour_needed"] == present // 2 + 1
    assert told["outcome"] == outcome


@pytest.mark.rule("R8")
async def test_votes_that_do_not_add_up_come_to_nothing(office: Office) -> None:
    case = await proposed(office)
    path, headers = f"/api/v1/cases/{case.case_id}/meeting", await handler(office, case.case_id)
    counts = {"eligible": 30, "present": 24, "in_favour": 3}
    assert (await office.http.get(path, params=counts, headers=headers)).json()["outcome"] is None
    assert (await office.http.get(path, params={"eligible": 0}, headers=headers)).status_code == 422
    assert (await office.http.get(path, params=counts)).status_code == 401


async def test_a_wording_is_filled_in_and_nothing_is_sent(office: Office) -> None:
    case = await at_first_contact(office)
    before = await office.case(case.case_id)
    desk = await Desk.of(office, before["handler"]["id"])
    path = f"/desk/cases/{case.case_id}/do/resolve"
    taken = {**await desk.drawn(path), "_take": "1", "_wording": "已修复"}
    answer = await desk.send(path, taken)
    await desk.http.aclose()
    assert answer.status_code == 200
    assert "经现场检查可以正常使用" in answer.text
    assert (await office.case(case.case_id))["version"] == before["version"]


async def test_a_wording_goes_before_what_was_typed_and_in_place_of_another_one(
    office: Office,
) -> None:
    case = await at_first_contact(office)
    desk = await Desk.of(office, (await office.case(case.case_id))["handler"]["id"])
    path = f"/desk/cases/{case.case_id}/do/resolve"
    headers = await office.as_person(desk.person_id)
    listed = (await office.get("/api/v1/wordings?step=resolve", headers))["wordings"]
    (first, other), fresh = listed[:2], await desk.drawn(path)

    async def taken(name: str, text: str) -> str:
        answer = await desk.send(path, {**fresh, "_take": "1", "_wording": name, "text": text})
        assert answer.status_code == 200
        field = re.compile(r"""<textarea[^>]*name="text"[^>]*>\n?(.*?)</textarea>""", re.DOTALL)
        found = field.search(answer.text)
        assert found is not None
        return html.unescape(found[1])

    assert await taken(first["name"], "灯在三楼。") == f"{first['text']}\n灯在三楼。"
    assert await taken(first["name"], f"{first['text']}\n灯在三楼。") == (
        f"{first['text']}\n灯在三楼。"
    )
    assert await taken(other["name"], first["text"]) == other["text"]
    await desk.http.aclose()


@pytest.mark.parametrize(
    ("way", "wording", "text"),
    [
        ("helpers", "请到现场联合处置", "共同处置"),
        ("deliberation", "公共事项提请议事", "提请居民议事，主要内容"),
    ],
)
async def test_the_pages_of_several_steps_offer_them_too(
    office: Office, way: str, wording: str, text: str
) -> None:
    case = await (at_street if way == "helpers" else at_grid)(office)
    before = await office.case(case.case_id)
    desk = await Desk.of(office, before["handler"]["id"])
    path = f"/desk/cases/{case.case_id}/{way}"
    typed = {"title": "路灯"} if way == "deliberation" else {}
    taken = {**await desk.drawn(path), "_take": "1", "_wording": wording, **typed}
    answer = await desk.send(path, taken)
    await desk.http.aclose()
    assert answer.status_code == 200
    assert text in answer.text
    assert all(f'value="{each}"' in answer.text for each in typed.values())
    assert (await office.case(case.case_id))["version"] == before["version"]


async def test_a_session_is_begun_in_its_own_field(office: Office) -> None:
    case, mediator = await disputes.formed(office), await Desk.of(office, disputes.MEDIATOR)
    path = f"/desk/cases/{case.case_id}/mediation"
    taken = {**await mediator.drawn(path), "_take": "1", "_wording": "基本达成一致"}
    answer = await mediator.send(path, taken)
    await mediator.http.aclose()
    assert "约定＿＿月＿＿日再次调解" in answer.text
