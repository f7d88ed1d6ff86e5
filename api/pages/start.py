"""The first page, the static files, and the list of all desks' routes."""

from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Response

from api.pages.page import HEADERS, Visit

router = APIRouter(include_in_schema=False)
FOLDER = Path(__file__).parent / "static"
KINDS = {
    "pages.css": "text/css",
    "desk.css": "text/css",
    "enhance.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
FILES = {name: (FOLDER / name).read_bytes() for name in KINDS}
KEPT = {**HEADERS, "Cache-Control": "public, max-age=300"}


@router.get("/")
async def start(page: Visit) -> Response:
    """Where everybody comes in."""
    return await page.show("start.html")


@router.get("/assets/{name}")
async def asset(name: Literal["pages.css", "desk.css", "enhance.js", "icon.svg"]) -> Response:
    """What pages are drawn with."""
    return Response(FILES[name], media_type=KINDS[name], headers=KEPT)
