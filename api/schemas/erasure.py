"""Bodies of erasures (R14.4)."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.base import Body, CaseNumber, CommandBody, Said, Text
from domain.values import REPORTER
from domain.words.erasure import Ground

SUBJECT = r"^(reporter|party-[1-9][0-9]{0,3}|SW[0-9A-Z-]{1,40})$"


class TargetBody(Body):
    """Somebody in a case: who came with it, `party-1` …, or the number of a case that joined it."""

    case_id: CaseNumber
    subject: Annotated[str, Field(pattern=SUBJECT)] = REPORTER


class ErasureBody(Body):
    """Who is to be forgotten, on what ground, and why in words."""

    targets: Annotated[tuple[TargetBody, ...], Field(min_length=1, max_length=100)]
    ground: Ground
    text: Said


class ApproveErasureBody(CommandBody):
    """Yes, by somebody who neither asked nor had one of the cases in hand."""

    kind: Literal["approve_erasure"]
    text: Text = ""


class RefuseErasureBody(CommandBody):
    """No, and why."""

    kind: Literal["refuse_erasure"]
    text: Said


class WithdrawErasureBody(CommandBody):
    """Take it back, by who asked."""

    kind: Literal["withdraw_erasure"]
    text: Text = ""


ErasureCommandBody = Annotated[
    ApproveErasureBody | RefuseErasureBody | WithdrawErasureBody, Field(discriminator="kind")
]
