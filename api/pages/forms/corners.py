"""A border drawn by pointing: each click on the picture adds a corner, near a neighbour's corner
that very one; buttons take the last corner away, come closer, show all. What is typed are the same
lines of longitude and latitude that may be written by hand.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from api.pages.drawing.frame import Point
from api.pages.forms import reading
from api.pages.forms.choices import Picture
from api.pages.forms.typed import Typed

BACK, CLOSER, WHOLE = "_back", "_closer", "_whole"
FRAME = "_frame"
"""The window that the picture of the form showed."""
TWICE = 2
FEWEST = 3
"""Corners of an area."""


def clicked(typed: Typed, name: str, picture: Picture, x: int, y: int) -> Typed:
    """With a corner more; a key pressed on the picture says its own corner, where nothing is."""
    lines, point = _lines(typed, name), picture.corner(x, y)
    there = read(lines)
    closes = len(there) >= FEWEST and point == there[0]
    if (x, y) == (0, 0) or closes or point in there[-1:]:
        return typed
    return _with(typed, name, [*lines, f"{point[0]}, {point[1]}"])


def pressed(typed: Typed, picture: Picture | None) -> Typed | None:
    """What is typed after one of the buttons; None where it was none of them."""
    for button, after in _BUTTONS.items():
        if button in typed:
            return typed if picture is None else after(typed, typed.text(button) or "", picture)
    return None


def read(lines: list[str]) -> list[Point]:
    """The corners among those lines, in degrees; what is none is left out."""
    found = []
    for line in lines:
        match reading.corner(line):
            case [float() as longitude, float() as latitude]:
                if abs(longitude) <= 180 and abs(latitude) <= 90:  # noqa: PLR2004 - degrees; not for NaN
                    found.append((longitude, latitude))
    return found


def corners(typed: Typed, name: str) -> list[Point]:
    """The corners that are typed at a field."""
    return read(_lines(typed, name))


def _back(typed: Typed, name: str, _picture: Picture) -> Typed:
    return _with(typed, name, _lines(typed, name)[:-1])


def _closer(typed: Typed, name: str, picture: Picture) -> Typed:
    """Around the last corner; without one around the middle."""
    frame = picture.frame
    middle = (corners(typed, name) or [(frame.longitude, frame.latitude)])[-1]
    return _showing(typed, str(frame.closer(*middle, times=TWICE)))


def _whole(typed: Typed, _name: str, _picture: Picture) -> Typed:
    return _showing(typed, "")


_BUTTONS: Mapping[str, Callable[[Typed, str, Picture], Typed]] = {
    BACK: _back,
    CLOSER: _closer,
    WHOLE: _whole,
}


def _lines(typed: Typed, name: str) -> list[str]:
    return [line for text in typed.texts(name) for line in text.split("\n") if line.strip()]


def _with(typed: Typed, name: str, lines: list[str]) -> Typed:
    return replace(typed, values={**typed.values, name: ("\n".join(lines),)})


def _showing(typed: Typed, frame: str) -> Typed:
    return replace(typed, values={**typed.values, FRAME: (frame,)})
