"""Cases brought to where a command makes sense, and what to send there. For tests that ask of
every command the same questions.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from activities.cases import CaseActivities
from activities.messages import Step
from domain.words import Role
from tests.e2e.office import Office

Headers = dict[str, str]
Body = dict[str, Any]
GRID = "liuyinli-2"
ABOVE_GRID = "wang-xiulan"
"""A community worker of the community over that grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request: where to, as whom, with what body."""

    case_id: str
    headers: Headers
    body: Body
    path: str = ""

    @property
    def url(self) -> str:
        return self.path or f"/api/v1/cases/{self.case_id}/commands"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A request that is done, and one of the same kind that is refused, in this order."""

    done: Ask
    refused: Ask
    code: str


Maker = Callable[[Office], Awaitable[Scene]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A case with its receipt."""

    case_id: str
    secret: str

    @property
    def receipt(self) -> Headers:
        return {"Authorization": f"Receipt {self.secret}"}


@dataclass(slots=True)
class Scenes:
    """Every scene by the name of its command."""

    makers: dict[str, Maker] = field(default_factory=dict)

    def __call__(self, name: str) -> Callable[[Maker], Maker]:
        def put(maker: Maker) -> Maker:
            self.makers[name] = maker
            return maker

        return put


scene = Scenes()


# -- bringing a case somewhere -------------------------------------------------


async def opened(office: Office, person_id: str | None = None, **changes: Any) -> Opened:
    """A case of that grid, opened by a resident on the web or by staff."""
    answer = await office.open_case(person_id, **{"place": {"unit_id": GRID}, **changes})
    assert answer.status_code == 201, answer.text
    receipt = answer.json()["receipt"]
    return Opened(receipt["case_id"], receipt["secret"])


async def at_first_contact(office: Office, **changes: Any) -> Opened:
    """In progress at the counter of the street's clerk."""
    return await opened(office, "yang-xiaolin", **changes)


async def at_grid(office: Office, *, accept: bool = True, **changes: Any) -> Opened:
    """With the grid, taken on by its worker unless told otherwise."""
    found = await at_first_contact(office, **changes)
    await office.in_charge(found.case_id, "hand_over")
    if accept:
        await office.in_charge(found.case_id, "accept")
    return found


async def resolved(office: Office, *, by_resident: bool = False) -> Opened:
    """Settled at first contact and waiting for the rating."""
    found = await opened(office) if by_resident else await at_first_contact(office)
    if by_resident:
        await office.in_charge(found.case_id, "accept")
    await office.in_charge(found.case_id, "resolve", text="已清理", evidence=["photo-1"])
    return found


async def forgotten(office: Office, days: int = 20) -> str:
    """A case nobody touched for so long that it is at the department under an open order."""
    activities, case_id = CaseActivities(office.engine, office.ring), number()
    now = datetime.now(UTC)
    register = {
        "case_type": "request",
        "channel": "web",
        "item_id": "c01-01",
        "title": "楼道堆物",
        "text": "堆了很久",
        "urgency": "normal",
        "place": {"unit_id": GRID},
        "reporter": {},
        "receipt_hash": "none",
        "actor": {"kind": "resident"},
    }
    past = now - timedelta(days=days)
    await activities.execute(case_id, step("register", past, **register))
    for day in range(days):
        at = past + timedelta(days=day)
        await activities.execute(case_id, step("tick", at, actor={"kind": "system"}))
    return case_id


def number() -> str:
    """A case number nobody has."""
    text = uuid4().hex[:12].upper()
    return f"SW-{text[:4]}-{text[4:8]}-{text[8:]}"


def step(kind: str, at: datetime, **fields: Any) -> Step:
    """A command as a workflow hands it on."""
    command_id = str(uuid4())
    command = {"kind": kind, "command_id": command_id, "at": at.isoformat(), **fields}
    return Step(kind=kind, command_id=command_id, command=command)


async def handler(office: Office, case_id: str) -> Headers:
    """Headers of whoever is in charge."""
    return await office.as_person((await office.case(case_id))["handler"]["id"])


async def auditor(office: Office) -> Headers:
    """Headers of somebody who sees everything and may do nothing."""
    return await office.as_person(await office.somebody(Role.AUDITOR))


async def by_handler(office: Office, case_id: str, kind: str, **fields: Any) -> Ask:
    """A command of the person in charge."""
    headers = await handler(office, case_id)
    return Ask(case_id=case_id, headers=headers, body={"kind": kind, **fields})


async def _pair(
    office: Office, kind: str, done: str, refused: str, code: str, **fields: Any
) -> Scene:
    """The same command by the person in charge of two cases."""
    return Scene(
        done=await by_handler(office, done, kind, **fields),
        refused=await by_handler(office, refused, kind, **fields),
        code=code,
    )


# -- one scene for each command ------------------------------------------------


@scene("hand_over")
async def _hand_over(office: Office) -> Scene:
    here, there = await at_first_contact(office), await at_grid(office)
    told = {"text": "请网格处理"}
    return await _pair(
        office, "hand_over", here.case_id, there.case_id, "not_at_first_contact", **told
    )


@scene("accept")
async def _accept(office: Office) -> Scene:
    new, taken = await at_grid(office, accept=False), await at_grid(office)
    return await _pair(office, "accept", new.case_id, taken.case_id, "not_awaiting_acceptance")


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
    return await _pair(
        office, "record_progress", here.case_id, new.case_id, "not_in_progress", **told
    )


@scene("arrive_on_site")
async def _arrive_on_site(office: Office) -> Scene:
    urgent, calm = await at_grid(office, urgency="emergency"), await at_grid(office)
    told = {"text": "已到现场"}
    return await _pair(
        office, "arrive_on_site", urgent.case_id, calm.case_id, "not_an_emergency", **told
    )


@scene("escalate")
async def _escalate(office: Office) -> Scene:
    worked, idle = await at_grid(office), await at_grid(office)
    await office.in_charge(worked.case_id, "record_progress", text="已到场")
    told = {"reason": "beyond_authority", "text": "需要上级处理"}
    return await _pair(
        office, "escalate", worked.case_id, idle.case_id, "no_progress_recorded", **told
    )


@scene("suspend")
async def _suspend(office: Office) -> Scene:
    here, again = await at_grid(office), await at_grid(office)
    told = {"ground": "awaiting_resident", "text": "等居民补充照片"}
    await office.in_charge(again.case_id, "suspend", **told)
    await office.in_charge(again.case_id, "resume")
    return await _pair(
        office, "suspend", here.case_id, again.case_id, "ground_already_used", **told
    )


@scene("resume")
async def _resume(office: Office) -> Scene:
    held, running = await at_grid(office), await at_grid(office)
    await office.in_charge(held.case_id, "suspend", ground="expert_appraisal", text="鉴定")
    told = {"text": "鉴定完成"}
    return await _pair(office, "resume", held.case_id, running.case_id, "not_suspended", **told)


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
    return await _pair(office, "answer_supervision", ordered, calm, "no_order_open", **told)


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
    return await _pair(
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


@scene("withdraw")
async def _withdraw(office: Office) -> Scene:
    here, ended = await at_first_contact(office), await at_first_contact(office)
    await office.in_charge(ended.case_id, "withdraw")
    told = {"text": "居民来电撤回"}
    return await _pair(office, "withdraw", here.case_id, ended.case_id, "case_closed", **told)


# -- by the resident -----------------------------------------------------------


async def _of_resident(office: Office, kind: str, **fields: Any) -> Ask:
    found = await opened(office)
    body = {"kind": kind, **fields}
    return Ask(case_id=found.case_id, headers=found.receipt, body=body)


@scene("resident.add_information")
async def _resident_adds(office: Office) -> Scene:
    done = await _of_resident(office, "add_information", text="补充一张照片")
    ended = await _of_resident(office, "add_information", text="补充一张照片")
    await office.command(ended.case_id, ended.headers, "withdraw")
    return Scene(done=done, refused=ended, code="case_closed")


@scene("remind")
async def _remind(office: Office) -> Scene:
    done = await _of_resident(office, "remind", text="请尽快")
    return Scene(done=done, refused=done, code="reminded_recently")


@scene("resident.withdraw")
async def _resident_withdraws(office: Office) -> Scene:
    done = await _of_resident(office, "withdraw", text="已自行解决")
    return Scene(done=done, refused=done, code="case_closed")


@scene("rate")
async def _rate(office: Office) -> Scene:
    found = await resolved(office, by_resident=True)
    link = (await office.get(f"/api/v1/cases/{found.case_id}", found.receipt))["rating"]
    body = {"contacted": True, "solved": True, "grade": 5, "tags": ["态度好"], "text": "很快"}
    done = Ask(
        case_id=found.case_id,
        headers={"Authorization": f"Rating {link['secret']}"},
        body=body,
        path=link["href"],
    )
    return Scene(done=done, refused=done, code="already_rated")
