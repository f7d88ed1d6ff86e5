"""The route that takes a photo or document: cleaned, sealed and stored before it is answered.

Nothing else happens to it here: a command that names its reference makes it part of a case.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import IO, cast

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException

from api import answers
from api.auth import Asking, Principal, check_case
from api.context import Context, Here
from api.errors import Problem
from api.identity import CaseId
from api.stored import kept
from api.turns import network
from domain.uploads import Content, Upload
from domain.words.files import Bringer
from settings import Settings
from store.database import raw
from store.files import sealing, uploads
from store.files.cleaner.kinds import Cleaned, Limits, NotTaken
from store.files.cleaning import Cleaner

ADDRESS = "/api/v1/uploads"
AROUND = 65_536
"""Bytes that a form may have around its file."""
GROWS = 4
"""How many times as large a file may become by being written anew."""
STAFF_TIMES = 10
TAKEN = "a photo (JPEG, PNG, WebP, GIF) or a PDF document"

router = APIRouter(prefix=ADDRESS, tags=["files"])


class UploadView(BaseModel):
    """A file that waits for a day to be named: put `file` into `evidence` or `documents`.

    `sha256`, `type` and `size` are of the file as it is kept, without anything but what it shows.
    """

    file: str
    sha256: str
    type: str
    size: int
    width: int | None
    height: int | None
    pages: int | None


def cleaner_of(settings: Settings) -> Cleaner:
    """What cleans files, within the limits that are set."""
    limits = Limits(
        pixels=settings.upload_pixels,
        pages=settings.upload_pages,
        size=settings.upload_bytes * GROWS,
    )
    return Cleaner(limits)


@router.post(
    "",
    status_code=201,
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": f"{TAKEN}: the bytes themselves, or a form with one file. What it is, "
            "its bytes say; its name and its Content-Type do not count.",
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {"file": {"type": "string", "format": "binary"}},
                    }
                },
            },
        }
    },
)
async def upload(
    request: Request, here: Here, asking: Asking, case: CaseId | None = None
) -> UploadView:
    """Bring a photo or document: staff, a resident with a receipt or link (`case` says of which
    case), or a resident about to report. Where the photo was taken, and by what, is not kept.
    """
    whose = await _whose(here, asking, case)
    await _need_turn(request, here, whose)
    async with _body(request) as file:
        _need_size(file, here.settings.upload_bytes)
        try:
            cleaned = await here.cleaner.clean(file)
        except NotTaken as refused:
            raise _not_taken(str(refused), here.settings) from None
    return await _kept(here, whose, cleaned)


async def _whose(here: Context, asking: Principal, case: str | None) -> Upload:
    """Whose the file will be, still without one."""
    made = partial(Upload, file=uploads.new_reference(), content=NOTHING)
    match asking.kind:
        case "staff":
            return made(bringer=Bringer.STAFF, person_id=asking.person_id)
        case "nobody":
            return made(bringer=Bringer.NOBODY)
        case "partner":
            raise Problem(403, "not_for_partners", "a partner's help is recorded in words")
        case _ if case is None:
            raise Problem(422, "case_missing", "say of which case: ?case=…")
        case "rating":
            subject = await answers.rater(here, asking, case)
        case _:
            subject = (await check_case(here, asking, case)).subject
    return made(bringer=Bringer.RESIDENT, case_id=case, subject=subject)


NOTHING = Content(address="", media="", size=0, digest="", opener="")


async def _need_turn(request: Request, here: Context, whose: Upload) -> None:
    """Refuse who has brought too much within the hour. Who it is, is kept as a keyed hash."""
    most = here.settings.uploads_per_hour
    match whose.bringer:
        case Bringer.STAFF:
            sender, most = whose.person_id, most * STAFF_TIMES
        case Bringer.RESIDENT:
            sender = f"{whose.case_id}\0{whose.subject}"
        case Bringer.NOBODY:
            sender = network(request.client.host if request.client else "")
    async with raw(here.engine) as connection:
        made = await uploads.attempts(connection, here.ring.lookup(f"upload\0{sender}"))
        full = whose.bringer is not Bringer.STAFF and (
            await uploads.waiting_bytes(connection) > here.settings.uploads_waiting_bytes
        )
    if made > most:
        told = f"at most {most} within an hour"
        raise Problem(429, "too_many_uploads", told, headers={"Retry-After": "600"})
    if full:
        raise Problem(503, "uploads_full", "try again later", headers={"Retry-After": "600"})


@asynccontextmanager
async def _body(request: Request) -> AsyncIterator[IO[bytes]]:
    """The file that was sent, in a file of the system's: no large body is kept in memory."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        form = await _form(request)
        try:
            yield await _only_file(form)
        finally:
            await form.close()
        return
    with tempfile.TemporaryFile() as file:
        async for piece in request.stream():
            await asyncio.to_thread(file.write, piece)
        file.flush()
        yield file


async def _form(request: Request) -> FormData:
    try:
        return await request.form(max_files=1, max_fields=10)
    except MultiPartException:
        raise _unreadable() from None


async def _only_file(form: FormData) -> IO[bytes]:
    files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    if len(files) != 1:
        raise _unreadable()
    spooled = cast("tempfile.SpooledTemporaryFile[bytes]", files[0].file)
    await asyncio.to_thread(spooled.rollover)  # another process reads it
    return spooled


def _unreadable() -> Problem:
    where = [{"where": "body", "code": "unreadable", "message": "a form with exactly one file"}]
    return Problem(422, "invalid_request", "see errors for each place", errors=where)


def _need_size(file: IO[bytes], most: int) -> None:
    if file.seek(0, 2) > most:
        raise Problem(422, "file_too_large", f"at most {most} bytes")


def _not_taken(code: str, settings: Settings) -> Problem:
    """Why a file is not taken, and what is."""
    told = {
        "file_empty": "there is nothing in it",
        "file_type_unknown": f"taken is {TAKEN}",
        "image_too_large": f"at most {settings.upload_pixels} pixels",
        "image_damaged": "the photo cannot be read to its end",
        "pdf_encrypted": "save the document without a password",
        "pdf_scripted": "the document does more than show pages: print it to a new PDF",
        "pdf_damaged": "the document cannot be read",
        "pdf_too_long": f"at most {settings.upload_pages} pages",
        "file_too_complex": "it takes too much to read it: save it anew, or smaller",
    }
    return Problem(422, code, told.get(code, ""))


async def _kept(here: Context, whose: Upload, cleaned: Cleaned) -> UploadView:
    """Sealed and stored; the row that says so comes before the bytes."""
    content, stored = await asyncio.to_thread(_sealed, here, cleaned)
    found = replace(whose, content=content)
    async with raw(here.engine) as connection:
        await uploads.announce(connection, found, here.ring)
    async with kept():
        for each in stored:
            await here.vault.put(each)
    async with raw(here.engine) as connection:
        await uploads.note_stored(connection, found.file)
    return UploadView(
        file=found.file,
        sha256=content.digest,
        type=content.media,
        size=content.size,
        width=content.width or None,
        height=content.height or None,
        pages=content.pages or None,
    )


def _sealed(here: Context, cleaned: Cleaned) -> tuple[Content, list[bytes]]:
    opener = sealing.opener_of(cleaned.plain, here.ring)
    stored, small, small_opener = [sealing.seal(cleaned.plain, opener)], "", ""
    if cleaned.small:
        small_opener = sealing.opener_of(cleaned.small, here.ring)
        stored.append(sealing.seal(cleaned.small, small_opener))
        small = sealing.address_of(stored[1])
    content = Content(
        address=sealing.address_of(stored[0]),
        media=cleaned.media,
        size=len(cleaned.plain),
        width=cleaned.width,
        height=cleaned.height,
        pages=cleaned.pages,
        digest=sealing.digest_of(cleaned.plain),
        opener=opener,
        small=small,
        small_opener=small_opener,
    )
    return content, stored
