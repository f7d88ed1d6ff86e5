"""`python -m tests.pages.catalogues`: put every text of the templates into the catalogues of both
languages, and take out what no template says any more. Translations stay; new ones in Chinese are
empty.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from api.pages.catalogues import BASE, FOLDER, LANGUAGES
from api.pages.templating import TEMPLATES


@cache
def said() -> dict[str, set[str]]:
    """The messages of each catalogue: a folder of templates has its own, all else is in `base`."""
    found: dict[str, set[str]] = {}
    for file in sorted(TEMPLATES.rglob("*.html")):
        desk = file.relative_to(TEMPLATES).parts[0]
        name = BASE if desk in {"parts", file.name} else desk
        found.setdefault(name, set()).update(_messages(file))
    return {name: ids - (found[BASE] if name != BASE else set()) for name, ids in found.items()}


def _messages(file: Path) -> Iterator[str]:
    with file.open("rb") as stream:
        for _, message, _, _ in extract("jinja2.ext:babel_extract", stream):
            yield message if isinstance(message, str) else message[0]


@cache
def written(language: str, name: str) -> Catalog:
    """A catalogue as it stands; an empty one where there is none."""
    file = FOLDER / language / f"{name}.po"
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def main() -> None:
    """Write all catalogues again."""
    for name, messages in said().items():
        for language in LANGUAGES:
            _write(language, name, messages)


def _write(language: str, name: str, messages: set[str]) -> None:
    old = written(language, name)
    new = Catalog(locale=language, header_comment=f"# {name}, {language}")
    for message in sorted(messages):
        known = old.get(message)
        told = known.string if known and known.string else ""
        new.add(message, told or (message if language == "en" else ""))
    with (FOLDER / language / f"{name}.po").open("wb") as stream:
        write_po(stream, new, omit_header=True, width=100)


if __name__ == "__main__":
    main()
