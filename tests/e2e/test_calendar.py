"""R6.1 over HTTP: what each day of a year is, the hours, and since when the edition is in force."""

import uuid
from typing import Any

import pytest

from domain.words import Role
from tests.e2e.office import Office

pytestmark = pytest.mark.rule("R6.1")
URL = "/api/v1/calendar"


async def calendar(office: Office, query: str = "") -> dict[str, Any]:
    headers = await office.as_person(await office.somebody(Role.GRID_WORKER))
    answer = await office.http.get(f"{URL}?{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def day(found: dict[str, Any], when: str) -> tuple[bool, str, str]:
    (line,) = (each for each in found["days"] if each["day"] == when)
    return line["working"], line["why"], line["name"]


async def test_every_day_of_a_year_is_told_with_what_it_is(office: Office) -> None:
    found = await calendar(office, "year=2026")
    assert (found["year"], found["published"], len(found["days"])) == (2026, True, 365)
    assert "国办发明电" in found["source"]
    assert day(found, "2026-10-01") == (False, "holiday", "国庆节")
    assert day(found, "2026-10-10") == (True, "make_up", "")
    assert day(found, "2026-10-17") == (False, "day_off", "")
    assert day(found, "2026-10-19") == (True, "working", "")
    assert {2025, 2026} <= set(found["years"])
    assert found["since"] is not None


async def test_a_unit_goes_by_the_hours_of_its_own_or_of_its_superior(office: Office) -> None:
    everybody = await calendar(office, "year=2026")
    assert everybody["schedule"]["unit"] is None
    assert everybody["schedule"]["week"][0] == [["09:00", "12:00"], ["13:30", "17:30"]]
    assert everybody["schedule"]["week"][6] == []
    assert [each["id"] for each in everybody["own"]] == ["shiqiao"]
    own = await calendar(office, "year=2026&unit=shiqiao")
    assert own["schedule"]["unit"]["id"] == "shiqiao"
    assert own["schedule"]["week"][0] == [["08:30", "12:00"], ["14:00", "17:30"]]
    other = await calendar(office, "unit=liuyinli")
    assert (other["unit"]["id"], other["schedule"]["unit"]) == ("liuyinli", None)


async def test_a_year_nobody_has_published_is_said_to_be_so(office: Office) -> None:
    found = await calendar(office, "year=2099")
    assert (found["published"], found["source"], found["year"]) == (False, "", 2099)
    assert {each["why"] for each in found["days"]} == {"working", "day_off"}


async def test_a_year_published_by_a_command_makes_an_edition_in_force_from_then(
    office: Office,
) -> None:
    before = await calendar(office)
    admin = await office.as_person(await office.somebody(Role.ADMINISTRATOR))
    body = {
        "kind": "publish_year",
        "year": 2031,
        "source": "通知",
        "holidays": [{"first": "2031-01-01", "last": "2031-01-01", "name": "元旦"}],
        "make_up_days": ["2031-01-04"],
    }
    headers = {**admin, "Idempotency-Key": uuid.uuid4().hex}
    answer = await office.http.post("/api/v1/office/commands", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    found = await calendar(office, "year=2031")
    assert found["version"] != before["version"]
    assert found["since"] > before["since"]
    assert day(found, "2031-01-01") == (False, "holiday", "元旦")
    assert day(found, "2031-01-04") == (True, "make_up", "")


async def test_who_is_no_staff_and_what_cannot_be_read(office: Office) -> None:
    assert (await office.http.get(URL)).status_code == 401
    headers = await office.as_person(await office.somebody(Role.GRID_WORKER))
    for query, status in (("year=1", 422), ("year=x", 422), ("unit=nowhere", 422)):
        answer = await office.http.get(f"{URL}?{query}", headers=headers)
        assert answer.status_code == status, answer.text
