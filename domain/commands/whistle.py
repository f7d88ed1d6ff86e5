"""Commands of chapter R5: departments and partners summoned to a case, and what they do there."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One of those summoned, a department or a partner, and what is asked of it."""

    unit_id: str | None = None
    partner_id: str | None = None
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summon(Asked):
    """Call helpers to the case, each with a clock of its own; the case stays where it is."""

    kind: Literal["summon"] = "summon"
    calls: tuple[Call, ...]
    text: str
    share_address: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIn(Asked):
    """A summoned unit says that it is here."""

    kind: Literal["report_in"] = "report_in"
    summons_id: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHelp(Asked):
    """A summoned unit writes down what it did."""

    kind: Literal["record_help"] = "record_help"
    summons_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Asked):
    """The summoner lets a helper go, and says whether its help was of use."""

    kind: Literal["release"] = "release"
    summons_id: str
    useful: bool
    text: str = ""


WhistleCommand = Summon | ReportIn | RecordHelp | Release
