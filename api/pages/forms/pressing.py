"""The buttons of a form that only draw it again: one more entry, one less, a click on the map. They
work without scripts: what is typed comes along and is kept.
"""

from collections.abc import Mapping

from pydantic import BaseModel

from api.pages.forms import corners
from api.pages.forms.choices import Picture
from api.pages.forms.shapes import Shape, at, shapes
from api.pages.forms.typed import Typed

ADD = "_add"
DROP = "_drop"
FIND, PICK = "_find", "_pick"
"""Look for what is typed at a field, by its path; fill in what was found: `path=value`."""
CLICK = "_map"
"""A click on the picture of `place` comes as `place._map.x` and `place._map.y`, in pixels; one on
that of a border adds a corner to it.
"""


def pressed(body: type[BaseModel], typed: Typed, picture: Picture | None) -> Typed | None:
    """What is typed after such a button; None where none was pressed and the form is to be sent."""
    lists = {s.name: s for s in shapes(body) if s.kind == "bodies"}
    place = _clicked(typed)
    if place is not None:
        return _put(body, typed, place, picture)
    if ADD in typed:
        return _one_more(typed, typed.text(ADD) or "", lists)
    if PICK in typed:
        name, _, value = (typed.text(PICK) or "").partition("=")
        return Typed({**typed.values, name: (value,)}, typed.files) if name else typed
    if FIND in typed:
        return typed
    if DROP in typed:
        name, _, number = (typed.text(DROP) or "").rpartition(".")
        known = name in lists and number in map(str, typed.entries(name, most(lists[name])))
        return typed.without(f"{name}.{number}") if known else typed
    return corners.pressed(typed, picture)


def most(shape: Shape) -> int:
    """How many entries a list takes."""
    return int(shape.bounds.get("max_length", 100))


def _one_more(typed: Typed, name: str, lists: Mapping[str, Shape]) -> Typed:
    there = typed.entries(name, most(lists[name])) if name in lists else None
    if there is None or len(there) >= most(lists[name]):
        return typed
    following = there[-1] + 1 if there else 0
    return Typed({**typed.values, f"{name}.{following}": ("",)}, typed.files)


def _clicked(typed: Typed) -> str | None:
    names = (name for name in typed.values if name.endswith(f".{CLICK}.x"))
    return next((name.removesuffix(f".{CLICK}.x") for name in names), None)


def _put(body: type[BaseModel], typed: Typed, place: str, picture: Picture | None) -> Typed:
    x, y = (typed.text(f"{place}.{CLICK}.{axis}") or "" for axis in "xy")
    if picture is None or not (x.isascii() and x.isdigit() and y.isascii() and y.isdigit()):
        return typed
    pixel = int(x[:6]), int(y[:6])
    shape = at(body, place)
    if shape is not None and shape.kind == "corners":
        return corners.clicked(typed, place, picture, *pixel)
    longitude, latitude = picture.degrees(*pixel)
    point = {f"{place}.longitude": (str(longitude),), f"{place}.latitude": (str(latitude),)}
    return Typed({**typed.values, **point}, typed.files)
