"""Bodies of chapters R2.2 and R4: acceptance, work and the way up."""

from typing import Literal

from api.schemas.base import (
    CommandBody,
    Evidence,
    Id,
    Said,
    Text,
)
from domain.words import EscalationReason, Stage


class AcceptBody(CommandBody):
    """Take the case on."""

    kind: Literal["accept"]


class AssignBody(CommandBody):
    """Give it to a post of the same unit; without one, to the least loaded."""

    kind: Literal["assign"]
    post_id: Id | None = None
    text: Text = ""


class RecordProgressBody(CommandBody):
    """Write down what was done."""

    kind: Literal["record_progress"]
    text: Said
    evidence: Evidence = ()


class ArriveOnSiteBody(CommandBody):
    """Say that somebody is on site."""

    kind: Literal["arrive_on_site"]
    text: Text = ""


class EscalateBody(CommandBody):
    """Send it one rung up."""

    kind: Literal["escalate"]
    reason: EscalationReason
    text: Said
    to_stage: Stage | None = None


class RemindBody(CommandBody):
    """Ask to be thought of."""

    kind: Literal["remind"]
    text: Text = ""


class AddInformationBody(CommandBody):
    """Add what was missing."""

    kind: Literal["add_information"]
    text: Said
    evidence: Evidence = ()


class RevealBody(CommandBody):
    """See personal data; the reason is recorded."""

    kind: Literal["reveal"]
    reason: Said


LadderBody = (
    AcceptBody
    | AssignBody
    | RecordProgressBody
    | ArriveOnSiteBody
    | EscalateBody
    | RemindBody
    | AddInformationBody
    | RevealBody
)
