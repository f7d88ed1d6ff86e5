"""Units, people and posts are found by their names or ids where no form can list them all."""

from typing import Any

import pytest

from domain.words import Role
from tests.e2e.office import Office

pytestmark = pytest.mark.rule("R1.1")
URL = "/api/v1/office/find"


async def found(office: Office, what: str, text: str) -> dict[str, Any]:
    headers = await office.as_person(await office.somebody(Role.ADMINISTRATOR))
    params = {"what": what, "text": text, "lang": "en"}
    answer = await office.http.get(URL, params=params, headers=headers)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_the_nearest_stands_first(office: Office) -> None:
    units = await found(office, "units", "liuyinli")
    assert units["found"][0] == {"id": "liuyinli", "name": "柳荫里社区"}
    people = await found(office, "people", "冯卫国")
    assert people["found"] == [{"id": "feng-weiguo", "name": "冯卫国"}]


async def test_a_post_is_found_by_unit_and_role_and_name(office: Office) -> None:
    (post,) = (await found(office, "posts", "安澜区 supervisor 冯卫国"))["found"]
    assert post["id"] == "anlan-sup-1"


async def test_no_more_than_twenty_are_told(office: Office) -> None:
    told = await found(office, "posts", "")
    assert (len(told["found"]), told["more"]) == (20, True)
    assert await found(office, "units", "没有这个单位") == {"found": [], "more": False}


async def test_it_is_for_administrators_and_auditors(office: Office) -> None:
    headers = await office.as_person(await office.somebody(Role.GRID_WORKER))
    answer = await office.http.get(URL, params={"what": "units"}, headers=headers)
    assert answer.status_code == 403
    admin = await office.as_person(await office.somebody(Role.ADMINISTRATOR))
    for params in ({"what": "secrets"}, {}, {"what": "units", "text": "a" * 101}):
        answer = await office.http.get(URL, params=params, headers=admin)
        assert answer.status_code == 422
