"""The page of one case: how it stands, its clocks, its timeline."""

from fastapi import APIRouter, Response

from api.identity import CaseId
from api.pages.page import Visit

router = APIRouter(include_in_schema=False)


@router.get("/desk/cases/{case_id}")
async def case(page: Visit, case_id: CaseId) -> Response:
    """One case as staff see it."""
    found = await page.api.get(f"/cases/{case_id}")
    timeline = await page.api.get(f"/cases/{case_id}/timeline")
    clocks = await page.api.get(f"/cases/{case_id}/clocks")
    return await page.show(
        "staff/case.html", case=found, events=timeline["events"], clocks=clocks["clocks"]
    )
