"""The texts that a form may begin with: offered of the API, filled into the field that is typed."""

from collections.abc import Mapping
from typing import Any

from api.pages.forms import Typed
from api.pages.page import Page

Json = Mapping[str, Any]
TAKE, WORDING = "_take", "_wording"
"""The button that fills in a wording, and which."""
FIELDS: Mapping[str, str] = {
    "record_session": "summary",
    "draft_agreement": "content",
    "record_meeting": "minutes",
}
"""Where it goes, for commands whose words are not their `text`."""


async def wordings(page: Page, kind: str) -> list[Json]:
    """Those of a command."""
    found: list[Json] = (await page.api.get("/wordings", step=kind))["wordings"]
    return found


async def begun(page: Page, kind: str, typed: Typed) -> Typed:
    """What is typed, with the text of the wording that was chosen; as it is where none was."""
    if TAKE not in typed:
        return typed
    chosen = typed.text(WORDING) or ""
    texts = [each["text"] for each in await wordings(page, kind) if each["name"] == chosen]
    return typed.with_values(**{FIELDS.get(kind, "text"): (texts[0],)}) if texts else typed
