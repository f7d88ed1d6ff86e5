"""Numbers of imported cases and their commands: the same row is the same case on every machine."""

import hashlib
import uuid
from collections.abc import Callable
from itertools import count

from api.identity import spelled

SPACE = uuid.UUID("5d0f3a52-9a1e-4a39-8d0c-6f6b1c1f2a77")


def case_number(mapping: str, reference: str) -> int:
    """60 bits of the row's identity; small enough to remember for every row of a file."""
    text = f"shouwen import\0{mapping}\0{reference}"
    return int(hashlib.sha256(text.encode()).hexdigest()[:15], 16)


def case_id(number: int) -> str:
    """The number as a case number."""
    return spelled(number)


def ids_of(case: str) -> Callable[[], str]:
    """Gives the ids of a case's commands one after the other, the same in every run."""
    numbers = count(1)
    return lambda: str(uuid.uuid5(SPACE, f"{case}\0{next(numbers)}"))
