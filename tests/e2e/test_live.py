"""Whoever has their inbox open is told that something arrived: of theirs, and nothing of others."""

import asyncio
from collections.abc import AsyncIterator

from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, Headers, at_first_contact, at_grid
from tests.e2e.test_inbox import entries_of

LIVE = "/api/v1/inbox/live"


async def newest(office: Office, headers: Headers) -> int:
    found: int = (await office.get("/api/v1/me", headers))["newest"]
    return found


async def told(lines: AsyncIterator[str]) -> tuple[str, int]:
    """The next event: its name and number."""
    name = ""
    async for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        if field == "data":
            return name, int(value)
    raise AssertionError("the stream ended")


async def test_who_watches_their_inbox_is_told_what_number_arrived(office: Office) -> None:
    headers = await office.as_person(CLERK)
    before = await newest(office, headers)
    case = await at_first_contact(office)
    async with (
        asyncio.timeout(20),
        office.http.stream("GET", f"{LIVE}?after={before}", headers=headers) as stream,
    ):
        await office.in_charge(case.case_id, "hand_over")
        name, number = await told(stream.aiter_lines())
    assert name == "inbox"
    assert number > before
    assert await newest(office, headers) >= number


async def test_what_arrived_between_page_and_stream_is_told_at_once(office: Office) -> None:
    headers = await office.as_person(CLERK)
    before = await newest(office, headers)
    case = await at_grid(office)
    await entries_of(office, headers, case.case_id)
    async with (
        asyncio.timeout(20),
        office.http.stream("GET", f"{LIVE}?after={before}", headers=headers) as stream,
    ):
        assert (await told(stream.aiter_lines()))[1] > before


async def test_what_is_unread_is_said_with_who_one_is(office: Office) -> None:
    case = await at_grid(office, accept=False)
    headers = await office.as_person((await office.case(case.case_id))["handler"]["id"])
    (entry, *_) = await entries_of(office, headers, case.case_id)
    before = await office.get("/api/v1/me", headers)
    assert before["newest"] >= entry["id"]
    await office.http.post(f"/api/v1/inbox/{entry['id']}/read", headers=headers)
    assert (await office.get("/api/v1/me", headers))["unread"] == before["unread"] - 1


async def test_who_signed_out_hears_nothing_more_of_a_case(office: Office) -> None:
    case = await at_grid(office, accept=False)
    found = await office.case(case.case_id)
    headers = {"Authorization": f"Bearer {await office.fresh_token(found['handler']['id'])}"}
    path = f"/api/v1/cases/{case.case_id}/live?after={found['version']}"
    async with asyncio.timeout(20), office.http.stream("GET", path, headers=headers) as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == ": ping"
        gone = await office.http.delete("/api/v1/sessions/current", headers=headers)
        assert gone.status_code == 204
        await office.in_charge(case.case_id, "accept")
        heard = [line async for line in lines if line.startswith("data: ")]
    assert heard == []


async def test_nobody_without_an_account_watches_an_inbox(office: Office) -> None:
    answer = await office.http.get(LIVE)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
