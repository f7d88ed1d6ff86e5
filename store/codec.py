"""Events ↔ their stored form. Names and schema numbers are stored; classes may move freely.

The stored `data` is JSON without floats; sealed fields are `{"subject": …, "box": …}`. An unknown
kind or schema raises: history is never skipped.
"""

import base64
import types
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache, partial
from typing import (
    Any,
    NamedTuple,
    Self,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import TypeAdapter

from domain.access.events import AccessEvent
from domain.admission.events import AdmissionEvent
from domain.erasure.events import ErasureEvent
from domain.events import Event
from domain.log.events import LogEvent
from domain.office.events import OfficeEvent
from domain.report.events import ReportEvent
from domain.sealing import CASE, ERASED, Personal
from domain.values import By
from domain.visit.events import VisitEvent
from store.keys import seal, unseal

Data = dict[str, Any]
Steps = tuple[str, ...]
Plan = tuple[tuple[Steps, Personal], ...]
"""Paths of sealed fields with their marks; ``"*"`` steps into every element of a list."""
Upcaster = Callable[[Data], Data]
E = TypeVar("E")

AnyEvent: TypeAlias = (
    Event
    | AdmissionEvent
    | OfficeEvent
    | VisitEvent
    | LogEvent
    | AccessEvent
    | ErasureEvent
    | ReportEvent
)
"""The events of every noun. A noun adds its union here; names stay unique over all of them."""


def _relation(data: Data) -> Data:
    """The relation stood in the clear, and what it came to was read from it."""
    return {**data, "complained": data["relation"] == "complained_about"}


UPCASTERS: Mapping[tuple[str, int], Upcaster] = {("relation.declared", 1): _relation}
"""(kind, schema) → a function from that schema's data to the next one's."""


class UnknownEvent(Exception):
    """The journal holds an event this version of the program does not know."""


class Stored(NamedTuple):
    """An event as the journal keeps it; `data` is sealed."""

    kind: str
    schema: int
    data: Data
    actor: str
    post: str | None
    unit: str | None
    occurred_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The event in a row of the journal."""
        return cls(*(row[name] for name in cls._fields))


class Subjects:
    """The data keys of one case, by subject; a missing key means erased, or not asked for.

    Of those who are `gone` nothing is kept any more: what is said of them is not stored.
    """

    def __init__(self, keys: Mapping[str, bytes] | None = None, gone: Collection[str] = ()) -> None:
        self._ciphers = {s: AESGCM(key) for s, key in (keys or {}).items()}
        self._gone = gone

    def seal(self, subject: str, text: str, label: str) -> Data | str:
        """The sealed form of a text; the word for erased in its place for who is gone."""
        if subject in self._gone:
            return ERASED
        box = seal(self._ciphers[subject], text.encode(), label)
        return {"subject": subject, "box": base64.b64encode(box).decode()}

    def open(self, sealed: Data, label: str) -> str:
        """The text, or the word for erased."""
        cipher = self._ciphers and self._ciphers.get(sealed["subject"])
        if not cipher:
            return ERASED
        return unseal(cipher, base64.b64decode(sealed["box"]), label).decode()


NOBODY = Subjects()


@cache
def _classes() -> Mapping[str, type]:
    return {kind_of(cls): cls for cls in get_args(AnyEvent)}


def kind_of(cls: type) -> str:
    """The kind under which events of a class are stored."""
    return str(cls.__dataclass_fields__["kind"].default)  # type: ignore[attr-defined] # a dataclass


def kinds() -> frozenset[str]:
    """The kinds of events of every noun."""
    return frozenset(_classes())


@cache
def adapter(cls: type) -> TypeAdapter[Any]:
    """The compiled reader and writer of a value class."""
    return TypeAdapter(cls)


def class_of(kind: str) -> type:
    """The class of a stored kind."""
    return _classes()[kind]


def schema_of(cls: type) -> int:
    """The schema number a class is written with."""
    found: int = getattr(cls, "SCHEMA", 1)
    return found


# -- sealed fields -----------------------------------------------------------


@cache
def plan(cls: type) -> Plan:
    """Where a class holds sealed fields."""
    hints = get_type_hints(cls, include_extras=True)
    return tuple(
        ((field.name, *steps), mark)
        for field in fields(cls)
        for steps, mark in _inside(hints[field.name])
    )


def _inside(hint: object) -> Plan:
    """Sealed places under a field: itself, those of what it may hold, those of each element."""
    marks = [m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Personal)]
    if marks:
        return (((), marks[0]),)
    if isinstance(hint, type) and is_dataclass(hint) and hint is not By:
        return plan(hint)
    arguments = [a for a in get_args(hint) if a is not Ellipsis and a is not types.NoneType]
    if get_origin(hint) in {Union, types.UnionType} and len(arguments) == 1:
        return _inside(arguments[0])
    if get_origin(hint) is tuple and len(arguments) == 1:
        return tuple((("*", *steps), mark) for steps, mark in _inside(arguments[0]))
    return ()


Change = Callable[[Any, Any, str], Any]
"""(what is there, the object that holds it, its path) → what shall be there."""


def _changed(node: Any, steps: Sequence[str], change: Change, path: str, holder: Any = None) -> Any:  # noqa: ANN401
    """A copy of the JSON with what lies at the path changed; nothing that was given is touched."""
    if node is None:
        return None
    if not steps:
        return change(node, holder, path)
    step, ahead = steps[0], steps[1:]
    if step == "*":
        each = enumerate(node)
        return [_changed(item, ahead, change, f"{path}/{n}", holder) for n, item in each]
    return {**node, step: _changed(node.get(step), ahead, change, f"{path}/{step}", node)}


def subjects_in(event: AnyEvent) -> frozenset[str]:
    """The subjects whose keys are needed to write the event."""
    cls: type = type(event)
    return frozenset(
        mark.subject or getattr(holder, mark.of) or CASE
        for steps, mark in plan(cls)
        for holder, text in _reach(event, steps)
        if text
    )


def _reach(node: Any, steps: Steps, holder: Any = None) -> Iterator[tuple[Any, str]]:  # noqa: ANN401
    """The sealed texts of an event at a path, each with the object that holds it."""
    if not steps:
        yield holder, node
    elif steps[0] == "*":
        for item in node:
            yield from _reach(item, steps[1:], holder)
    elif (inner := getattr(node, steps[0])) is not None:
        yield from _reach(inner, steps[1:], node)


# -- there and back ----------------------------------------------------------


def encode(event: AnyEvent, subjects: Subjects, label: str) -> Stored:
    """The stored form; `label` (case and version) binds each sealed field to its place."""
    cls: type = type(event)
    data: Data = adapter(cls).dump_python(event, mode="json")
    for name in ("kind", "at", "by"):
        del data[name]
    for steps, mark in plan(cls):

        def close(text: str, holder: Data, path: str, mark: Personal = mark) -> Data | str:
            whose = mark.subject or holder[mark.of] or CASE
            return subjects.seal(whose, text, path) if text else text

        data = _changed(data, steps, close, label)
    return Stored(
        kind=event.kind,
        schema=schema_of(cls),
        data=data,
        actor=event.by.person_id,
        post=event.by.post_id,
        unit=event.by.unit_id,
        occurred_at=event.at,
    )


def decode(stored: Stored, subjects: Subjects = NOBODY, label: str = "") -> Any:  # noqa: ANN401 - the caller knows the noun
    """The event; sealed fields whose key is not given read as erased."""
    cls = _classes().get(stored.kind)
    if cls is None:
        raise UnknownEvent(f"kind {stored.kind!r}, schema {stored.schema}")
    by = {"person_id": stored.actor, "post_id": stored.post, "unit_id": stored.unit}
    data = {**_upcast(stored, schema_of(cls)), "at": stored.occurred_at, "by": by}
    for (name, *further), _mark in plan(cls):
        there = data.get(name)
        if there is None:  # or not there at all: the field came later than the event
            continue
        if further:
            reveal = partial(_opened, subjects)
            data[name] = _changed(there, further, reveal, f"{label}/{name}", data)
        elif there.__class__ is dict:
            data[name] = subjects.open(there, f"{label}/{name}")
    event: AnyEvent = msgspec.convert(data, cls)
    return event


def _opened(subjects: Subjects, box: Data | str, _holder: Data, path: str) -> str:
    return box if isinstance(box, str) else subjects.open(box, path)


def covered(event: E, cover: str) -> E:
    """The event with the cover in the place of everything that somebody said."""
    cls: type = type(event)
    data: Data = adapter(cls).dump_python(event, mode="json")
    for steps, mark in plan(cls):
        if mark.words:
            data = _changed(data, steps, lambda text, _holder, _path: text and cover, "")
    found: E = msgspec.convert(data, cls)
    return found


def _upcast(stored: Stored, newest: int) -> Data:
    data, schema = stored.data, stored.schema
    if schema == newest:
        return data
    while schema < newest:
        step = UPCASTERS.get((stored.kind, schema))
        if step is None:
            raise UnknownEvent(f"kind {stored.kind!r}: no way from schema {schema} on")
        data, schema = step(data), schema + 1
    if schema > newest:
        raise UnknownEvent(f"kind {stored.kind!r}: schema {schema} is newer than this program")
    return data
