"""Bodies of chapter R7: consent, panel, sessions, agreement, duties, referral, danger."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from api.schemas.base import Body, CommandBody, Id, Said, Short, SpanBody, Text, Yes
from domain.words import ReferredTo
from domain.words.disputes import AgreementForm, Given, Matter, Relation

Subject = Annotated[str, Field(pattern=r"^$|^reporter$|^party-[1-9][0-9]?$")]
Place = Annotated[int, Field(ge=1, le=1000, strict=True)]


class PartyBody(CommandBody):
    """A party's word; staff who record it say whose, and how it was given."""

    subject: Subject = ""
    how: Given = Given.OWN_LINK


class OpenMediationBody(CommandBody):
    """Ask every party whether it consents to be mediated."""

    kind: Literal["open_mediation"]
    text: Text = ""


class GiveConsentBody(PartyBody):
    """Consent, or refuse."""

    kind: Literal["give_consent"]
    given: Yes
    matter: Matter = Matter.MEDIATION
    text: Text = ""


class WithdrawConsentBody(PartyBody):
    """Take the consent back."""

    kind: Literal["withdraw_consent"]
    text: Text = ""


class DeclareRelationBody(CommandBody):
    """Say that somebody has a stake: `handler`, `mediator-2`, or for staff a person's id."""

    kind: Literal["declare_relation"]
    about: Id
    relation: Relation


class FormPanelBody(CommandBody):
    """Name the mediators by their posts."""

    kind: Literal["form_panel"]
    posts: Annotated[tuple[Id, ...], Field(min_length=1, max_length=10)]


class RejectMediatorBody(PartyBody):
    """Reject the mediator of that place."""

    kind: Literal["reject_mediator"]
    seat: Place


class RecordSessionBody(CommandBody):
    """Write a session down; `mediators` are their places on the panel."""

    kind: Literal["record_session"]
    held_at: AwareDatetime
    place: Annotated[Short, Field(min_length=1)]
    mediators: Annotated[tuple[Place, ...], Field(min_length=1, max_length=10)]
    subjects: Annotated[tuple[Subject, ...], Field(max_length=21)]
    summary: Said


class ExtendMediationBody(CommandBody):
    """Ask every party for more time."""

    kind: Literal["extend_mediation"]
    extend_by: SpanBody
    text: Text = ""


class PromiseBody(Body):
    """What one party shall do, until when."""

    owes: Subject
    text: Said
    due_at: AwareDatetime


class DraftAgreementBody(CommandBody):
    """Put an agreement before the parties."""

    kind: Literal["draft_agreement"]
    form: AgreementForm
    facts: Said
    content: Said
    manner: Text = ""
    duties: Annotated[tuple[PromiseBody, ...], Field(max_length=50)] = ()


class ConfirmAgreementBody(PartyBody):
    """Confirm that very draft, or do not."""

    kind: Literal["confirm_agreement"]
    draft: Place
    confirmed: Yes
    text: Text = ""


class CheckDutyBody(CommandBody):
    """Say whether a duty was performed."""

    kind: Literal["check_duty"]
    duty_id: Id
    performed: Yes
    text: Said


class FailMediationBody(CommandBody):
    """Give the mediation up at this rung."""

    kind: Literal["fail_mediation"]
    text: Said


class ReferDisputeBody(CommandBody):
    """Refer to arbitration, court or legal aid, with the reference there."""

    kind: Literal["refer_dispute"]
    to: ReferredTo
    reference: Annotated[Short, Field(min_length=1)]
    text: Text = ""


class ReportDangerBody(CommandBody):
    """Report signs of violence or self-harm."""

    kind: Literal["report_danger"]
    text: Said


DisputesBody = (
    OpenMediationBody
    | GiveConsentBody
    | WithdrawConsentBody
    | DeclareRelationBody
    | FormPanelBody
    | RejectMediatorBody
    | RecordSessionBody
    | ExtendMediationBody
    | DraftAgreementBody
    | ConfirmAgreementBody
    | CheckDutyBody
    | FailMediationBody
    | ReferDisputeBody
    | ReportDangerBody
)
