"""The shape of an answer: its keys and JSON types, all the way down. What contract files hold."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Shape = str | dict[str, Any] | list[Any]


def shape_of(value: Any) -> Shape:
    """Types for values; one merged shape for the members of a list, events by their kind."""
    if isinstance(value, Mapping):
        return {key: shape_of(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return _members(value)
    return _scalar(value)


def _members(values: Sequence[Any]) -> Shape:
    events = [v for v in values if isinstance(v, Mapping) and "." in str(v.get("kind", ""))]
    if values and len(events) == len(values):
        kinds = sorted({event["kind"] for event in events})
        return {kind: _merged(e for e in events if e["kind"] == kind) for kind in kinds}
    return [_merged(values)] if values else []


def _merged(values: Iterable[Any]) -> Shape:
    merged: Shape | None = None
    for value in values:
        found = shape_of(value)
        merged = found if merged is None else _either(merged, found)
    return merged if merged is not None else []


def _either(left: Shape, right: Shape) -> Shape:
    if left == right:
        return left
    if isinstance(left, dict) and isinstance(right, dict):
        keys = sorted(left.keys() | right.keys())
        return {k: _either(left.get(k, "absent"), right.get(k, "absent")) for k in keys}
    if isinstance(left, list) and isinstance(right, list):
        return left or right if not (left and right) else [_either(left[0], right[0])]
    return "|".join(sorted({*_words(left), *_words(right)}))


def _words(shape: Shape) -> list[str]:
    if isinstance(shape, str):
        return shape.split("|")
    return ["object" if isinstance(shape, dict) else "array"]


def _scalar(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case _:
            return "string"
