"""Bodies of chapter R4.6: what is owed to supervisors."""

from typing import Literal

from api.schemas.base import CommandBody, Said


class AnswerSupervisionBody(CommandBody):
    """Answer a supervision order."""

    kind: Literal["answer_supervision"]
    text: Said


class SuperviseBody(CommandBody):
    """Order that the case be seen to."""

    kind: Literal["supervise"]
    text: Said


SupervisionBody = AnswerSupervisionBody | SuperviseBody
