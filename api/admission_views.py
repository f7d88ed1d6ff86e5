"""What staff see of admissions: models, and how they are filled."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from api import views, words
from api.models import ClockView, EventView, QuestionView
from api.models_named import Named
from api.words import Language
from api.words.admission import STATES
from domain import masking
from domain.admission.events import AdmissionApplied, AdmissionEvent
from domain.admission.state import Admission
from domain.book import Book
from domain.organisation import Organisation
from store.reading import Past


class MoneyView(BaseModel):
    """One calendar year's money, in whole fen."""

    year: int
    granted_fen: int
    used_fen: int
    left_fen: int


class SpentView(BaseModel):
    """An expense of a case: the event it stands in, and how much."""

    case_id: str
    version: int
    year: int
    fen: int


class AdmissionRow(BaseModel):
    """One line of the register. `money` names the years in which something was used."""

    admission_id: str
    version: int
    state: str
    state_words: str
    item: Named
    units: list[Named]
    applicant: Named
    applicant_unit: Named
    approving_unit: Named
    applied_at: datetime
    valid_from: datetime
    valid_until: datetime
    in_force_from: datetime | None
    ends_at: datetime
    in_force: bool
    yearly_fen: int
    money: list[MoneyView]


class AdmissionView(AdmissionRow):
    """The whole of it: texts masked, who approved, who has to decide until when, what was spent."""

    authority: str
    reason: str
    approvals: list[Named]
    question: QuestionView | None
    clocks: list[ClockView]
    spent: list[SpentView]
    policy: str


class AdmissionHistory(BaseModel):
    """An admission with every event of it, in plain words."""

    admission: AdmissionView
    events: list[EventView]


class AdmissionAnswer(BaseModel):
    """The outcome of a command: the new version, the events it caused, the admission as it is."""

    version: int
    events: list[EventView]
    admission: AdmissionView


class AdmissionPending(BaseModel):
    """The command was sent; ask at `status_url`, or send it again with the same key."""

    admission_id: str
    command_id: str
    status: str = "pending"
    status_url: str


class Register(BaseModel):
    """A page of the register; `next_cursor` asks for the next one."""

    admissions: list[AdmissionRow]
    next_cursor: str | None


Sums = Sequence[Mapping[str, Any]]


def row(
    found: Mapping[str, Any], sums: Sums, book: Book, at: datetime, language: Language
) -> AdmissionRow:
    """A line of the register from its row; `sums` are the years in which something was used."""
    organisation = book.organisation
    since = found["in_force_from"]
    return AdmissionRow(
        admission_id=found["admission_id"],
        version=found["version"],
        state=found["state"],
        state_words=words.say(STATES, found["state"], language),
        item=Named(id=found["item_id"], name=words.item_name(found["item_id"], book.catalogue)),
        units=[_unit(unit, organisation) for unit in found["units"]],
        applicant=_person(found["applicant"], organisation),
        applicant_unit=_unit(found["applicant_unit"], organisation),
        approving_unit=_unit(found["approver_unit"], organisation),
        applied_at=found["applied_at"],
        valid_from=found["valid_from"],
        valid_until=found["valid_until"],
        in_force_from=since,
        ends_at=found["ends_at"],
        in_force=since is not None and since <= at < found["ends_at"],
        yearly_fen=found["yearly"],
        money=[_money(each) for each in sums],
    )


def view(
    past: Past[Admission, AdmissionEvent],
    found: Mapping[str, Any],
    sums: Sums,
    spent: Sums,
    book: Book,
    at: datetime,
    language: Language,
) -> AdmissionView:
    """The whole admission; `found` is its row."""
    admission, organisation = past.state, book.organisation
    opening = next(line.event for line in past.lines if isinstance(line.event, AdmissionApplied))
    shown = row(found, sums, book, at, language).model_dump()
    return AdmissionView(
        **shown,
        authority=masking.text(opening.authority),
        reason=masking.text(opening.reason),
        approvals=[_person(by.person_id, organisation) for by in admission.approvals],
        question=_question(admission, organisation),
        clocks=[views.clock_view(running, book, at) for running in admission.clocks],
        spent=[SpentView.model_validate(each) for each in spent],
        policy=admission.policy,
    )


def _question(admission: Admission, organisation: Organisation) -> QuestionView | None:
    question, running = admission.question, admission.asked
    if question is None or running is None:
        return None
    person = question.person_id
    return QuestionView(
        kind=question.kind,
        about=question.about,
        unit=_unit(question.unit_id, organisation),
        person=_person(person, organisation) if person else None,
        due_at=running.clock.due_at,
    )


def _money(found: Mapping[str, Any]) -> MoneyView:
    granted, used = found["granted"], found["used"]
    return MoneyView(
        year=found["year"], granted_fen=granted, used_fen=used, left_fen=granted - used
    )


def _unit(unit_id: str, organisation: Organisation) -> Named:
    return Named(id=unit_id, name=words.unit_name(unit_id, organisation))


def _person(person_id: str, organisation: Organisation) -> Named:
    return Named(id=person_id, name=words.person_name(person_id, organisation))
