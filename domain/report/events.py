"""What happened to a report, in the past tense. `kind` and `SCHEMA` are for ever.

Nobody is named here: reports are about units.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.report.commands import KeptFile
from domain.report.contents import Changed
from domain.values import Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWritten(Happened):
    """The report of a unit for a period was written, or written anew: nothing earlier is lost.

    `figures` and `matter` are SHA-256, as in the command; `position` is the number of the last
    event that is counted in, as of the moment `as_of`.
    """

    kind: Literal["report.written"] = "report.written"
    unit_id: str
    period: str
    edition: int
    as_of: datetime
    position: int
    policy: str
    organisation: str
    figures: str
    matter: str
    files: tuple[KeptFile, ...]
    changed: tuple[Changed, ...] = ()


ReportEvent = ReportWritten
