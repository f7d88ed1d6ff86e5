"""The members of a line as flat attributes, for forms that know no nesting. Values are those of the
timeline, masked and covered; clocks stay in JSON Lines.
"""

from collections.abc import Iterator
from typing import Any, Literal

import orjson

from api.exports.drawing import Line

Kind = Literal["string", "time", "integer", "boolean"]
Attribute = tuple[str, Kind, str]
"""Name, kind, and the value as text."""
LEFT_OUT = frozenset({"clocks"})


def attributes(line: Line) -> list[Attribute]:
    """What a line says beside its kind, its time and who did it."""
    view = line.view
    return [
        ("seq", "integer", str(line.seq)),
        ("version", "integer", str(view.version)),
        ("recorded_at", "time", view.recorded_at.isoformat()),
        ("words", "string", view.words),
        *members(view.data, "data"),
    ]


def members(value: dict[str, Any], path: str) -> Iterator[Attribute]:
    """The members of an object by their path; lists as JSON, what is not there left out."""
    for name, member in value.items():
        here = f"{path}.{name}" if path else name
        match member:
            case None:
                continue
            case _ if name in LEFT_OUT:
                continue
            case bool():
                yield here, "boolean", "true" if member else "false"
            case int():
                yield here, "integer", str(member)
            case str():
                yield here, "string", member
            case dict():
                yield from members(member, here)
            case _:
                yield here, "string", orjson.dumps(member).decode()
