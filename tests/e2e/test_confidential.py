"""R7.1: a word planted in every confidential field turns up for nobody it is not for, anywhere."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from temporalio.client import Client

from domain.words import Role
from store.database import engine_for, raw
from tests.e2e.office import Office
from tests.e2e.scenes.base import Headers
from tests.e2e.scenes.disputes import (
    JOINT_PANEL,
    MEDIATOR,
    PANEL,
    draft,
    must,
    party,
    quarrel,
    session,
)

pytestmark = pytest.mark.rule("R7.1")

WORD = "芝麻秘语"
PLANTED = re.compile(WORD + r"-([a-z]+)")
CLERK = "yang-xiaolin"
OPENING = {"title", "text", "before"}
SHARED = {"facts", "content", "manner", "duty"}


def said(tag: str) -> str:
    """A text that tells which field it was said in."""
    return f"{WORD}-{tag}"


@dataclass(frozen=True)
class Dispute:
    """A dispute full of planted words, and who may read them now."""

    case_id: str
    secret: str
    handler: str
    everything: frozenset[str]


async def begun(office: Office) -> tuple[str, str]:
    """Asked, consented and formed, with words wherever there is room for them."""
    found = await quarrel(office, title=said("title"), text=said("text"))
    case_id = found.case_id
    await office.in_charge(case_id, "record_progress", text=said("before"))
    await office.in_charge(case_id, "open_mediation", text=said("opening"))
    li = party(office, case_id)
    await must(office, case_id, li, "give_consent", given=True, text=said("consent"))
    await must(office, case_id, li, "add_information", text=said("information"))
    spoken = {"subject": "reporter", "how": "in_writing", "text": said("recorded")}
    await office.in_charge(case_id, "give_consent", given=True, **spoken)
    await office.in_charge(case_id, "form_panel", **PANEL)
    await office.in_charge(case_id, "record_progress", text=said("progress"))
    cheng = await office.as_person(MEDIATOR)
    told = session(place=said("place"), summary=said("summary"))
    await must(office, case_id, cheng, "record_session", **told)
    more = {"extend_by": {"amount": 5, "unit": "days"}, "text": said("longer")}
    await must(office, case_id, cheng, "extend_mediation", **more)
    no = {"given": False, "matter": "longer", "text": said("refusal")}
    await must(office, case_id, li, "give_consent", **no)
    return case_id, found.secret


BEGUN = OPENING | {
    *("opening", "consent", "information", "recorded", "progress", "place", "summary"),
    *("longer", "refusal"),
}


async def agreed(office: Office) -> Dispute:
    """In force, checked, and a threat reported afterwards."""
    case_id, secret = await begun(office)
    cheng, li = await office.as_person(MEDIATOR), party(office, case_id)
    fields = draft(facts=said("facts"), content=said("content"), manner=said("manner"))
    fields["duties"][0]["text"] = said("duty")
    await must(office, case_id, cheng, "draft_agreement", **fields)
    word = {"draft": 1, "confirmed": True, "text": said("confirmed")}
    await must(office, case_id, li, "confirm_agreement", **word)
    spoken = word | {"subject": "reporter", "how": "in_person", "text": said("heard")}
    await must(office, case_id, cheng, "confirm_agreement", **spoken)
    own = party(office, case_id, "reporter")
    await must(office, case_id, own, "confirm_agreement", draft=1, confirmed=True)
    seen = {"duty_id": "duty-1.1.1", "performed": True, "text": said("checked")}
    await must(office, case_id, cheng, "check_duty", **seen)
    await must(office, case_id, li, "report_danger", text=said("danger"))
    handler = (await office.case(case_id))["handler"]["id"]
    every = BEGUN | SHARED | {"confirmed", "heard", "checked", "danger"}
    return Dispute(case_id, secret, handler, frozenset(every))


async def referred(office: Office) -> Dispute:
    """Failed at the community, taken back at the street, referred to legal aid."""
    case_id, secret = await begun(office)
    await office.in_charge(case_id, "fail_mediation", text=said("failed"))
    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "open_mediation")
    for subject in ("reporter", "party-1"):
        await must(office, case_id, party(office, case_id, subject), "give_consent", given=True)
    await office.in_charge(case_id, "form_panel", **JOINT_PANEL)
    li = party(office, case_id)
    await must(office, case_id, li, "withdraw_consent", text=said("withdrawn"))
    aid = {"to": "legal_aid", "reference": said("reference"), "text": said("referred")}
    await office.in_charge(case_id, "refer_dispute", **aid)
    handler = (await office.case(case_id))["handler"]["id"]
    every = BEGUN | {"failed", "withdrawn", "reference", "referred"}
    return Dispute(case_id, secret, handler, frozenset(every))


# -- reading everything --------------------------------------------------------


async def readable_paths(office: Office, case_id: str) -> list[str]:
    """Every GET of the API that can be asked with nothing but a case and its commands."""
    paths = (await office.http.get("/openapi.json")).json()["paths"]
    commands = {event["command_id"] for event in await office.events(case_id)}
    found: list[str] = []
    for path, methods in paths.items():
        if "get" not in methods or path.endswith("/live"):
            continue  # a stream does not end, and says no more than that something moved on
        here = path.replace("{case_id}", case_id)
        if "{command_id}" in here:
            found += [here.replace("{command_id}", command) for command in sorted(commands)]
        elif "{" not in here:
            found.append(here)
    searched = [f"/api/v1/cases?text={WORD}", f"/api/v1/cases?text={case_id}", "/api/v1/cases"]
    return [*found, *searched]


async def tags_read(office: Office, paths: list[str], headers: Headers) -> set[str]:
    """Which planted words turn up for somebody, in any answer, refused or not."""

    async def tags_at(path: str) -> set[str]:
        answer = await office.http.get(path, headers=headers)
        assert answer.status_code < 500, (path, answer.text)
        return tags_in(answer)

    return set().union(*await asyncio.gather(*map(tags_at, paths)))


def tags_in(answer: httpx.Response) -> set[str]:
    return {found[1] for found in PLANTED.finditer(answer.text)}


async def one_of_each(office: Office, *besides: str) -> list[str]:
    """Somebody else for each role at each of the units up and beside the case's, by id."""
    organisation = (await office.book()).organisation
    units = {*organisation.path("liuyinli-2"), "wenchangge", "wenchang", "gongan"}
    roles = {Role.AUDITOR, Role.ADMINISTRATOR}
    posts = [p for p in organisation.posts.values() if p.unit_id in units or p.role in roles]
    parts = {(p.role, p.unit_id): p.person_id for p in posts if p.person_id not in besides}
    return sorted({*parts.values(), *besides})


@pytest.mark.parametrize("make", [agreed, referred])
async def test_only_who_may_reads_what_was_said(office: Office, make: Any) -> None:
    dispute = await make(office)
    case_id = dispute.case_id
    paths = await readable_paths(office, case_id)
    mediators = {agreed: {MEDIATOR}, referred: set()}[make]
    for person in await one_of_each(office, CLERK, dispute.handler, *mediators):
        seen = await tags_read(office, paths, await office.as_person(person))
        if person == dispute.handler or person in mediators:
            assert seen == dispute.everything, person
        else:
            assert seen <= (OPENING if person == CLERK else set()), person


@pytest.mark.parametrize("make", [agreed, referred])
async def test_a_party_reads_the_shared_part_and_nothing_the_other_said(
    office: Office, make: Any
) -> None:
    dispute = await make(office)
    case_id = dispute.case_id
    paths = await readable_paths(office, case_id)
    shared = dispute.everything & (SHARED | {"reference"})
    assert await tags_read(office, paths, party(office, case_id)) == shared
    for mine in (
        party(office, case_id, "reporter"),
        {"Authorization": f"Receipt {dispute.secret}"},
    ):
        assert await tags_read(office, paths, mine) == shared | {"title"}
    assert await tags_read(office, paths, {}) == set()


@pytest.mark.rule("R14.5")
async def test_an_auditor_reads_who_looked_and_why_and_nothing_that_was_said(
    office: Office,
) -> None:
    case_id, _ = await begun(office)
    looked = await office.in_charge(case_id, "reveal", reason=said("look"))
    handler = looked["case"]["handler"]["id"]
    auditor = await office.as_person(await office.somebody(Role.AUDITOR))
    paths = await readable_paths(office, case_id)
    assert await tags_read(office, paths, auditor) == {"look"}
    answer = await office.http.get(f"/api/v1/cases/{case_id}/timeline", headers=auditor)
    (look,) = [e for e in answer.json()["events"] if e["kind"] == "case.revealed"]
    assert look["by"]["id"] == handler
    assert look["data"] == {"reason": said("look"), "fields": ["reporter", "location", "parties"]}


async def test_that_somebody_complained_is_told_to_nobody_beside_the_text(office: Office) -> None:
    """The handler complained about sees that a relation was declared, never that it is this one."""
    case_id, _ = await begun(office)
    handler = (await office.case(case_id))["handler"]["id"]
    told = {"about": "handler", "relation": "complained_about"}
    await must(office, case_id, party(office, case_id), "declare_relation", **told)
    timeline = f"/api/v1/cases/{case_id}/timeline"
    answer = await office.http.get(timeline, headers=await office.as_person(handler))
    (declared,) = [e for e in answer.json()["events"] if e["kind"] == "relation.declared"]
    assert "complained" not in answer.text
    assert declared["data"]["relation"] == "⟦confidential⟧"


async def test_no_refusal_tells_what_was_said(office: Office) -> None:
    dispute = await agreed(office)
    for person in (CLERK, await office.somebody(Role.SUPERVISOR, "liuyin")):
        headers = await office.as_person(person)
        body = {"kind": "fail_mediation", "text": said("refused")}
        answer = await office.post(f"/api/v1/cases/{dispute.case_id}/commands", body, headers)
        assert answer.status_code in {403, 409}, answer.text
        assert tags_in(answer) <= OPENING
        wrong = body | {"unknown": said("unread")}
        answer = await office.post(f"/api/v1/cases/{dispute.case_id}/commands", wrong, headers)
        assert answer.status_code == 422
        assert tags_in(answer) == set()


# -- behind the API ------------------------------------------------------------


def _texts(rows: list[Any]) -> Iterator[str]:
    for row in rows:
        yield row[0]


async def test_no_table_log_or_workflow_holds_a_word_in_the_clear(office: Office) -> None:
    dispute = await agreed(office)
    engine = engine_for(office.settings.database_owner_url or "", size=1)
    async with raw(engine) as connection:
        tables = await connection.fetch(
            "select table_name from information_schema.tables where table_schema = 'public'"
        )
        assert len(tables) > 10
        for table in _texts(tables):
            query = f"select row_to_json(t)::text from {table} t"  # noqa: S608 - from the schema itself
            text = await connection.fetch(query)
            assert not [row for row in _texts(text) if WORD in row], table
    await engine.dispose()
    for process in (office.api, office.worker):
        assert WORD not in process.log.read_text(encoding="utf-8")
    plain = await Client.connect(office.settings.temporal_address or "")
    history = await plain.get_workflow_handle(dispute.case_id).fetch_history()
    stored = b"".join(event.SerializeToString() for event in history.events)
    assert len(stored) > 1000
    assert WORD.encode() not in stored
    described = await plain.get_workflow_handle(dispute.case_id).describe()
    assert WORD.encode() not in described.raw_description.SerializeToString()
