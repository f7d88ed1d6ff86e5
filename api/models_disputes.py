"""What the API shows of a dispute: to staff, and to a party by its own link (R7)."""

from datetime import datetime

from pydantic import BaseModel

from api.models_named import Named


class ConsentView(BaseModel):
    """A party's word on being mediated, and how it was given."""

    subject: str
    given: bool
    matter: str
    how: str
    at: datetime
    text: str


class SeatView(BaseModel):
    """A mediator's place on the panel."""

    seat: int
    post_id: str
    person: Named
    mediator_kind: str


class SessionView(BaseModel):
    """A session; place and summary are covered for those whom they are not for."""

    held_at: datetime
    place: str
    mediators: list[int]
    subjects: list[str]
    summary: str


class DutyView(BaseModel):
    """What a party owes; `performed` is null until it was checked."""

    duty_id: str
    owes: str
    text: str
    due_at: datetime
    performed: bool | None


class RecordedWord(BaseModel):
    """A party's word that a mediator recorded, and who did."""

    subject: str
    how: str
    by: Named
    at: datetime


class AgreementView(BaseModel):
    """The draft that lies before the parties, or the agreement in force.

    `recorded` are the words among `confirmed` that the party did not give by its own link.
    """

    draft: int
    form: str
    facts: str
    content: str
    manner: str
    duties: list[DutyView]
    confirmed: list[str]
    recorded: list[RecordedWord]
    in_force_at: datetime | None
    court_until: datetime | None


class MediationView(BaseModel):
    """The mediation at one rung; `due_at` is the end of what it waits for now."""

    number: int
    stage: str
    unit: Named
    step: str
    opened_at: datetime
    due_at: datetime | None
    consents: list[ConsentView]
    panel: list[SeatView]
    panel_complete: bool
    sessions: list[SessionView]
    agreement: AgreementView | None
    failed_because: str | None


class DisputeView(BaseModel):
    """Everything of a dispute that staff may know; `exhausted` says that it is to be referred."""

    mediations: list[MediationView]
    exhausted: bool


class PartySeat(BaseModel):
    """A mediator as parties know them; `place` is how one is rejected or declared."""

    place: int
    name: str
    mediator_kind: str


class PartyDuty(BaseModel):
    """What the agreement asks of a party."""

    yours: bool
    text: str
    due_at: datetime
    performed: bool | None


class PartyAgreement(BaseModel):
    """The agreement as it lies before the party, for it to confirm.

    `recorded_by` names who recorded that the party confirmed, where it did not do so itself.
    """

    draft: int
    facts: str
    content: str
    manner: str
    duties: list[PartyDuty]
    confirmed_by_you: bool
    recorded_by: str | None
    in_force_at: datetime | None
    court_until: datetime | None


class PartyDispute(BaseModel):
    """A party's own part and the shared one; never what another said, or how to reach them."""

    you: str
    step: str | None
    unit: str | None
    answer_by: datetime | None
    consent_given: bool | None
    more_time_asked_seconds: int | None
    mediators: list[PartySeat]
    sessions: list[datetime]
    agreement: PartyAgreement | None
    referred_to: str | None
    reference: str | None
