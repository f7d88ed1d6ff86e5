"""The page that tells what somebody could see of a case, when and why (R14.3)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.identity import CaseId
from api.pages.page import Visit

router = APIRouter(include_in_schema=False)


@router.get("/board/cases/{case_id}/sight")
async def sight(
    page: Visit, case_id: CaseId, person: Annotated[str, Query(max_length=100)]
) -> Response:
    """Stretches of time in which it was open to them, and their looks at personal data."""
    found = await page.api.get(f"/cases/{case_id}/history-of-sight", person=person)
    return await page.show("watch/sight.html", found=found)
