"""The queue of decisions over HTTP: for whom it is, page by page, and gone once decided."""

from typing import Any

from tests.e2e.office import Office
from tests.e2e.scenes.base import ABOVE_GRID, Headers, Opened, at_first_contact, at_grid
from tests.e2e.scenes.officers import SUPERVISOR
from tests.e2e.scenes.redress import JUSTIFIED, badly_rated, decide, decider, sent

QUEUE = "/api/v1/questions"


async def queue(office: Office, headers: Headers, **query: Any) -> list[dict[str, Any]]:
    """Every question, page after page."""
    found, cursor = list[dict[str, Any]](), None
    while True:
        asked = {**query, **({"cursor": cursor} if cursor else {})}
        answer = await office.http.get(QUEUE, params=asked, headers=headers)
        assert answer.status_code == 200, answer.text
        found += answer.json()["questions"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return found


def of(found: list[dict[str, Any]], *cases: Opened) -> list[tuple[str, str]]:
    ids = [case.case_id for case in cases]
    return [(q["case_id"], q["kind"]) for q in found if q["case_id"] in ids]


async def test_who_must_decide_finds_it_and_once_decided_it_is_gone(office: Office) -> None:
    case = await badly_rated(office)
    supervisor = await decider(office, case.case_id, "review")
    found = await queue(office, supervisor, mine=True)
    assert of(found, case) == [(case.case_id, "review")]
    shown = next(q for q in found if q["case_id"] == case.case_id)
    assert shown["words"] == "差评复核"
    assert (shown["phase"], shown["overdue"]) == ("under_review", False)
    assert shown["due_at"] == (await office.case(case.case_id))["questions"][0]["due_at"]
    await sent(office, await decide(office, case.case_id, "review", JUSTIFIED))
    assert of(await queue(office, supervisor, mine=True), case) == []


async def test_it_is_nobody_elses_to_decide_and_only_theirs_to_see_who_see_the_case(
    office: Office,
) -> None:
    case = await badly_rated(office)
    handler = await office.as_person((await office.case(case.case_id))["handler"]["id"])
    assert of(await queue(office, handler, mine=True), case) == []
    assert of(await queue(office, handler), case) == [(case.case_id, "review")]
    elsewhere = await office.as_person("lin-guodong")
    assert of(await queue(office, elsewhere), case) == []
    everything = await queue(office, await office.as_person("shao-yumei"), size=1)
    assert of(everything, case) == [(case.case_id, "review")]
    assert [q["due_at"] for q in everything] == sorted(q["due_at"] for q in everything)


async def test_one_kind_of_question_is_asked_for_alone(office: Office) -> None:
    rated, declined = await badly_rated(office), await at_first_contact(office)
    told = {"ground": "before_court", "text": "法院已立案，请向区法院询问"}
    await office.in_charge(declined.case_id, "decline", **told)
    auditor = await office.as_person("shao-yumei")
    found = await queue(office, auditor, kind="decline_review")
    assert of(found, rated, declined) == [(declined.case_id, "decline_review")]


async def test_more_time_is_put_to_the_unit_above_and_an_order_to_who_must_answer(
    office: Office,
) -> None:
    case = await at_grid(office)
    span = {"amount": 2, "unit": "working_hours"}
    await office.in_charge(case.case_id, "request_extension", extend_by=span, text="备料")
    above = await office.as_person(ABOVE_GRID)
    assert of(await queue(office, above, mine=True), case) == [(case.case_id, "extension")]
    asked = {"waits_for": "me", "text": case.case_id}
    rows = (await office.http.get("/api/v1/cases", params=asked, headers=above)).json()["cases"]
    assert [row["duty"]["kind"] for row in rows] == ["extension"]
    handler = await office.as_person((await office.case(case.case_id))["handler"]["id"])
    assert of(await queue(office, handler, mine=True), case) == []
    await office.ask(SUPERVISOR, case.case_id, "supervise", text="请尽快到场并报告")
    orders = await queue(office, handler, mine=True, kind="supervision", unit="liuyinli")
    assert of(orders, case) == [(case.case_id, "supervision")]
    assert of(await queue(office, handler, mine=True), case) == []


async def test_a_cursor_of_another_list_is_refused_and_nobody_looks_unasked(
    office: Office,
) -> None:
    auditor = await office.as_person("shao-yumei")
    answer = await office.http.get(QUEUE, params={"cursor": "nonsense"}, headers=auditor)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")
    assert (await office.http.get(QUEUE)).status_code == 401
