"""The route of what may be done with a case now, and why the rest may not: for staff, the resident,
a party and a partner, each by what they may send. Sends nothing and decides nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api import answers, partners, resident_views, words
from api.auth import Asking, Principal, check_case
from api.commands import AT_THE_LEAD, OWN_WORDS
from api.context import Context, Here
from api.identity import CaseId
from api.merging_views import Own
from api.next_step import next_step
from api.trying import Step
from api.words import Language, Table
from api.words.actions import ACTIONS, GROUP_OF, GROUPS, HEARD_BY_STAFF
from domain import carried
from domain.book import Book
from domain.commands import Actor
from domain.organisation import Organisation
from domain.possible import KINDS, Possible, Scene, possible
from domain.refusals import Refused
from domain.words import ActorKind, Belonging
from store import admissions, neighbours
from store.database import raw
from store.reading import History

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
ORDER = tuple(ACTIONS)
RATE, MERGE, RECURS = "rate", "merge", "mark_recurrence"


class Action(Step):
    """One command. Where a reason stands with one that is possible, its usual way is closed."""

    group: str
    group_label: str
    label: str
    primary: bool


class Actions(BaseModel):
    """What one may do with the case at that version: the next step first, then by group."""

    case_id: str
    version: int
    actions: list[Action]


@router.get("/{case_id}/actions", response_model=Actions)
async def show_actions(
    case_id: CaseId, here: Here, asking: Asking, lang: Language = "zh"
) -> Response:
    """Which commands are possible now for the one who asks, each with the reason when it is not."""
    found, said = await _asked(here, asking, case_id)
    staff = asking.kind == "staff"
    primary = next_step(found.case, {each.kind for each in said if each.possible}, staff=staff)
    labels = {**ACTIONS, **HEARD_BY_STAFF} if staff else ACTIONS
    organisation = (await answers.book_of(here, found)).organisation
    shown = [_action(each, labels, organisation, lang) for each in said]
    for action in shown:
        action.primary = action.kind == primary
    shown.sort(key=lambda action: (not action.primary, ORDER.index(action.kind)))
    told = Actions(case_id=case_id, version=found.case.version, actions=shown)
    return answers.shown_at(told, found.at)


def _action(said: Possible, labels: Table, organisation: Organisation, lang: Language) -> Action:
    group = GROUP_OF[said.kind]
    plain = Action(
        kind=said.kind,
        group=group,
        group_label=words.say(GROUPS, group, lang),
        label=words.say(labels, said.kind, lang),
        possible=said.possible,
        primary=False,
    )
    no = said.refusal
    if no is None:
        return plain
    told = words.refusal(no.code, no.details, lang, organisation)
    because = {"forbidden": no.forbidden, "code": no.code, "rule": no.rule}
    return plain.model_copy(
        update={**because, "what": told.what, "why": told.why, "advice": told.now}
    )


# -- who asks --------------------------------------------------------------------


async def _asked(
    here: Context, asking: Principal, case_id: str
) -> tuple[History, Sequence[Possible]]:
    """The case, and what the decider says to the one who asks, by what they show."""
    if asking.kind == "partner":
        found, summons = await partners.summoned(here, asking, case_id)
        partner = Actor(kind=ActorKind.PARTNER, person_id=summons.helper.partner_id or "")
        return found, await _said(here, found, partner)
    if asking.kind == "rating":
        subject = await answers.rater(here, asking, case_id)
        found = await answers.history(here, case_id)
        rater = Actor(kind=ActorKind.RESIDENT, subject=subject)
        return found, await _said(here, found, rater, kinds=(RATE,))
    asking = await check_case(here, asking, case_id)
    found = await answers.history(here, case_id)
    if asking.kind == "staff":
        return found, await _besides(here, found, await _said(here, found, asking.actor))
    return found, await _of_resident(here, asking, found)


async def _besides(here: Context, found: History, said: Sequence[Possible]) -> list[Possible]:
    """What names another case is refused where there is none to name (R2.3, R10.4)."""
    if not any(each.possible and each.kind in {MERGE, RECURS} for each in said):
        return [*said]
    came = found.case.opened_at or found.at
    async with raw(here.engine) as connection:
        leads, earlier = await neighbours.besides(connection, found.case.case_id, came)
    no = {
        MERGE: None if leads else Refused("no_case_to_lead", "R2.3"),
        RECURS: None if earlier else Refused("no_case_before", "R10.4"),
    }
    return [
        replace(each, possible=False, refusal=why)
        if each.possible and (why := no.get(each.kind))
        else each
        for each in said
    ]


async def _of_resident(here: Context, asking: Principal, found: History) -> list[Possible]:
    """What a receipt or a party's link serves for.

    A rating where the case shows its link; of a receipt that staff have seen, nobody's own word.
    """
    own = await answers.own(here, found, asking.subject)
    shared = asking.kind == "receipt" and not resident_views.opened_alone(found)
    said = await _said(here, found, asking.actor, seen=shared)
    if own.lead is not None:
        said = await _as_the_lead_has_it(here, own, said)
    if resident_views.rating_link(own, here.ring) is None:
        said = [_by_link_alone(each) for each in said]
    return [_own_word(each) for each in said] if shared else list(said)


async def _as_the_lead_has_it(
    here: Context, own: Own, said: Sequence[Possible]
) -> Sequence[Possible]:
    """Of a merged case: what is decided where it is carried on (R8, R9.2, R10.3)."""
    resident = Actor(kind=ActorKind.RESIDENT, subject=own.subject)
    kinds = (*AT_THE_LEAD, RATE)
    there = {s.kind: s for s in await _said(here, own.there, resident, kinds=kinds)}
    return [there.get(each.kind, each) for each in said]


def _by_link_alone(said: Possible) -> Possible:
    """A rating that is possible, but not with what is shown here."""
    if said.kind != RATE or not said.possible:
        return said
    return replace(said, possible=False, refusal=Refused("rating_link_needed", "R9.2"))


def _own_word(said: Possible) -> Possible:
    """A receipt a clerk has seen gives nobody's consent (R7.1)."""
    if said.kind not in OWN_WORDS or not said.possible:
        return said
    return replace(said, possible=False, refusal=Refused("party_link_needed", "R7.1"))


# -- what is asked ---------------------------------------------------------------


async def _said(
    here: Context,
    found: History,
    actor: Actor,
    *,
    seen: bool = False,
    kinds: Iterable[str] = tuple(KINDS),
) -> Sequence[Possible]:
    book = await _book(here, found)
    scene = Scene(case=found.case, actor=actor, at=found.at, book=book, seen=seen)
    return possible(scene, kinds)


async def _book(here: Context, found: History) -> Book:
    """The book with what decisions on this case look up besides: admissions, the leading case."""
    book, case = await answers.book_of(here, found), found.case
    item = book.catalogue.items.get(case.item_id)
    own = item is not None and item.belonging is Belonging.COMMUNITY_OWN
    if own and not carried.is_merged(case):
        return book
    async with raw(here.engine) as connection:
        admitted = await admissions.approved(connection, [case.item_id])
        lead = await neighbours.neighbours(connection, [case.merging.lead_id])
    return replace(book, admissions=admitted, neighbours=lead)
