"""A form that came in: read, its files handed in, its small buttons obeyed. What it means is the
API's to say.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel
from starlette.datastructures import UploadFile

from api.pages.forms.choices import Picture
from api.pages.forms.pressing import pressed
from api.pages.forms.reading import body_of
from api.pages.forms.shapes import shapes
from api.pages.forms.typed import Typed, gathered

Uploaded = Callable[[str, Sequence[UploadFile]], Awaitable[list[str]]]
"""(field's name, files) → what each is called from now on: what the body holds of it."""
FILES = ".files"


@dataclass(frozen=True, slots=True)
class Sent:
    """`again`: draw the form again with `typed`, nothing is to be sent yet. Else `body` is."""

    typed: Typed
    body: dict[str, Any]
    again: bool


async def received(
    body: type[BaseModel],
    items: Iterable[tuple[str, str | UploadFile]],
    zone: str,
    *,
    picture: Picture | None = None,
    uploaded: Uploaded | None = None,
) -> Sent:
    """What a form says; `items` are FormData.multi_items(). `TooMuch` where there is no end to it;
    what `uploaded` raises goes through.
    """
    typed = gathered(items)
    if uploaded:
        typed = await _handed_in(body, typed, uploaded)
    after = pressed(body, typed, picture)
    typed = replace(after or typed, files={})
    return Sent(typed, body_of(body, typed, zone), again=after is not None)


async def _handed_in(body: type[BaseModel], typed: Typed, uploaded: Uploaded) -> Typed:
    for shape in shapes(body):
        files = typed.files.get(shape.name + FILES) if shape.kind == "files" else None
        if files:
            names = await uploaded(shape.name, files)
            typed = typed.with_values(**{shape.name: (*typed.texts(shape.name), *names)})
    return typed
