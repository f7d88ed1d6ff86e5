"""The fonts of reports: beside this file, so that no machine needs any and none is fetched."""

from functools import cache
from pathlib import Path

FAMILY = "Shouwen Sans"
FOLDER = Path(__file__).parent
MISSING = "〓"
"""What stands for a character that the fonts do not have; the figures have the character."""


@cache
def characters() -> frozenset[str]:
    """What the fonts have: the list beside them, made with them."""
    text = (FOLDER / "characters.txt").read_text(encoding="utf-8")
    return frozenset(text) | {" ", "\n"}


def readable(text: str) -> str:
    """The text with a mark in the place of each character the fonts do not have."""
    known = characters()
    return text if known.issuperset(text) else "".join(c if c in known else MISSING for c in text)
