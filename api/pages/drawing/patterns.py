"""Fills told apart by shape and by shade: on paper, in grey, and by who sees no colours."""

from collections.abc import Sequence

from api.pages.drawing.svg import PAPER, element

DARK, MIDDLE, LIGHT, PALE = "#16324a", "#2f6690", "#bcd5e8", "#e4edf5"


def shades(mark: str) -> str:
    """The five fills of a map, from nothing to the most."""
    step = 7
    return element(
        "defs",
        _pattern(f"{mark}s1", PALE, step, _dots(step, 1.0, MIDDLE)),
        _pattern(f"{mark}s2", LIGHT, step, _stripe(step, 1.2, MIDDLE), turned=45),
        _pattern(f"{mark}s3", "#7fb0d3", step, _stripe(step, 1.4, DARK), _across(step, 1.4, DARK)),
    )


def shade(mark: str, number: int) -> str:
    """The fill of a shade."""
    return {0: PAPER, 4: DARK}.get(number, f"url(#{mark}s{number})")


SERIES = 6
"""So many rows of a chart can be told apart."""


def series(mark: str) -> str:
    """The fills of a chart's rows."""
    return element(
        "defs",
        _pattern(f"{mark}r1", PAPER, 5, _stripe(5, 1.4, MIDDLE), turned=45),
        _pattern(f"{mark}r3", PAPER, 6, _dots(6, 1.4, DARK)),
        _pattern(f"{mark}r4", LIGHT, 6, _stripe(6, 1.2, DARK), _across(6, 1.2, DARK), turned=45),
        _pattern(f"{mark}r5", PAPER, 4, _across(4, 1.2, MIDDLE)),
    )


def fills(mark: str) -> Sequence[str]:
    """The fill of each row, in order: dark, stripes, light, dots, squares, lines."""
    return (DARK, f"url(#{mark}r1)", LIGHT, *(f"url(#{mark}r{n})" for n in (3, 4, 5)))


def _pattern(name: str, ground: str, step: int, *marks: str, turned: int = 0) -> str:
    return element(
        "pattern",
        element("rect", width=step, height=step, fill=ground),
        *marks,
        id=name,
        width=step,
        height=step,
        patternUnits="userSpaceOnUse",
        patternTransform=f"rotate({turned})" if turned else None,
    )


def _stripe(step: int, width: float, colour: str) -> str:
    return element("path", d=f"M{step / 2} 0v{step}", stroke=colour, stroke_width=width)


def _across(step: int, width: float, colour: str) -> str:
    return element("path", d=f"M0 {step / 2}h{step}", stroke=colour, stroke_width=width)


def _dots(step: int, radius: float, colour: str) -> str:
    return element("circle", cx=step / 2, cy=step / 2, r=radius, fill=colour)
