"""The page of a way of several steps: what was done and by whom, the one next step as a form, and
why the later ones are not possible yet.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.identity import CaseId
from api.pages.client import Said
from api.pages.forms import Choices, Form, Forms, Typed
from api.pages.forms.kinds import CASE
from api.pages.page import Page, Visit
from api.pages.phone.ways import WAYS, Step, Way
from api.pages.staff import worded
from api.pages.staff.offering import offered
from api.words import refusal

router = APIRouter(include_in_schema=False)
Json = Mapping[str, Any]
Chosen = Annotated[str, Query(max_length=50)]
EVENTS = 200
STEP = "_step"
LOOK = "_look"
COUNTS = ("eligible", "present", "in_favour", "against", "abstained")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The case now, what may be done with it, and what was done on the way."""

    name: str
    way: Way
    case: Json
    actions: Mapping[str, Json]
    events: Sequence[Json]

    @property
    def awaited(self) -> str:
        """The step of the deliberation whose turn it is."""
        found = [d for d in self.case["deliberations"] or () if d["ended"] is None]
        return str(found[-1]["awaits"]) if found else ""

    def possible(self, step: Step) -> bool:
        """Whether it may be taken now, by whoever looks."""
        turn = not step.about or step.about == self.awaited
        return turn and bool(self.actions.get(step.kind, {}).get("possible"))

    def chosen(self, code: str) -> Step | None:
        """The step asked for, else the next sensible one, else the furthest; None for none."""
        can = [step for step in self.way.steps if self.possible(step)]
        asked = [step for step in can if step.code == code]
        first = [step for step in can if self.actions[step.kind]["primary"]]
        return next(iter([*asked, *first, *reversed(can)]), None)

    @property
    def _begun(self) -> int:
        """Where the last round of the way begins; helpers are called in no rounds."""
        if self.name == "helpers":
            return 0
        first = self.way.steps[0].events
        return max((n for n, event in enumerate(self.events) if event["kind"] in first), default=0)

    def done(self, step: Step) -> list[Json]:
        """What was recorded of it."""
        return [
            event
            for event in self.events[self._begun :]
            if event["kind"] in step.events
            and (not step.about or event["data"].get("step") == step.about)
        ]


@router.get("/desk/cases/{case_id}/helpers")
@router.get("/desk/cases/{case_id}/mediation")
@router.get("/desk/cases/{case_id}/deliberation")
async def steps(page: Visit, case_id: CaseId, step: Chosen = "") -> Response:
    """Where the way stands, with the form of the next step."""
    found = await _standing(page, case_id)
    return await _shown(page, found, found.chosen(step))


@router.post("/desk/cases/{case_id}/helpers")
@router.post("/desk/cases/{case_id}/mediation")
@router.post("/desk/cases/{case_id}/deliberation")
async def take(page: Visit, case_id: CaseId) -> Response:
    """Take the step; where that was refused, the form again with what was typed."""
    sent_form = await page.form()
    found = await _standing(page, case_id)
    code = str(sent_form.get(STEP, ""))
    step = next((each for each in found.way.steps if each.code == code), None)
    if step is None:
        raise Said(HTTPStatus.NOT_FOUND, {"code": "not_found"})
    forms = await _forms(page, found, step)
    sent = await forms.receive(CASE[step.kind], sent_form.multi_items())
    if sent.again or LOOK in sent.typed or worded.TAKE in sent.typed:
        return await _shown(page, found, step, await worded.begun(page, step.kind, sent.typed))
    body = sent.body | ({"step": step.about} if step.about else {})
    try:
        reply = await page.send(f"/cases/{case_id}/commands", body, sent_form)
    except Said as no:
        if no.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            raise
        found = await _standing(page, case_id)
        return await _shown(page, found, step, sent.typed, no)
    return page.go(page.path, "sent" if reply.pending else "done")


async def _standing(page: Page, case_id: str) -> Standing:
    path = f"/cases/{case_id}"
    case, actions, timeline = await asyncio.gather(
        page.api.get(path),
        page.api.get(f"{path}/actions"),
        page.api.get(f"{path}/timeline", size=EVENTS),
    )
    name = page.path.rpartition("/")[2]
    by_kind: dict[str, Json] = {}
    for action in sorted(actions["actions"], key=lambda action: not action["possible"]):
        by_kind.setdefault(action["kind"], action)
    return Standing(
        name=name, way=WAYS[name], case=case, actions=by_kind, events=timeline["events"]
    )


async def _forms(page: Page, found: Standing, step: Step | None) -> Forms:
    """What the form of the step is drawn and read with; which step it is, the page says itself."""
    organisation = (await page.here.book()).organisation
    return Forms(
        language=page.lang,
        zone=page.zone,
        choices=await offered(page, found.case, step.kind) if step else Choices(),
        refused=partial(refusal, organisation=organisation),
        without=frozenset({"step"}) if step and step.about else frozenset(),
    )


async def _shown(
    page: Page,
    found: Standing,
    step: Step | None,
    typed: Typed | None = None,
    no: Said | None = None,
) -> Response:
    form: Form | None = None
    if step is not None:
        forms = await _forms(page, found, step)
        form = forms.draw(CASE[step.kind], typed, no.body if no else None)
    return await page.show(
        f"phone/{found.name}.html",
        no.status if no else HTTPStatus.OK,
        here=found,
        case=found.case,
        step=step,
        form=form,
        wordings=await worded.wordings(page, step.kind) if step else [],
        able=step is not None and (no is not None or found.possible(step)),
        also=[a for kind in found.way.also if (a := found.actions.get(kind))],
        besides=[event for event in found.events if event["kind"] in found.way.events],
        foreseen=await _foreseen(page, found, step, typed),
    )


async def _foreseen(
    page: Page, found: Standing, step: Step | None, typed: Typed | None
) -> Json | None:
    """What the meeting would come to, as far as its numbers are typed."""
    if typed is None or step is None or step.kind != "record_meeting":
        return None
    counts = {name: typed.text(name) or "0" for name in COUNTS}
    try:
        told: Json = await page.api.get(f"/cases/{found.case['case_id']}/meeting", **counts)
    except Said as no:
        if no.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        return None
    return told
