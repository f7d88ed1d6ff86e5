"""Waiting for the notary: until what happened is signed, and a receipt proves it."""

import asyncio
import time
from typing import Any

from store.database import raw
from tests.e2e.office import Office

SEQ = """select max(q.seq) from events e left join event_sequence q using (position)
 where e.case_id = $1 having bool_and(q.seq is not null)"""


async def covered(office: Office, case_id: str, seconds: float = 60) -> dict[str, Any]:
    """The newest checkpoint, once it covers everything that has happened to the case."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        async with raw(office.engine) as connection:
            last = await connection.fetchval(SEQ, case_id)
        page = (await office.http.get("/api/v1/checkpoints?size=1")).json()
        for found in page.get("checkpoints", []):
            if last is not None and found["size"] >= last:
                signed: dict[str, Any] = found
                return signed
        await asyncio.sleep(0.1)
    raise AssertionError(f"no checkpoint: {office.worker.log.read_text()[-2000:]}")


async def kept(office: Office, case_id: str, headers: dict[str, str]) -> dict[str, Any]:
    """The receipt, once a checkpoint covers it."""
    await covered(office, case_id)
    found = await office.get(f"/api/v1/cases/{case_id}/receipt", headers)
    assert not found["pending"]
    return found
