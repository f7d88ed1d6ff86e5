"""What the form of a command offers to choose from: of the case itself what it names, of the office
what the API says, of the catalogue its items. No rule.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from api.pages.forms import Choices, Option
from api.pages.forms.choices import THINGS
from api.pages.forms.kinds import CASE
from api.pages.forms.shapes import Shape, shapes
from api.pages.page import Page
from api.words import STAGES, say
from api.words.kinds import MEDIATORS
from api.words.redress import CHARGES

Json = Mapping[str, Any]
ITEMS = frozenset({"reclassify"})
"""Commands that name an item of the catalogue."""


async def offered(page: Page, case: Json, kind: str) -> Choices:
    """Everything a form of that command can offer."""
    of_office, items = await asyncio.gather(
        page.api.get(f"/cases/{case['case_id']}/choices", kind=kind), _items(page, kind)
    )
    of: dict[str, Sequence[Option]] = {
        thing: [Option(each["id"], each["name"]) for each in listed]
        for thing, listed in of_office.items()
        if listed is not None
    }
    wanted = {thing for shape in _all(shapes(CASE[kind])) for thing in _things(shape)}
    of |= {thing: list(make) for thing, make in _of_case(page, case).items() if thing in wanted}
    if items is not None:
        of["items"] = items
    if kind == "escalate":
        of["to_stage"] = _rungs_above(page, case)
    return Choices(of=of)


def _all(found: Iterable[Shape]) -> Iterator[Shape]:
    for shape in found:
        yield shape
        yield from _all(shape.inner)


def _things(shape: Shape) -> Iterator[str]:
    keys = (*(f"{owner}.{shape.name}" for owner in shape.owners), shape.name)
    yield from (THINGS[key] for key in keys if key in THINGS)


async def _items(page: Page, kind: str) -> list[Option] | None:
    if kind not in ITEMS:
        return None
    found = await page.api.get("/catalogue")
    return [
        Option(each["item_id"], f"{each['name']} ({each['item_id']})") for each in found["items"]
    ]


def _rungs_above(page: Page, case: Json) -> list[Option]:
    ladder = list(STAGES)
    above = ladder[ladder.index(case["stage"]) + 1 :]
    return [Option(stage, say(STAGES, stage, page.lang)) for stage in above]


def _of_case(page: Page, case: Json) -> dict[str, Iterator[Option]]:
    return {
        "helpers": _helpers(case),
        "objections": _objections(case),
        "duties": _duties(case),
        "parties": _parties(case),
        "mediators": _mediators(page, case),
        "drafts": _drafts(case),
        "charges": _charges(page, case),
        "ratings": _ratings(page, case),
    }


def _helpers(case: Json) -> Iterator[Option]:
    for each in case["helpers"] or ():
        if each["released_at"] is None:
            name = (each["unit"] or each["partner"])["name"]
            yield Option(each["summons_id"], f"{name}：{each['asked']}"[:120])


def _objections(case: Json) -> Iterator[Option]:
    for here in case["deliberations"] or ():
        for each in here["objections"]:
            if each["upheld"] is None:
                yield Option(each["objection_id"], each["text"][:120])


def _agreements(case: Json) -> Iterator[Json]:
    for here in (case["dispute"] or {"mediations": ()})["mediations"]:
        if here["agreement"] is not None:
            yield here["agreement"]


def _duties(case: Json) -> Iterator[Option]:
    for agreement in _agreements(case):
        for duty in agreement["duties"]:
            if duty["performed"] is None:
                yield Option(duty["duty_id"], duty["text"][:120])


def _drafts(case: Json) -> Iterator[Option]:
    for agreement in _agreements(case):
        yield Option(str(agreement["draft"]), f"{agreement['draft']}：{agreement['content'][:100]}")


def _parties(case: Json) -> Iterator[Option]:
    yield Option("reporter", case["reporter"]["name"] or "reporter")
    for number, party in enumerate(case["parties"], start=1):
        yield Option(f"party-{number}", party["name"] or f"party-{number}")


def _mediators(page: Page, case: Json) -> Iterator[Option]:
    for here in (case["dispute"] or {"mediations": ()})["mediations"][-1:]:
        for seat in here["panel"]:
            kind = say(MEDIATORS, seat["mediator_kind"], page.lang)
            yield Option(str(seat["seat"]), f"{seat['person']['name']} · {kind}")


def _charges(page: Page, case: Json) -> Iterator[Option]:
    for each in (case["redress"] or {"charges": ()})["charges"]:
        whom = each["person"] or each["unit"]
        told = f"{say(CHARGES, each['kind'], page.lang)} · {whom['name']} · {page.time(each['at'])}"
        yield Option(each["about"], told)


def _ratings(page: Page, case: Json) -> Iterator[Option]:
    for each in (case["redress"] or {"exclusions": ()})["exclusions"]:
        if each["kind"] == "rating":
            yield Option(each["about"], f"{each['about']} · {page.time(each['at'])}")
