"""Numbers and codes as people type them, made into what they are. Nothing else is guessed."""

import re
import unicodedata

CODE = re.compile(r"[a-z2-7]{24}")
NUMBER = re.compile(r"[0-9A-HJKMNP-TV-Z]{12}")
MEANT_IN_NUMBER = str.maketrans("ILO", "110")
"""Letters that no number holds, and what is read for them."""
MEANT_IN_CODE = str.maketrans("018", "olb")
"""Digits that no code holds."""


def number(text: str) -> str:
    """A case's number from what was typed, in any case, spaced, full width; empty for none."""
    plain = re.sub(r"[^0-9A-Z]", "", _plain(text).upper())
    found = plain.removeprefix("SW").translate(MEANT_IN_NUMBER)
    if not NUMBER.fullmatch(found):
        return ""
    return f"SW-{found[:4]}-{found[4:8]}-{found[8:]}"


def code(text: str) -> str:
    """A code from what was typed; empty for what is none."""
    found = re.sub(r"[^0-9a-z]", "", _plain(text).lower()).translate(MEANT_IN_CODE)
    return found if CODE.fullmatch(found) else ""


def in_fours(secret: str) -> str:
    """A code as it is easiest to copy."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:200])
