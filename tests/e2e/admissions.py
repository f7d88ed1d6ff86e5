"""Admissions asked for and decided over HTTP, for the tests that need some."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.e2e.office import Office

URL = "/api/v1/admissions"
STALLS = "c02-01"
"""Street stalls: the work of the street and of the city management department."""
COMMUNITY = "liuyinli"
FIRST, SECOND = "feng-weiguo", "gao-jiancheng"
"""The supervisor of the district, and the city's."""


def terms(**changed: Any) -> dict[str, Any]:
    """An application from yesterday to the day in a hundred days."""
    today = datetime.now(UTC).date()
    return {
        "item_id": STALLS,
        "units": [COMMUNITY],
        "first_day": str(today - timedelta(days=1)),
        "last_day": str(today + timedelta(days=100)),
        "authority": "劝导、登记，不处罚",
        "yearly_fen": 100_000,
        "reason": "夜市季人手不足",
        **changed,
    }


async def apply(office: Office, person_id: str, **changed: Any) -> httpx.Response:
    return await office.post(URL, terms(**changed), await office.as_person(person_id))


async def tell(
    office: Office, person_id: str, admission_id: str, kind: str, **fields: Any
) -> httpx.Response:
    headers = await office.as_person(person_id)
    return await office.post(f"{URL}/{admission_id}/commands", {"kind": kind, **fields}, headers)


async def admitted(office: Office, person_id: str, **changed: Any) -> str:
    """An admission in force; its id."""
    answer = await apply(office, person_id, **changed)
    assert answer.status_code == 201, answer.text
    admission_id: str = answer.json()["admission"]["admission_id"]
    for who in (FIRST, SECOND):
        answer = await tell(office, who, admission_id, "approve_admission")
        assert answer.status_code == 200, answer.text
    return admission_id
