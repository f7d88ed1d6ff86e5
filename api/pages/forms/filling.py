"""From a body to what would have been typed: a form that begins with what is known. The reverse of
reading; no words, no HTML.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from api.pages.forms import moments
from api.pages.forms.reading import EMPTY, VERSION
from api.pages.forms.shapes import Shape, shapes
from api.pages.forms.typed import Typed

MICRO = 1_000_000


def filled(body: type[BaseModel], known: BaseModel | Mapping[str, Any], zone: str) -> Typed:
    """The form of a body with what is known of it, as an instance or as JSON holds it."""
    return Typed(dict(_inner(shapes(body), "", known, zone)))


def said(shape: Shape, value: Any, zone: str) -> tuple[str, ...]:  # noqa: ANN401 - of any kind
    """The texts of one field that is no body."""
    if value is None:
        return ("",)
    if isinstance(value, str) and shape.kind in {"corners", "lines", "files"}:
        return (value,)  # as a link says it
    if shape.kind == "corners":
        return ("\n".join(f"{x}, {y}" for x, y in value),)
    if shape.kind == "lines" and shape.item:
        return ("\n".join(_text(shape.item, each, zone) for each in value),)
    if shape.kind == "files":
        return tuple(map(str, value))
    return (_text(shape, value, zone),)


def _inner(
    inner: tuple[Shape, ...],
    path: str,
    known: Any,  # noqa: ANN401 - a body or JSON
    zone: str,
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for shape in inner:
        has, value = _of(known, shape.name)
        told = has and shape.kind != "fixed"
        if told and not (shape.inner and isinstance(value, str)):  # a link says no entries
            yield from _field(shape, path + shape.name, value, zone)


def _of(known: Any, name: str) -> tuple[bool, Any]:  # noqa: ANN401 - a body or JSON
    if isinstance(known, BaseModel):
        value = getattr(known, name)
        return True, [_degrees(each) for each in value] if name == "border" else value
    return name in known, known.get(name)


def _field(shape: Shape, path: str, value: Any, zone: str) -> Iterator[tuple[str, tuple[str, ...]]]:  # noqa: ANN401 - of any kind
    if shape.kind == "bodies":
        for number, each in enumerate(value or ()):
            yield f"{path}.{number}", ("",)
            yield from _inner(shape.inner, f"{path}.{number}.", each, zone)
    elif shape.body and value is not None:
        found = list(_inner(shape.inner, path + ".", value, zone))
        if shape.erasable and not any(any(texts) for _, texts in found):
            yield path + EMPTY, ("1",)
        yield from found
    elif not shape.body:
        if shape.erasable and value == "":
            yield path + EMPTY, ("1",)
        yield VERSION if shape.kind == "version" else path, said(shape, value, zone)


def _text(shape: Shape, value: Any, zone: str) -> str:  # noqa: ANN401 - of any kind
    if shape.kind == "moment":
        return moments.shown(value, zone)
    if shape.kind == "money" and isinstance(value, int):
        return moments.yuan(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _degrees(point: tuple[int, int]) -> tuple[float, float]:
    """A body that was read holds its corners in whole millionths."""
    return point[0] / MICRO, point[1] / MICRO
