"""What is stored, written down: kinds, schemas, fields, words, and one example of every kind.

``python -m tests.store.golden`` writes down what is new: kinds, words, fields with a default. What
is there already is history: it is never taken away, and a test holds the program to it.
"""

import sys
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import orjson

from domain.words.disputes import Relation
from store import codec
from store.codec import AnyEvent, Stored
from tests.store.samples import BY_KIND, example, hints, marked, options, plain

HERE = Path(__file__).parent
NAMES = HERE / "stored_names.json"
EXAMPLES = HERE / "stored"
COLUMNS = ("kind", "at", "by")
"""Fields of every event that have columns of their own."""
SEALED_WORDS = (Relation,)
"""Lists whose words are stored as sealed text."""


def shape(cls: type) -> dict[str, Any]:
    """The stored form of a class: its schema number, and every path in its data with its type."""
    paths = {path: said for path, said in _paths(cls, "") if path not in COLUMNS}
    return {"schema": codec.schema_of(cls), "data": paths}


def _paths(cls: type, before: str) -> Iterator[tuple[str, str]]:
    for name, hint in hints(cls):
        if not before and name in COLUMNS:
            continue
        yield from _path(hint, f"{before}{name}")


def _path(hint: Any, path: str) -> Iterator[tuple[str, str]]:
    mark = marked(hint)
    hint, missing = options(plain(hint))
    end = " or null" if missing else ""
    if mark is not None:
        yield path, f"sealed text{end}"  # whose key it is stands beside the box
    elif get_origin(hint) is tuple:
        yield from _path(get_args(hint)[0], f"{path}/*")
    elif get_origin(hint) is Literal:
        yield path, f"one of {' '.join(sorted(get_args(hint)))}{end}"
    elif issubclass(hint, StrEnum):
        yield path, f"one of {hint.__name__}{end}"
    elif is_dataclass(hint):
        yield path, f"object{end}"
        yield from _paths(plain(hint), f"{path}/")
    else:
        simple = {str: "text", int: "whole number", bool: "yes or no", datetime: "time"}
        yield path, f"{simple[hint]}{end}"


def words() -> dict[str, list[str]]:
    """Every list of words that events are written with."""
    found: dict[str, type[StrEnum]] = {}
    for cls in BY_KIND.values():
        _collect(cls, found)
    found |= {cls.__name__: cls for cls in SEALED_WORDS}
    return {name: sorted(found[name]) for name in sorted(found)}


def _collect(cls: type, found: dict[str, type[StrEnum]]) -> None:
    for _, hint in hints(cls):
        inner, _missing = options(plain(hint))
        if get_origin(inner) is tuple:
            inner, _missing = options(plain(get_args(inner)[0]))
        if isinstance(inner, type) and issubclass(inner, StrEnum):
            found[inner.__name__] = inner
        elif is_dataclass(inner):
            _collect(plain(inner), found)


def shapes() -> dict[str, Any]:
    """The stored form of every event, by kind, and the words they are written with."""
    return {
        "kinds": {kind: shape(BY_KIND[kind]) for kind in sorted(BY_KIND)},
        "words": words(),
    }


def lost(before: Any, after: Any, path: str = "") -> list[str]:
    """What was written down and is no longer so: fields and words may be added, never taken."""
    if isinstance(before, dict) and isinstance(after, dict):
        inside = (
            (name, lost(value, after.get(name), f"{path}/{name}")) for name, value in before.items()
        )
        return [each for _, found in inside for each in found]
    if isinstance(before, list) and isinstance(after, list):
        if before and all(isinstance(each, dict) for each in before):
            return lost(dict(enumerate(before)), dict(enumerate(after)), path)
        return [f"{path}/{word}" for word in before if word not in after]
    return [] if before == after else [path]


def _still_written(known: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What is known without the kinds that got a new schema: the codec has a way up from theirs."""
    kinds = {
        kind: shape
        for kind, shape in known["kinds"].items()
        if shape["schema"] >= now["kinds"].get(kind, shape)["schema"]
    }
    return {**known, "kinds": kinds}


def unsealed(event: AnyEvent) -> dict[str, Any]:
    """An event as it would be stored if nothing were sealed."""
    cls: type = type(event)
    data = codec.adapter(cls).dump_python(event, mode="json")
    by = data["by"]
    return {
        "kind": event.kind,
        "schema": codec.schema_of(cls),
        "data": {name: value for name, value in data.items() if name not in COLUMNS},
        "actor": by["person_id"],
        "post": by["post_id"],
        "unit": by["unit_id"],
        "occurred_at": event.at.astimezone(UTC).isoformat(),
    }


def stored(example: dict[str, Any]) -> Stored:
    at = datetime.fromisoformat(example["occurred_at"])
    return Stored(**{**example, "occurred_at": at})


def write_new() -> list[str]:
    """Write examples of kinds and schemas that have none, and the names; what was new."""
    EXAMPLES.mkdir(exist_ok=True)
    written = []
    for kind, cls in BY_KIND.items():
        path = EXAMPLES / f"{kind}.{codec.schema_of(cls)}.json"
        if not path.exists():
            path.write_bytes(_pretty(unsealed(example(cls))))
            written.append(path.name)
    known, now = orjson.loads(NAMES.read_bytes()), shapes()
    if gone := lost(_still_written(known, now), now):
        sys.exit("these were stored once and have to stay: " + ", ".join(gone))
    if known != now:
        NAMES.write_bytes(_pretty(now))
        written.append(NAMES.name)
    return written


def _pretty(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


if __name__ == "__main__":
    sys.stdout.write("\n".join(write_new()) + "\n")
