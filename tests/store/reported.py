"""Reports in a database, written as the program writes them."""

import hashlib
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter

from activities.messages import Step, StepResult
from activities.report import ReportActivities
from domain.report.commands import KeptFile, WriteReport
from domain.report.recording import number
from domain.words.report import Form
from store import reports
from store.reports import Content
from tests.domain.reporting import fields
from tests.domain.story import CLOCK, by
from tests.store.house import RING, Database

FILE = Content("application/json", b'{"format":1}')
SHA256 = hashlib.sha256(FILE.content).hexdigest()
NAMED = KeptFile(form=Form.FIGURES, language="", size=len(FILE.content), sha256=SHA256)


async def report_written(database: Database, **changed: Any) -> StepResult:
    """The hills' report of March, unless changed; its one file is kept first."""
    async with database.connection() as connection:
        assert await reports.keep(connection, [FILE, FILE]) == [SHA256, SHA256]
    asked = by(CLOCK, "04-10 04:00", WriteReport, **fields(files=(NAMED,), **changed))
    command_id = str(uuid4())
    command = TypeAdapter(WriteReport).dump_python(asked, mode="json")
    step = Step(kind=asked.kind, command_id=command_id, command=command)
    activities = ReportActivities(database.engine, RING, ahead=None)
    return await activities.execute(number(asked.unit_id, asked.period), step)
