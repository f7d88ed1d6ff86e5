"""Bodies of chapter R3.2: work handed downwards, and the money that goes with it."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.base import CommandBody, Id, Said, Text


class DelegateBody(CommandBody):
    """Hand the case down to a community or a grid."""

    kind: Literal["delegate"]
    unit_id: Id
    text: Text = ""


class RecordExpenseBody(CommandBody):
    """Money of the admission that the case used, in whole fen, and what for."""

    kind: Literal["record_expense"]
    fen: Annotated[int, Field(ge=1, le=10**15, strict=True)]
    purpose: Said


DelegationBody = DelegateBody | RecordExpenseBody
