"""The command time itself sends."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Asked):
    """A clock is due. Sent by the case's own workflow; settles whatever is due by `at`."""

    kind: Literal["tick"] = "tick"
