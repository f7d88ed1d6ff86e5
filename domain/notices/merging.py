"""Who is told of several residents on one matter, the other cases included (R1.4, R2.3)."""

from domain.events import (
    Arrived,
    BecameMass,
    Closed,
    Event,
    InformationAdded,
    Joined,
    Merged,
    MergeUndone,
    MergingEvent,
    Parted,
    Reminded,
    ResidentLeft,
    Resolved,
)
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn


def told(turn: Turn, event: MergingEvent) -> list[Notice]:
    """The notices of an event."""
    topic, after = event.kind, turn.after
    match event:
        case Merged() | MergeUndone():
            informed = [*telling.residents(topic, after), telling.officer(topic, after)]
            return [*informed, telling.handler(topic, after)]
        case Joined() | Parted() | ResidentLeft():
            return telling.both(topic, after)
        case BecameMass():
            street = after.location.street_id
            streets = [telling.unit(topic, street)] if street else []
            return [*streets, *telling.both(topic, after)]


def other_officers(turn: Turn, event: Event) -> list[Notice]:
    """Who received the residents that joined hears where the matter is (R1.4)."""
    if not isinstance(event, Arrived | Resolved | Closed):
        return []
    joined = turn.after.merging.joined
    return [telling.person(event.kind, other.officer.person_id) for other in joined]


def crossing(turn: Turn, event: Event) -> list[Notice]:
    """What the case this one is carried on in is told."""
    lead = turn.before.merging.lead_id
    match event:
        case Merged() | MergeUndone(refusal=""):
            return [telling.other_case(event.kind, event.lead_id)]
        case Reminded() | InformationAdded() | ResidentLeft() if lead:
            return [telling.other_case(event.kind, turn.after.merging.lead_id)]
        case _:
            return []
