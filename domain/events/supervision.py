"""Events of chapter R4.4 and R4.6: orders and their answers."""

from dataclasses import dataclass
from typing import Literal

from domain.sealing import FreeText
from domain.values import (
    SetsClocks,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionOrdered(SetsClocks):
    """A supervisor of a superior must see to it; `unit_id` and `person_id` are the supervisor's."""

    kind: Literal["supervision.ordered"] = "supervision.ordered"
    unit_id: str
    person_id: str | None
    clock_id: str | None = None
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionAnswered(SetsClocks):
    """The order was answered; it is looked at again when the review clock ends."""

    kind: Literal["supervision.answered"] = "supervision.answered"
    text: FreeText


SupervisionEvent = SupervisionOrdered | SupervisionAnswered
