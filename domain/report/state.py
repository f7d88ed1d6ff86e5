"""The state of one report, folded from its events. Values only."""

from dataclasses import dataclass
from datetime import datetime

from domain.report.events import ReportWritten


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is on record for one unit and period: its editions, the first one first."""

    report_id: str
    version: int = 0
    last_at: datetime | None = None
    editions: tuple[ReportWritten, ...] = ()

    @property
    def last(self) -> ReportWritten | None:
        """The newest edition."""
        return self.editions[-1] if self.editions else None
