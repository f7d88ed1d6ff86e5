"""Events of chapter R7.4: what the parties agreed to, and whether it was done. All confidential."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.sealing import FreeText
from domain.values import Clock, Happened, Said, SetsClocks, Told
from domain.words.disputes import AgreementForm, Given


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedDuty:
    """What one party owes."""

    duty_id: str
    owes: str
    text: FreeText
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDrafted(SetsClocks):
    """The agreement as it lies before the parties; an earlier draft is void."""

    kind: Literal["agreement.drafted"] = "agreement.drafted"
    draft: int
    form: AgreementForm
    facts: FreeText
    content: FreeText
    manner: FreeText = ""
    duties: tuple[AgreedDuty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementConfirmed(Said):
    """A party confirmed the draft; `clocks` run where a mediator recorded it, for it to say no."""

    kind: Literal["agreement.confirmed"] = "agreement.confirmed"
    subject: str
    draft: int
    how: Given
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRejected(Said):
    """A party does not confirm; the draft is void."""

    kind: Literal["agreement.rejected"] = "agreement.rejected"
    subject: str
    draft: int
    how: Given


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLapsed(Happened):
    """Not every party confirmed in time; the draft is void."""

    kind: Literal["agreement.lapsed"] = "agreement.lapsed"
    draft: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySet:
    """A duty in force, without its words: those stand in the draft."""

    duty_id: str
    owes: str
    due_at: datetime
    clock_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementInForce(SetsClocks):
    """Every party confirmed; until `court_until` they may ask a court to confirm it too."""

    kind: Literal["agreement.in_force"] = "agreement.in_force"
    draft: int
    court_until: datetime
    duties: tuple[DutySet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFellDue(SetsClocks):
    """The day of a duty has come; `person_id` of that unit, and the mediators, are to check it."""

    kind: Literal["duty.fell_due"] = "duty.fell_due"
    duty_id: str
    unit_id: str
    person_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCheckPassedUp(SetsClocks):
    """Nobody checked in time; a superior's supervisor is to see that it is done."""

    kind: Literal["duty.check_passed_up"] = "duty.check_passed_up"
    duty_id: str
    unit_id: str
    person_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyChecked(Told):
    """Somebody saw whether the duty was performed."""

    kind: Literal["duty.checked"] = "duty.checked"
    duty_id: str
    performed: bool


AgreementEvent = (
    AgreementDrafted
    | AgreementConfirmed
    | AgreementRejected
    | AgreementLapsed
    | AgreementInForce
    | DutyFellDue
    | DutyCheckPassedUp
    | DutyChecked
)
