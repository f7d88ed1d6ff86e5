"""Bodies of the register of admissions (R3.2)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from api.schemas.base import Body, CommandBody, Id, Said, Text

Fen = Annotated[int, Field(ge=0, le=10**15, strict=True)]


class AdmissionBody(Body):
    """An application: what, for which communities (a superior stands for all of its own), from the
    first day to the last, with what authority and how much money a calendar year (whole fen).
    """

    item_id: Id
    units: Annotated[tuple[Id, ...], Field(min_length=1, max_length=200)]
    first_day: date
    last_day: date
    authority: Said
    yearly_fen: Fen
    reason: Said


class ApproveAdmissionBody(CommandBody):
    """One of the two yeses it takes."""

    kind: Literal["approve_admission"]
    text: Text = ""


class RefuseAdmissionBody(CommandBody):
    """No, and why."""

    kind: Literal["refuse_admission"]
    text: Said


class RevokeAdmissionBody(CommandBody):
    """Take it back, from that day on or at once."""

    kind: Literal["revoke_admission"]
    text: Said
    from_day: date | None = None


AdmissionCommandBody = Annotated[
    ApproveAdmissionBody | RefuseAdmissionBody | RevokeAdmissionBody, Field(discriminator="kind")
]
