"""Which control a field gets, and the attributes of its element: limits as the API has them. What
is typed and would not fit its control is shown as plain text, so that it is not lost.
"""

import re
from collections.abc import Mapping

from api.pages.forms import moments
from api.pages.forms.patterns import BROWSERS
from api.pages.forms.reading import DECIMAL, WHOLE
from api.pages.forms.shapes import Kind, Shape

FEW = 5
"""Up to so many choices are shown at once, as radio buttons."""
FORMS: Mapping[Kind, re.Pattern[str]] = {
    "whole": WHOLE,
    "decimal": DECIMAL,
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "moment": re.compile(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,3})?)?"
    ),
}
TYPES: Mapping[Kind, str] = {
    "whole": "number",
    "decimal": "number",
    "date": "date",
    "moment": "datetime-local",
    "password": "password",
}
BY_NAME: Mapping[str, Mapping[str, str]] = {
    "phone": {"inputmode": "tel"},
    "email": {"inputmode": "email"},
    "login": {"autocomplete": "username", "autocapitalize": "none"},
    "password": {"autocomplete": "current-password"},
}
FILES = "image/jpeg,image/png,image/webp,image/gif,application/pdf"
"""What a browser offers first, a phone's camera too; what is taken is the API's to say."""
TO_THE_MINUTE = len("2026-03-02T10:00")
SEVERAL_LINES = frozenset({"long", "lines", "corners"})
ROWS: Mapping[str, str] = {"long": "5", "lines": "4", "corners": "8"}


def several_lines(shape: Shape, value: str) -> bool:
    """Whether it is typed in an area of several lines; so is what has several already."""
    return shape.kind in SEVERAL_LINES or (shape.kind == "text" and "\n" in value)


def attributes(shape: Shape, value: str) -> dict[str, str]:
    """Of an input or an area of text."""
    found = {"required": "required"} if must(shape) else {}
    if several_lines(shape, value):
        longest = shape.bounds.get("max_length", 0) if shape.kind == "long" else 0
        return {**found, "rows": "20" if longest > 10_000 else ROWS.get(shape.kind, "2")}  # noqa: PLR2004 - documents
    if shape.kind == "files":
        return {"type": "file", "multiple": "multiple", "accept": FILES}
    return {**found, **_typed(shape, value), **BY_NAME.get(shape.name, {})}


def must(shape: Shape) -> bool:
    """Whether a form without it cannot be sent."""
    return shape.required and not shape.nullable and not shape.may_be_empty


def _typed(shape: Shape, value: str) -> dict[str, str]:
    form = FORMS.get(shape.kind)
    if shape.kind == "money":
        return {"type": "text", "inputmode": "decimal"}
    if form is None or (value and not form.fullmatch(value)):
        return {"type": TYPES["password"] if shape.kind == "password" else "text", **_text(shape)}
    return {"type": TYPES[shape.kind], **_bounded(shape, value)}


def _text(shape: Shape) -> dict[str, str]:
    found = {}
    if "max_length" in shape.bounds:
        found["maxlength"] = str(shape.bounds["max_length"])
    if "pattern" in shape.bounds:
        found["pattern"] = BROWSERS[shape.bounds["pattern"]]
    return found


def _bounded(shape: Shape, value: str) -> dict[str, str]:
    if shape.kind == "moment":
        return {"step": "any"} if len(value) > TO_THE_MINUTE else {}
    bounds = {"min": shape.least, "max": shape.most}
    step = {"step": "any"} if shape.kind == "decimal" else {}
    return step | {name: str(bound) for name, bound in bounds.items() if bound is not None}


def limit(shape: Shape, number: int | None) -> str:
    """A bound as people read it: money in yuan."""
    if number is not None and shape.kind == "money":
        return moments.yuan(number)
    return "" if number is None else str(number)
