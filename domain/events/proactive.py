"""Events of chapter R13: what nobody asked for is verified; an agent acts for a resident."""

from dataclasses import dataclass
from typing import Literal

from domain.sealing import FreeText, ReporterText
from domain.values import Happened, PutsQuestion
from domain.words.proactive import AgencyEnd, Authorised


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationOpened(PutsQuestion):
    """No resident can rate the case: somebody who did not resolve it looks whether it is done."""

    kind: Literal["verification.opened"] = "verification.opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified(Happened):
    """They looked: it is done, or it is not. Never a rating."""

    kind: Literal["case.verified"] = "case.verified"
    done: bool
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentAuthorised(Happened):
    """The resident lets this person act for them at this post."""

    kind: Literal["agent.authorised"] = "agent.authorised"
    post_id: str
    person_id: str
    unit_id: str
    organisation: str
    how: Authorised
    text: ReporterText
    documents: tuple[ReporterText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyStepTaken(Happened):
    """The agent did something for the resident."""

    kind: Literal["agency.step_taken"] = "agency.step_taken"
    text: FreeText
    documents: tuple[FreeText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyEnded(Happened):
    """The agent acts for the resident no longer. `how` it was revoked, if it was, and why."""

    kind: Literal["agency.ended"] = "agency.ended"
    person_id: str
    reason: AgencyEnd
    how: Authorised | None = None
    text: ReporterText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyResumed(Happened):
    """The case was merged by mistake and is given back: the agent acts for the resident again."""

    kind: Literal["agency.resumed"] = "agency.resumed"
    person_id: str


ProactiveEvent = (
    VerificationOpened | Verified | AgentAuthorised | AgencyStepTaken | AgencyEnded | AgencyResumed
)
