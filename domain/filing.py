"""Indexes of ids that are patched rather than built anew. They know nothing of what they file."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def filed(
    index: Mapping[K, tuple[str, ...]],
    before: Mapping[str, T],
    after: Mapping[str, T],
    keys: Callable[[T], Iterable[K]],
) -> dict[K, tuple[str, ...]]:
    """An index of ids after some values changed; `keys` are what a value is filed under."""
    touched: dict[K, list[str]] = {}
    for name, value in after.items():
        old = before.get(name)
        was = dict.fromkeys(() if old is None else keys(old))
        now = dict.fromkeys(keys(value))
        for key in was.keys() - now.keys():
            touched.setdefault(key, list(index.get(key, ()))).remove(name)
        for key in now:
            if key not in was:
                touched.setdefault(key, list(index.get(key, ()))).append(name)
    return {**index, **{key: tuple(names) for key, names in touched.items()}}


def under(unit_id: str, index: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The id and everything filed under it, at whatever depth."""
    found, ahead = list[str](), [unit_id]
    while ahead:
        at = ahead.pop()
        found.append(at)
        ahead += index.get(at, ())
    return tuple(found)
