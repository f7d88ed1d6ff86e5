"""One call gives all that a supervisor's page needs of one case (R14.3)."""

import asyncio
from typing import Any

import pytest

from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, Headers, at_grid, auditor, forgotten, opened, resolved
from tests.e2e.scenes.disputes import formed, must, session
from tests.e2e.test_past import MOMENT

pytestmark = pytest.mark.rule("R14.3")

STREET, OTHER_STREET = "guo-hongwei", "xu-zhenhua"
NAMES = ("in_charge", "officers", "clocks", "breaches", "orders", "ratings", "looks", "events")


async def audit(
    office: Office, case_id: str, headers: Headers | None = None, **query: str
) -> dict[str, Any]:
    answer = await office.http.get(
        f"/api/v1/cases/{case_id}/audit",
        headers=headers or await auditor(office),
        params=query,
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert answer.headers[MOMENT] == found["at"]
    return found


async def test_events_and_clocks_are_those_of_their_own_pages(office: Office) -> None:
    case_id = (await at_grid(office)).case_id
    for lang in ("zh", "en"):
        found = await audit(office, case_id, lang=lang)
        path, query = f"/api/v1/cases/{case_id}", {"lang": lang, "as_of": found["at"]}
        headers = await auditor(office)
        case, timeline, clocks = [
            (await office.http.get(path + part, headers=headers, params=query)).json()
            for part in ("", "/timeline", "/clocks")
        ]
        assert found["case"] == case
        assert [{k: e[k] for k in timeline["events"][0]} for e in found["events"]] == timeline[
            "events"
        ]
        assert [{k: c[k] for k in clocks["clocks"][0]} for c in found["clocks"]] == clocks["clocks"]
        assert all(clock["words"] and clock["segments"] for clock in found["clocks"])


async def test_who_was_in_charge_follows_the_case_without_a_gap(office: Office) -> None:
    case_id = (await at_grid(office)).case_id
    had = (await office.case(case_id))["stints"][-1]["post_id"]
    other = next(post for post in ("liuyinli-2-gw-1", "liuyinli-2-gw-2") if post != had)
    await office.in_charge(case_id, "assign", post_id=other, text="换人")
    found = await audit(office, case_id, lang="en")
    turns = found["in_charge"]
    assert [turn["words"] for turn in turns] == ["first contact", "grid", "grid"]
    assert turns[0]["person"]["id"] == CLERK
    assert [turn["post_id"] for turn in turns[1:]] == [had, other]
    assert [turn["until"] for turn in turns] == [*(turn["since"] for turn in turns[1:]), None]
    assert turns[0]["since"] == found["case"]["opened_at"]
    (officer,) = found["officers"]
    assert (officer["person"]["id"], officer["until"]) == (CLERK, None)


async def test_what_was_missed_and_ordered_stands_there(office: Office) -> None:
    case_id = await forgotten(office)
    found = await audit(office, case_id)
    events = {event["version"]: event for event in found["events"]}
    assert found["breaches"]
    assert len(found["breaches"]) == found["case"]["breaches"]
    for breach in found["breaches"]:
        assert events[breach["version"]]["kind"] == "clock.broken"
        assert (breach["words"], breach["unit"]["name"]) != ("", "")
    (first, *_) = found["orders"]
    assert events[first["version"]]["kind"] == "supervision.ordered"
    assert (first["answered_at"], first["by"]["id"]) == (None, "system")
    assert first["due_at"]
    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "answer_supervision", text="马上去")
    last = (await audit(office, case_id))["orders"][-1]
    assert last["answered_in"] in {
        event["version"] for event in (await audit(office, case_id))["events"]
    }


async def test_ratings_are_there_and_after_closing_nobody_is_in_charge(office: Office) -> None:
    case = await resolved(office, by_resident=True)
    link = (await office.get(f"/api/v1/cases/{case.case_id}", case.receipt))["rating"]
    good = {"contacted": True, "solved": True, "grade": 5}
    headers = {"Authorization": f"Rating {link['secret']}"}
    rated = await office.post(f"/api/v1/cases/{case.case_id}/rating", good, headers)
    assert rated.status_code == 200
    found = await audit(office, case.case_id)
    (rating,) = found["ratings"]
    assert (rating["grade"], rating["solved"]) == (5, True)
    assert found["case"]["phase"] == "closed"
    assert found["in_charge"][-1]["until"] == found["case"]["closed_at"]


async def test_every_look_at_personal_data_is_there_with_its_reason(office: Office) -> None:
    case_id = (await at_grid(office)).case_id
    await office.in_charge(case_id, "reveal", reason="回访核实")
    found = await audit(office, case_id)
    (look,) = found["looks"]
    assert (look["reason"], look["recorded"]) == ("回访核实", True)
    assert "reporter.phone" in look["fields"]
    assert look["person"]["id"] == found["case"]["handler"]["id"]
    assert found["events"][look["version"] - 1]["kind"] == "case.revealed"
    before = found["events"][look["version"] - 2]["recorded_at"]
    assert (await audit(office, case_id, as_of=before))["looks"] == []


async def test_each_event_has_its_number_and_at_last_a_checkpoint(office: Office) -> None:
    case_id = (await opened(office)).case_id
    while True:
        found = await audit(office, case_id)
        if all(event["checkpoint"] for event in found["events"]):
            break
        await asyncio.sleep(0.3)
    numbers = [event["seq"] for event in found["events"]]
    assert numbers == sorted(set(numbers))
    signed = (await office.http.get("/api/v1/checkpoints")).json()["checkpoints"]
    known = {each["size"]: each for each in reversed(signed)}
    for event in found["events"]:
        covering = event["checkpoint"]
        assert covering["size"] >= event["seq"]
        if covering["size"] in known:
            assert covering["signed_at"] <= known[covering["size"]]["signed_at"]
    then = await audit(office, case_id, as_of=found["events"][-1]["recorded_at"])
    assert [event["checkpoint"] for event in then["events"]] == [None] * len(numbers)


async def test_as_of_a_moment_it_is_what_was_known_then(office: Office) -> None:
    case_id = (await at_grid(office)).case_id
    then = await audit(office, case_id)
    await office.in_charge(case_id, "record_progress", text="看过")
    await office.in_charge(case_id, "reveal", reason="核实")
    again = await audit(office, case_id, as_of=then["at"])
    for name in NAMES:
        numbered = {"seq": None} if name == "events" else {}  # when it was numbered is not recorded
        shown = [[{**each, **numbered} for each in found[name]] for found in (again, then)]
        assert shown[0] == shown[1], name
    assert again["case"] == then["case"]


async def test_it_is_for_auditors_and_supervisors_over_the_case(office: Office) -> None:
    case = await at_grid(office)
    asked = f"/api/v1/cases/{case.case_id}/audit"
    handler = (await office.case(case.case_id))["handler"]["id"]
    for person, status in ((STREET, 200), (OTHER_STREET, 404), (handler, 403), (CLERK, 403)):
        answer = await office.http.get(asked, headers=await office.as_person(person))
        assert answer.status_code == status, (person, answer.text)
    assert (await office.http.get(asked, headers=case.receipt)).status_code == 401
    assert (await office.http.get(asked)).status_code == 401


async def test_what_a_mediation_heard_stays_covered(office: Office) -> None:
    case_id = (await formed(office)).case_id
    said = session(summary="芝麻秘语")
    await must(office, case_id, await office.as_person("cheng-dehou"), "record_session", **said)
    assert "芝麻秘语" not in str(await audit(office, case_id))
    assert "芝麻秘语" not in str(await audit(office, case_id, await office.as_person(STREET)))
