"""The API's no to a resident, kindly: what it is about, and what to do. No rule."""

from api.pages.client import Said
from api.pages.page import Page
from api.words.refusals import REFUSALS, refusal
from api.words.residents import AWAY
from api.words.table import say

PASSING = 500
"""From this status on it is not for the one who asked to change anything."""


def fields(no: Said) -> list[str]:
    """The names of the fields that hold what they cannot."""
    places = (str(error.get("where", "")) for error in no.body.get("errors") or ())
    return [place.rsplit("/", 1)[-1] for place in places]


async def words(no: Said, page: Page) -> str:
    """What is said above the form; nothing where the fields say it."""
    if fields(no):
        return ""
    if no.status >= PASSING and no.code not in REFUSALS:
        return say(AWAY, "away", page.lang)
    organisation = (await page.here.book()).organisation
    told = refusal(no.code, no.body.get("details") or {}, page.lang, organisation)
    return " ".join(filter(None, (told.what, told.why, told.now)))
