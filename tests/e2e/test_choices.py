"""What a command can name: offered by name to whoever may see the case, and nothing more."""

from typing import Any

import pytest

from api.choices import OFFERS
from tests.e2e.office import Office
from tests.e2e.scenes.base import ABOVE_GRID, Headers, at_grid, auditor, handler
from tests.e2e.scenes.returns import at_department, back_twice


async def offered(office: Office, case_id: str, headers: Headers, kind: str) -> dict[str, Any]:
    answer = await office.http.get(
        f"/api/v1/cases/{case_id}/choices", params={"kind": kind}, headers=headers
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_case_is_assigned_to_the_posts_of_its_unit(office: Office) -> None:
    case = await at_grid(office)
    headers = await handler(office, case.case_id)
    posts = (await offered(office, case.case_id, headers, "assign"))["posts"]
    assert len(posts) >= 2
    assert all(each["name"].startswith("柳荫里社区第二网格 · ") for each in posts)
    for each in posts:
        done = await office.ask(ABOVE_GRID, case.case_id, "assign", post_id=each["id"])
        assert done.status_code in {200, 403}, done.text


async def test_a_department_asks_another_department_and_never_itself(office: Office) -> None:
    case = await at_department(office)
    headers = await handler(office, case.case_id)
    units = (await offered(office, case.case_id, headers, "transfer"))["units"]
    own = (await office.case(case.case_id))["unit"]["id"]
    ids = {each["id"] for each in units}
    assert "chengguan" in ids
    assert own not in ids


async def test_work_goes_down_to_communities_and_grids_of_its_place(office: Office) -> None:
    case = await at_department(office)
    headers = await handler(office, case.case_id)
    units = (await offered(office, case.case_id, headers, "delegate"))["units"]
    assert {each["id"] for each in units} >= {"liuyinli", "liuyinli-2"}
    assert "qinghe" not in {each["id"] for each in units}


async def test_who_adjudicates_is_offered_the_two_who_disagree_first(office: Office) -> None:
    case_id = (await back_twice(office)).case_id
    await office.in_charge(case_id, "return", reason="wrong_unit", text="属街道职责")
    case = await office.case(case_id)
    headers = await office.as_person(case["questions"][0]["person"]["id"])
    units = (await offered(office, case_id, headers, "adjudicate"))["units"]
    two = {case["unit"]["id"], case["returns"]["contested_with"]["id"]}
    assert {each["id"] for each in units[:2]} == two


@pytest.mark.parametrize("kind", [*sorted(OFFERS), "accept", "nonsense", ""])
async def test_every_kind_is_answered(office: Office, kind: str) -> None:
    case = await at_grid(office)
    found = await offered(office, case.case_id, await auditor(office), kind)
    assert set(found) == {"units", "posts", "partners"}
    assert (found == dict.fromkeys(found)) is (kind not in OFFERS)


async def test_nobody_is_offered_anything_of_others_cases(office: Office) -> None:
    case = await at_grid(office)
    path = f"/api/v1/cases/{case.case_id}/choices?kind=assign"
    assert (await office.http.get(path)).status_code == 401
    elsewhere = await office.as_person("xu-zhenhua")
    assert (await office.http.get(path, headers=elsewhere)).status_code == 404
