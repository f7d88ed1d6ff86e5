"""Admissions in a database, written as the program writes them."""

from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter

from activities.admission import AdmissionActivities
from activities.messages import Step, StepResult
from domain.admission.commands import AdmissionCommand, ApplyForAdmission, ApproveAdmission
from tests.domain.applications import TERMS
from tests.domain.story import SU, XIE, by, staff
from tests.store.house import RING, Database
from tests.store.lives import CANARY

ROAD = {**TERMS, "item_id": "road", "authority": CANARY, "reason": CANARY}
"""The town's own book holds no item that is not at least assisted with: the road is."""
AN = staff("an")


async def tell(database: Database, admission_id: str, *commands: AdmissionCommand) -> StepResult:
    """Carry out commands one after another, none of them refused; the last one's result."""
    for command in commands:
        result = await ask(database, admission_id, command)
        assert result.accepted, result.refusal
    return result


async def ask(database: Database, admission_id: str, command: AdmissionCommand) -> StepResult:
    activities = AdmissionActivities(database.engine, RING, ahead=None)
    return await activities.execute(admission_id, _step(command))


def _step(command: AdmissionCommand) -> Step:
    cls: type[Any] = type(command)
    asked = TypeAdapter(cls).dump_python(command, mode="json")
    return Step(kind=command.kind, command_id=str(uuid4()), command=asked)


def applied(**changed: Any) -> AdmissionCommand:
    return by(SU, "03-02 09:00", ApplyForAdmission, **{**ROAD, **changed})


def granted(**changed: Any) -> tuple[AdmissionCommand, ...]:
    """Asked for on Monday at nine, in force from eleven."""
    return (
        applied(**changed),
        by(XIE, "03-02 10:00", ApproveAdmission, text=CANARY),
        by(AN, "03-02 11:00", ApproveAdmission, text=CANARY),
    )
