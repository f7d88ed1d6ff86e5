"""Events of chapter R6.4–5: suspension and extension."""

from dataclasses import dataclass
from typing import Literal

from domain.sealing import FreeText
from domain.values import (
    SetsClocks,
    Told,
)
from domain.words import (
    SuspensionGround,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(SetsClocks):
    """The handling clock stopped on a listed ground; it starts again by itself at the maximum."""

    kind: Literal["case.suspended"] = "case.suspended"
    ground: SuspensionGround
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(SetsClocks):
    """The handling clock runs again."""

    kind: Literal["case.resumed"] = "case.resumed"
    automatic: bool = False
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRequested(SetsClocks):
    """More time was asked for; `seconds` are of the handling clock's basis.

    `unit_id`, `post_id` and `person_id` are who is asked to decide; events of before name nobody.
    """

    kind: Literal["extension.requested"] = "extension.requested"
    seconds: int
    text: FreeText
    unit_id: str = ""
    post_id: str | None = None
    person_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionGranted(SetsClocks):
    """The unit above gave the time."""

    kind: Literal["extension.granted"] = "extension.granted"
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRefused(Told):
    """The unit above refused, or did not decide in time."""

    kind: Literal["extension.refused"] = "extension.refused"
    automatic: bool = False


PauseEvent = Suspended | Resumed | ExtensionRequested | ExtensionGranted | ExtensionRefused
