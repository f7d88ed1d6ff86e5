"""The texts of the pages in both languages, read from the catalogues once. No texts here."""

import gettext
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from api.words import Language

FOLDER = Path(__file__).parent / "locale"
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def translations() -> Mapping[Language, gettext.NullTranslations]:
    """Of each language all its catalogues in one."""
    return MappingProxyType({language: _read(language) for language in LANGUAGES})


def catalogue(language: Language) -> Catalog:
    """Every message of a language, from the catalogues of all desks."""
    found = Catalog(locale=language)
    for file in sorted((FOLDER / language).glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id:
                    found[message.id] = message
    return found


def _read(language: Language) -> gettext.NullTranslations:
    written = BytesIO()
    write_mo(written, catalogue(language))
    written.seek(0)
    return gettext.GNUTranslations(written)
