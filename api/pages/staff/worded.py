"""The texts that a form may begin with: offered of the API, filled into the field that is typed."""

from collections.abc import Collection, Mapping
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
    """What is typed, begun with the wording that was chosen; as it is where none was."""
    if TAKE not in typed:
        return typed
    texts = {each["name"]: str(each["text"]) for each in await wordings(page, kind)}
    chosen = texts.get(typed.text(WORDING) or "")
    if chosen is None:
        return typed
    field = FIELDS.get(kind, "text")
    return typed.with_values(**{field: (_joined(chosen, typed.text(field) or "", texts.values()),)})


def _joined(chosen: str, typed: str, texts: Collection[str]) -> str:
    """Before what somebody wrote; in place of another wording that nobody changed."""
    if not typed.strip() or typed.strip() in {text.strip() for text in texts}:
        return chosen
    return typed if chosen in typed else f"{chosen}\n{typed}"
