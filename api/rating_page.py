"""The page behind the rating link. It is the same for every case and says nothing of any: what the
link knows stands behind its #, which no browser sends.
"""

from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Response

router = APIRouter(include_in_schema=False)
FOLDER = Path(__file__).parent / "static"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
KINDS = {"rate.html": "text/html", "rate.css": "text/css", "rate.js": "text/javascript"}
FILES = {name: (FOLDER / name).read_bytes() for name in KINDS}


@router.get("/rate/{case_id}")
async def rating_page(case_id: str) -> Response:  # noqa: ARG001 - the page reads its own address
    """The form with the three questions (R9.2)."""
    return _file("rate.html")


@router.get("/static/{name}")
async def part_of_page(name: Literal["rate.css", "rate.js"]) -> Response:
    """What the form is drawn and sent with."""
    return _file(name)


def _file(name: str) -> Response:
    return Response(FILES[name], media_type=KINDS[name], headers=HEADERS)
