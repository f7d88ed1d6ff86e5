"""Routes of receipts: what a resident keeps to prove their own events, and whether it holds."""

from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from api import answers, receipt_checks
from api.auth import Asking, Principal, check_case
from api.context import Context, Here
from api.errors import Problem
from api.identity import CaseId
from api.merging_views import Own
from api.receipt_checks import CheckView
from api.words import Language
from domain.events import (
    AgreementConfirmed,
    AgreementRejected,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    Event,
    Rated,
)
from domain.values import REPORTER
from store import log, receipts
from store.database import raw
from store.reading import History
from store.receipts import Proven, Receipt

router = APIRouter(prefix="/api/v1", tags=["receipts"])
OWN = (Rated, ConsentGiven, ConsentRefused, ConsentWithdrawn, AgreementConfirmed, AgreementRejected)
"""What a resident says with consequences, beside the request itself."""
SLACK = timedelta(seconds=5)
"""What numbering and signing take, beyond the pause between checkpoints."""


class ReceiptEvent(BaseModel):
    """An event as it is hashed; number and proof as soon as a checkpoint covers it."""

    hash: str
    event: dict[str, Any]
    seq: int | None
    proof: list[str] | None


class ReceiptFile(BaseModel):
    """The file a resident keeps. It opens nothing: what was said stays sealed in it."""

    type: str = receipts.TYPE
    form: int = receipts.FORM
    origin: str
    case_id: str
    made_at: datetime
    pending: bool
    ask_again_at: datetime | None
    events: list[ReceiptEvent]
    checkpoint: str | None


@router.get("/cases/{case_id}/receipt", response_model=ReceiptFile)
async def show_receipt(case_id: CaseId, here: Here, asking: Asking) -> Response:
    """The resident's own events with the proof that they are in the record: a file to keep."""
    own = await _own(here, asking, case_id)
    async with raw(here.engine) as connection:
        about = await log.about(connection, here.ring)
        found = await receipts.make(connection, _wanted(own))
    file = _file(here, own.mine.case.case_id, about.origin if about else "", found)
    answer = answers.shown(file)
    answer.headers["Content-Disposition"] = f'attachment; filename="shouwen-{case_id}.json"'
    if found.pending:
        answer.headers["Retry-After"] = str(_wait(here))
    return answer


async def _own(here: Context, asking: Principal, case_id: str) -> Own:
    """Whose receipt it is: shown by the receipt's secret, a rating link or a party's link."""
    match asking.kind:
        case "rating":
            subject = await answers.rater(here, asking, case_id)
        case "receipt" | "party":
            subject = (await check_case(here, asking, case_id)).subject
        case _:
            raise Problem(
                401, "receipt_needed", "show the receipt, a rating link or a party's link"
            )
    return await answers.own(here, await answers.history(here, case_id), subject)


def _wanted(own: Own) -> list[tuple[str, list[int]]]:
    """Streams with the versions of the resident's own events."""
    mine = _versions(own.mine, own.who)
    if own.lead is None:
        return [(own.mine.case.case_id, mine)]
    there = _versions(own.lead, own.subject)
    return [(own.mine.case.case_id, mine), (own.lead.case.case_id, there)]


def _versions(found: History, subject: str) -> list[int]:
    return [line.version for line in found.lines if _is_own(line.event, line.version, subject)]


def _is_own(event: Event, version: int, subject: str) -> bool:
    if version == 1:
        return subject == REPORTER
    return isinstance(event, OWN) and event.subject == subject


def _file(here: Context, case_id: str, origin: str, found: Receipt) -> ReceiptFile:
    again = found.now + timedelta(seconds=_wait(here)) if found.pending else None
    return ReceiptFile(
        origin=origin,
        case_id=case_id,
        made_at=found.now,
        pending=found.pending,
        ask_again_at=again,
        events=[_event(each) for each in found.events],
        checkpoint=found.note,
    )


def _event(proven: Proven) -> ReceiptEvent:
    proof = None if proven.proof is None else [b64encode(each).decode() for each in proven.proof]
    return ReceiptEvent(hash=proven.hash.hex(), event=proven.body, seq=proven.seq, proof=proof)


def _wait(here: Context) -> int:
    """Seconds until a checkpoint covers what has just happened."""
    return here.settings.checkpoint_seconds + int(SLACK.total_seconds())


@router.post(
    "/receipts/check",
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "The receipt, as it was fetched or kept",
            "content": {"application/json": {"schema": {"type": "object"}}},
        }
    },
)
async def check_receipt(request: Request, here: Here, lang: Language = "zh") -> CheckView:
    """Whether a receipt, sent as it is, is in the record, unchanged, or exactly what is wrong."""
    text = (await request.body()).decode("utf-8", "replace")
    return await receipt_checks.check(here, text, lang)
