"""The route of what may be done with an erasure now, and why the rest may not. It sends nothing."""

from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import APIRouter

from api import erasures
from api.auth import Staff
from api.context import Here, now
from api.identity import ErasureId
from api.trying import TEXT, Steps, tried
from api.words import Language
from domain.erasure import decide
from domain.erasure.commands import ApproveErasure, RefuseErasure, WithdrawErasure
from store import remembered
from store.database import raw

router = APIRouter(prefix="/api/v1/erasures", tags=["erasures"])
PROBE = "00000000-0000-0000-0000-000000000000"


@router.get("/{erasure_id}/actions")
async def show_actions(
    erasure_id: ErasureId, here: Here, person: Staff, lang: Language = "zh"
) -> Steps:
    """Which commands are possible now for the one who asks, each with the reason when it is not."""
    erasure = (await erasures.check(here, person, erasure_id)).past.state
    book = await here.book()
    named = [case for each in erasure.targets for case in (each.case_id, each.subject)]
    async with raw(here.engine) as connection:
        cases = await remembered.known(connection, named, book)
    book = replace(book, remembered=cases)
    sent: dict[str, Any] = {"command_id": PROBE, "at": now(), "actor": person.actor, "text": TEXT}
    probes = (ApproveErasure(**sent), RefuseErasure(**sent), WithdrawErasure(**sent))
    kinds = {str(probe.kind): partial(decide, erasure, probe, book) for probe in probes}
    said = tried(kinds, book.organisation, lang)
    return Steps(version=erasure.version, actions=said)
