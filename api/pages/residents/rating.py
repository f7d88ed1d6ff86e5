"""The three questions (R9.2): behind the link that was sent, or from the case that one follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Response
from starlette.datastructures import FormData

from api.identity import CaseId
from api.pages.client import ROOT, Api, Said
from api.pages.page import Page, Visit
from api.pages.residents import faults
from api.pages.residents.doors import RATE, Door, closed
from api.pages.residents.saying import YES

FIELDS = ("contacted", "solved", "grade", "text")
GRADES = {"1", "2", "3", "4", "5"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A case as whoever rates it sees it; `api` and `path` take the rating, None where nobody is
    asked here.
    """

    case: Mapping[str, Any]
    api: Api | None
    path: str


def rating(door: Door) -> APIRouter:
    """The addresses of the questions behind one door."""
    router = APIRouter(include_in_schema=False)

    async def show(page: Visit, case_id: CaseId) -> Response:
        asked = await _asked(page, door, case_id)
        return await (_form(page, door, asked) if asked else closed(page, door, case_id))

    async def send(page: Visit, case_id: CaseId) -> Response:
        sent = await page.form()
        asked = await _asked(page, door, case_id)
        return await (_send(page, door, asked, sent) if asked else closed(page, door, case_id))

    address = f"/{door.name}/{{case_id}}"
    if door is RATE:
        router.add_api_route(address, show)
    router.add_api_route(f"{address}/rating", show)
    router.add_api_route(f"{address}/rating", send, methods=["POST"])
    return router


async def _asked(page: Page, door: Door, case_id: str) -> _Asked | None:
    found = await door.see(page, case_id)
    if found is None:
        return None
    if door is RATE:
        return _Asked(found["case"], page.as_resident(RATE.scheme), f"/cases/{case_id}/rating")
    link = found["rating"]
    api = page.as_resident(RATE.scheme, link["secret"]) if link else None
    return _Asked(found, api, link["href"].removeprefix(ROOT) if link else "")


async def _form(
    page: Page,
    door: Door,
    asked: _Asked,
    *,
    status: int = 200,
    typed: Mapping[str, Any] | None = None,
    wrong: tuple[str, ...] = (),
    fault: str = "",
) -> Response:
    told = {
        "typed": {**dict.fromkeys(FIELDS, ""), **(typed or {})},
        "wrong": wrong,
        "fault": fault,
        "asked": asked.api is not None,
    }
    return await page.show("residents/rate.html", status, door=door, case=asked.case, **told)


async def _send(page: Page, door: Door, asked: _Asked, sent: FormData) -> Response:
    if asked.api is None or not asked.case["standing"]["to_rate"]:
        return page.go(door.address(asked.case["case_id"]))
    typed = {name: str(sent.get(name, "")) for name in FIELDS}
    wrong = tuple(name for name in ("contacted", "solved") if typed[name] not in YES)
    wrong += () if typed["grade"] in GRADES else ("grade",)
    if wrong:
        return await _form(page, door, asked, status=422, typed=typed, wrong=wrong)
    body = {
        "contacted": YES[typed["contacted"]],
        "solved": YES[typed["solved"]],
        "grade": int(typed["grade"]),
        "text": typed["text"].replace("\r\n", "\n").strip(),
    }
    try:
        reply = await page.send(asked.path, body, sent, asked.api)
    except Said as no:
        fault, wrong = await faults.words(no, page), tuple(faults.fields(no))
        return await _form(
            *(page, door, asked), status=no.status, typed=typed, wrong=wrong, fault=fault
        )
    return page.go(door.address(asked.case["case_id"]), "sent" if reply.pending else "rated")
