"""A figure as a page shows it: the picture, and the table beside it. Used by all desks.

In a template: ``{% import "parts/figure.html" as figure %}`` and ``{{ figure.chart(shown) }}``.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from api.pages.drawing.figure import MOST, Figure, Size, Table
from api.pages.drawing.press import NotDrawn
from api.pages.drawing.words import word
from api.pages.page import Page

SIZES: tuple[Size, ...] = ("wide", "narrow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a template gets. Of a picture with an address the browser asks for by itself `wide` and
    `narrow` are the addresses; of one that is in the page `inside` are both drawings.
    """

    title: str
    about: str
    table: Table
    notes: tuple[str, ...]
    wide: str = ""
    narrow: str = ""
    inside: tuple[tuple[str, Markup], ...] = ()


def linked(page: Page, figure: Figure, path: str, **query: str | None) -> Shown:
    """The chart by its address below `/drawings`: the page does not wait for it.

    `query` are the parameters of the API that the figure is of.
    """
    said = {name: value for name, value in query.items() if value not in {None, ""}}
    asked = {size: urlencode({**said, "lang": page.lang, "size": size}) for size in SIZES}
    if figure.empty:
        return _shown(page, figure)
    wide, narrow = (f"/drawings/{path}.svg?{asked[size]}" for size in SIZES)
    return _shown(page, figure, wide=wide, narrow=narrow)


async def inside(page: Page, figure: Figure) -> Shown:
    """The chart in the page itself: for figures each look at which is recorded, and for paper."""
    if figure.empty:
        return _shown(page, figure)
    try:
        drawings = [(size, await page.here.press.drawn(figure, size)) for size in SIZES]
    except NotDrawn:
        return _shown(page, figure, word("not_drawn", page.lang))
    found = tuple((size, Markup(svg)) for size, svg in drawings)  # noqa: S704 - the press escapes
    return _shown(page, figure, found=found)


def _shown(
    page: Page,
    figure: Figure,
    *notes: str,
    wide: str = "",
    narrow: str = "",
    found: tuple[tuple[str, Markup], ...] = (),
) -> Shown:
    more = word("not_all", page.lang, most=MOST) if len(figure.rows) > MOST else ""
    return Shown(
        title=figure.title,
        about=figure.about,
        table=figure.table,
        notes=tuple(filter(None, (*notes, more))),
        wide=wide,
        narrow=narrow,
        inside=found,
    )
