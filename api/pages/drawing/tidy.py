"""What vl-convert draws, made small and self-contained: patterns for fills, no roles of its own, no
invisible parts, short numbers, a title and what it shows. Runs in the press.
"""

import re
from xml.etree import ElementTree as ET

from api.pages.drawing import patterns, svg

PLACES = ["#000001", "#000002", "#000003", "#000004", "#000005", "#000006"]
"""Colours in whose place the patterns come; nothing is drawn in them."""
NAMESPACE = "{http://www.w3.org/2000/svg}"
DROPPED = frozenset(
    {"class", "role", "pointer-events", "font-family", "style", "version", "cursor"}
    | {"stroke-miterlimit", "xml:space"}
)
PLAIN = {
    ("opacity", "1"),
    ("text-anchor", "start"),
    ("transform", "translate(0,0)"),
    ("stroke-width", "1"),
    ("fill-opacity", "1"),
    ("stroke-dasharray", "1,0"),
}
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?|-?\d+e-?\d+")
_NUMBERED = ("d", "transform", "x", "y", "x1", "x2", "y1", "y2", "r", "cx", "cy", "width", "height")


def tidied(raw: str, title: str, about: str) -> str:
    """The drawing as a picture of ours."""
    root = ET.fromstring(raw)  # noqa: S314 - what our own library wrote, of names it escaped
    mark = svg.marked(title, about, raw)
    _tidy(root)
    text = "".join(ET.tostring(child, encoding="unicode") for child in root)
    text = text.replace(f' xmlns="{NAMESPACE[1:-1]}"', "").replace(
        f' xmlns:ns0="{NAMESPACE[1:-1]}"', ""
    )
    text = text.replace("ns0:", "")
    for place, fill in zip(PLACES, patterns.fills(mark), strict=True):
        text = text.replace(f'fill="{place}"', f'fill="{fill}"')
    width, height = (round(float(root.attrib[name])) for name in ("width", "height"))
    inside = [patterns.series(mark) if f"url(#{mark}" in text else "", text]
    return svg.picture(title, about, inside, mark=mark, width=width, height=height)


def _tidy(parent: ET.Element) -> None:
    for child in list(parent):
        _tidy(child)
        _said_in(child)
        if _unseen(child):
            parent.remove(child)
            continue
        for name in list(child.attrib):
            if _needless(name, child.attrib[name]):
                del child.attrib[name]
            elif name in _NUMBERED:
                child.attrib[name] = _NUMBER.sub(_short, child.attrib[name])
        if child.tag == f"{NAMESPACE}g" and not child.attrib:
            _unwrap(parent, child)


def _said_in(element: ET.Element) -> None:
    if element.tag == f"{NAMESPACE}text" and svg.HAN.search(element.text or ""):
        element.set("lang", svg.CHINESE)


def _unseen(element: ET.Element) -> bool:
    if element.tag == f"{NAMESPACE}g":
        return len(element) == 0
    if element.attrib.get("display") == "none":
        return True
    if "background" in element.attrib.get("class", ""):
        return "fill" not in element.attrib and "stroke" not in element.attrib
    return element.tag == f"{NAMESPACE}path" and not element.attrib.get("d")


def _needless(name: str, value: str) -> bool:
    return name in DROPPED or name.startswith("aria-") or (name, value) in PLAIN


def _unwrap(parent: ET.Element, group: ET.Element) -> None:
    at = list(parent).index(group)
    parent.remove(group)
    for number, child in enumerate(list(group)):
        parent.insert(at + number, child)


def _short(found: re.Match[str]) -> str:
    return f"{float(found[0]):.1f}".removesuffix(".0").replace("-0.0", "0")
