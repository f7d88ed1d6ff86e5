"""Erasures asked for and agreed to over HTTP, for the tests that need some."""

import asyncio
from typing import Any

import httpx

from tests.e2e.office import Office

URL = "/api/v1/erasures"
ASKER, SECOND = "yan-ruoning", "shu-zhiyuan"
"""The two data protection officers of the city."""


def terms(*cases: str, **changed: Any) -> dict[str, Any]:
    """Whoever came with those cases asked for it in writing."""
    targets = [{"case_id": case_id} for case_id in cases]
    return {"targets": targets, "ground": "asked_for", "text": "当事人书面申请", **changed}


async def ask(office: Office, person_id: str, *cases: str, **changed: Any) -> httpx.Response:
    return await office.post(URL, terms(*cases, **changed), await office.as_person(person_id))


async def tell(
    office: Office, person_id: str, erasure_id: str, kind: str, **fields: Any
) -> httpx.Response:
    headers = await office.as_person(person_id)
    return await office.post(f"{URL}/{erasure_id}/commands", {"kind": kind, **fields}, headers)


async def asked(office: Office, *cases: str, **changed: Any) -> str:
    """An erasure that waits for a second person; its id."""
    answer = await ask(office, ASKER, *cases, **changed)
    assert answer.status_code == 201, answer.text
    erasure_id: str = answer.json()["erasure"]["erasure_id"]
    return erasure_id


async def until_carried_out(office: Office, erasure_id: str, seconds: float = 90) -> dict[str, Any]:
    """The erasure, once everybody it names was dealt with."""
    async with asyncio.timeout(seconds):
        while True:
            found = await office.get(f"{URL}/{erasure_id}?lang=en")
            if found["erasure"]["state"] == "carried_out":
                return found
            await asyncio.sleep(0.2)


async def erased(office: Office, *cases: str, **changed: Any) -> dict[str, Any]:
    """Asked for by one, agreed to by another, carried out."""
    erasure_id = await asked(office, *cases, **changed)
    answer = await tell(office, SECOND, erasure_id, "approve_erasure")
    assert answer.status_code == 200, answer.text
    return await until_carried_out(office, erasure_id)
