"""What a refusal's words are. No words here."""

from collections.abc import Mapping
from typing import NamedTuple

Pair = tuple[str, str]
"""(Chinese, English). A detail of the refusal stands in braces, by its name."""


class Said(NamedTuple):
    """What is not possible, why that is so, and what to do now."""

    what: Pair
    why: Pair
    now: Pair


Refusals = Mapping[str, Said]
"""By the refusal's code."""
