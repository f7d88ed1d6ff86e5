"""The doors by which somebody without an account comes in: each has an address for one case and a
code for it. The code is typed or taken from behind the # of a link, and kept in a cookie of that
address alone.
"""

from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter, Response

from api.identity import CaseId
from api.pages.client import Reply, Said
from api.pages.page import LINK, Page, Visit
from api.pages.residents import typed

UNKNOWN = {401, 404}
"""The API's answers to a code that opens nothing."""
STAYS = 30
"""Days a browser keeps a code that was asked to."""


@dataclass(frozen=True, slots=True)
class Door:
    """`look` is what the API is asked below a case to see whether a code opens it."""

    name: Literal["mine", "party", "rate", "help"]
    scheme: str
    look: str = ""

    def address(self, case_id: str) -> str:
        """Where the case is, for whoever came in here."""
        return f"/{self.name}/{case_id}"

    async def see(self, page: Page, case_id: str) -> Any | None:  # noqa: ANN401 - JSON
        """What the API tells of the case; None where the code opens nothing."""
        if not typed.code(page.link):
            return None
        try:
            return await page.as_resident(self.scheme).get(f"/cases/{case_id}{self.look}")
        except Said as no:
            if no.status in UNKNOWN:
                return None
            raise

    async def send(self, page: Page, path: str, body: Any, sent: Any) -> Reply:  # noqa: ANN401 - JSON
        """Something said through this door."""
        return await page.send(path, body, sent, page.as_resident(self.scheme))


MINE = Door("mine", "Receipt")
PARTY = Door("party", "Party")
RATE = Door("rate", "Rating", "/rating")
HELP = Door("help", "Partner", "/help")


async def closed(page: Page, door: Door, case_id: str, fault: str = "") -> Response:
    """The form that asks for the code; of the case it says nothing, also not whether it is."""
    status = 404 if fault else 200
    return await page.show("residents/code.html", status, door=door, case_id=case_id, fault=fault)


def entrance(door: Door) -> APIRouter:
    """The addresses by which one comes in and goes again."""
    router = APIRouter(include_in_schema=False)

    async def enter(page: Visit, case_id: CaseId) -> Response:
        sent = await page.form()
        page.link = typed.code(str(sent.get("code", "")))
        if await door.see(page, case_id) is None:
            return await closed(page, door, case_id, "wrong_code")
        page.keep(LINK, page.link, door.address(case_id))
        return page.go(door.address(case_id))

    async def leave(page: Visit, case_id: CaseId) -> Response:
        await page.form()
        page.forget(LINK, door.address(case_id))
        return page.go("/", "left")

    address = f"/{door.name}/{{case_id}}"
    router.add_api_route(address, enter, methods=["POST"])
    router.add_api_route(f"{address}/leave", leave, methods=["POST"])
    return router
