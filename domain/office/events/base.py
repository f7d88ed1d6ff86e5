"""What every change of the office carries, and changes taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.values import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRoot(Told):
    """What holds from `effective_from` on."""

    effective_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCancelled(Told):
    """A change that was not in force yet was taken back; with the end of a post its hand-over."""

    kind: Literal["office.change_cancelled"] = "office.change_cancelled"
    change: int
    post_id: str | None = None
