"""Words of files: who brought one, and the form of the reference by which it is named."""

import re
from enum import StrEnum

REFERENCE = "file-"
"""What every reference begins with."""
LETTERS = 28
"""How many letters follow: too many to guess, and none of them a digit that would be covered."""
_FORM = re.compile(rf"{REFERENCE}[a-z]{{{LETTERS}}}")


class Bringer(StrEnum):
    """Who brought a file that belongs to no case yet."""

    STAFF = "staff"
    RESIDENT = "resident"
    NOBODY = "nobody"


def is_reference(text: str) -> bool:
    """Whether a text names a file; any other is words for people."""
    return _FORM.fullmatch(text) is not None
