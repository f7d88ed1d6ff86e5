"""The form of one command to one case: drawn of the API's body, sent with the version it was drawn
at; a refusal is answered with what happened meanwhile, and nothing typed is lost.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from starlette.datastructures import FormData, UploadFile

from api.identity import CaseId
from api.pages.client import Reply, Said
from api.pages.forms import Form, Forms
from api.pages.forms.kinds import CASE
from api.pages.handing import handing_in
from api.pages.page import Page, Visit, key_of
from api.pages.staff import worded
from api.pages.staff.offering import offered
from api.words import refusal

router = APIRouter(include_in_schema=False)
Kind = Annotated[str, Path(max_length=50)]
Json = Mapping[str, Any]
MOVED = "version_conflict"
OWN_PAGE = frozenset({"reveal"})
"""What is asked and answered on a page of its own."""
BY_TIME_ALONE = frozenset({"clock.warned"})
"""What changes nothing that somebody decides by."""
MEANWHILE = 20
LONGEST = 200
"""Of what a link says."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A visit to the form of one command."""

    page: Page
    case_id: str
    kind: str

    @property
    def here(self) -> str:
        """The case's own page."""
        return f"/desk/cases/{self.case_id}"

    @property
    def path(self) -> str:
        """The case in the API."""
        return f"/cases/{self.case_id}"

    async def forms(self, case: Json) -> Forms:
        """What the form is drawn and read with."""
        page = self.page
        choices, book = await asyncio.gather(offered(page, case, self.kind), page.here.book())
        words = partial(refusal, organisation=book.organisation)
        return Forms(language=page.lang, zone=page.zone, choices=choices, refused=words)

    async def show(
        self, form: Form, case: Json, status: int = 200, meanwhile: Sequence[Json] = ()
    ) -> Response:
        """The form, with what may not be done now said instead of it."""
        action = await self._action()
        return await self.page.show(
            "staff/do.html",
            status,
            case=case,
            kind=self.kind,
            form=form,
            action=action,
            meanwhile=meanwhile,
            wordings=await worded.wordings(self.page, self.kind),
        )

    async def _action(self) -> Json:
        found = (await self.page.api.get(f"{self.path}/actions"))["actions"]
        said = [action for action in found if action["kind"] == self.kind]
        if not said:
            raise Said(404, {"code": "not_found"})
        return next((action for action in said if action["possible"]), said[0])

    async def since(self, version: int) -> list[Json]:
        """What happened in the case after that version."""
        told = await self.page.api.get(f"{self.path}/timeline", size=MEANWHILE)
        return [event for event in told["events"] if event["version"] > version]


async def _desk(page: Visit, case_id: CaseId, kind: Kind) -> Desk:
    if kind not in CASE:
        raise Said(404, {"code": "not_found"})
    return Desk(page, case_id, kind)


@router.get("/desk/cases/{case_id}/do/{kind}")
async def form(page: Visit, case_id: CaseId, kind: Kind) -> Response:
    """The form, with what the link to it says already."""
    desk = await _desk(page, case_id, kind)
    if kind in OWN_PAGE:
        return page.go(f"{desk.here}#{kind}")
    case = await page.api.get(desk.path)
    forms = await desk.forms(case)
    known = {name: value for name, value in page.request.query_params.items() if name != "lang"}
    typed = forms.filled(CASE[kind], {name: known[name][:LONGEST] for name in known})
    return await desk.show(forms.draw(CASE[kind], typed), case)


@router.post("/desk/cases/{case_id}/do/{kind}")
async def send(page: Visit, case_id: CaseId, kind: Kind) -> Response:
    """Send it; where that was refused, the form again with what was typed."""
    desk = await _desk(page, case_id, kind)
    sent = await page.form()
    if kind in OWN_PAGE:
        return page.go(f"{desk.here}#{kind}")
    case = await page.api.get(desk.path)
    forms = await desk.forms(case)
    read = await forms.receive(CASE[kind], _typed(sent))
    if read.again or worded.TAKE in read.typed:
        typed = await worded.begun(page, kind, read.typed)
        return await desk.show(forms.draw(CASE[kind], typed), case)
    try:
        uploaded = handing_in(page.api)
        read = await forms.receive(CASE[kind], sent.multi_items(), uploaded=uploaded)
        reply = await _sent(desk, read.body, sent)
    except Said as no:
        if no.status in {401, 404}:
            raise
        return await _refused(desk, read.typed, read.body, no)
    return page.go(desk.here, "sent" if reply.pending else "done")


def _typed(sent: FormData) -> list[tuple[str, str | UploadFile]]:
    """Without its files."""
    return [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]


async def _sent(desk: Desk, body: dict[str, Any], sent: FormData) -> Reply:
    """A warning of a clock changes nothing for whoever decides: then it is sent once more."""
    path = f"{desk.path}/commands"
    try:
        return await desk.page.send(path, body, sent)
    except Said as no:
        if no.code != MOVED or not isinstance(body.get("version"), int):
            raise
        after = await desk.since(body["version"])
        if not after or any(event["kind"] not in BY_TIME_ALONE for event in after):
            raise
        newest = after[-1]["version"]
        key = f"{key_of(sent)}-{newest}"
        return await desk.page.send(path, {**body, "version": newest}, sent, key=key)


async def _refused(desk: Desk, typed: Any, body: Json, no: Said) -> Response:  # noqa: ANN401 - Typed
    """What the colleague did meanwhile, or what is wrong; at the version the case has now."""
    drawn_at = body.get("version")
    case, meanwhile = await asyncio.gather(
        desk.page.api.get(desk.path),
        desk.since(drawn_at) if isinstance(drawn_at, int) else _nothing(),
    )
    forms = await desk.forms(case)
    form = forms.draw(CASE[desk.kind], typed, no.body)
    return await desk.show(form, case, no.status, meanwhile)


async def _nothing() -> list[Json]:
    return []
