"""Scenes of bad ratings, of the same matter again, and of what staff contest."""

from typing import Any

from tests.e2e.office import Office
from tests.e2e.scenes.base import (
    Ask,
    Headers,
    Opened,
    Scene,
    at_first_contact,
    resolved,
    scene,
)

BAD = {"contacted": True, "solved": False, "grade": 1, "tags": ["慢"], "text": "灯还是不亮"}
JUSTIFIED = {"kind": "review_rating", "finding": "justified", "text": "现场查看，确未修好"}
MISTAKEN = {"kind": "review_rating", "finding": "mistaken", "text": "评价的是另一件事项"}
MINE = {"against": "rating", "about": "1/reporter"}


async def rate(office: Office, case: Opened, **answers: Any) -> None:
    """The resident rates by the link of the present round, as a text message would bring it."""
    found = await office.case(case.case_id)
    secret = office.ring.rating_secret(case.case_id, found["round"])
    headers = {"Authorization": f"Rating {secret}"}
    answer = await office.post(f"/api/v1/cases/{case.case_id}/rating", {**BAD, **answers}, headers)
    assert answer.status_code == 200, answer.text


async def badly_rated(office: Office) -> Opened:
    """Settled by a street's counter; the resident says it is not."""
    found = await resolved(office)
    await rate(office, found)
    return found


async def decider(office: Office, case_id: str, kind: str) -> Headers:
    """Headers of who must decide the question of that kind."""
    questions = (await office.case(case_id))["questions"]
    asked = next(question for question in questions if question["kind"] == kind)
    return await office.as_person(asked["person"]["id"])


async def decide(office: Office, case_id: str, question: str, body: dict[str, Any]) -> Ask:
    """The answer of who must decide."""
    headers = await decider(office, case_id, question)
    return Ask(case_id=case_id, headers=headers, body=body)


async def sent(office: Office, ask: Ask) -> None:
    """Send it, and insist that it is done."""
    answer = await office.post(ask.url, ask.body, ask.headers)
    assert answer.status_code == 200, answer.text


async def excluded(office: Office) -> Opened:
    """The bad rating was found to be a mistake, and the case is closed."""
    found = await badly_rated(office)
    await sent(office, await decide(office, found.case_id, "review", MISTAKEN))
    return found


async def contested(office: Office) -> Opened:
    """The clerk appeals against the bad rating while it is reviewed."""
    found = await badly_rated(office)
    handler = (await office.case(found.case_id))["handler"]["id"]
    body = {**MINE, "text": "当天已电话告知居民维修时间"}
    answer = await office.ask(handler, found.case_id, "appeal", **body)
    assert answer.status_code == 200, answer.text
    return found


@scene("review_rating")
async def _review_rating(office: Office) -> Scene:
    done = await decide(office, (await badly_rated(office)).case_id, "review", JUSTIFIED)
    return Scene(done=done, refused=done, code="no_review_open")


@scene("ask_reconsideration")
async def _ask_reconsideration(office: Office) -> Scene:
    found = await excluded(office)
    body = {"kind": "ask_reconsideration", "text": "我评价的就是这件事"}
    done = Ask(case_id=found.case_id, headers=found.receipt, body=body)
    return Scene(done=done, refused=done, code="already_reconsidered")


@scene("reconsider")
async def _reconsider(office: Office) -> Scene:
    found = await excluded(office)
    asked = await office.command(found.case_id, found.receipt, "ask_reconsideration", text="不服")
    assert asked.status_code == 200, asked.text
    body = {"kind": "reconsider", "about": "1/reporter", "upheld": False, "text": "评价属实"}
    done = await decide(office, found.case_id, "reconsideration", body)
    return Scene(done=done, refused=done, code="no_reconsideration_open")


@scene("mark_recurrence")
async def _mark_recurrence(office: Office) -> Scene:
    earlier, later = await resolved(office), await at_first_contact(office)
    headers = await office.as_person("yang-xiaolin")
    body = {"kind": "mark_recurrence", "earlier": earlier.case_id, "text": "同一楼道"}
    done = Ask(case_id=later.case_id, headers=headers, body=body)
    return Scene(done=done, refused=done, code="already_marked")


@scene("appeal")
async def _appeal(office: Office) -> Scene:
    found = await badly_rated(office)
    handler = (await office.case(found.case_id))["handler"]["id"]
    body = {"kind": "appeal", **MINE, "text": "当天已电话告知居民维修时间"}
    done = Ask(case_id=found.case_id, headers=await office.as_person(handler), body=body)
    return Scene(done=done, refused=done, code="already_appealed")


@scene("decide_appeal")
async def _decide_appeal(office: Office) -> Scene:
    body = {"kind": "decide_appeal", **MINE, "upheld": True, "text": "通话记录属实"}
    done = await decide(office, (await contested(office)).case_id, "appeal", body)
    return Scene(done=done, refused=done, code="no_appeal_open")
