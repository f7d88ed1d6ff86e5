"""Events of chapter R5: summoned, reported in, helped, released. Scores read them as they are."""

from dataclasses import dataclass
from typing import Literal

from domain.sealing import FreeText
from domain.values import Happened, Helper, SetsClocks, Told
from domain.words.whistle import ReleaseReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Summoned(SetsClocks):
    """A helper was called; its clock for reporting in runs. The case stays where it is."""

    kind: Literal["helper.summoned"] = "helper.summoned"
    helper: Helper
    text: FreeText
    asked: FreeText
    address_shared: bool
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedIn(Told):
    """The helper is here, in its time or late."""

    kind: Literal["helper.reported_in"] = "helper.reported_in"
    helper: Helper
    clock_id: str
    on_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReportedIn(Happened):
    """The helper's breach, told to a superior of the helper: `person_id` is None for nobody."""

    kind: Literal["helper.not_reported_in"] = "helper.not_reported_in"
    helper: Helper
    clock_id: str
    unit_id: str
    person_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRecorded(Happened):
    """What the helper did."""

    kind: Literal["helper.help_recorded"] = "helper.help_recorded"
    helper: Helper
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Told):
    """The helper owes nothing more.

    `helped` counts its records of help; `useful` is the summoner's word, None where the summons
    ended by itself.
    """

    kind: Literal["helper.released"] = "helper.released"
    helper: Helper
    why: ReleaseReason
    reported_in: bool
    on_time: bool
    helped: int
    useful: bool | None = None


WhistleEvent = Summoned | ReportedIn | NotReportedIn | HelpRecorded | Released
