"""What staff see of erasures: models, and how they are filled. They name nobody; texts masked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from api import views, words
from api.models import EventView
from api.models_named import Named
from api.words import Language
from api.words.erasure import GROUNDS, REMAINS, STATES
from domain import masking
from domain.erasure.events import ErasureEvent, ErasureRequested, TargetErased, TargetKept
from domain.erasure.state import Erasure
from domain.organisation import Organisation
from store.reading import Past


class ErasureRow(BaseModel):
    """One line of the register. `remaining` are not dealt with yet; `asker` is None where time
    itself proposed it and nobody has taken it up.
    """

    erasure_id: str
    version: int
    state: str
    state_words: str
    ground: str
    ground_words: str
    unit: Named
    asker: Named | None
    approver: Named | None
    cases: list[str]
    remaining: int
    erased: int
    kept: int
    asked_at: datetime
    ended_at: datetime | None


class TargetView(BaseModel):
    """Somebody it names; `refusal` is the code of why a case would not forget them."""

    case_id: str
    subject: str
    state: Literal["waiting", "erased", "kept"]
    refusal: str | None = None


class RemainsView(BaseModel):
    """Something that the erasure did not reach."""

    code: str
    words: str


class ErasureView(ErasureRow):
    """The whole of it. `decider` is who is asked now; `due_at` ends the time to decide, or then to
    carry it out.
    """

    text: str
    targets: list[TargetView]
    decider: Named | None
    due_at: datetime | None
    keys: int
    histories: int
    rows: int
    remains: list[RemainsView]


class ErasureHistory(BaseModel):
    """An erasure with every event of it, in plain words."""

    erasure: ErasureView
    events: list[EventView]


class ErasureAnswer(BaseModel):
    """The outcome of a command: the new version, the events it caused, the erasure as it is."""

    version: int
    events: list[EventView]
    erasure: ErasureView


class ErasurePending(BaseModel):
    """The command was sent; ask at `status_url`, or send it again with the same key."""

    erasure_id: str
    command_id: str
    status: str = "pending"
    status_url: str


class Erasures(BaseModel):
    """A page of the register; `next_cursor` asks for the next one."""

    erasures: list[ErasureRow]
    next_cursor: str | None


def row(found: Mapping[str, Any], organisation: Organisation, language: Language) -> ErasureRow:
    """A line of the register from its row."""
    unit_id = found["unit_id"]
    return ErasureRow(
        erasure_id=found["erasure_id"],
        version=found["version"],
        state=found["state"],
        state_words=words.say(STATES, found["state"], language),
        ground=found["ground"],
        ground_words=words.say(GROUNDS, found["ground"], language),
        unit=Named(id=unit_id, name=words.unit_name(unit_id, organisation)),
        asker=_person(found["asker"], organisation),
        approver=_person(found["approver"], organisation),
        cases=list(found["cases"]),
        remaining=found["remaining"],
        erased=found["erased"],
        kept=found["kept"],
        asked_at=found["asked_at"],
        ended_at=found["ended_at"],
    )


def _person(person_id: str, organisation: Organisation) -> Named | None:
    if person_id in {"", "system"}:
        return None
    return Named(id=person_id, name=words.person_name(person_id, organisation))


def view(
    past: Past[Erasure, ErasureEvent],
    found: Mapping[str, Any],
    organisation: Organisation,
    language: Language,
) -> ErasureView:
    """The whole erasure; `found` is its row."""
    state, swept = past.state, past.state.swept
    question, asked = state.question, state.asked
    texts = [e.event.text for e in past.lines if isinstance(e.event, ErasureRequested)]
    remains = [RemainsView(code=r, words=words.say(REMAINS, r, language)) for r in swept.remains]
    return ErasureView(
        **row(found, organisation, language).model_dump(),
        text=masking.text(next(iter(texts), "")),
        targets=_targets(past),
        decider=None if question is None else _person(question.person_id or "", organisation),
        due_at=state.due_at if asked is None else asked.clock.due_at,
        keys=swept.keys,
        histories=swept.histories,
        rows=swept.rows,
        remains=remains,
    )


def _targets(past: Past[Erasure, ErasureEvent]) -> list[TargetView]:
    events = [line.event for line in past.lines]
    erased = {event.target for event in events if isinstance(event, TargetErased)}
    kept = {event.target: event.refusal for event in events if isinstance(event, TargetKept)}
    found = list[TargetView]()
    for each in past.state.targets:
        said: Literal["waiting", "erased", "kept"] = "erased" if each in erased else "waiting"
        said = "kept" if each in kept else said
        found.append(
            TargetView(
                case_id=each.case_id, subject=each.subject, state=said, refusal=kept.get(each)
            )
        )
    return found


def events(
    past: Past[Erasure, ErasureEvent],
    versions: range,
    organisation: Organisation,
    language: Language,
) -> list[EventView]:
    """Those of its events, in plain words."""
    lines = [line for line in past.lines if line.version in versions]
    return [views.event_view(line, organisation, language) for line in lines]
