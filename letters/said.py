"""What a topic is said with: a language, an audience, words for each. No words here."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
Audience = Literal["staff", "resident", "party", "partner"]
Words = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a topic says to each audience it is meant for; None where it is not."""

    staff: Words | None = None
    resident: Words | None = None
    party: Words | None = None
    partner: Words | None = None
