"""Commands of chapter R4.6: what is owed to supervisors."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSupervision(Asked):
    """The unit in charge answers all supervision orders that wait (R4.4)."""

    kind: Literal["answer_supervision"] = "answer_supervision"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervise(Asked):
    """A supervisor orders that the case be seen to; the order has to be answered (R4.6)."""

    kind: Literal["supervise"] = "supervise"
    text: str


SupervisionCommand = AnswerSupervision | Supervise
