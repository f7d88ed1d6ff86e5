"""Appeals by who may not open the case any more (R11): what is held against somebody goes with them
to another unit, and so does the word against it. Nothing of the case is shown for it.
"""

from fastapi import Response

from api import answers, identity, schemas, views
from api.auth import Principal, posts_of
from api.context import Context, now
from api.dispatch import OutcomeUnknown
from api.errors import refused
from api.models import Contested
from api.schemas.redress import AppealBody
from api.words import Language
from domain.confidentiality import mediating
from domain.sight import units_in_sight
from store import reading
from store.database import raw
from store.scores.explained import standing
from workflows.messages import Refusal

Held = tuple[str, str]
"""Of which kind, and what."""


async def unseen_appeal(here: Context, asking: Principal, case_id: str, body: AppealBody) -> bool:
    """Whether the body contests what is held against who asks, in a case they may not open."""
    return (body.against, body.about) in await unseen(here, asking, case_id)


async def unseen(here: Context, asking: Principal, case_id: str) -> set[Held]:
    """What is held against who asks in a case they may not open; of others nothing."""
    posts = posts_of(asking, await here.book()) if asking.kind == "staff" else ()
    if not posts:
        return set()
    async with raw(here.engine) as connection:
        sight = units_in_sight(posts), mediating(posts)
        if await reading.may_see(connection, case_id, *sight):
            return set()
        case = (await standing(connection, {case_id})).get(case_id)
    held = () if case is None else case.redress.charges
    return {(c.kind, c.about) for c in held if c.person_id == asking.person_id}


async def appeal(
    here: Context, asking: Principal, case_id: str, body: AppealBody, key: str, lang: Language
) -> Response:
    """Send it as every command is sent."""
    command_id = identity.command_id(asking, case_id, key, asking.subject)
    fields = body.model_dump(exclude={"kind", "version"})
    command = schemas.command(body.kind, fields, command_id, now(), asking.actor)
    try:
        result = await answers.send(here, case_id, command, body.version)
    except OutcomeUnknown:
        return answers.pending(case_id, command_id, None)
    versions = range(result.first_version, result.last_version + 1)
    return await told(here, asking, case_id, versions, result.refusal, lang)


async def told(
    here: Context,
    asking: Principal,
    case_id: str,
    versions: range,
    refusal: Refusal | None,
    lang: Language,
) -> Response:
    """That it was taken, by which events; the refusal of one that was not, without the case."""
    if refusal is not None:
        raise refused(refusal)
    found = await answers.history(here, case_id)
    book = await answers.book_of(here, found)
    mine = (await answers.read_by(here, asking, found)).lines
    events = [
        views.event_view(line, book.organisation, lang) for line in mine if line.version in versions
    ]
    return answers.shown(Contested(case_id=case_id, version=versions[-1], events=events))
