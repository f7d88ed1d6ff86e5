"""The worklist page: what must be done next, the clock that breaks first on top."""

from fastapi import APIRouter, Response

from api.pages.page import Visit

router = APIRouter(include_in_schema=False)


@router.get("/desk")
async def worklist(page: Visit, cursor: str | None = None) -> Response:
    """Open cases one may see, by what is due first."""
    found = await page.api.get("/cases", order="due", open="true", cursor=cursor, size=50)
    return await page.show("staff/worklist.html", found=found)
