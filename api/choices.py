"""The route of what can be named in a command to a case: units, posts, partners. It offers; whether
a choice is possible, the decision says.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api import answers, words
from api.auth import Staff, check_case
from api.context import Here
from api.identity import CaseId
from api.models_named import Named
from api.words import Language
from api.words.office import ROLES
from domain import questions, routing
from domain.authority import RECEIVERS
from domain.organisation import HANDLERS, Organisation, Post, Unit
from domain.state import Case
from domain.words import QuestionKind, Role, Stage, UnitKind

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
MOST = 300
"""Of each kind; more can only be named by whoever knows the name."""
PLACED = (Stage.COMMUNITY, Stage.GRID)


class Choices(BaseModel):
    """What can be named; None where the command names nothing of that kind."""

    units: list[Named] | None = None
    posts: list[Named] | None = None
    partners: list[Named] | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A case, and who is there at a moment."""

    case: Case
    organisation: Organisation
    at: datetime
    lang: Language

    def units(self, found: Iterable[Unit]) -> list[Named]:
        """By name, each with the one above it where two are called the same."""
        ordered = sorted(found, key=lambda unit: (unit.name, unit.unit_id))[:MOST]
        return [Named(id=unit.unit_id, name=unit.name) for unit in ordered]

    def posts(self, found: Iterable[Post]) -> list[Named]:
        """Those somebody acts at now, by unit and name."""
        named = [
            Named(id=post.post_id, name=self._post(post, person))
            for post in found
            if (person := post.holder(self.at)) is not None
        ]
        return sorted(named, key=lambda each: (each.name, each.id))[:MOST]

    def _post(self, post: Post, person_id: str) -> str:
        unit = words.unit_name(post.unit_id, self.organisation)
        role = words.say(ROLES, post.role, self.lang)
        return f"{unit} · {words.person_name(person_id, self.organisation)} ({role})"

    def departments(self) -> list[Unit]:
        """All but the one in charge."""
        every = self.organisation.units.values()
        own = self.case.stint.unit_id
        return [u for u in every if u.kind is UnitKind.DEPARTMENT and u.unit_id != own]


def _assign(scene: Scene) -> Choices:
    stint = scene.case.stint
    here = scene.organisation.acting(stint.unit_id, HANDLERS[stint.stage], scene.at)
    return Choices(posts=scene.posts(here))


def _replace_officer(scene: Scene) -> Choices:
    """Clerks of the officer's unit and those above and below it."""
    organisation, unit_id = scene.organisation, scene.case.officer.unit_id or ""
    near = {*organisation.path(unit_id), *organisation.subtree(unit_id)}
    clerks = (
        post
        for post in organisation.posts.values()
        if post.role is Role.FIRST_CONTACT_CLERK and post.unit_id in near
    )
    return Choices(posts=scene.posts(clerks))


def _authorise_agent(scene: Scene) -> Choices:
    """Those who receive residents in the units the case has been with."""
    units = {stint.unit_id for stint in scene.case.stints}
    found = (post for unit in units for post in scene.organisation.posts_in(unit))
    return Choices(posts=scene.posts(post for post in found if post.role in RECEIVERS))


def _transfer(scene: Scene) -> Choices:
    return Choices(units=scene.units(scene.departments()))


def _delegate(scene: Scene) -> Choices:
    """Communities and grids below whoever has the case, where its place lies as far as known."""
    case, organisation = scene.case, scene.organisation
    unit = organisation.units.get(case.stint.unit_id)
    over = unit.parent_id if unit and case.stage is Stage.DEPARTMENT else case.stint.unit_id
    known = case.location.community_id or case.location.street_id
    top = known if known and over in organisation.path(known) else over
    below = organisation.subtree(top or "")
    fits = (u for u in below if routing.rung_of(u, organisation) in PLACED)
    return Choices(units=scene.units(organisation.units[u] for u in fits))


def _adjudicate(scene: Scene) -> Choices:
    """The two who disagree, then departments and the units of the place under who decides."""
    case, organisation = scene.case, scene.organisation
    other = case.returns.other
    two = [case.stint.unit_id, *([other.unit_id] if other else [])]
    question = questions.find(case, QuestionKind.ADJUDICATION)
    under = organisation.subtree(question.unit_id) if question else ()
    place = case.location
    near = {case.department_id, place.grid_id, place.community_id, place.street_id, *under}
    rungs = (u for u in near - set(two) if u and routing.rung_of(u, organisation))
    first = [Named(id=u, name=words.unit_name(u, organisation)) for u in dict.fromkeys(two)]
    return Choices(units=[*first, *scene.units(organisation.units[u] for u in rungs)])


def _summon(scene: Scene) -> Choices:
    """Departments of the superiors, and the partners of those units and of the case's own."""
    organisation = scene.organisation
    superiors = organisation.path(scene.case.stint.unit_id)
    departments = (u for u in scene.departments() if u.parent_id in superiors)
    area = {*superiors, *organisation.subtree(scene.case.stint.unit_id)}
    partners = sorted(
        (p for p in organisation.partners if p.unit_id in area),
        key=lambda partner: (partner.name, partner.partner_id),
    )
    named = [Named(id=p.partner_id, name=p.name) for p in partners[:MOST]]
    return Choices(units=scene.units(departments), partners=named)


def _form_panel(scene: Scene) -> Choices:
    """Mediators of the unit in charge and above."""
    organisation = scene.organisation
    path = organisation.path(scene.case.stint.unit_id)
    found = (p for u in path for p in organisation.acting(u, Role.MEDIATOR, scene.at))
    return Choices(posts=scene.posts(found))


OFFERS: Mapping[str, Callable[[Scene], Choices]] = {
    "assign": _assign,
    "replace_officer": _replace_officer,
    "authorise_agent": _authorise_agent,
    "transfer": _transfer,
    "delegate": _delegate,
    "adjudicate": _adjudicate,
    "summon": _summon,
    "form_panel": _form_panel,
}
"""By the command's kind; all others name nothing of the office."""


@router.get("/{case_id}/choices")
async def show_choices(
    case_id: CaseId,
    here: Here,
    person: Staff,
    kind: Annotated[str, Query(max_length=50)],
    lang: Language = "zh",
) -> Response:
    """What a command of that kind to this case can name: nothing, for most kinds."""
    await check_case(here, person, case_id)
    offers = OFFERS.get(kind)
    if offers is None:
        return answers.shown(Choices())
    found = await answers.history(here, case_id)
    book = await answers.book_of(here, found)
    return answers.shown(offers(Scene(found.case, book.organisation, found.at, lang)))
