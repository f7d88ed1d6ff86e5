"""OCEL 2.0 as JSON for object-centric process mining: events, what they touch, and what that is.

Events leave as they are read, objects after them, the types with their attributes last: only ids of
staff, posts, units and of streams named by others are kept in memory meanwhile.
"""

from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from api.exports.drawing import Line, Source
from api.exports.flat import Attribute, Kind, attributes, members
from api.exports.xes import OF_CASE
from api.words.names import person_name, unit_name
from domain.access import CONSOLE, UNKNOWN
from domain.organisation import Organisation
from domain.streams import noun_of
from domain.values import RESIDENT, SYSTEM

TIMELESS = "1970-01-01T00:00:00Z"
"""The time of an attribute that an object has had from its beginning."""
TOUCHED = {
    "unit_id": "unit",
    "person_id": "person",
    "post_id": "post",
    "admission_id": "admission",
    "visit_id": "visit",
    "case_id": "case",
    "lead_id": "case",
    "partner_id": "partner",
}
"""Members of events that name an object, and of what type it is."""
NOBODY = frozenset({by.person_id for by in (RESIDENT, SYSTEM, UNKNOWN, CONSOLE)} | {""})
"""Who is no object: a resident has no id, and the system is not somebody."""
Object = tuple[str, str]
"""Type and id."""
Json = dict[str, Any]


@dataclass(slots=True)
class _Log:
    """What has been met so far: objects beside the streams themselves, and types' attributes.

    `named` are those that events name.
    """

    organisation: Organisation
    met: set[Object] = field(default_factory=set)
    named: frozenset[Object] = frozenset()
    event_types: dict[str, dict[str, Kind]] = field(default_factory=dict)
    object_types: dict[str, dict[str, Kind]] = field(default_factory=dict)

    def event(self, line: Line) -> Json:
        """One event with its attributes and the objects it touches."""
        view, told = line.view, attributes(line)
        self._declare(self.event_types, view.kind, told)
        links = dict.fromkeys(self._links(line))
        self.met |= {thing for way, thing in links if way != "of"}
        return {
            "id": f"{line.stream}/{view.version}",
            "type": view.kind,
            "time": _utc(view.at.isoformat()),
            "attributes": [{"name": name, "value": value} for name, _, value in told],
            "relationships": [_related(thing, qualifier) for qualifier, thing in links],
        }

    def _links(self, line: Line) -> Iterator[tuple[str, Object]]:
        view = line.view
        yield "of", _stream(line.stream)
        if view.by.id not in NOBODY:
            partner = self.organisation.partner(view.by.id)
            yield "by", ("partner" if partner else "person", view.by.id)
        if view.post_id:
            yield "at", ("post", view.post_id)
        if view.unit:
            yield "in", ("unit", view.unit.id)
        for way, thing in _touched(view.data, ""):
            if thing != _stream(line.stream):
                yield way, thing

    def object(self, thing: Object, told: Iterable[Attribute], links: Iterable[Json]) -> Json:
        """One object with what it was from its beginning."""
        found = [*told]
        self._declare(self.object_types, thing[0], found)
        return {
            "id": _id(thing),
            "type": thing[0],
            "attributes": [
                {"name": name, "time": TIMELESS, "value": value} for name, _, value in found
            ],
            "relationships": [*links],
        }

    def stream(self, opening: Line) -> Json:
        """The case, visit or other stream that the line began; it names what events named."""
        thing, data = _stream(opening.stream), opening.view.data
        told = [*members({k: v for k, v in data.items() if k in OF_CASE}, "")]
        told.append(("begun_at", "time", _utc(opening.view.at.isoformat())))
        links = [(way, other) for way, other in _touched(data, "") if other in self.named]
        self.met.discard(thing)
        return self.object(thing, told, [_related(o, way) for way, o in links if o != thing])

    def others(self) -> Iterator[Json]:
        """Staff, posts, units, and streams that were named and are not among the exported."""
        waiting = sorted(self.met)
        while waiting:
            thing = waiting.pop()
            links = [*self._belongs(thing)]
            waiting += sorted({other for _, other in links} - self.met)
            self.met |= {other for _, other in links}
            yield self.object(thing, self._called(thing), [_related(o, q) for q, o in links])

    def _belongs(self, thing: Object) -> Iterator[tuple[str, Object]]:
        kind, name = thing
        if kind == "post" and (post := self.organisation.posts.get(name)):
            yield "in", ("unit", post.unit_id)
        if kind == "unit" and (unit := self.organisation.units.get(name)) and unit.parent_id:
            yield "part of", ("unit", unit.parent_id)

    def _called(self, thing: Object) -> list[Attribute]:
        kind, name = thing
        if kind == "person":
            return [("name", "string", person_name(name, self.organisation))]
        if kind in {"unit", "partner"}:
            return [("name", "string", unit_name(name, self.organisation))]
        post = self.organisation.posts.get(name) if kind == "post" else None
        return [("role", "string", post.role)] if post else []

    @staticmethod
    def _declare(types: dict[str, dict[str, Kind]], name: str, found: Iterable[Attribute]) -> None:
        declared = types.setdefault(name, {})
        for attribute, kind, _ in found:
            # What is now of one kind, now of another, is text.
            declared[attribute] = kind if declared.get(attribute, kind) == kind else "string"


async def write(source: Source) -> AsyncGenerator[bytes]:
    """Events, objects, types; the bracket that closes it says that it is whole."""
    log, comma = _Log(source.organisation), b""
    yield b'{"events":['
    async for page in source.lines():
        yield comma + b",\n".join(_json(log.event(line)) for line in page)
        comma = b",\n"
    yield b'],\n"objects":['
    log.named, comma = frozenset(log.met), b""
    async for openings in source.openings():
        yield comma + b",\n".join(_json(log.stream(line)) for line in openings)
        comma = b",\n"
    for other in log.others():
        yield comma + _json(other)
        comma = b",\n"
    yield b'],\n"eventTypes":' + _types(log.event_types)
    yield b',\n"objectTypes":' + _types(log.object_types) + b"}\n"


def _touched(value: Json, path: str) -> Iterator[tuple[str, Object]]:
    """The objects that members name, each with the way to it."""
    for name, member in value.items():
        here = f"{path}.{name}" if path else name
        if isinstance(member, dict):
            yield from _touched(member, here)
        elif isinstance(member, str) and name in TOUCHED and member not in NOBODY:
            kind = TOUCHED[name]
            yield here, _stream(member) if kind == "case" else (kind, member)


def _stream(stream: str) -> Object:
    return (str(noun_of(stream)), stream)


def _id(thing: Object) -> str:
    return f"{thing[0]}:{thing[1]}"


def _related(thing: Object, qualifier: str) -> Json:
    return {"objectId": _id(thing), "qualifier": qualifier}


def _utc(at: str) -> str:
    return at.replace("+00:00", "Z")


def _types(found: dict[str, dict[str, Kind]]) -> bytes:
    return _json(
        [
            {
                "name": name,
                "attributes": [{"name": n, "type": kind} for n, kind in sorted(declared.items())],
            }
            for name, declared in sorted(found.items())
        ]
    )


def _json(value: object) -> bytes:
    return orjson.dumps(value)
