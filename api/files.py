"""The route that shows a photo or document of a case, to those who read the event that names it."""

import asyncio
import base64
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api import answers, recording
from api.auth import Asking, Principal, check_case, posts_of
from api.context import Context, Here
from api.errors import Problem
from api.file_views import Shown, attached, of_own, state_of
from api.identity import CaseId
from api.stored import kept
from domain.values import By
from store.files import sealing

router = APIRouter(prefix="/api/v1/cases", tags=["files"])

Reference = Annotated[str, Path(max_length=100)]
NAMES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
}
SAFE = {
    # Whatever it is: nothing of it is guessed at, run, framed, or read by another site.
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    # Asked for each time, so that who may no longer see it does not, and each look is known.
    "Cache-Control": "private, no-cache",
}
SMALL = "image/jpeg"


@router.get(
    "/{case_id}/files/{file}",
    response_class=Response,
    responses={
        200: {"description": "The file", "content": {name: {} for name in NAMES}},
        304: {"description": "As it was"},
    },
)
async def show_file(
    case_id: CaseId,
    file: Reference,
    request: Request,
    here: Here,
    asking: Asking,
    *,
    small: bool = False,
) -> Response:
    """A photo or document; `small` for a small copy of an image. What staff look at is recorded."""
    shown = await _shown(here, asking, case_id, file)
    if small and not shown.event.small:
        raise _no_such_file()
    tag = f'"{file}{"-small" if small else ""}"'
    await _record(here, asking, shown, small=small)
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={**SAFE, "ETag": tag})
    return await _sent(here, shown, tag, small=small)


async def _shown(here: Context, asking: Principal, case_id: str, file: str) -> Shown:
    """The file, if it is for who asks; what is not and what is not there look the same."""
    if asking.kind == "rating":
        subject = await answers.rater(here, asking, case_id)
    else:
        asking = await check_case(here, asking, case_id)
        subject = asking.subject
    found = await answers.history(here, case_id)
    if asking.kind == "staff":
        files = list(attached(await answers.read_by(here, asking, found)))
    else:
        files = of_own(await answers.own(here, found, subject))
    shown = next((each for each in files if each.event.file == file), None)
    if shown is None or state_of(shown.event) == "confidential":
        raise _no_such_file()
    if state_of(shown.event) == "erased":
        raise Problem(404, "file_erased", "it was forgotten, and nothing opens it", rule="R14.4")
    return shown


def _no_such_file() -> Problem:
    return Problem(404, "file_not_found", "no such file, or not yours to see")


async def _record(here: Context, asking: Principal, shown: Shown, *, small: bool) -> None:
    """A photo may show people: staff are written down before it leaves (R14.5)."""
    if asking.kind != "staff":
        return
    post = posts_of(asking, await here.book())[0]
    by = By(person_id=asking.person_id, post_id=post.post_id, unit_id=post.unit_id)
    file = shown.event.file
    await recording.file_shown(here, by, shown.case_id, shown.version, file, small=small)


async def _sent(here: Context, shown: Shown, tag: str, *, small: bool) -> Response:
    event = shown.event
    address = event.small if small else event.address
    opener = event.small_opener if small else event.opener
    async with kept():
        stored = await here.vault.get(address)
        plain = await asyncio.to_thread(sealing.unseal, stored, opener)
    media = SMALL if small else event.media
    # A sandbox shows no PDF: browsers keep it as a file.
    how = "inline" if media.startswith("image/") else "attachment"
    digest = base64.b64encode(bytes.fromhex(sealing.digest_of(plain))).decode()
    return Response(
        plain,
        headers={
            **SAFE,
            "ETag": tag,
            "Content-Disposition": f'{how}; filename="{event.file}.{NAMES[media]}"',
            "Repr-Digest": f"sha-256=:{digest}:",
        },
        media_type=media,
    )
