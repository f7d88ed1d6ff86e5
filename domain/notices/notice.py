"""A notice: a fact for the outbox. Who is owed one stand in the modules of the chapters."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message owed: `recipient` is the id of a person, a unit, a partner or a case, or a
    subject of the case. What another case is told is a command to it: `domain/crossing.py`.
    """

    topic: str
    to: Literal["person", "unit", "resident", "party", "partner", "case"]
    recipient: str
