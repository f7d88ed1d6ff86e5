"""From what was typed to the body that the API is sent. What is empty is left out; what does not
look like what is asked for stays as it was typed, so that the API itself says what is wrong with
it.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from api.pages.forms import moments
from api.pages.forms.shapes import Kind, Shape, fits, shapes
from api.pages.forms.typed import Typed

OUT = object()
"""Nothing is said of it."""
EMPTY = ".empty"
"""The mark that says: empty it. Without it, what is left empty stays as it is."""
VERSION = "_version"
WHOLE = re.compile(r"[+-]?[0-9]{1,40}")
DECIMAL = re.compile(r"[+-]?([0-9]{1,40}[.]?[0-9]{0,40}|[.][0-9]{1,40})([eE][+-]?[0-9]{1,3})?")
WORDS: Mapping[str, Any] = {"true": True, "false": False}
MOST = 1_000
"""Entries of a list that says itself no number."""


def body_of(body: type[BaseModel], typed: Typed, zone: str) -> dict[str, Any]:
    """The JSON body; `zone` is the office's."""
    return _inner(shapes(body), "", typed, zone)


def _inner(inner: tuple[Shape, ...], path: str, typed: Typed, zone: str) -> dict[str, Any]:
    found = {shape.name: _value(shape, path + shape.name, typed, zone) for shape in inner}
    return {name: value for name, value in found.items() if value is not OUT}


def _value(shape: Shape, path: str, typed: Typed, zone: str) -> Any:  # noqa: ANN401 - JSON
    if shape.kind == "fixed":
        return shape.closed[0]
    if shape.kind == "bodies":
        return _entries(shape, path, typed, zone)
    if shape.body:
        found = _inner(shape.inner, path + ".", typed, zone)
        return found if found or shape.required or _emptied(shape, path, typed) else OUT
    if shape.kind in {"lines", "files", "corners"}:
        return _lines(shape, path, typed, zone)
    text = typed.text(VERSION if shape.kind == "version" else path)
    return OUT if text is None else _one(shape, text, _emptied(shape, path, typed), zone)


def _emptied(shape: Shape, path: str, typed: Typed) -> bool:
    return shape.erasable and path + EMPTY in typed


def _entries(shape: Shape, path: str, typed: Typed, zone: str) -> Any:  # noqa: ANN401 - JSON
    numbers = typed.entries(path, shape.bounds.get("max_length", MOST))
    found = [_inner(shape.inner, f"{path}.{number}.", typed, zone) for number in numbers]
    return found if found or shape.required else OUT


def _lines(shape: Shape, path: str, typed: Typed, zone: str) -> Any:  # noqa: ANN401 - JSON
    lines = [line for text in typed.texts(path) for line in text.split("\n") if line.strip()]
    if shape.item:
        found = [_read(shape.item, line, zone) for line in lines]
    else:
        found = [corner(line) for line in lines]
    return found if found or shape.required else OUT


def _one(shape: Shape, text: str, emptied: bool, zone: str) -> Any:  # noqa: ANN401, FBT001 - JSON; told by name above
    blank = text == "" or (shape.kind not in {"text", "long", "password"} and not text.strip())
    if not blank:
        return _read(shape, text, zone)
    if shape.required and shape.nullable:
        return None
    return "" if emptied or (shape.required and shape.may_be_empty) else OUT


def _read(shape: Shape, text: str, zone: str) -> Any:  # noqa: ANN401 - JSON
    if shape.kind == "moment":
        return moments.sent(text.strip(), zone)
    reader = READERS.get(shape.kind)
    if reader:
        return reader(text.strip())
    return text if fits(shape, text) else text.strip()


def _whole(text: str) -> int | str:
    return int(text) if WHOLE.fullmatch(text) else text


def _decimal(text: str) -> float | str:
    found = float(text) if DECIMAL.fullmatch(text) else math.inf
    return found if math.isfinite(found) else text


def _money(text: str) -> int | str:
    found = moments.fen(text)
    return text if found is None else found


def corner(line: str) -> list[float | str]:
    """A line of a border: longitude, latitude, with a comma or a blank between them."""
    return [_decimal(part) for part in re.split(r"[,，\s]+", line.strip().strip("[],"))]


READERS: Mapping[Kind, Callable[[str], Any]] = {
    "whole": _whole,
    "version": _whole,
    "decimal": _decimal,
    "money": _money,
    "yes_no": lambda text: WORDS.get(text, text),
    "closed": str,
    "date": str,
}
