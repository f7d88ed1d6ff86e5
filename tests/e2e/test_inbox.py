"""What a person was told: each their own, to be read and marked as read."""

from typing import Any

from domain.words import Role
from store.database import raw
from tests.e2e.office import Office
from tests.e2e.scenes.base import Headers, at_grid, opened
from tests.e2e.test_notifications import until

INBOX = "/api/v1/inbox"


async def inbox(office: Office, headers: Headers, **asked: Any) -> dict[str, Any]:
    answer = await office.http.get(INBOX, headers=headers, params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def entries_of(office: Office, headers: Headers, case_id: str) -> list[dict[str, Any]]:
    """The entries about a case, as soon as there are any."""
    found: list[dict[str, Any]] = []

    async def told() -> bool:
        listed = (await inbox(office, headers, size=200))["entries"]
        found[:] = [entry for entry in listed if entry["case_id"] == case_id]
        return bool(found)

    await until(told)
    return found


async def handler_of(office: Office, case_id: str) -> Headers:
    return await office.as_person((await office.case(case_id))["handler"]["id"])


async def test_an_entry_says_what_happened_and_what_is_owed_until_when(office: Office) -> None:
    title = "楼道灯不亮，电话19912345678"
    case = await at_grid(office, accept=False, title=title)
    headers = await handler_of(office, case.case_id)
    (entry,) = await entries_of(office, headers, case.case_id)
    assert entry["topic"] == "case.arrived"
    assert entry["words"] == f"诉求已转到{entry['unit']['name']}"
    assert entry["title"] == "楼道灯不亮，电话199****5678"
    assert (entry["phase"], entry["read_at"]) == ("awaiting_acceptance", None)
    assert entry["due_at"] > entry["created_at"]
    english = await inbox(office, headers, lang="en")
    assert english["entries"][0]["words"].startswith("A case is now with ")


async def test_reading_is_counted_and_doing_it_twice_changes_nothing(office: Office) -> None:
    case = await at_grid(office, accept=False)
    headers = await handler_of(office, case.case_id)
    (entry,) = await entries_of(office, headers, case.case_id)
    before = (await inbox(office, headers))["unread"]
    for _ in range(2):
        answer = await office.http.post(f"{INBOX}/{entry['id']}/read", headers=headers)
        assert answer.json() == {"unread": before - 1}
    (again,) = await entries_of(office, headers, case.case_id)
    assert again["read_at"]
    unread = (await inbox(office, headers, unread=True, size=200))["entries"]
    assert entry["id"] not in {each["id"] for each in unread}


async def test_all_up_to_an_entry_may_be_read_at_once(office: Office) -> None:
    officer = await office.as_person("yang-xiaolin")
    case = await at_grid(office, accept=False)
    newest = (await entries_of(office, officer, case.case_id))[0]["id"]
    later = await at_grid(office, accept=False)
    newer = await entries_of(office, officer, later.case_id)
    answer = await office.http.post(f"{INBOX}/read", headers=officer, json={"upto": newest})
    assert answer.status_code == 200, answer.text
    left = {each["id"] for each in (await inbox(office, officer, unread=True))["entries"]}
    assert min(left) > newest
    assert {each["id"] for each in newer} <= left


async def test_pages_follow_each_other_without_gap(office: Office) -> None:
    case = await at_grid(office, accept=False)
    officer = await office.as_person((await office.case(case.case_id))["officer"]["id"])
    await entries_of(office, officer, case.case_id)
    whole = [each["id"] for each in (await inbox(office, officer, size=5))["entries"]]
    found: list[int] = []
    cursor: dict[str, Any] = {}
    while len(found) < len(whole):
        page = await inbox(office, officer, size=2, **cursor)
        found += [each["id"] for each in page["entries"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert found[: len(whole)] == whole


async def test_nobody_reads_another_s(office: Office) -> None:
    case = await at_grid(office, accept=False)
    headers = await handler_of(office, case.case_id)
    (entry,) = await entries_of(office, headers, case.case_id)
    stranger = await office.as_person(await office.somebody(Role.ADMINISTRATOR))
    answer = await office.http.post(f"{INBOX}/{entry['id']}/read", headers=stranger)
    assert (answer.status_code, answer.json()["code"]) == (404, "entry_not_found")
    assert (await entries_of(office, headers, case.case_id))[0]["read_at"] is None
    for nobody in ({}, (await opened(office)).receipt):
        assert (await office.http.get(INBOX, headers=nobody)).status_code == 401


async def test_who_may_no_longer_see_a_case_reads_no_title_of_it(office: Office) -> None:
    case = await at_grid(office, accept=False)
    admin = await office.somebody(Role.ADMINISTRATOR)
    await office_told(office, admin, case.case_id)
    (entry,) = await entries_of(office, await office.as_person(admin), case.case_id)
    assert (entry["title"], entry["words"]) == ("", f"诉求已转到{entry['unit']['name']}")


async def office_told(office: Office, person_id: str, case_id: str) -> None:
    """Put an entry into the inbox of one who has no sight of the case."""
    async with raw(office.engine) as connection:
        await connection.execute(
            """insert into inbox (person_id, case_id, version, topic, created_at)
               values ($1, $2, 1, 'case.arrived', now())""",
            *(person_id, case_id),
        )
