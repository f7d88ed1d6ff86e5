"""Routes of partners: what they are asked, and their answer, through a link that dies with the
summons: `Authorization: Partner …`. They see no more of the case and do nothing else to it.
"""

from fastapi import APIRouter, Response

from api import answers, identity, recording, schemas
from api.auth import Asking, Principal
from api.context import Context, Here, now
from api.dispatch import OutcomeUnknown
from api.errors import Problem, refused
from api.identity import CaseId, Key
from api.schemas.whistle import AnyPartnerBody
from api.whistle_views import PartnerView, partner_view
from domain import summoning
from domain.commands import Actor
from domain.events import Summoned
from domain.state.whistle import Summons
from domain.values import By
from domain.words import ActorKind
from store.events_of import place_of
from store.keys import same
from store.reading import History

router = APIRouter(prefix="/api/v1/cases", tags=["partners"])


@router.get("/{case_id}/help", response_model=PartnerView)
async def show_help(case_id: CaseId, here: Here, asking: Asking) -> Response:
    """What the partner is asked, where, and until when."""
    found, summons = await summoned(here, asking, case_id)
    return await _shown(here, found, summons)


@router.post("/{case_id}/help", response_model=PartnerView, responses=answers.ACCEPTED)
async def send_help(
    case_id: CaseId, body: AnyPartnerBody, key: Key, here: Here, asking: Asking
) -> Response:
    """Report in, or write down what was done."""
    _, summons = await summoned(here, asking, case_id)
    helper = summons.helper
    actor = Actor(kind=ActorKind.PARTNER, person_id=helper.partner_id or "")
    fields = body.model_dump(exclude={"kind"}) | {"summons_id": helper.summons_id}
    command_id = identity.command_id(asking, case_id, key, helper.summons_id)
    command = schemas.command(body.kind, fields, command_id, now(), actor)
    try:
        result = await answers.send(here, case_id, command)
    except OutcomeUnknown:
        return answers.pending(case_id, command_id, None, f"/api/v1/cases/{case_id}/help")
    if result.refusal is not None:
        raise refused(result.refusal)
    found = await answers.history(here, case_id)
    return await _shown(here, found, summoning.find(found.case, helper.summons_id))


async def _shown(here: Context, found: History, summons: Summons) -> Response:
    """What the partner sees of what nothing covers, recorded before it is shown (R14.5)."""
    partner = By(person_id=summons.helper.partner_id or "")
    version = next(
        line.version
        for line in found.lines
        if isinstance(line.event, Summoned) and line.event.helper == summons.helper
    )
    address = place_of(line.event for line in found.lines).address
    shared = ("place.address",) if summons.address_shared and address else ()
    fields = (*shared, "text", "asked")
    await recording.shown(here, partner, found.case.case_id, version, fields)
    return answers.shown(partner_view(found, summons, await here.book()))


async def summoned(here: Context, asking: Principal, case_id: str) -> tuple[History, Summons]:
    """The summons whose link is shown; of a released one, or to others, nothing is said."""
    if asking.kind != "partner":
        raise Problem(401, "partner_link_needed", "only the partner answers, with the link")
    found = await answers.history(here, case_id)
    for summons in summoning.called(found.case):
        helper = summons.helper
        if helper.partner_id and same(
            asking.secret,
            here.ring.partner_secret(case_id, helper.summons_id, helper.partner_id),
        ):
            return found, summons
    raise Problem(404, "case_not_found", "no such case, or not yours to see")
