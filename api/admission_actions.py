"""Routes that help to fill in what is sent to the register of admissions: what may be asked for,
and what may be done with an admission now. They send nothing.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from api import admissions, words
from api.auth import Staff, posts_of
from api.context import Here, now
from api.identity import AdmissionId
from api.models_named import Named
from api.trying import TEXT, Steps, tried
from api.words import Language
from domain.admission import application, decide
from domain.admission.commands import ApproveAdmission, RefuseAdmission, RevokeAdmission
from domain.organisation import Organisation, Unit

router = APIRouter(prefix="/api/v1/admissions", tags=["admissions"])
MOST = 300
"""Units that are offered, superiors first; they stand for all of their own."""
PROBE = "00000000-0000-0000-0000-000000000000"


class Offered(BaseModel):
    """Items and units that the one who asks can name; `more` units than are listed can be. Whoever
    has no post to ask at is offered none.
    """

    may_ask: bool
    items: list[Named]
    units: list[Named]
    more: bool


@router.get("/choices")
async def show_choices(here: Here, person: Staff) -> Offered:
    """What an application can name."""
    book = await here.book()
    organisation = book.organisation
    posts = [p for p in posts_of(person, book) if application.speaks(p, organisation)]
    mine = [organisation.units[post.unit_id] for post in posts]
    items = [
        Named(id=item.item_id, name=words.item_name(item.item_id, book.catalogue))
        for item in book.catalogue.items.values()
        if not item.retired and any(application.concerns(item, unit) for unit in mine)
    ]
    units = _units(mine, organisation)
    return Offered(may_ask=bool(mine), items=items, units=units[:MOST], more=len(units) > MOST)


def _units(mine: Iterable[Unit], organisation: Organisation) -> list[Named]:
    below = {each for unit in mine for each in organisation.subtree(application.reach(unit))}
    fits = [each for each in below if organisation.units[each].kind in application.HOLDING]
    fits.sort(key=lambda each: (len(organisation.path(each)), each))
    return [Named(id=each, name=words.unit_name(each, organisation)) for each in fits]


@router.get("/{admission_id}/actions")
async def show_actions(
    admission_id: AdmissionId, here: Here, person: Staff, lang: Language = "zh"
) -> Steps:
    """Which commands are possible now for the one who asks, each with the reason when it is not."""
    book = await admissions.check(here, person)
    admission = (await admissions.look(here, admission_id)).past.state
    sent: dict[str, Any] = {"command_id": PROBE, "at": now(), "actor": person.actor, "text": TEXT}
    probes = (ApproveAdmission(**sent), RefuseAdmission(**sent), RevokeAdmission(**sent))
    kinds = {str(probe.kind): partial(decide, admission, probe, book) for probe in probes}
    said = tried(kinds, book.organisation, lang)
    return Steps(version=admission.version, actions=said)
