"""Words of forms in both languages: what a body, each of its fields and each value of a closed
list is called, and what helps to fill it in. By chapter; an inherited field may have the words of
where it was declared.
"""

from collections.abc import Iterable, Sequence

from api.words.actions import ACTIONS
from api.words.fields import (
    base,
    books,
    deliberation,
    disputes,
    first_contact,
    ladder,
    office,
    pauses,
    people,
    proactive,
    ratings,
    registers,
    whistle,
)
from api.words.fields.options import BLANKS, OPTIONS, YES_NO
from api.words.fields.pages import WORDS
from api.words.table import Language, Table, say

__all__ = [
    "BLANKS",
    "HINTS",
    "LABELS",
    "OPTIONS",
    "TITLES",
    "WORDS",
    "YES_NO",
    "of_field",
    "options",
    "title",
]

CHAPTERS = (
    base, books, deliberation, disputes, first_contact, ladder, office, pauses, people, proactive,
    ratings, registers, whistle,
)  # fmt: skip


def _all(tables: Iterable[Table]) -> Table:
    return {code: words for table in tables for code, words in table.items()}


TITLED = (
    base,
    books,
    disputes,
    first_contact,
    office,
    people,
    proactive,
    ratings,
    registers,
    whistle,
)
TITLES = _all(chapter.TITLES for chapter in TITLED)
"""What a body is called that is no command to a case: those have the words of `actions`."""
LABELS = _all(chapter.LABELS for chapter in CHAPTERS)
HINTS = _all(chapter.HINTS for chapter in CHAPTERS)


def title(body: str, kind: str, language: Language) -> str:
    """What a form is called; `kind` is its command's, empty for what is none."""
    return say(TITLES, body, language) if body in TITLES else say(ACTIONS, kind, language)


def of_field(table: Table, owners: Sequence[str], name: str, language: Language) -> str:
    """A field's words: of its own body, else of the one it comes from; empty for none."""
    known = (f"{owner}.{name}" for owner in owners if f"{owner}.{name}" in table)
    return next((say(table, code, language) for code in known), "")


def options(owners: Sequence[str], name: str, enum: str) -> Table | None:
    """What the values of a field are called; None for a field that is no closed list."""
    keys = (*(f"{owner}.{name}" for owner in owners), enum)
    return next((OPTIONS[key] for key in keys if key in OPTIONS), None)
