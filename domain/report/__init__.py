"""Reports of units (R12.6): four pure functions, as of a case. What a period came to is written
once; a correction is a further edition that says what changed. Nothing waits here.
"""

from dataclasses import replace
from typing import assert_never

from domain import authority
from domain.commands import Tick
from domain.report import recording
from domain.report.commands import ReportCommand, WriteReport
from domain.report.events import ReportEvent
from domain.report.recording import Shelf
from domain.report.state import Report


def initial(report_id: str) -> Report:
    """A report nobody has written yet."""
    return Report(report_id=report_id)


def decide(report: Report, command: ReportCommand, shelf: Shelf) -> tuple[ReportEvent, ...]:
    """The events the command causes; raises `Refused`."""
    authority.system(command)
    if report.last_at is not None and command.at < report.last_at:
        command = replace(command, at=report.last_at)
    match command:
        case WriteReport():
            return recording.write_report(report, command, shelf)
        case Tick():
            return ()
    assert_never(command)


def evolve(report: Report, event: ReportEvent) -> Report:
    """The report after the event. Total."""
    return replace(
        report,
        version=report.version + 1,
        last_at=event.at,
        editions=(*report.editions, event),
    )
