"""Events made from nothing but their type hints: any event at all, and one full example of each.

Sealed fields are found here by the marks themselves, not by the codec's own plan.
"""

import types
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from domain.sealing import Personal
from store import codec
from store.codec import AnyEvent, Subjects

CLASSES: tuple[type[Any], ...] = get_args(AnyEvent)
BY_KIND: dict[str, type[Any]] = {c.__dataclass_fields__["kind"].default: c for c in CLASSES}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
BEIJING = timezone(timedelta(hours=8))
TIMES = (
    st.integers(0, 2**52)
    .map(lambda n: datetime.fromtimestamp(n >> 20, UTC) + timedelta(microseconds=n & 0xFFFFF))
    .flatmap(lambda at: st.sampled_from((at, at.astimezone(BEIJING))))
)
"""Instants of the next 136 years in two zones."""


def marked(hint: object) -> Personal | None:
    """The mark of a sealed field, if it is one."""
    return next((m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Personal)), None)


def plain(hint: object) -> Any:
    """The type without its mark."""
    return get_args(hint)[0] if hasattr(hint, "__metadata__") else hint


def hints(cls: type) -> Iterator[tuple[str, object]]:
    found = get_type_hints(cls, include_extras=True)
    return ((f.name, found[f.name]) for f in fields(cls))


def options(hint: object) -> tuple[Any, bool]:
    """The type itself and whether it may be missing."""
    if get_origin(hint) in {Union, types.UnionType}:
        (one,) = (a for a in get_args(hint) if a is not types.NoneType)
        return one, True
    return hint, False


# -- any event at all --------------------------------------------------------


@cache
def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type, every field of it filled or left out at will."""
    hint, missing = options(plain(hint))
    found = _present(hint)
    return st.none() | found if missing else found


def _present(hint: Any) -> st.SearchStrategy[Any]:
    simple = {str: TEXT, int: WHOLE, bool: st.booleans(), datetime: TIMES}
    if hint in simple:
        return simple[hint]
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) is tuple:
        return st.lists(anything(get_args(hint)[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    return st.builds(hint, **{name: anything(of) for name, of in hints(hint)})


# -- one full example --------------------------------------------------------

FIRST = datetime(2026, 3, 2, 1, 0, 0, 123456, tzinfo=UTC)


def example(cls: type[Any], say: Callable[[str, Personal | None], str] | None = None) -> Any:
    """The same example every time, with every field filled; `say` makes the texts."""
    return _example(cls, "", say or (lambda path, _: f"文字 {path}"))


def _example(hint: Any, path: str, say: Callable[[str, Personal | None], str]) -> Any:
    mark = marked(hint)
    hint, _ = options(plain(hint))
    made: dict[Any, Callable[[], Any]] = {
        str: lambda: say(path, mark),
        int: lambda: 7,
        bool: lambda: True,
        datetime: lambda: FIRST + timedelta(hours=len(path)),
    }
    if hint in made:
        return made[hint]()
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) is tuple:
        return tuple(_example(get_args(hint)[0], f"{path}/{n}", say) for n in range(2))
    if issubclass(hint, StrEnum):
        return list(hint)[-1]
    return hint(**{name: _example(of, f"{path}/{name}", say) for name, of in hints(hint)})


# -- sealing -----------------------------------------------------------------


def keys_of(event: AnyEvent) -> Subjects:
    """A key for every subject in the event, the same for the same subject."""
    return Subjects({s: s.encode()[:32].ljust(32, b"\0") for s in codec.subjects_in(event)})


def without_sealed(cls: type, data: dict[str, Any]) -> dict[str, Any]:
    """The data with what is sealed by its mark replaced by one word."""
    return {name: _blank(of, data[name]) for name, of in hints(cls) if name in data}


def _blank(hint: Any, value: Any) -> Any:
    if marked(hint):
        return "sealed" if value else value
    hint, _ = options(plain(hint))
    if value is None:
        return None
    if get_origin(hint) is tuple:
        return [_blank(get_args(hint)[0], element) for element in value]
    return without_sealed(hint, value) if is_dataclass(hint) else value  # type: ignore[arg-type]
