"""The texts of the pages in both languages, read from the catalogues once. No texts here.

A desk has the shared texts and its own: one word of English may be two in Chinese at two desks.
"""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from api.words import Language

FOLDER = Path(__file__).parent / "locale"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
BASE = "base"


@cache
def translations(language: Language, desk: str = BASE) -> gettext.NullTranslations:
    """The shared catalogue and the desk's own in one."""
    written = BytesIO()
    write_mo(written, catalogue(language, desk))
    written.seek(0)
    return gettext.GNUTranslations(written)


def catalogue(language: Language, desk: str) -> Catalog:
    """Every message of a desk in a language; its own words before the shared ones."""
    found = Catalog(locale=language)
    for name in dict.fromkeys((BASE, desk)):
        file = FOLDER / language / f"{name}.po"
        if not file.exists():
            continue
        with file.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id:
                    found[message.id] = message
    return found
