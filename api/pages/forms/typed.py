"""What somebody typed into a form, as a browser sends it: names and texts. Takes anything; what is
too much is refused at once. Knows no body and no meaning.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

FIELDS = 2_000
CHARACTERS = 400_000
"""All texts of a form together; the longest that the API takes is the border of a grid."""
HALVES = re.compile("[\ud800-\udfff]")


class TooMuch(HTTPException):
    """More than any form of ours holds: answered by 413 of itself; nothing was looked at."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "more than any form holds")


@dataclass(frozen=True, slots=True)
class Typed:
    """Texts by name, all of them; `calls.0.unit_id` is a field of the first of several calls."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, tuple[UploadFile, ...]] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str | None:
        """The last text of that name; None where there is none."""
        return self.values[name][-1] if name in self.values else None

    def texts(self, name: str) -> tuple[str, ...]:
        """All texts of that name."""
        return self.values.get(name, ())

    def entries(self, name: str, most: int) -> list[int]:
        """The numbers that entries of a list have here, in order; one more than `most` at most, so
        that the API can say that there are too many.
        """
        form = re.compile(re.escape(name) + r"\.(0|[1-9][0-9]{0,8})(?:\.|$)", re.ASCII)
        found = {int(hit[1]) for hit in map(form.match, self.values) if hit}
        return sorted(found)[: most + 1]

    def with_values(self, **changed: tuple[str, ...]) -> "Typed":
        """The same with other texts of these names."""
        return replace(self, values={**self.values, **changed})

    def without(self, prefix: str) -> "Typed":
        """The same without what begins with this name."""
        kept = {n: v for n, v in self.values.items() if n != prefix and not _inside(n, prefix)}
        return replace(self, values=kept)


def _inside(name: str, prefix: str) -> bool:
    return name.startswith(prefix + ".")


def gathered(items: Iterable[tuple[str, str | UploadFile]]) -> Typed:
    """What was sent, in lines that end as the API wants them; `TooMuch` where there is no end."""
    values: dict[str, list[str]] = {}
    files: dict[str, list[UploadFile]] = {}
    for name, value in _bounded(items):
        if isinstance(value, UploadFile):
            if value.filename:
                files.setdefault(_text(name), []).append(value)
        else:
            values.setdefault(_text(name), []).append(_text(value))
    return Typed({n: tuple(v) for n, v in values.items()}, {n: tuple(v) for n, v in files.items()})


def _bounded(
    items: Iterable[tuple[str, str | UploadFile]],
) -> Iterator[tuple[str, str | UploadFile]]:
    characters = 0
    for count, (name, value) in enumerate(items):
        characters += len(name) + (0 if isinstance(value, UploadFile) else len(value))
        if count >= FIELDS or characters > CHARACTERS:
            raise TooMuch
        yield name, value


def _text(sent: str) -> str:
    """Browsers end lines with two characters; half a character can be sent to nobody."""
    return HALVES.sub("\ufffd", sent.replace("\r\n", "\n").replace("\r", "\n"))
