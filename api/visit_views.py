"""What staff see of visits: models, and how they are filled. Free text is masked."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from api import views, words
from api.models import EventView
from api.models_named import Named
from api.words import Language
from api.words.visit import OCCASIONS, STATES
from domain import masking
from domain.organisation import Organisation
from domain.visit.events import VisitAmended, VisitEvent, VisitRecorded
from domain.visit.state import Visit
from store.reading import Past, Record


class VisitRow(BaseModel):
    """One line of the list. `unit` is the narrowest of the place; `cases` how many it opens."""

    visit_id: str
    version: int
    occasion: str
    occasion_words: str
    visited_at: datetime
    recorded_at: datetime
    visitor: Named
    post_id: str
    unit: Named
    met: int
    cases: int
    amended: int


class VisitCase(BaseModel):
    """A case that came of the visit; `refusal` is the code of what it could not be opened for."""

    case_id: str
    state: Literal["opened", "waiting", "refused"]
    state_words: str
    refusal: str | None = None


class VisitView(VisitRow):
    """The whole of it, as it now reads."""

    asked: str
    found: str
    opens: list[VisitCase]


class VisitHistory(BaseModel):
    """A visit with every event of its record, in plain words."""

    visit: VisitView
    events: list[EventView]


class VisitAnswer(BaseModel):
    """The outcome of a command: the new version, the events it caused, the visit as it is."""

    version: int
    events: list[EventView]
    visit: VisitView


class VisitPending(BaseModel):
    """The command was sent; ask at `status_url`, or send it again with the same key."""

    visit_id: str
    command_id: str
    status: str = "pending"
    status_url: str


class Visits(BaseModel):
    """A page of the list; `next_cursor` asks for the next one."""

    visits: list[VisitRow]
    next_cursor: str | None


def row(found: Mapping[str, Any], organisation: Organisation, language: Language) -> VisitRow:
    """A line of the list from its row."""
    visitor, unit_id = found["person_id"], found["unit_id"]
    return VisitRow(
        visit_id=found["visit_id"],
        version=found["version"],
        occasion=found["occasion"],
        occasion_words=words.say(OCCASIONS, found["occasion"], language),
        visited_at=found["visited_at"],
        recorded_at=found["recorded_at"],
        visitor=Named(id=visitor, name=words.person_name(visitor, organisation)),
        post_id=found["post_id"],
        unit=Named(id=unit_id, name=words.unit_name(unit_id, organisation)),
        met=found["met"],
        cases=found["cases"],
        amended=found["amended"],
    )


def view(
    past: Past[Visit, VisitEvent],
    found: Mapping[str, Any],
    opened: Iterable[str],
    organisation: Organisation,
    language: Language,
) -> VisitView:
    """The whole visit; `found` is its row, `opened` are the cases there are that came of it."""
    asked = found_there = ""
    for line in past.lines:
        if isinstance(line.event, VisitRecorded | VisitAmended):
            asked = asked if line.event.asked is None else line.event.asked
            found_there = found_there if line.event.found is None else line.event.found
    return VisitView(
        **row(found, organisation, language).model_dump(),
        asked=masking.text(asked),
        found=masking.text(found_there),
        opens=_cases(past.state, {*opened}, language),
    )


def _cases(visit: Visit, opened: set[str], language: Language) -> list[VisitCase]:
    """Those it opens, in their order; then those of residents who were met."""
    refused = dict(visit.unopened)
    found = [*visit.cases, *sorted(opened - {*visit.cases})]
    return [_case(case_id, opened, refused, language) for case_id in found]


def _case(
    case_id: str, opened: set[str], refused: Mapping[str, str], language: Language
) -> VisitCase:
    state: Literal["opened", "waiting", "refused"] = "refused" if case_id in refused else "waiting"
    state = "opened" if case_id in opened else state
    said = words.say(STATES, state, language)
    return VisitCase(case_id=case_id, state=state, state_words=said, refusal=refused.get(case_id))


def event_view(
    line: Record[VisitEvent], organisation: Organisation, language: Language
) -> EventView:
    """One line of the record; of its cases the numbers alone: what they say is theirs to show."""
    shown = views.event_view(line, organisation, language)
    if isinstance(line.event, VisitRecorded):
        numbers = [each.case_id for each in line.event.cases]
        return shown.model_copy(update={"data": {**shown.data, "cases": numbers}})
    return shown
