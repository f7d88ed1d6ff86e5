"""What could not be delivered: in sight of those who look after it, and sent again by hand."""

from typing import Any
from uuid import uuid4

import pytest

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import Headers, at_grid, auditor, opened
from tests.e2e.test_notifications import rows, until

PATH = "/api/v1/notifications"


async def listed(office: Office, headers: Headers, **asked: Any) -> list[dict[str, Any]]:
    answer = await office.http.get(PATH, headers=headers, params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["deliveries"]
    return found


async def dead_letter(office: Office, **where: Any) -> dict[str, Any]:
    """What the resident of a new case could not be told: this office has no gateway."""
    case = await at_grid(office, **where)
    headers = await auditor(office)
    found: list[dict[str, Any]] = []

    async def there() -> bool:
        found[:] = await listed(office, headers, case_id=case.case_id)
        return bool(found)

    await until(there)
    return found[0]


async def supervisor_over(office: Office, case_id: str, *, over: bool) -> Headers:
    """A supervisor whose unit has, or has not, the case under it."""
    book = await office.book()
    units = await rows(office, "select unit_id from case_units where case_id = $1", case_id)
    above = {row["unit_id"] for row in units}
    tree = book.organisation.units
    posts = [p for p in book.organisation.posts.values() if p.role is Role.SUPERVISOR]
    found = (p for p in posts if (p.unit_id in above) is over and tree[p.unit_id].parent_id)
    return await office.as_person(next(found).person_id)


async def resend(office: Office, headers: Headers, message_id: str, key: str = "") -> Any:
    return await office.post(f"{PATH}/{message_id}/resend", {}, headers, key)


async def test_it_says_what_it_was_who_should_have_got_it_and_why_not(office: Office) -> None:
    found = await dead_letter(office)
    assert found["topic"] == "case.registered"
    assert found["words"].startswith("您反映的事项已登记")
    assert found["receiver"] == {"id": "reporter", "name": "居民"}
    assert (found["channel"], found["state"], found["error"]) == ("sms", "dead", "no_channel")
    assert found["attempts"] == 1
    assert "1990000" not in str(found)


async def test_supervisors_see_those_of_their_own_cases_and_clerks_none(office: Office) -> None:
    found = await dead_letter(office)
    asked = {"case_id": found["case_id"]}
    near = await supervisor_over(office, found["case_id"], over=True)
    far = await supervisor_over(office, found["case_id"], over=False)
    administrator = await office.as_person(await office.somebody(Role.ADMINISTRATOR, "qinghe"))
    assert await listed(office, near, **asked) == [found]
    assert await listed(office, administrator, **asked) == [found]
    assert await listed(office, far, **asked) == []
    answer = await resend(office, far, found["id"])
    assert (answer.status_code, answer.json()["code"]) == (404, "delivery_not_found")
    clerk = await office.as_person("yang-xiaolin")
    for asking in (
        await office.http.get(PATH, headers=clerk),
        await resend(office, clerk, found["id"]),
    ):
        assert (asking.status_code, asking.json()["code"]) == (403, "not_entitled")
    assert (await office.http.get(PATH)).status_code == 401


async def test_they_can_be_looked_for(office: Office) -> None:
    found = await dead_letter(office)
    headers = await auditor(office)
    asked: dict[str, Any] = {"case_id": found["case_id"]}
    for right in ({"receiver": "reporter"}, {"topic": "case.registered"}, {"channel": "sms"},
                  {"error": "no_channel"}, {"state": "dead"}):  # fmt: skip
        assert await listed(office, headers, **asked, **right) == [found]
    for wrong in ({"receiver": "gao"}, {"topic": "case.closed"}, {"channel": "email"},
                  {"error": "erased"}, {"state": "sent"}):  # fmt: skip
        assert await listed(office, headers, **asked, **wrong) == []
    page = (await office.http.get(PATH, headers=headers, params={"size": 1})).json()
    older = await office.http.get(
        PATH, headers=headers, params={"size": 1, "cursor": page["next_cursor"]}
    )
    assert older.json()["deliveries"][0]["id"] != page["deliveries"][0]["id"]


async def test_sent_again_it_is_tried_again_once_for_each_key(office: Office) -> None:
    found = await dead_letter(office)
    headers = await supervisor_over(office, found["case_id"], over=True)
    key = uuid4().hex
    first = await resend(office, headers, found["id"], key)
    assert first.status_code == 200, first.text
    assert first.json()["id"] == found["id"]

    async def given_up_again() -> bool:
        dead = await listed(office, headers, case_id=found["case_id"])
        return any(now["settled_at"] > found["settled_at"] for now in dead)

    await until(given_up_again)
    (before,) = await listed(office, headers, case_id=found["case_id"])
    again = await resend(office, headers, found["id"], key)
    assert (again.status_code, again.json()) == (200, before)
    asked = await rows(
        office,
        """select person_id from resends join deliveries using (delivery_id)
           where message_id = $1::text::uuid""",
        found["id"],
    )
    assert len(asked) == 1


async def test_only_what_was_given_up_is_sent_again(office: Office) -> None:
    found = await dead_letter(office)
    headers = await supervisor_over(office, found["case_id"], over=True)
    await rows(
        office,
        "update deliveries set status = 'sent' where message_id = $1::text::uuid returning 1",
        found["id"],
    )
    answer = await resend(office, headers, found["id"])
    assert (answer.status_code, answer.json()["code"]) == (409, "not_dead")


@pytest.mark.parametrize("message_id", [str(uuid4()), "none", "1"])
async def test_what_is_not_there_is_not_sent_again(office: Office, message_id: str) -> None:
    headers = await office.as_person(await office.somebody(Role.SUPERVISOR))
    assert (await resend(office, headers, message_id)).status_code in {404, 422}


async def test_an_auditor_looks_on(office: Office) -> None:
    found = await dead_letter(office)
    answer = await resend(office, await auditor(office), found["id"])
    assert (answer.status_code, answer.json()["code"]) == (403, "not_entitled")


async def test_health_says_how_far_behind_notices_are(office: Office) -> None:
    await opened(office)
    said = (await office.http.get("/readyz")).json()["checks"]["notices"]
    assert said["ok"]
    assert "waiting, the oldest for" in said["note"]
    assert "out of reach" in said["note"]
