"""R12.6: a report is put on record once; only what says something else becomes a new edition."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.access import CONSOLE
from domain.book import Book
from domain.refusals import Refused
from domain.report.commands import WriteReport
from domain.report.events import ReportWritten
from domain.report.state import Report
from domain.scores import periods
from domain.values import SYSTEM
from domain.words.report import REPORTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What a decision looks things up in: the book, and which of its files are kept."""

    book: Book
    files: AbstractSet[str]


def number(unit_id: str, period: str) -> str:
    """The id of the one report of a unit and period."""
    return f"{REPORTS}{period}-{unit_id}"


def write_report(report: Report, command: WriteReport, shelf: Shelf) -> tuple[ReportWritten, ...]:
    """The next edition, or nothing where it would say what the last one says."""
    if report.report_id != number(command.unit_id, command.period):
        raise Refused("another_report", "R12.6", report=number(command.unit_id, command.period))
    zone = shelf.book.calendar.working_time(()).zone
    if not news(report, command.period, command.as_of, command.matter, zone):
        return ()
    if command.edition != len(report.editions) + 1:
        raise Refused("edition_taken", "R12.6", edition=str(len(report.editions)))
    if missing := [each.sha256 for each in command.files if each.sha256 not in shelf.files]:
        raise Refused("file_not_kept", "R12.6", sha256=missing[0])
    return (_written(command),)


def news(report: Report, period: str, as_of: datetime, matter: str, zone: ZoneInfo) -> bool:
    """Whether it says what no edition says; refused where it could be none as of that moment."""
    _, end = periods.parse(period).bounds(zone)
    if as_of < end:
        raise Refused("period_not_over", "R12.6", ends=end.isoformat())
    last = report.last
    if last is not None and last.matter == matter:
        return False
    if last is not None and as_of <= last.as_of:
        raise Refused("not_later", "R12.6", as_of=last.as_of.isoformat())
    return True


def _written(command: WriteReport) -> ReportWritten:
    return ReportWritten(
        at=command.at,
        by=CONSOLE if command.by_hand else SYSTEM,
        unit_id=command.unit_id,
        period=command.period,
        edition=command.edition,
        as_of=command.as_of,
        position=command.position,
        policy=command.policy,
        organisation=command.organisation,
        figures=command.figures,
        matter=command.matter,
        files=command.files,
        changed=command.changed,
    )
