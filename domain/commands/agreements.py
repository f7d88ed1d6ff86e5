"""Commands of chapter R7.4: what the parties agree to, and whether it is done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.commands.base import Asked
from domain.commands.disputes import ByParty
from domain.words.disputes import AgreementForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What one party shall do, until when."""

    owes: str
    text: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAgreement(Asked):
    """Put an agreement before the parties, in the place of any earlier draft."""

    kind: Literal["draft_agreement"] = "draft_agreement"
    form: AgreementForm
    facts: str
    content: str
    manner: str = ""
    duties: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmAgreement(ByParty):
    """A party confirms that very draft, or does not."""

    kind: Literal["confirm_agreement"] = "confirm_agreement"
    draft: int
    confirmed: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDuty(Asked):
    """Say whether a duty was performed."""

    kind: Literal["check_duty"] = "check_duty"
    duty_id: str
    performed: bool
    text: str


AgreementCommand = DraftAgreement | ConfirmAgreement | CheckDuty
