"""Commands of chapter R6.4–5: suspension and extension."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked
from domain.policy import Span
from domain.words import (
    SuspensionGround,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend(Asked):
    """Stop the handling clock on a listed ground (R6.4)."""

    kind: Literal["suspend"] = "suspend"
    ground: SuspensionGround
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Asked):
    """Let the handling clock run again."""

    kind: Literal["resume"] = "resume"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestExtension(Asked):
    """Ask the unit above for more time, once a stint (R6.5)."""

    kind: Literal["request_extension"] = "request_extension"
    extend_by: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideExtension(Asked):
    """The unit above grants or refuses."""

    kind: Literal["decide_extension"] = "decide_extension"
    granted: bool
    text: str


PauseCommand = Suspend | Resume | RequestExtension | DecideExtension
