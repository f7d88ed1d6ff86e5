"""Routes of commands: send one to a case, rate it, ask what became of one."""

from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter, Response

from api import answers, contests, identity, resident_views, schemas
from api.auth import Asking, Principal, check_case
from api.context import Context, Here, now
from api.dispatch import OutcomeUnknown
from api.errors import Problem, refused
from api.identity import CaseId, Key
from api.models import Answer, Contested, ResidentAnswer
from api.schemas import AnyCommandBody
from api.schemas.ratings import RatingBody
from api.schemas.redress import AppealBody
from api.words import Language
from domain.commands import Actor, Withdraw
from domain.values import REPORTER
from domain.words import ActorKind
from store import reading
from store.database import raw
from store.folds import CASE
from workflows.messages import Refusal

OWN_WORDS = frozenset({"give_consent", "withdraw_consent", "reject_mediator", "confirm_agreement"})
"""What a party says for itself in a mediation."""
AT_THE_LEAD = frozenset({"ask_reconsideration", "object"})
"""What a resident whose case is carried on in another says there."""

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])


@router.post(
    "/{case_id}/commands",
    response_model=Answer | Contested | ResidentAnswer,
    responses=answers.ACCEPTED,
)
async def send_command(
    case_id: CaseId,
    body: AnyCommandBody,
    key: Key,
    here: Here,
    asking: Asking,
    lang: Language = "zh",
) -> Response:
    """Ask a case to do something; the answer carries the new version, the events and the case."""
    if isinstance(body, AppealBody) and await contests.unseen_appeal(here, asking, case_id, body):
        return await contests.appeal(here, asking, case_id, body, key, lang)
    for seen in body.others():
        await check_case(here, asking, seen)
    asking = await check_case(here, asking, case_id)
    await _check_own_word(here, asking, case_id, body.kind)
    where, actor = await _addressed(here, asking, case_id, body)
    fields = body.model_dump(exclude={"kind", "version"})
    command_id = identity.command_id(asking, case_id, key, asking.subject)
    command = schemas.command(body.kind, fields, command_id, now(), actor)
    if isinstance(command, Withdraw) and asking.kind == "receipt":
        shared = not resident_views.opened_alone(await answers.history(here, case_id))
        command = replace(command, seen=shared)
    try:
        result = await answers.send(here, where, command, body.version)
    except OutcomeUnknown:
        return answers.pending(case_id, command.command_id, None)
    reveal = body.kind == "reveal"
    found = await answers.answer(
        here, asking, where, result, lang, unmasked=reveal, subject=actor.subject
    )
    return answers.shown(found)


async def _addressed(
    here: Context, asking: Principal, case_id: str, body: AnyCommandBody
) -> tuple[str, Actor]:
    """Which case decides, and who asks there: a rating is contested where it was given (R10.3), a
    publication objected to where it stands (R8).

    That is the lead for a resident whose own case is carried on in it.
    """
    if body.kind not in AT_THE_LEAD or asking.kind != "receipt":
        return case_id, asking.actor
    where, subject = await _carried_on(here, asking, case_id)
    return where, replace(asking.actor, subject=subject)


async def _carried_on(here: Context, asking: Principal, case_id: str) -> tuple[str, str]:
    """The case that a resident's own one is carried on in, and who they are there."""
    await check_case(here, asking, case_id)
    own = await answers.own(here, await answers.history(here, case_id), REPORTER)
    return own.there.case.case_id, own.subject


async def _check_own_word(here: Context, asking: Principal, case_id: str, kind: str) -> None:
    """A receipt a clerk has seen gives nobody's consent: the party's own link does (R7.1)."""
    if asking.kind != "receipt" or kind not in OWN_WORDS:
        return
    if not resident_views.opened_alone(await answers.history(here, case_id)):
        raise Problem(401, "party_link_needed", "with the party's own link", rule="R7.1")


@router.post("/{case_id}/rating", response_model=ResidentAnswer, responses=answers.ACCEPTED)
async def rate(
    case_id: CaseId,
    body: RatingBody,
    key: Key,
    here: Here,
    asking: Asking,
    lang: Language = "zh",
) -> Response:
    """The resident's rating, through the one-time link: `Authorization: Rating …`."""
    subject = await answers.rater(here, asking, case_id)
    actor = Actor(kind=ActorKind.RESIDENT, subject=subject)
    command_id = identity.command_id(asking, case_id, key, subject)
    command = schemas.command("rate", body.model_dump(), command_id, now(), actor)
    try:
        result = await answers.send(here, case_id, command)
    except OutcomeUnknown:
        return answers.pending(case_id, command_id, None)
    found = await answers.answer(here, asking, case_id, result, lang, subject=subject)
    return answers.shown(found)


@router.get("/{case_id}/rating", response_model=ResidentAnswer)
async def asked_to_rate(
    case_id: CaseId, here: Here, asking: Asking, lang: Language = "zh"
) -> Response:
    """What is to be rated, for whoever shows the one-time link; also after they have."""
    subject = await answers.rater(here, asking, case_id)
    found = await answers.history(here, case_id)
    return answers.shown(await answers.drawn(here, asking, found, range(0), lang, subject=subject))


@router.get(
    "/{case_id}/commands/{command_id}",
    response_model=Answer | Contested | ResidentAnswer,
    responses=answers.ACCEPTED,
)
async def command_status(
    case_id: CaseId,
    command_id: UUID,
    here: Here,
    asking: Asking,
    lang: Language = "zh",
) -> Response:
    """What became of a command whose outcome was not known when it was answered."""
    where, subject = case_id, REPORTER
    async with raw(here.engine) as connection:
        known = await reading.outcome(connection, case_id, command_id)
        begun = await reading.begun(connection, CASE, case_id)
        if known is None and begun and asking.kind == "receipt":
            where, subject = await _carried_on(here, asking, case_id)
            known = await reading.outcome(connection, where, command_id)
    if known is None:
        return answers.pending(case_id, str(command_id), None)
    refusal = None if known["refusal"] is None else Refusal(**known["refusal"])
    if refusal is not None and known["kind"] == "register":
        raise refused(refusal)
    versions = range(known["first_version"], known["last_version"] + 1)
    if known["kind"] == "appeal" and await contests.unseen(here, asking, case_id):
        return await contests.told(here, asking, case_id, versions, refusal, lang)
    if asking.kind == "rating":
        subject = await answers.rater(here, asking, case_id)
    else:
        asking = await check_case(here, asking, case_id)
    if refusal is not None:
        raise await answers.refusal_of(here, asking, where, refusal, lang, subject=subject)
    found = await answers.history(here, where)
    return answers.shown(await answers.drawn(here, asking, found, versions, lang, subject=subject))
