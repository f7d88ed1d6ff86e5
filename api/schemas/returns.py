"""Bodies of chapters R4.2 and R4.5: returns, adjudication, transfer between departments."""

from typing import Literal

from api.schemas.base import CommandBody, Id, Said, Text
from domain.words import ReturnReason, Stage


class ReturnBody(CommandBody):
    """Send the case back to where it came from; the third time a superior decides."""

    kind: Literal["return"]
    reason: ReturnReason
    text: Said


class AdjudicateBody(CommandBody):
    """Say which unit handles it; `stage` where a counter and a street are one unit."""

    kind: Literal["adjudicate"]
    unit_id: Id
    stage: Stage | None = None
    text: Said


class TransferBody(CommandBody):
    """Ask another department to take the case over."""

    kind: Literal["transfer"]
    unit_id: Id
    text: Said


class AcceptTransferBody(CommandBody):
    """Take the case over."""

    kind: Literal["accept_transfer"]
    text: Text = ""


class RefuseTransferBody(CommandBody):
    """Do not take it over; a superior decides."""

    kind: Literal["refuse_transfer"]
    text: Said


ReturnsBody = ReturnBody | AdjudicateBody | TransferBody | AcceptTransferBody | RefuseTransferBody
