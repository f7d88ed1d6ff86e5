"""Every body of the JSON API, and random ones that it takes. Used by the tests of forms."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import api.schemas
from api.pages.forms.shapes import Shape, shapes
from api.schemas.base import Body, CommandBody
from api.schemas.disputes import PartyBody
from api.schemas.office import ItemBody, OfficeBody

BASES = {CommandBody, PartyBody, OfficeBody, ItemBody}


def _under(body: type[Body]) -> Iterator[type[Body]]:
    for each in body.__subclasses__():
        yield each
        yield from _under(each)


def _all() -> list[type[Body]]:
    for module in pkgutil.iter_modules(api.schemas.__path__):
        importlib.import_module(f"api.schemas.{module.name}")
    return sorted(set(_under(Body)) - BASES, key=lambda body: body.__name__)


BODIES = _all()
ENUMS = {shape.enum for body in BODIES for shape in shapes(body) if shape.enum}

LETTERS = st.characters(categories=["L", "N", "P", "S"]) | st.just(" ")
NAMES = st.characters(codec="ascii", categories=["L", "N", "P"]) | st.sampled_from("网格é")
MILLISECOND = 1_000


@st.composite
def instances(draw: st.DrawFn, body: type[BaseModel]) -> BaseModel:
    """A body that the API takes, as it takes it."""
    try:
        return body.model_validate(draw(_fields(body)))
    except ValidationError:
        reject()


@st.composite
def _fields(draw: st.DrawFn, body: type[BaseModel]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for shape in shapes(body):
        if shape.required or draw(st.booleans()):
            found[shape.name] = draw(_values(shape))
    return found


def _values(shape: Shape) -> st.SearchStrategy[Any]:
    found = _some(shape)
    if shape.nullable:
        found = st.none() | found
    return found | st.just("") if shape.may_be_empty and shape.kind in {"text", "long"} else found


def _some(shape: Shape) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one line for each kind
    match shape.kind:
        case "fixed" | "closed":
            return st.sampled_from(shape.closed)
        case "body" | "place" | "bodies":
            assert shape.body
            inner = _fields(shape.body)
            return _listed(shape, inner) if shape.kind == "bodies" else inner
        case "lines" | "files":
            assert shape.item
            return _listed(shape, _some(shape.item))
        case "corners":
            degrees = st.integers(-90_000_000, 90_000_000).map(lambda n: n / 1_000_000)
            return st.lists(st.tuples(degrees, degrees), max_size=4)
        case "whole" | "version" | "money":
            return st.integers(shape.least, shape.most)
        case "decimal":
            return st.floats(shape.least, shape.most)
        case "yes_no":
            return st.booleans()
        case "date":
            return st.dates().map(str)
        case "moment":
            return _moments()
        case _:
            return _texts(shape)


def _listed(shape: Shape, one: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    least = shape.bounds.get("min_length", 0)
    return st.lists(one, min_size=least, max_size=3, unique_by=repr)


@st.composite
def _moments(draw: st.DrawFn) -> str:
    """To the thousandth of a second: what a browser's control can hold."""
    at = draw(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - the strategy adds the zone
    return at.replace(microsecond=at.microsecond // MILLISECOND * MILLISECOND).isoformat()


def _texts(shape: Shape) -> st.SearchStrategy[str]:
    pattern = shape.bounds.get("pattern")
    if pattern:
        return st.from_regex(pattern, fullmatch=True, alphabet=NAMES).filter(bool)
    letters = LETTERS | st.just("\n") if shape.kind == "long" else LETTERS
    longest = min(shape.bounds["max_length"], 60)
    return st.text(letters, min_size=1, max_size=longest).filter(str.strip)
