"""R14.4 over HTTP: two people have somebody forgotten, and nothing of what they said is left."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from domain.sealing import ERASED
from domain.words import Role
from store.database import raw
from tests.e2e.erasures import (
    ASKER,
    SECOND,
    URL,
    ask,
    asked,
    erased,
    tell,
    terms,
    until_carried_out,
)
from tests.e2e.office import Office
from tests.e2e.scenes.base import Opened, opened
from tests.e2e.shapes import shape_of
from tests.e2e.test_notifications import until

pytestmark = pytest.mark.rule("R14.4")

CONTRACT = Path(__file__).with_name("contracts") / "erasures" / "erasures.json"


async def taken_back(office: Office, **changes: Any) -> Opened:
    """A resident's own request, taken back: nothing is owed any more."""
    case = await opened(office, **changes)
    answer = await office.command(case.case_id, case.receipt, "withdraw", text="不用了")
    assert answer.status_code == 200, answer.text
    return case


async def test_one_asks_another_agrees_and_the_case_has_forgotten(office: Office) -> None:
    case = await taken_back(office)
    found = await erased(office, case.case_id)
    erasure = found["erasure"]
    assert (erasure["erased"], erasure["kept"], erasure["remaining"]) == (1, 0, 0)
    assert (erasure["asker"]["id"], erasure["approver"]["id"]) == (ASKER, SECOND)
    assert erasure["keys"] == 2
    assert erasure["histories"] >= 1
    assert [event["kind"] for event in found["events"]] == [
        *("erasure.requested", "erasure.approved", "erasure.target_erased"),
        "erasure.carried_out",
    ]
    shown = await office.case(case.case_id)
    assert shown["title"] == ERASED
    events = await office.events(case.case_id)
    assert events[-1]["kind"] == "subject.erased"
    assert events[-1]["data"]["erasure_id"] == erasure["erasure_id"]
    assert "楼道灯" not in json.dumps([shown, events], ensure_ascii=False)


async def test_nothing_of_it_is_left_in_temporal(office: Office) -> None:
    case = await taken_back(office)
    await erased(office, case.case_id)
    query = f"WorkflowId = '{case.case_id}'"
    assert [found async for found in office.temporal.list_workflows(query)] == []


async def test_who_holds_the_receipt_sees_that_it_was_erased(office: Office) -> None:
    case = await taken_back(office)
    await erased(office, case.case_id)
    shown = await office.get(f"/api/v1/cases/{case.case_id}", case.receipt)
    assert shown["title"] == ERASED


async def test_the_same_person_never_is_both(office: Office) -> None:
    case = await taken_back(office)
    erasure_id = await asked(office, case.case_id)
    answer = await tell(office, ASKER, erasure_id, "approve_erasure")
    assert (answer.status_code, answer.json()["code"]) == (403, "asked_for_it")
    assert answer.json()["erasure"]["state"] == "awaiting_approval"
    refused = await tell(office, SECOND, erasure_id, "refuse_erasure", text="诉讼期间")
    assert refused.json()["erasure"]["state"] == "refused"
    assert (await office.case(case.case_id))["title"] != ERASED


async def test_nobody_else_asks_looks_or_agrees(office: Office) -> None:
    case = await taken_back(office)
    erasure_id = await asked(office, case.case_id)
    clerk = await office.somebody(Role.FIRST_CONTACT_CLERK)
    for answer in (
        await ask(office, clerk, case.case_id),
        await tell(office, clerk, erasure_id, "approve_erasure"),
        await office.http.get(f"{URL}/{erasure_id}", headers=await office.as_person(clerk)),
        await office.http.get(URL, headers=await office.as_person(clerk)),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "not_entitled")
    auditor = await office.somebody(Role.AUDITOR)
    answer = await ask(office, auditor, case.case_id)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_entitled")


async def test_it_is_said_what_may_be_done_with_an_erasure_and_why_the_rest_may_not(
    office: Office,
) -> None:
    case = await taken_back(office)
    erasure_id = await asked(office, case.case_id)

    async def possible(person_id: str) -> dict[str, str | None]:
        headers = await office.as_person(person_id)
        answer = await office.http.get(f"{URL}/{erasure_id}/actions", headers=headers)
        assert answer.status_code == 200, answer.text
        return {each["kind"]: each["code"] for each in answer.json()["actions"]}

    second = await possible(SECOND)
    assert (second["approve_erasure"], second["refuse_erasure"]) == (None, None)
    assert second["withdraw_erasure"]
    mine = await possible(ASKER)
    assert mine["withdraw_erasure"] is None
    assert mine["approve_erasure"]
    grid = await office.as_person(await office.somebody(Role.GRID_WORKER))
    answer = await office.http.get(f"{URL}/{erasure_id}/actions", headers=grid)
    assert answer.status_code == 403


async def test_a_case_that_is_open_forgets_nobody(office: Office) -> None:
    case = await opened(office)
    answer = await ask(office, ASKER, case.case_id)
    assert (answer.status_code, answer.json()["code"]) == (409, "case_open")
    assert answer.json()["details"] == {"case": case.case_id, "where": case.case_id}
    for other in ("SW-0000-0000-0000", "visit-0000-0000-0000", "office"):
        missing = await ask(office, ASKER, other)
        assert (missing.status_code, missing.json()["code"]) == (404, "no_such_case"), other


async def test_the_register_is_searched_by_case_and_state(office: Office) -> None:
    case = await taken_back(office)
    erasure_id = await asked(office, case.case_id)

    async def ids(query: str) -> list[str]:
        found = await office.get(f"{URL}?size=200&{query}")
        return [each["erasure_id"] for each in found["erasures"]]

    assert await ids(f"case={case.case_id}") == [erasure_id]
    assert erasure_id in await ids("state=awaiting_approval")
    assert erasure_id not in await ids("state=carried_out")


async def test_who_has_to_agree_and_who_asked_are_told(office: Office) -> None:
    case = await taken_back(office)
    erasure = (await erased(office, case.case_id))["erasure"]
    for person, topic in ((SECOND, "erasure.requested"), (ASKER, "erasure.carried_out")):
        await until(partial(told, office, person, erasure["erasure_id"], topic))


async def told(office: Office, person_id: str, erasure_id: str, topic: str) -> bool:
    found = await office.get("/api/v1/inbox?size=200", await office.as_person(person_id))
    return (erasure_id, topic) in {(e["case_id"], e["topic"]) for e in found["entries"]}


async def test_it_is_carried_out_whatever_dies_meanwhile(office: Office) -> None:
    cases = [await taken_back(office) for _ in range(3)]
    erasure_id = await asked(office, *(case.case_id for case in cases))
    answer = await tell(office, SECOND, erasure_id, "approve_erasure")
    assert answer.status_code == 200, answer.text
    office.worker.kill()
    office.worker.start()
    found = await until_carried_out(office, erasure_id)
    assert (found["erasure"]["erased"], found["erasure"]["keys"]) == (3, 6)
    async with raw(office.engine) as connection:
        left = await connection.fetchval(
            """select count(*) from subject_keys where case_id = any($1)
               and wrapped is not null""",
            [case.case_id for case in cases],
        )
    assert left == 0


async def test_the_contract_of_erasures(office: Office, request: pytest.FixtureRequest) -> None:
    case = await taken_back(office)
    body = terms("SW-0000-0000-0000")
    answer = await ask(office, ASKER, case.case_id)
    refusal = await ask(office, ASKER, "SW-0000-0000-0000")
    erasure_id = answer.json()["erasure"]["erasure_id"]
    decided = await tell(office, SECOND, erasure_id, "approve_erasure", text="同意")
    found = {
        "request": body,
        "answer": shape_of(answer.json()),
        "decision": {
            "request": {"kind": "approve_erasure", "text": "同意"},
            "answer": shape_of(decided.json()),
        },
        "refusal": {
            "status": refusal.status_code,
            "code": refusal.json()["code"],
            "rule": refusal.json()["rule"],
            "answer": shape_of(refusal.json()),
        },
        "register": shape_of(await office.get(f"{URL}?case={case.case_id}")),
    }
    if request.config.getoption("--rewrite-contracts", default=False):
        CONTRACT.parent.mkdir(exist_ok=True)
        CONTRACT.write_text(
            json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
    assert json.loads(CONTRACT.read_text(encoding="utf-8")) == found
