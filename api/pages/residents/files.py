"""A photo or document of a case, to whoever follows the case: handed on as the API gives it."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.identity import CaseId
from api.pages.client import Said
from api.pages.page import HEADERS, Visit
from api.pages.residents import typed
from api.pages.residents.doors import UNKNOWN, Door, closed
from api.pages.residents.photos import REFERENCE

File = Annotated[str, Path(pattern=f"^{REFERENCE.pattern}$")]
KEPT = ("content-type", "content-disposition", "content-security-policy", "cache-control")


def shown(door: Door) -> APIRouter:
    """The address of files behind one door."""
    router = APIRouter(include_in_schema=False)

    async def file(page: Visit, case_id: CaseId, file: File, *, small: bool = False) -> Response:
        if not typed.code(page.link):
            return await closed(page, door, case_id)
        query = {"small": "true"} if small else {}
        try:
            path = f"/cases/{case_id}/files/{file}"
            found = await page.as_resident(door.scheme).ask("GET", path, query=query)
        except Said as no:
            if no.status not in UNKNOWN:
                raise
            return await closed(page, door, case_id)
        given = {name: found.headers[name] for name in KEPT if name in found.headers}
        ours = {name.lower(): value for name, value in HEADERS.items()}
        return Response(found.content, headers={**ours, **given})

    router.add_api_route(f"/{door.name}/{{case_id}}/files/{{file}}", file)
    return router
