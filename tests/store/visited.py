"""Visits in a database, written as the program writes them."""

from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter

from activities.messages import Step, StepResult
from activities.visit import VisitActivities
from domain.visit.commands import RecordVisit, VisitCommand
from tests.domain.story import GAO, by
from tests.domain.visiting import fields
from tests.store.house import RING, Database
from tests.store.lives import CANARY

SAID = {"asked": CANARY, "found": CANARY}


async def tell(database: Database, visit_id: str, *commands: VisitCommand) -> StepResult:
    """Carry out commands one after another, none of them refused; the last one's result."""
    for command in commands:
        result = await ask(database, visit_id, command)
        assert result.accepted, result.refusal
    return result


async def ask(
    database: Database, visit_id: str, command: VisitCommand, command_id: str = ""
) -> StepResult:
    activities = VisitActivities(database.engine, RING, ahead=None)
    return await activities.execute(visit_id, _step(command, command_id or str(uuid4())))


def _step(command: VisitCommand, command_id: str) -> Step:
    cls: type[Any] = type(command)
    asked = TypeAdapter(cls).dump_python(command, mode="json")
    return Step(kind=command.kind, command_id=command_id, command=asked)


def recorded(**changed: Any) -> RecordVisit:
    """Gao's, written down on Monday at ten."""
    made: RecordVisit = by(GAO, "03-02 10:00", RecordVisit, **fields(**SAID, **changed))
    return made
