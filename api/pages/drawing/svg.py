"""SVG as text: elements whose every attribute and text is escaped, and the patterns that tell areas
apart without colour. Presentation attributes only: a strict policy lets no style pass.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from html import escape

FONTS = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
"""Those of the pages: an SVG that is an image loads no fonts."""
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Characters nobody sees, some of which XML cannot hold."""
INK, PAPER = "#16202a", "#fff"
CHINESE = "zh-Hans"
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def clean(text: str) -> str:
    """The text with a mark in the place of each character that nobody sees."""
    if text.isprintable():
        return text
    return "".join("□" if unicodedata.category(c) in HIDDEN else c for c in text)


def element(name: str, *inside: str, **attributes: object) -> str:
    """An element. `inside` is SVG already; names of attributes have `_` for `-`; those that are
    None are left out.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(clean(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


def text(words: str, **attributes: object) -> str:
    """A text element."""
    return saying("text", words, **attributes)


def saying(name: str, words: str, **attributes: object) -> str:
    """An element of words; where Chinese is among them it is said to be Chinese, also on an English
    page, so that it is read aloud and drawn as such.
    """
    return element(name, written(words), lang=CHINESE if HAN.search(words) else None, **attributes)


def written(words: str) -> str:
    """Words as text in an element."""
    return escape(clean(words), quote=False)


def picture(
    title: str,
    about: str,
    inside: Iterable[str],
    *,
    mark: str,
    width: int,
    height: int,
    role: str = "img",
) -> str:
    """A whole image with what it is called and what it shows; `mark` begins all its ids."""
    return element(
        "svg",
        saying("title", title, id=f"{mark}t"),
        saying("desc", about, id=f"{mark}d"),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        role=role,
        aria_labelledby=f"{mark}t",
        aria_describedby=f"{mark}d",
        font_family=FONTS,
    )


def marked(*texts: str) -> str:
    """A short mark for the ids of one drawing, so that two on a page do not meet."""
    return "d" + hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]
