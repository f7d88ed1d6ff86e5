"""Scenes of the main line: from the counter up the ladder to the rating."""

from tests.e2e.office import Office
from tests.e2e.scenes.base import (
    ABOVE_GRID,
    Ask,
    Scene,
    at_first_contact,
    at_grid,
    auditor,
    by_handler,
    forgotten,
    pair,
    resolved,
    scene,
)


@scene("hand_over")
async def _hand_over(office: Office) -> Scene:
    here, there = await at_first_contact(office), await at_grid(office)
    told = {"text": "请网格处理"}
    return await pair(
        office, "hand_over", here.case_id, there.case_id, "not_at_first_contact", **told
    )


@scene("accept")
async def _accept(office: Office) -> Scene:
    new, taken = await at_grid(office, accept=False), await at_grid(office)
    return await pair(office, "accept", new.case_id, taken.case_id, "not_awaiting_acceptance")


@scene("assign")
async def _assign(office: Office) -> Scene:
    here, there = (await at_grid(office)).case_id, (await at_grid(office)).case_id
    return Scene(
        done=await by_handler(office, here, "assign", post_id="liuyinli-2-gw-2", text="顺路"),
        refused=await by_handler(office, there, "assign", post_id="liuyin-sc-1", text=""),
        code="no_such_post_here",
    )


@scene("record_progress")
async def _record_progress(office: Office) -> Scene:
    here, new = await at_grid(office), await at_grid(office, accept=False)
    told = {"text": "已到场查看"}
    return await pair(
        office, "record_progress", here.case_id, new.case_id, "not_in_progress", **told
    )


@scene("arrive_on_site")
async def _arrive_on_site(office: Office) -> Scene:
    urgent, calm = await at_grid(office, urgency="emergency"), await at_grid(office)
    told = {"text": "已到现场"}
    return await pair(
        office, "arrive_on_site", urgent.case_id, calm.case_id, "not_an_emergency", **told
    )


@scene("escalate")
async def _escalate(office: Office) -> Scene:
    worked, idle = await at_grid(office), await at_grid(office)
    await office.in_charge(worked.case_id, "record_progress", text="已到场")
    told = {"reason": "beyond_authority", "text": "需要上级处理"}
    return await pair(
        office, "escalate", worked.case_id, idle.case_id, "no_progress_recorded", **told
    )


@scene("suspend")
async def _suspend(office: Office) -> Scene:
    here, again = await at_grid(office), await at_grid(office)
    told = {"ground": "awaiting_resident", "text": "等居民补充照片"}
    await office.in_charge(again.case_id, "suspend", **told)
    await office.in_charge(again.case_id, "resume")
    return await pair(office, "suspend", here.case_id, again.case_id, "ground_already_used", **told)


@scene("resume")
async def _resume(office: Office) -> Scene:
    held, running = await at_grid(office), await at_grid(office)
    await office.in_charge(held.case_id, "suspend", ground="expert_appraisal", text="鉴定")
    told = {"text": "鉴定完成"}
    return await pair(office, "resume", held.case_id, running.case_id, "not_suspended", **told)


@scene("request_extension")
async def _request_extension(office: Office) -> Scene:
    case_id = (await at_grid(office)).case_id
    body = {"extend_by": {"amount": 2, "unit": "working_hours"}, "text": "需要备料"}
    much = {**body, "extend_by": {"amount": 200, "unit": "working_hours"}}
    other = (await at_grid(office)).case_id
    return Scene(
        done=await by_handler(office, case_id, "request_extension", **body),
        refused=await by_handler(office, other, "request_extension", **much),
        code="extension_too_long",
    )


@scene("decide_extension")
async def _decide_extension(office: Office) -> Scene:
    asked, other = await at_grid(office), await at_grid(office)
    span = {"amount": 2, "unit": "working_hours"}
    await office.in_charge(asked.case_id, "request_extension", extend_by=span, text="备料")
    above = await office.as_person(ABOVE_GRID)
    body = {"kind": "decide_extension", "granted": True, "text": "同意"}
    return Scene(
        done=Ask(case_id=asked.case_id, headers=above, body=body),
        refused=Ask(case_id=other.case_id, headers=above, body=body),
        code="no_extension_asked",
    )


@scene("answer_supervision")
async def _answer_supervision(office: Office) -> Scene:
    ordered, calm = await forgotten(office), (await at_grid(office)).case_id
    told = {"text": "已安排人员处理"}
    return await pair(office, "answer_supervision", ordered, calm, "no_order_open", **told)


@scene("resolve")
async def _resolve(office: Office) -> Scene:
    here, bare = await at_grid(office), await at_grid(office)
    told = {"text": "已清理"}
    return Scene(
        done=await by_handler(office, here.case_id, "resolve", evidence=["photo-1"], **told),
        refused=await by_handler(office, bare.case_id, "resolve", **told),
        code="evidence_missing",
    )


@scene("record_follow_up")
async def _record_follow_up(office: Office) -> Scene:
    here, early = await resolved(office), await at_first_contact(office)
    told = {"contacted": True, "solved": True, "grade": 4, "text": "居民表示满意"}
    return await pair(
        office, "record_follow_up", here.case_id, early.case_id, "not_awaiting_rating", **told
    )


@scene("reveal")
async def _reveal(office: Office) -> Scene:
    case_id = (await at_grid(office)).case_id
    done = await by_handler(office, case_id, "reveal", reason="需要电话联系居民")
    refused = Ask(case_id=case_id, headers=await auditor(office), body=done.body)
    return Scene(done=done, refused=refused, code="not_entitled")


@scene("add_information")
async def _add_information(office: Office) -> Scene:
    case_id = (await at_grid(office)).case_id
    done = await by_handler(office, case_id, "add_information", text="居民补充：晚上更暗")
    refused = Ask(case_id=case_id, headers=await auditor(office), body=done.body)
    return Scene(done=done, refused=refused, code="not_entitled")
