"""The command to the record of a report. Imperative, frozen, complete."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.commands import Tick
from domain.commands.base import Asked
from domain.report.contents import Changed
from domain.words.report import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file of a report: what it is, in which language (empty for none), how large; its SHA-256
    is its address.
    """

    form: Form
    language: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport(Asked):
    """Put on record what a report of the unit says as of a moment (R12.6); its files are kept.

    `matter` is the SHA-256 of what it says apart from edition and moment: with the same matter
    there is nothing new. `changed` are the figures that differ from the edition before.
    """

    kind: Literal["write_report"] = "write_report"
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
    by_hand: bool = False


ReportCommand = WriteReport | Tick
