"""What people are told, in the running system."""

import asyncio
from typing import Any

from store.database import raw
from tests.e2e.office import Office
from tests.e2e.scenes.base import at_grid


async def rows(office: Office, query: str, *args: Any) -> list[dict[str, Any]]:
    async with raw(office.engine) as connection:
        return [dict(row) for row in await connection.fetch(query, *args)]


async def until_told(office: Office, case_id: str, topic: str) -> set[str]:
    """Who has a notice of that topic of the case in the inbox, as soon as anybody has."""
    query = "select person_id from inbox where case_id = $1 and topic = $2"
    async with asyncio.timeout(20):
        while True:
            found = await rows(office, query, case_id, topic)
            if found:
                return {row["person_id"] for row in found}


async def test_the_handler_and_the_officer_are_told_of_an_arrival(office: Office) -> None:
    case = await at_grid(office, accept=False)
    shown = await office.case(case.case_id)
    told = await until_told(office, case.case_id, "case.arrived")
    assert {shown["handler"]["id"], shown["officer"]["id"]} <= told
