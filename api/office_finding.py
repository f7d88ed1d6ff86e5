"""The route that finds units, people and posts of the office by name or id, for forms that cannot
list them all.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from api import office, words
from api.auth import Staff
from api.catalogue import Word
from api.context import Here
from api.models_named import Named
from api.words import Language
from api.words.office import ROLES
from domain.organisation import Organisation

router = APIRouter(prefix="/api/v1/office", tags=["office"])
MOST = 20
"""Hits that are told; more words make them fewer."""
What = Literal["units", "people", "posts"]


class Found(BaseModel):
    """What fits, the nearest first; `more` fit than are told."""

    found: list[Named]
    more: bool


@router.get("/find")
async def find(
    here: Here, asking: Staff, what: What, text: Word = "", lang: Language = "zh"
) -> Found:
    """Whatever has all the words in its name or id; for administrators and auditors."""
    await office.reader(here, asking)
    organisation = (await here.book()).organisation
    said = text.casefold().split()
    hits = [each for each in _all(what, organisation, lang) if _fits(each, said)]
    hits.sort(key=lambda each: (each.id != text, each.name != text, len(each.name), each.id))
    return Found(found=hits[:MOST], more=len(hits) > MOST)


def _fits(named: Named, said: Iterable[str]) -> bool:
    whole = f"{named.id} {named.name}".casefold()
    return all(word in whole for word in said)


def _all(what: What, organisation: Organisation, lang: Language) -> Iterator[Named]:
    if what == "units":
        for unit in organisation.units.values():
            yield Named(id=unit.unit_id, name=unit.name)
    elif what == "people":
        for person in organisation.people.values():
            yield Named(id=person.person_id, name=person.name)
    else:
        for post in organisation.posts.values():
            unit_name = words.unit_name(post.unit_id, organisation)
            role = words.say(ROLES, post.role, lang)
            whose = words.person_name(post.person_id, organisation)
            yield Named(id=post.post_id, name=f"{unit_name} · {role} · {whose}")
