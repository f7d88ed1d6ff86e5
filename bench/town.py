"""The sample town as the benchmarks use it: its book, a clerk, a request, a typical history.

Nothing here is timed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cli.town import Town, read_town
from domain import case as cases
from domain.book import Book
from domain.commands import (
    Accept,
    Actor,
    AddInformation,
    Command,
    Contact,
    Escalate,
    HandOver,
    Place,
    RecordProgress,
    Register,
    Resume,
    Suspend,
)
from domain.events import Event, Registered
from domain.organisation import Post
from domain.state import Case
from domain.words import (
    ActorKind,
    CaseType,
    Channel,
    EscalationReason,
    Phase,
    Role,
    Stage,
    SuspensionGround,
    UnitKind,
    Urgency,
)
from store import books
from store.database import Connection

SAMPLE = Path(__file__).parents[1] / "sample"
PROGRESS = "已到现场查看，联系了物业和施工单位，约定明天上午一起处理，已告知居民。"
TITLE, TEXT = "楼道灯不亮", "三号楼二单元楼道灯坏了一周，老人晚上上下楼不方便，请尽快来修。"
ADDRESS, NAME, PHONE = "柳荫里小区 3 号楼 2 单元", "张三", "13900001111"
START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a history: what was decided, and the case after it."""

    command: Command
    before: Case
    events: tuple[Event, ...]
    after: Case


@cache
def town() -> Town:
    """The sample town, read once."""
    found = read_town([SAMPLE])
    assert not found.errors, found.findings
    return found


@cache
def book() -> Book:
    """The sample town as a book."""
    found = town()
    assert found.organisation
    assert found.catalogue
    assert found.calendar
    assert found.policy
    return Book(
        organisation=found.organisation,
        catalogue=found.catalogue,
        calendar=found.calendar,
        policies={found.policy.version: found.policy},
        policy=found.policy.version,
    )


async def publish(connection: Connection) -> None:
    """Put the sample town in force."""
    found = book()
    since = datetime(2025, 1, 1, tzinfo=UTC)
    policy = found.policies[found.policy]
    for value in (found.organisation, found.catalogue, found.calendar, policy):
        await books.publish(connection, value, since)


def clerk() -> Post:
    """A first-contact clerk whose unit has a community above its grids."""
    posts = book().organisation.posts.values()
    communities = {u.unit_id for u in book().organisation.units.values() if _is_community(u.kind)}
    return next(p for p in posts if p.role is Role.FIRST_CONTACT_CLERK and p.unit_id in communities)


def _is_community(kind: UnitKind) -> bool:
    return kind is UnitKind.COMMUNITY


def grid_id() -> str:
    """A grid of the clerk's community."""
    units = book().organisation.units.values()
    return next(u.unit_id for u in units if u.parent_id == clerk().unit_id)


def item_id() -> str:
    """An item that begins at the grid."""
    return next(i.item_id for i in book().catalogue.items.values() if i.first_rung is Stage.GRID)


def request_body() -> dict[str, Any]:
    """A new request as the API takes it."""
    return {
        "channel": "counter",
        "item_id": item_id(),
        "title": TITLE,
        "text": TEXT,
        "place": {"address": ADDRESS, "unit_id": grid_id()},
        "reporter": {"name": NAME, "phone": PHONE},
    }


def history(case_id: str, length: int) -> list[Step]:
    """The steps of a case that climbs rung after rung, `length` events at least."""
    found: list[Step] = []
    case, at = cases.initial(case_id), START
    script = _script()
    while case.version < length:
        at += timedelta(minutes=3)
        command = replace(next(script)(case), at=at)
        events = cases.decide(case, command, book())
        before = case
        for event in events:
            case = cases.evolve(case, event)
        found.append(Step(command, before, events, case))
    return found


def _script() -> Iterator[Callable[[Case], Command]]:
    """Functions from the case to its next command, without an end."""
    yield lambda _case: opening()
    yield lambda case: HandOver(**_common(case))
    while True:
        yield _accept
        yield _work
        yield lambda case: AddInformation(**_common(case), text=TEXT)
        yield _suspend
        yield _resume
        yield _work
        yield _climb


def _work(case: Case) -> Command:
    return RecordProgress(**_common(case), text=PROGRESS)


def _accept(case: Case) -> Command:
    waits = case.phase is Phase.AWAITING_ACCEPTANCE
    return Accept(**_common(case)) if waits else _work(case)


def _suspend(case: Case) -> Command:
    if case.stint.grounds:
        return _work(case)
    ground = SuspensionGround.AWAITING_RESIDENT
    return Suspend(**_common(case), ground=ground, text=PROGRESS)


def _resume(case: Case) -> Command:
    paused = case.phase is Phase.SUSPENDED
    return Resume(**_common(case), text=PROGRESS) if paused else _work(case)


def _climb(case: Case) -> Command:
    """One rung up; at the top, what was done is written down again."""
    if case.stage is Stage.DEPARTMENT:
        return _work(case)
    return Escalate(**_common(case), reason=EscalationReason.BEYOND_MEANS, text=PROGRESS)


def _common(case: Case) -> dict[str, Any]:
    actor = Actor(kind=ActorKind.STAFF, person_id=case.stint.person_id)
    return {"command_id": f"step-{case.version}", "at": START, "actor": actor}


def opening() -> Register:
    """A new request, as the clerk writes it down."""
    return Register(
        command_id="step-0",
        at=START,
        actor=Actor(kind=ActorKind.STAFF, person_id=clerk().person_id),
        case_type=CaseType.REQUEST,
        channel=Channel.COUNTER,
        item_id=item_id(),
        title=TITLE,
        text=TEXT,
        urgency=Urgency.NORMAL,
        place=Place(address=ADDRESS, unit_id=grid_id()),
        reporter=Contact(name=NAME, phone=PHONE),
        reporter_lookup="0" * 64,
        receipt_hash="0" * 64,
    )


def renamed(event: Event, case_id: str) -> Event:
    """The same event in another case."""
    return replace(event, case_id=case_id) if isinstance(event, Registered) else event
