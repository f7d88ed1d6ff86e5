"""A case as its resident or a party follows it, and what they say to it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from api import live
from api.auth import Principal
from api.identity import CaseId
from api.pages.client import Said
from api.pages.page import Page, Visit
from api.pages.residents import faults, saying
from api.pages.residents.doors import Door, closed
from api.pages.residents.photos import Photos, brought
from api.pages.residents.saying import SAYINGS

Kind = Annotated[str, Path(pattern="^(" + "|".join(SAYINGS) + ")$")]
After = Annotated[int, Query(ge=0, lt=2**31)]


def following(door: Door, kind_of_link: Literal["receipt", "party"]) -> APIRouter:
    """The addresses of a case behind one door."""
    router = APIRouter(include_in_schema=False)

    async def show(page: Visit, case_id: CaseId) -> Response:
        case = await door.see(page, case_id)
        if case is None:
            return await closed(page, door, case_id)
        api = page.as_resident(door.scheme)
        events = (await api.get(f"/cases/{case_id}/timeline"))["events"][::-1]
        actions = (await api.get(f"/cases/{case_id}/actions"))["actions"]
        may = [action["kind"] for action in actions if action["possible"]]
        told = {"case": case, "events": events, "may": may, "said": SAYINGS}
        return await page.show("residents/case.html", door=door, **told)

    async def watch(page: Visit, case_id: CaseId, after: After = 0) -> Response:
        asking = Principal(kind=kind_of_link, secret=page.link)
        return await live.follow_case(case_id, page.here, asking, after)

    async def ask(page: Visit, case_id: CaseId, kind: Kind) -> Response:
        return await _form(page, door, case_id, kind)

    async def say(page: Visit, case_id: CaseId, kind: Kind) -> Response:
        return await _say(page, door, case_id, kind)

    address = f"/{door.name}/{{case_id}}"
    router.add_api_route(address, show)
    router.add_api_route(f"{address}/live", watch, response_model=None)
    router.add_api_route(f"{address}/say/{{kind}}", ask)
    router.add_api_route(f"{address}/say/{{kind}}", say, methods=["POST"])
    return router


async def _form(  # noqa: PLR0913 - what stands in a form that comes again
    page: Page,
    door: Door,
    case_id: str,
    kind: str,
    *,
    status: int = 200,
    typed: Mapping[str, Any] | None = None,
    wrong: Sequence[str] = (),
    fault: str = "",
    photos: Photos | None = None,
) -> Response:
    """The form of one thing to say."""
    case = await door.see(page, case_id)
    if case is None:
        return await closed(page, door, case_id)
    told = {
        "kind": kind,
        "said": SAYINGS[kind],
        "typed": {**saying.EMPTY, **(typed or {})},
        "wrong": wrong,
        "fault": fault,
    }
    return await page.show(
        "residents/say.html", status, door=door, case=case, photos=photos or Photos(), **told
    )


async def _say(page: Page, door: Door, case_id: str, kind: str) -> Response:
    """What was said, to the API; its no stands above the form, with everything typed kept."""
    sent = await page.form()
    if await door.see(page, case_id) is None:
        return await closed(page, door, case_id)
    body, wrong = saying.body(kind, sent)
    photos = Photos()
    if SAYINGS[kind].photos:
        photos = await brought(page, page.as_resident(door.scheme), sent, case_id)
    again = partial(_form, page, door, case_id, kind, typed=body, photos=photos)
    if wrong or photos.fault:
        return await again(status=422, wrong=wrong)
    try:
        body |= photos.said
        reply = await door.send(page, f"/cases/{case_id}/commands", body, sent)
    except Said as no:
        wrong, fault = faults.fields(no), await faults.words(no, page)
        return await again(status=no.status, wrong=wrong, fault=fault)
    said = "sent" if reply.pending else f"said_{kind}"
    return page.go(door.address(case_id), said)
