"""Events of chapter R3.2: work handed downwards, and the money that went with it."""

from dataclasses import dataclass
from typing import Literal

from domain.sealing import FreeText
from domain.values import Area, Happened, Told
from domain.words import Belonging


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegated(Told):
    """A street or department handed the case down; `admission_id` is None for the community's own
    work, and `area` says which units of the place the case is with now.
    """

    kind: Literal["case.delegated"] = "case.delegated"
    unit_id: str
    belonging: Belonging
    admission_id: str | None = None
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseRecorded(Happened):
    """The case used `fen` of the `granted` ones the admission has for that calendar year."""

    kind: Literal["expense.recorded"] = "expense.recorded"
    admission_id: str
    year: int
    fen: int
    granted: int
    purpose: FreeText


DelegationEvent = Delegated | ExpenseRecorded
