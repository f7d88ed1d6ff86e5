"""What a body of the API is made of, as a form needs to know it. Read from the pydantic model
alone: a field added there is in the form at once. No words, no values.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from api.schemas.base import Body, PlaceBody, clean

Kind = Literal[
    "body", "bodies", "closed", "corners", "date", "decimal", "files", "fixed", "lines", "long",
    "moment", "money", "password", "place", "text", "version", "whole", "yes_no",
]  # fmt: skip
SCALARS: Mapping[type, Kind] = {
    bool: "yes_no",
    int: "whole",
    float: "decimal",
    date: "date",
    AwareDatetime: "moment",
    str: "text",
}
BY_NAME: Mapping[tuple[str, str], Kind] = {
    ("text", "password"): "password",
    ("lines", "evidence"): "files",
    ("whole", "version"): "version",
    ("whole", "fen"): "money",
    ("whole", "yearly_fen"): "money",
}
"""What only its name tells: a secret, files that are handed in, money that is typed in yuan."""
LONG = 300
"""Texts that may be longer get several lines to be typed in."""
BOUNDS = ("ge", "gt", "le", "lt", "min_length", "max_length", "pattern")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One field. `owners` are the bodies it may have its words from: its own first, then those it
    was inherited from, then `Body` for what means the same wherever it stands. `default` is as JSON
    holds it; None where there is none to show.
    """

    name: str
    kind: Kind
    owners: tuple[str, ...] = ()
    required: bool = True
    nullable: bool = False
    default: Any = None
    bounds: Mapping[str, Any]
    closed: tuple[str, ...] = ()
    enum: str = ""
    body: type[BaseModel] | None = None
    item: "Shape | None" = None
    may_be_empty: bool = False

    @property
    def inner(self) -> "tuple[Shape, ...]":
        """The fields of a body, or of each of several."""
        return shapes(self.body) if self.body else ()

    @property
    def least(self) -> Any:  # noqa: ANN401 - a number
        """The least number that is taken; None for no bound. Whole numbers may be bounded by gt."""
        above = self.bounds.get("gt")
        return self.bounds.get("ge") if above is None else above + 1

    @property
    def most(self) -> Any:  # noqa: ANN401 - a number
        """The greatest number that is taken."""
        below = self.bounds.get("lt")
        return self.bounds.get("le") if below is None else below - 1

    @property
    def erasable(self) -> bool:
        """Whether "nothing" and "leave it" are two things to say: what is left out stays."""
        return self.nullable and not self.required and self.may_be_empty


@cache
def shapes(body: type[BaseModel]) -> tuple[Shape, ...]:
    """The fields of a body, in their order."""
    return tuple(_field(body, name, field) for name, field in body.model_fields.items())


def _field(body: type[BaseModel], name: str, field: FieldInfo) -> Shape:
    required = field.is_required()
    declared = Annotated[field.annotation, field] if field.metadata else field.annotation
    found = _shape(name, field.annotation, list(field.metadata))
    named = tuple(c.__name__ for c in body.__mro__ if name in getattr(c, "model_fields", {}))
    default = None if required else field.get_default(call_default_factory=True)
    return replace(
        found,
        owners=(*named, Body.__name__),
        required=required,
        default=str(default) if isinstance(default, StrEnum) else default,
        may_be_empty=_takes(declared, {} if found.body and found.kind != "bodies" else ""),
    )


def _shape(name: str, annotation: Any, metadata: list[Any]) -> Shape:  # noqa: ANN401 - a type
    annotation, metadata, nullable = _bare(annotation, metadata)
    bounds = _bounds(metadata)
    found = Shape(name=name, kind="text", bounds=bounds, nullable=nullable)
    origin = get_origin(annotation)
    if origin is Literal:
        return _literal(found, get_args(annotation))
    if origin is tuple:
        return _several(found, get_args(annotation))
    if issubclass(annotation, StrEnum):
        words = tuple(str(each) for each in annotation)
        return replace(found, kind="closed", closed=words, enum=annotation.__name__)
    if issubclass(annotation, BaseModel):
        kind: Kind = "place" if issubclass(annotation, PlaceBody) else "body"
        return replace(found, kind=kind, body=annotation)
    return replace(found, kind=_scalar(name, annotation, bounds))


def _literal(found: Shape, words: tuple[str, ...]) -> Shape:
    if len(words) == 1:
        return replace(found, kind="fixed", closed=words)
    return replace(found, kind="closed", closed=words)


def _several(found: Shape, kinds: tuple[Any, ...]) -> Shape:
    item = _shape(found.name, kinds[0], [])
    if get_origin(_bare(kinds[0], [])[0]) is tuple:
        return replace(found, kind="corners")
    if item.body:
        return replace(found, kind="bodies", body=item.body)
    return replace(found, kind=BY_NAME.get(("lines", found.name), "lines"), item=item)


def _scalar(name: str, annotation: type, bounds: Mapping[str, Any]) -> Kind:
    kind = BY_NAME.get((SCALARS[annotation], name), SCALARS[annotation])
    longer = kind == "text" and bounds.get("max_length", 0) > LONG
    return "long" if longer else kind


def _bare(annotation: Any, metadata: list[Any]) -> tuple[Any, list[Any], bool]:  # noqa: ANN401 - a type
    """The type without its marks and without the empty alternatives of a union."""
    if get_origin(annotation) is Annotated:
        base, *marks = get_args(annotation)
        return _bare(base, [*marks, *metadata])
    if get_origin(annotation) in (Union, UnionType):
        kept = [a for a in get_args(annotation) if a is not NoneType and get_args(a) != ("",)]
        bare, marks, _ = _bare(kept[0], metadata)
        return bare, marks, NoneType in get_args(annotation)
    return annotation, metadata, False


def _bounds(metadata: list[Any]) -> Mapping[str, Any]:
    """The narrowest of what is marked."""
    found: dict[str, Any] = {}
    marks = [each for m in metadata for each in (m.metadata if isinstance(m, FieldInfo) else [m])]
    for mark in marks:
        if getattr(mark, "func", None) is clean:
            found["cleaned"] = True
        for name in BOUNDS:
            value = getattr(mark, name, None)
            if value is not None:
                narrower: Callable[..., Any] = min if name in {"le", "lt", "max_length"} else max
                found[name] = narrower(found[name], value) if name in found else value
    return found


def _takes(declared: Any, value: Any) -> bool:  # noqa: ANN401 - any type, any value
    try:
        TypeAdapter(declared).validate_python(value)
    except ValidationError:
        return False
    return True


def fits(shape: Shape, typed: str) -> bool:
    """Whether a text has the form that the field's pattern asks for."""
    pattern = shape.bounds.get("pattern")
    return pattern is None or re.search(pattern, typed) is not None


def at(body: type[BaseModel], path: str) -> Shape | None:
    """The field at a path, with or without the numbers of entries; None for none."""
    found, inner = None, shapes(body)
    for part in (each for each in path.split(".") if not each.isdigit()):
        found = next((shape for shape in inner if shape.name == part), None)
        inner = found.inner if found else ()
    return found
