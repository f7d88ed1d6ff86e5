"""Stories of reports, told as those of cases."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from domain import report as reports
from domain.refusals import Refused
from domain.report.commands import KeptFile, ReportCommand
from domain.report.recording import Shelf, number
from domain.report.state import Report
from domain.words.report import Form
from tests.domain.promises import check_refusal
from tests.domain.story import Outcome
from tests.domain.town import TOWN, local

FIGURES = KeptFile(form=Form.FIGURES, language="", size=900, sha256="f" * 64)
PAPER = KeptFile(form=Form.PDF, language="zh", size=9_000, sha256="a" * 64)
HERE = Shelf(book=TOWN, files=frozenset({FIGURES.sha256, PAPER.sha256}))
NUMBER = number("hills", "2026-03")


def fields(**changed: Any) -> dict[str, Any]:
    """The hills' report of March, as of a morning in April."""
    return {
        "unit_id": "hills",
        "period": "2026-03",
        "edition": 1,
        "as_of": local("04-09 04:00"),
        "position": 300,
        "policy": "policy-1",
        "organisation": "organisation-1",
        "figures": FIGURES.sha256,
        "matter": "m1",
        "files": (FIGURES, PAPER),
        **changed,
    }


@dataclass(frozen=True)
class Reporting:
    """A report's record so far, and what it is decided by."""

    report: Report = field(default_factory=lambda: reports.initial(NUMBER))
    shelf: Shelf = HERE

    def when(self, command: ReportCommand) -> "Outcome[Reporting]":
        """Decide; what happens is folded, and every refusal held to its form."""
        try:
            events = reports.decide(self.report, command, self.shelf)
        except Refused as refused:
            check_refusal(refused)
            return Outcome(self, (), refused)
        return Outcome(self._after(events), events, None)

    def _after(self, events: Sequence[Any]) -> "Reporting":
        report = self.report
        for event in events:
            report = reports.evolve(report, event)
        assert report.version == len(report.editions)
        return replace(self, report=report)
