"""What the form of a new case offers to what is typed so far: matters of the catalogue, the place,
cases that may be the same. Asked of the API; nothing is decided here.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from api.pages.client import Said
from api.pages.drawing import picking
from api.pages.forms import Choices, Forms, Option, Picture, Typed
from api.pages.page import POST, Page
from api.words.fields.options import OPTIONS
from api.words.table import say
from domain.words import CaseType, Channel

Json = Mapping[str, Any]
SPOKEN = (Channel.PHONE, Channel.COUNTER)
WORDS = "_words"
"""What is looked for in the catalogue."""
CHOSEN = "_item"
"""The suggested matter that was pressed."""
FOUND = "_found"
"""The unit that the address led to: chosen for whoever typed it, until they choose another."""
ASKED = 4
"""So many words are looked for at once."""
SUGGESTED = 4
"""So many matters are suggested."""
UNIT = "place.unit_id"
HALVES = ("longitude", "latitude")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """All of it. `typed` has the unit that the address alone leads to; `fitting` is how many
    matters fit the words, None without words; `suggested` are those that what is told sounds like;
    `there` is what the point or the address says.
    """

    typed: Typed
    suggested: Sequence[Option]
    items: Sequence[Option]
    fitting: int | None
    units: Sequence[Option]
    there: Json | None
    duplicates: Sequence[Json] | None
    picture: Picture | None


def forms(page: Page, offered: Offered | None = None, picture: Picture | None = None) -> Forms:
    """The forms of this page, with what is offered."""
    spoken = [Option(each, say(OPTIONS["Channel"], each, page.lang)) for each in SPOKEN]
    known: dict[str, Sequence[Option]] = {"channel": spoken}
    if offered is not None:
        known |= {"items": offered.items, "units": offered.units}
        picture = offered.picture
    choices = Choices(of=known, picture=picture)
    return Forms(language=page.lang, zone=page.zone, choices=choices, without=WITHOUT)


WITHOUT = frozenset({"proactive", "informant", "visit_id", "residents"})
"""What is said of cases that nobody brought: they begin elsewhere."""


async def offered(page: Page, typed: Typed) -> Offered:
    """Everything that fits to what is typed."""
    borders, there, suggested = await asyncio.gather(
        _borders(page), _there(page, typed), _suggested(page, typed)
    )
    hits = there["hits"] if there else []
    typed = _chosen(_placed(typed, hits), suggested)
    (items, fitting), duplicates = await asyncio.gather(
        _items(page, typed), _duplicates(page, typed)
    )
    return Offered(
        typed=typed,
        suggested=suggested,
        items=[*items, *(each for each in suggested if each not in items)],
        fitting=fitting,
        units=[*map(_hit, hits), *_areas(borders, hits)],
        there=there,
        duplicates=duplicates,
        picture=_picture(borders, typed),
    )


# -- matters -----------------------------------------------------------------------


async def _suggested(page: Page, typed: Typed) -> list[Option]:
    """Matters that title and text sound like, the likeliest first; a guess to choose from."""
    text = _told(typed)
    if not text:
        return []
    try:
        found = await page.api.post("/catalogue/suggestions", {"text": text, "most": SUGGESTED})
    except Said as no:
        if no.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        return []
    return [_option(each) for each in found.body["items"]]


def _told(typed: Typed) -> str:
    return f"{typed.text('title') or ''} {typed.text('text') or ''}"[:4000].strip()


def _chosen(typed: Typed, suggested: Sequence[Option]) -> Typed:
    """With the suggested matter that was pressed."""
    pressed = typed.text(CHOSEN)
    if pressed not in {each.value for each in suggested}:
        return typed
    return typed.with_values(item_id=(str(pressed),))


def _option(item: Json) -> Option:
    return Option(item["item_id"], f"{item['name']}（{item['class_name']}）")


async def _items(page: Page, typed: Typed) -> tuple[list[Option], int | None]:
    """Matters whose names hold one of the words; without words, or where none does, all."""
    words = (typed.text(WORDS) or "").split()[:ASKED]
    found: dict[str, Json] = {}
    for word in words:
        for item in await _catalogue(page, word[:100]):
            found.setdefault(item["item_id"], item)
    shown = found.values() if found else await _catalogue(page, None)
    return [_option(item) for item in shown], len(found) if words else None


async def _catalogue(page: Page, text: str | None) -> Sequence[Json]:
    found = await _asked(page, "/catalogue", text=text)
    return found["items"] if found else []


# -- places ------------------------------------------------------------------------


async def picture(page: Page) -> Picture | None:
    """The map to click on, as it was drawn."""
    return _picture(await _borders(page), Typed())


async def _borders(page: Page) -> Json | None:
    """Of the unit one works at; None where it has no area."""
    posts = (await page.me())["posts"]
    chosen = [p for p in posts if p["post_id"] == page.request.cookies.get(POST)] or posts
    found: Json | None = None
    for post in chosen[:1]:
        found = await _asked(page, "/borders", unit=post["unit"]["id"])
    return found


def _picture(borders: Json | None, typed: Typed) -> Picture | None:
    frame = picking.frame(borders) if borders else None
    if frame is None or borders is None:
        return None
    at = ",".join(typed.text(f"place.{half}") or "" for half in HALVES)
    query = {"frame": str(frame), "unit": borders["unit"]["id"], "at": at.strip(",")}
    query["chosen"] = (typed.text(UNIT) or "")[:100]
    asked = urlencode({name: value for name, value in query.items() if value})
    return Picture(address=f"/drawings/place.svg?{asked}", frame=frame)


async def _there(page: Page, typed: Typed) -> Json | None:
    """Where the point lies; without a point the units that the address names."""
    longitude, latitude = _point(typed)
    address = (typed.text("place.address") or "").strip()[:200]
    if longitude is None and not address:
        return None
    asked: Json = {"address": address}
    if longitude is not None:
        asked = {"longitude": longitude, "latitude": latitude}
    found: Json | None = await _asked(page, "/place", **asked)
    return found


def _point(typed: Typed) -> tuple[float | None, float | None]:
    """Degrees, where both are numbers."""
    try:
        longitude, latitude = (float(typed.text(f"place.{half}") or "") for half in HALVES)
    except ValueError:
        return None, None
    return longitude, latitude


def _placed(typed: Typed, hits: Sequence[Json]) -> Typed:
    """With the unit that the address alone leads to; what somebody chose stays."""
    before, chosen = typed.text(FOUND) or "", typed.text(UNIT) or ""
    if chosen not in {"", before}:
        return typed
    found = hits[0]["unit"]["id"] if len(hits) == 1 else ""
    return typed.with_values(**{FOUND: (found,), UNIT: (found,)})


def _hit(hit: Json) -> Option:
    within = "，".join(unit["name"] for unit in hit["within"])
    return Option(
        hit["unit"]["id"], f"{hit['unit']['name']}（{within}）" if within else hit["unit"]["name"]
    )


def _areas(borders: Json | None, hits: Sequence[Json]) -> Iterable[Option]:
    """The areas on the map that no hit names."""
    named = {hit["unit"]["id"] for hit in hits}
    for each in borders["features"] if borders else ():
        unit = each["properties"]["unit"]
        if unit["id"] not in named:
            yield Option(unit["id"], unit["name"])


# -- cases that may be the same ------------------------------------------------------


async def _duplicates(page: Page, typed: Typed) -> Sequence[Json] | None:
    """None until a matter is chosen. A dispute is confidential and compared with nothing."""
    item = typed.text("item_id") or ""
    if not item or typed.text("case_type") == CaseType.DISPUTE:
        return None
    longitude, latitude = _point(typed)
    found = await _asked(
        page,
        "/duplicates",
        item_id=item,
        text=_told(typed),
        longitude=longitude,
        latitude=latitude,
        unit_id=typed.text(UNIT),
    )
    return found["duplicates"] if found else None


async def _asked(page: Page, path: str, **query: Any) -> Any:  # noqa: ANN401 - JSON
    """What is typed half finds nothing yet: the opening itself says what is wrong with it."""
    try:
        return await page.api.get(path, **query)
    except Said as no:
        if no.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        return None
