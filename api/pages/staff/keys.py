"""The page that says how the desk is used without a mouse."""

from fastapi import APIRouter, Response

from api.pages.page import Visit

router = APIRouter(include_in_schema=False)


@router.get("/desk/keys")
async def keys(page: Visit) -> Response:
    """Every key, and what it does."""
    await page.me()
    return await page.show("staff/keys.html")
