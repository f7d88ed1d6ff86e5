"""Bodies of chapter R6.4–5: suspension and extension."""

from typing import Literal

from api.schemas.base import (
    CommandBody,
    Said,
    SpanBody,
    Text,
    Yes,
)
from domain.words import SuspensionGround


class SuspendBody(CommandBody):
    """Stop the handling clock on a listed ground."""

    kind: Literal["suspend"]
    ground: SuspensionGround
    text: Said


class ResumeBody(CommandBody):
    """Let the handling clock run again."""

    kind: Literal["resume"]
    text: Text = ""


class RequestExtensionBody(CommandBody):
    """Ask the unit above for more time."""

    kind: Literal["request_extension"]
    extend_by: SpanBody
    text: Said


class DecideExtensionBody(CommandBody):
    """Grant or refuse more time."""

    kind: Literal["decide_extension"]
    granted: Yes
    text: Said


PauseBody = SuspendBody | ResumeBody | RequestExtensionBody | DecideExtensionBody
