"""What the system says may be done with a case, for tests."""

from typing import Any

from tests.e2e.office import Office
from tests.e2e.scenes.base import Ask, Headers


async def actions(
    office: Office, case_id: str, headers: Headers | None = None, lang: str = "zh"
) -> list[dict[str, Any]]:
    told = await office.get(f"/api/v1/cases/{case_id}/actions?lang={lang}", headers)
    found: list[dict[str, Any]] = told["actions"]
    return found


async def action(office: Office, ask: Ask) -> dict[str, Any]:
    """What is said of that very request before it is sent."""
    kind = ask.body.get("kind", "rate")
    found = await actions(office, ask.case_id, ask.headers)
    return next(each for each in found if each["kind"] == kind)
