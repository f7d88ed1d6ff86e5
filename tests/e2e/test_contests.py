"""Whoever serves elsewhere by now contests what is still held against them, and reads nothing of
the case for it (R11, R12.5).
"""

from typing import Any

import pytest

from tests.e2e.office import Office
from tests.e2e.scenes.base import Headers, resolved
from tests.e2e.test_scores import decider_without_a_part, missed, postings, until

pytestmark = pytest.mark.rule("R11", "R12.5")
ELSEWHERE = {"jiang-xuemei": "liuyinli-1-gw-2", "lu-jianping": "liuyinli-3-gw-1"}
"""The grid's workers, whoever has less to do gets the case, and a post of theirs in another grid:
whoever asks at it does not see the cases of this one.
"""


async def test_what_somebody_left_behind_is_contested_from_their_own_figure(
    office: Office,
) -> None:
    case_id, breach = await missed(office)
    who = breach["data"]["person_id"]
    moved = {**await office.as_person(who), "Shouwen-Post": ELSEWHERE[who]}
    gone = await office.http.get(f"/api/v1/cases/{case_id}", headers=moved)
    assert (gone.status_code, gone.json()["code"]) == (404, "case_not_found")

    async def offered() -> list[dict[str, Any]]:
        asked = {"measure": "acceptance", "part": "denominator"}
        return await postings(office, "mine", moved, case_id, **asked)

    (held,) = await until(offered)
    assert (held["timeline"], held["event"]["version"]) == (None, breach["version"])
    offer, key = held["appeal"], f"left-behind-{case_id}"
    body = {**offer["body"], "text": "系统故障，无法签收"}
    first = await office.post(offer["url"], body, moved, key)
    assert first.status_code == 200, first.text
    assert set(first.json()) == {"case_id", "version", "events"}
    (event,) = first.json()["events"]
    assert (event["kind"], event["by"]["id"]) == ("case.appealed", breach["data"]["person_id"])
    again = await office.post(offer["url"], body, moved, key)
    assert again.json() == first.json()
    status = f"/api/v1/cases/{case_id}/commands/{event['command_id']}"
    assert (await office.http.get(status, headers=moved)).json() == first.json()
    twice = await office.post(offer["url"], body, moved)
    assert (twice.status_code, twice.json()["code"]) == (409, "already_appealed")
    assert "case" not in twice.json()
    assert await offered() == []
    assert await decider_without_a_part(office, case_id, offer["body"]["about"])


async def test_nothing_else_is_taken_from_who_may_not_open_the_case(office: Office) -> None:
    case_id, breach = await missed(office)
    who = breach["data"]["person_id"]
    (other,) = ELSEWHERE.keys() - {who}
    moved: Headers = {**await office.as_person(who), "Shouwen-Post": ELSEWHERE[who]}
    colleague = {**await office.as_person(other), "Shouwen-Post": ELSEWHERE[other]}
    mine = {"kind": "appeal", "against": "breach", "about": breach["data"]["clock_id"]}
    stranger = (await resolved(office)).case_id
    for where, headers, body in (
        (case_id, moved, {**mine, "about": "handle-9"}),
        (case_id, moved, {**mine, "against": "order"}),
        (case_id, moved, {"kind": "accept"}),
        (case_id, moved, {**mine, "kind": "decide_appeal", "upheld": True}),
        (case_id, colleague, mine),
        (stranger, moved, mine),
    ):
        told = {"text": "不服", **body} if body["kind"] != "accept" else body
        answer = await office.post(f"/api/v1/cases/{where}/commands", told, headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "case_not_found"), body
