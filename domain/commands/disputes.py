"""Commands of chapter R7.1–3, R7.5: consent, panel, sessions, danger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.commands.base import Asked
from domain.policy import Span
from domain.words import ReferredTo
from domain.words.disputes import Given, Matter, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMediation(Asked):
    """Ask every party whether it will have the dispute mediated at this rung (R7.1)."""

    kind: Literal["open_mediation"] = "open_mediation"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByParty(Asked):
    """A party's own word; staff who record it say whose (`subject`) and how it was given."""

    subject: str = ""
    how: Given = Given.OWN_LINK


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveConsent(ByParty):
    """A party consents, or refuses (R7.1, R7.3)."""

    kind: Literal["give_consent"] = "give_consent"
    given: bool
    matter: Matter = Matter.MEDIATION
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent(ByParty):
    """A party no longer wants to be mediated (R7.1)."""

    kind: Literal["withdraw_consent"] = "withdraw_consent"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareRelation(Asked):
    """Say that somebody has a stake (R7.2).

    `about`: ``"handler"`` for the person in charge, ``"mediator-2"`` for that place of the panel,
    and for staff also a person's id. Without detail on purpose.
    """

    kind: Literal["declare_relation"] = "declare_relation"
    about: str
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPanel(Asked):
    """Name the mediators, or the whole panel anew where one has left (R7.2)."""

    kind: Literal["form_panel"] = "form_panel"
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectMediator(ByParty):
    """A party rejects the mediator of that place, once a mediation (R7.2)."""

    kind: Literal["reject_mediator"] = "reject_mediator"
    seat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSession(Asked):
    """Write down a session: when, where, who was there, what was said (R7.3).

    `mediators` are numbers of places on the panel.
    """

    kind: Literal["record_session"] = "record_session"
    held_at: datetime
    place: str
    mediators: tuple[int, ...]
    subjects: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendMediation(Asked):
    """Ask every party for more time than the limit (R7.3)."""

    kind: Literal["extend_mediation"] = "extend_mediation"
    extend_by: Span
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailMediation(Asked):
    """The mediators give it up at this rung (R7.4)."""

    kind: Literal["fail_mediation"] = "fail_mediation"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferDispute(Asked):
    """At the end of mediation: to arbitration, court or legal aid, with the reference (R7.4)."""

    kind: Literal["refer_dispute"] = "refer_dispute"
    to: ReferredTo
    reference: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDanger(Asked):
    """There are signs of violence or self-harm (R7.5)."""

    kind: Literal["report_danger"] = "report_danger"
    text: str


DisputeCommand = (
    OpenMediation
    | GiveConsent
    | WithdrawConsent
    | DeclareRelation
    | FormPanel
    | RejectMediator
    | RecordSession
    | ExtendMediation
    | FailMediation
    | ReferDispute
    | ReportDanger
)
