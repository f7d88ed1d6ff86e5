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


CLERK = "yang-xiaolin"
"""The street's first-contact clerk."""
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
    return await opened(office, CLERK, **changes)


async def at_grid(office: Office, *, accept: bool = True, **changes: Any) -> Opened:
    """With the grid, taken on by its worker unless told otherwise."""
    found = await at_first_contact(office, **changes)
    await office.in_charge(found.case_id, "hand_over")
    if accept:
        await office.in_charge(found.case_id, "accept")
    return found


async def resolved(office: Office, *, by_resident: bool = False, **changes: Any) -> Opened:
    """Settled at first contact and waiting for the rating."""
    found = await opened(office, None if by_resident else CLERK, **changes)
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


async def pair(
    office: Office, kind: str, done: str, refused: str, code: str, **fields: Any
) -> Scene:
    """The same command by the person in charge of two cases."""
    return Scene(
        done=await by_handler(office, done, kind, **fields),
        refused=await by_handler(office, refused, kind, **fields),
        code=code,
    )
