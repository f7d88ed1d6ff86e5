"""Stories of residents on one matter: the case that leads and those that join it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from domain.book import Neighbour
from domain.case import evolve, initial
from domain.commands import (
    Join,
    Merge,
)
from domain.events import (
    Event,
)
from domain.notices import notices
from domain.state import Case
from domain.values import By
from domain.words import (
    Urgency,
)
from tests.domain.story import (
    CLOCK,
    MEI,
    RESIDENT,
    Story,
    by,
    in_gaos_hands,
)
from tests.domain.town import LEAD as BESIDE

LEAD = "SW-LEAD"
SAME = {"text": "同一盏灯"}
GOOD = {"contacted": True, "solved": True, "grade": 5}


def neighbour(case_id: str = LEAD, **changed: Any) -> Neighbour:
    """The lead as the absorbed case finds it."""
    return replace(BESIDE, **{"case_id": case_id, "urgency": Urgency.NORMAL, **changed})


def beside(story: Story, *others: Neighbour) -> Story:
    """The story, decided with those cases in sight."""
    return story.under(replace(story.book, neighbours={n.case_id: n for n in others}))


def alone(story: Story) -> Story:
    return beside(story, neighbour())


def merged_at_ten() -> Story:
    """Handed to the grid at half past nine; Gao accepted at ten, Mei merged at half past ten."""
    return alone(in_gaos_hands()).and_then(by(MEI, "03-02 10:30", Merge, lead_id=LEAD, **SAME))


def joining(case_id: str = "SW-2", **changed: Any) -> dict[str, Any]:
    """What the absorbed case says to the lead."""
    fields: dict[str, Any] = {
        "case_id": case_id,
        "residents": 1,
        "officer": By(person_id="hu", post_id="clerk-hills", unit_id="hills"),
        "urgency": Urgency.NORMAL,
    }
    return fields | changed


def joined_by(*cases: str) -> Story:
    """A lead in Gao's hands that others have joined."""
    story = in_gaos_hands()
    for case_id in cases:
        story = story.and_then(by(CLOCK, "03-02 11:00", Join, **joining(case_id)))
    return story


def of(case_id: str) -> Any:
    return replace(RESIDENT, subject=case_id)


def told(story: Story, kind: type[Event]) -> set[str]:
    last = max(n for n, e in enumerate(story.history) if isinstance(e, kind))
    states = list(folded(story.history[: last + 1]))
    found = notices(states[-2], states[-1], story.history[last], story.book)
    return {f"{notice.to} {notice.recipient}" for notice in found}


def folded(history: tuple[Event, ...]) -> Iterator[Case]:

    case = initial("case-1")
    yield case
    for each in history:
        case = evolve(case, each)
        yield case
