"""What a table of words is, and how a word is looked up in one. No words here."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]
Table = Mapping[str, tuple[str, str]]
"""A code's (Chinese, English)."""


def say(table: Table, word: str, language: Language) -> str:
    """A word of one of the tables; the code's own word where none is known."""
    return table.get(word, (word, word))[language == "en"]
