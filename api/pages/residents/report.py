"""The page on which a resident reports something, and what it answers: the receipt."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from fastapi import APIRouter, Response
from starlette.datastructures import FormData

from api.pages.client import Said
from api.pages.page import LINK, Page, Visit
from api.pages.residents import faults, keeping, photos, placing, reporting
from api.pages.residents.doors import MINE
from api.pages.residents.reporting import Report

router = APIRouter(include_in_schema=False)
Shown = Literal["map", "town"]


@router.get("/report")
async def form(page: Visit) -> Response:
    """The form."""
    return await _form(page, Report())


@router.post("/report")
async def report(page: Visit) -> Response:
    """The receipt of the new case; else the form again, with what is to be said yet."""
    sent = await page.form()
    made = reporting.read(sent)
    made.photos = await photos.brought(page, page.as_nobody(), sent)
    if made.wrong or made.photos.fault:
        return await _form(page, made, status=422)
    if not (made.typed["unit"] or made.typed["point"]):
        made.typed["unit"] = await placing.of_address(page, made.typed["address"])
    if not made.typed["item"]:
        return await _form(page, made, asked_what=True)
    return await _send(page, made, sent)


@router.get("/report/{shown}")
async def back(page: Visit, shown: Shown) -> Response:  # noqa: ARG001 - in the address
    """The form anew, for who comes here without one."""
    return page.go("/report")


@router.post("/report/{shown}")
async def on_map(page: Visit, shown: Shown) -> Response:
    """The form with a map: of the whole town, or closer to the click, which is the place now."""
    sent = await page.form()
    made = reporting.read(sent)
    made.wrong.clear()
    made.photos = await photos.brought(page, page.as_nobody(), sent)
    point, area = placing.clicked(sent), made.typed["area"]
    if shown == "town":
        made.typed["area"] = ""
    elif point:
        place = await placing.at_point(page, point)
        found = {"unit": placing.narrowest(place), "area": placing.closer(place, area)}
        made.typed |= {"point": point, **found}
    made.typed["map"] = "yes"
    return await _form(page, made, map_asked=True)


async def _send(page: Page, made: Report, sent: FormData) -> Response:
    catalogue = await page.api.get("/catalogue")
    try:
        reply = await page.send("/cases", made.body(catalogue["unsure"]), sent, page.as_nobody())
    except Said as no:
        made.found_wrong(no.body)
        fault = "" if made.wrong else await faults.words(no, page)
        return await _form(page, made, status=no.status, fault=fault)
    receipt = reply.body["receipt"]
    page.keep(LINK, receipt["secret"], MINE.address(receipt["case_id"]))
    page.keep(keeping.NEW, "1", keeping.address(receipt["case_id"]))
    return page.go(keeping.address(receipt["case_id"]))


async def _form(
    page: Page,
    made: Report,
    *,
    status: int = 200,
    fault: str = "",
    asked_what: bool = False,
    map_asked: bool = False,
) -> Response:
    catalogue = await page.api.get("/catalogue")
    items = [item for item in catalogue["items"] if not item["retired"]]
    typed = made.typed
    return await page.show(
        "residents/report.html",
        status,
        made=made,
        fault=fault,
        asked_what=asked_what,
        map_asked=map_asked,
        classes=_by_class(items),
        suggested=await _suggested(page, made),
        unsure=catalogue["unsure"],
        places=await page.api.get("/places"),
        map=await placing.drawn(page, typed["area"], typed["unit"], typed["point"])
        if typed["map"]
        else None,
    )


async def _suggested(page: Page, made: Report) -> Sequence[Mapping[str, Any]]:
    """What the words may mean; nothing where there are none, or none that can be read."""
    text = made.typed["text"]
    if not text:
        return ()
    try:
        found = await page.api.post("/catalogue/suggestions", {"text": text[:4000]})
    except Said:
        return ()
    items: Sequence[Mapping[str, Any]] = found.body["items"]
    return items


def _by_class(items: Sequence[Mapping[str, Any]]) -> Mapping[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for item in items:
        found.setdefault(item["class_name"], []).append(item)
    return found
