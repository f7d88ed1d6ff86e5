"""The office: units, posts and stand-ins as they are and will be, every change as a form, and what
was done.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from api.pages.admin import bordering
from api.pages.client import Said
from api.pages.drawing import picking
from api.pages.drawing.frame import Frame
from api.pages.forms import Choices, Forms, Typed
from api.pages.forms.choices import Option
from api.pages.forms.kinds import OFFICE
from api.pages.forms.shapes import at
from api.pages.forms.typed import gathered
from api.pages.page import Page, Visit
from api.words import refusal

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Query(max_length=100)]
Kind = Annotated[str, Path(max_length=50)]
LONGEST = 200
LONGEST_WORD = 100
NEW = {"add_person": ("units",), "add_unit": ("parent_id",)}
"""What is offered where the form names somebody or something that is not there yet."""
MOST = 300
"""Units or people that a list still holds; of more each is found by its name or id."""


@router.get("/admin")
async def office(page: Visit, unit: Word = "") -> Response:
    """A unit with its posts, those below it, and what is to come."""
    found = await page.api.get("/office", unit=unit)
    forms = Forms(language=page.lang, zone=page.zone, choices=Choices())
    titles = {kind: forms.draw(body).title for kind, body in OFFICE.items()}
    window = await _window(page, found["unit"])
    return await page.show("admin/office.html", office=found, titles=titles, window=window)


@router.get("/admin/do/{kind}")
async def form(page: Visit, kind: Kind) -> Response:
    """The form of one change, with what the link to it says already."""
    forms = await _forms(page, kind)
    asked = page.request.query_params.items()
    known = {name: value[:LONGEST] for name, value in asked if name != "lang"}
    typed = forms.filled(OFFICE[kind], known)
    forms = await _drawn_on(page, forms, kind, typed)
    return await page.show("admin/do.html", form=forms.draw(OFFICE[kind], typed), kind=kind)


@router.post("/admin/do/{kind}")
async def send(page: Visit, kind: Kind) -> Response:
    """Send it; where that was refused, the form again with what was typed."""
    sent = await page.form()
    items = sent.multi_items()
    forms = await _drawn_on(page, await _forms(page, kind), kind, gathered(items))
    read = await forms.receive(OFFICE[kind], items)
    forms = await _drawn_on(page, forms, kind, read.typed)
    if read.again:
        forms = await _found(page, forms, kind, read.typed)
        drawn = forms.draw(OFFICE[kind], read.typed)
        return await page.show("admin/do.html", form=drawn, kind=kind)
    try:
        reply = await page.send("/office/commands", {"kind": kind, **read.body}, sent)
    except Said as no:
        drawn = forms.draw(OFFICE[kind], read.typed, no.body)
        return await page.show("admin/do.html", no.status, form=drawn, kind=kind)
    return page.go("/admin/history", "sent" if reply.pending else "done")


@router.get("/admin/history")
async def history(page: Visit, before: Annotated[int | None, Query(ge=1)] = None) -> Response:
    """What was changed, newest first."""
    found = await page.api.get("/office/history", before=before)
    return await page.show("admin/history.html", found=found)


async def _drawn_on(page: Page, forms: Forms, kind: str, typed: Typed) -> Forms:
    """With the picture that a border is drawn on, where the form has one."""
    if at(OFFICE[kind], bordering.FIELD) is None:
        return forms
    organisation = (await page.here.book()).organisation
    picture = await bordering.picture(page, typed, organisation)
    return replace(forms, choices=replace(forms.choices, picture=picture))


async def _window(page: Page, unit: Mapping[str, Any]) -> Frame | None:
    """What a picture of the borders in a unit shows; a department has none."""
    if unit["kind"] == "department":
        return None
    return picking.frame(await page.api.get("/borders", unit=unit["unit_id"]))


async def _forms(page: Page, kind: str) -> Forms:
    if kind not in OFFICE:
        raise Said(404, {"code": "not_found"})
    await page.api.get("/office")
    book = await page.here.book()
    organisation = book.organisation
    there = {"units": organisation.units, "people": organisation.people}
    there["parent_id"] = there["units"]
    names = NEW.get(kind, ("units", "people"))
    few = {name: _options(there[name]) for name in names if len(there[name]) <= MOST}
    posts = () if kind in {*NEW, "open_post"} else ("posts",)
    words = partial(refusal, organisation=organisation)
    return Forms(
        language=page.lang,
        zone=page.zone,
        choices=Choices(of=few, sought=frozenset({*names, *posts} - few.keys())),
        refused=words,
    )


def _options(of: Mapping[str, Any]) -> list[Option]:
    """What can be chosen, in the order of their ids."""
    return [Option(key, f"{each.name} ({key})") for key, each in sorted(of.items())]


async def _found(page: Page, forms: Forms, kind: str, typed: Typed) -> Forms:
    """With what a button asked to be found."""
    sought = forms.sought(OFFICE[kind], typed)
    if sought is None:
        return forms
    try:
        asked = sought.text[:LONGEST_WORD]
        told = await page.api.get("/office/find", what=sought.thing, text=asked)
    except Said as no:
        if no.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        told = {"found": []}
    hits = [Option(each["id"], f"{each['name']} ({each['id']})") for each in told["found"]]
    return forms.finding(sought.path, hits)
