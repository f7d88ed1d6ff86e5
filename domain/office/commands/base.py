"""What every command to the office carries, and taking a change back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.commands import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeAsked(Asked):
    """From when it shall hold (now, where nothing is said), and why."""

    effective_from: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelChange(OfficeAsked):
    """Take back a change that is not in force yet; `change` is its number in the history."""

    kind: Literal["cancel_change"] = "cancel_change"
    change: int
