"""Events ↔ their stored form. Names and schema numbers are stored; classes may move freely.

The stored `data` is JSON without floats; sealed fields are `{"subject": …, "box": …}`. An unknown
kind or schema raises: history is never skipped.
"""

import base64
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import TypeAdapter

from domain.events import Event
from domain.sealing import ERASED, Personal
from domain.values import By
from store.keys import seal, unseal

Data = dict[str, Any]
Upcaster = Callable[[Data], Data]

UPCASTERS: Mapping[tuple[str, int], Upcaster] = {}
"""(kind, schema) → a function from that schema's data to the next one's."""


class UnknownEvent(Exception):
    """The journal holds an event this version of the program does not know."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as the journal keeps it; `data` is sealed."""

    kind: str
    schema: int
    data: Data
    actor: str
    post: str | None
    unit: str | None
    occurred_at: datetime


class Subjects:
    """The data keys of one case, by subject; a missing key means erased, or not asked for."""

    def __init__(self, keys: Mapping[str, bytes] | None = None) -> None:
        self._ciphers = {s: AESGCM(key) for s, key in (keys or {}).items()}

    def seal(self, subject: str, text: str, label: str) -> Data:
        """The sealed form of a text."""
        box = seal(self._ciphers[subject], text.encode(), label)
        return {"subject": subject, "box": base64.b64encode(box).decode()}

    def open(self, sealed: Data, label: str) -> str:
        """The text, or the word for erased."""
        cipher = self._ciphers.get(sealed["subject"])
        if cipher is None:
            return ERASED
        return unseal(cipher, base64.b64decode(sealed["box"]), label).decode()


NOBODY = Subjects()


@cache
def _classes() -> dict[str, type]:
    return {cls.__dataclass_fields__["kind"].default: cls for cls in get_args(Event)}


@cache
def adapter(cls: type) -> TypeAdapter[Any]:
    """The compiled reader and writer of a value class."""
    return TypeAdapter(cls)


def schema_of(cls: type) -> int:
    """The schema number a class is written with."""
    return int(getattr(cls, "SCHEMA", 1))


# -- sealed fields -----------------------------------------------------------

Plan = tuple[tuple[tuple[str, ...], str], ...]
"""Paths of sealed fields with their subject; ``"*"`` steps into every element of a list."""


@cache
def plan(cls: type) -> Plan:
    """Where a class holds sealed fields."""
    found: list[tuple[tuple[str, ...], str]] = []
    hints = get_type_hints(cls, include_extras=True)
    for field in fields(cls):
        hint = hints[field.name]
        marks = [m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Personal)]
        found += [((field.name,), mark.subject) for mark in marks]
        found += [((field.name, *steps), subject) for steps, subject in _inside(hint)]
    return tuple(found)


def _inside(hint: object) -> Plan:
    if isinstance(hint, type) and is_dataclass(hint) and hint is not By:
        return plan(hint)
    arguments = [a for a in get_args(hint) if a is not Ellipsis and a is not types.NoneType]
    if get_origin(hint) is tuple and len(arguments) == 1:
        return tuple((("*", *steps), subject) for steps, subject in _inside(arguments[0]))
    return ()


def _walk(data: Data, steps: tuple[str, ...], change: Callable[[Data, str, str], None]) -> None:
    """Change what lies at the path; everything under `data` on the way there is copied first."""

    def go(node: Any, ahead: tuple[str, ...], path: str) -> None:  # noqa: ANN401 - JSON
        if ahead[0] == "*":
            for number, element in enumerate(node):
                node[number] = element.copy()
                go(node[number], ahead[1:], f"{path}/{number}")
        elif len(ahead) == 1:
            change(node, ahead[0], f"{path}/{ahead[0]}")
        elif node.get(ahead[0]) is not None:
            node[ahead[0]] = node[ahead[0]].copy()
            go(node[ahead[0]], ahead[1:], f"{path}/{ahead[0]}")

    go(data, steps, "")


def subjects_in(event: Event) -> frozenset[str]:
    """The subjects whose keys are needed to write the event."""
    cls: type = type(event)
    return frozenset(
        subject or holder.subject
        for steps, subject in plan(cls)
        for holder, text in _reach(event, steps)
        if text
    )


def _reach(node: Any, steps: tuple[str, ...]) -> Iterator[tuple[Any, str]]:  # noqa: ANN401
    """The sealed texts of an event at a path, each with the object that holds it."""
    ahead, further = steps[0], steps[1:]
    if ahead == "*":
        for element in node:
            yield from _reach(element, further)
    elif not further:
        yield node, getattr(node, ahead)
    elif (inner := getattr(node, ahead)) is not None:
        yield from _reach(inner, further)


# -- there and back ----------------------------------------------------------


def encode(event: Event, subjects: Subjects, label: str) -> Stored:
    """The stored form; `label` (case and version) binds each sealed field to its place."""
    cls: type = type(event)
    data: Data = adapter(cls).dump_python(event, mode="json")
    for name in ("kind", "at", "by"):
        del data[name]
    for steps, subject in plan(cls):

        def close(node: Data, name: str, path: str, subject: str = subject) -> None:
            if node.get(name):
                who = subject or node["subject"]
                node[name] = subjects.seal(who, node[name], f"{label}{path}")

        _walk(data, steps, close)
    return Stored(
        kind=event.kind,
        schema=schema_of(cls),
        data=data,
        actor=event.by.person_id,
        post=event.by.post_id,
        unit=event.by.unit_id,
        occurred_at=event.at,
    )


def decode(stored: Stored, subjects: Subjects = NOBODY, label: str = "") -> Event:
    """The event; sealed fields whose key is not given read as erased."""
    cls = _classes().get(stored.kind)
    if cls is None:
        raise UnknownEvent(f"kind {stored.kind!r}, schema {stored.schema}")
    data = dict(_upcast(stored, schema_of(cls)))
    for steps, _subject in plan(cls):

        def reveal(node: Data, name: str, path: str) -> None:
            if isinstance(node.get(name), dict):
                node[name] = subjects.open(node[name], f"{label}{path}")

        _walk(data, steps, reveal)
    at = stored.occurred_at.astimezone(UTC)
    by = By(person_id=stored.actor, post_id=stored.post, unit_id=stored.unit)
    event: Event = adapter(cls).validate_python({**data, "at": at, "by": by})
    return event


def _upcast(stored: Stored, newest: int) -> Data:
    data, schema = stored.data, stored.schema
    while schema < newest:
        step = UPCASTERS.get((stored.kind, schema))
        if step is None:
            raise UnknownEvent(f"kind {stored.kind!r}: no way from schema {schema} on")
        data, schema = step(data), schema + 1
    if schema > newest:
        raise UnknownEvent(f"kind {stored.kind!r}: schema {schema} is newer than this program")
    return data
