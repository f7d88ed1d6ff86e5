"""How the office is shown: units, posts, what is planned, what happened."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from api.models_named import Named
from api.models_office import (
    HandOverView,
    OfficeEventView,
    OfficePost,
    PlannedView,
    RequestView,
    UnitView,
)
from api.words import Language, actor_name, person_name, unit_name
from api.words.office import sentence
from domain.office.events import OfficeEvent, PostRequested
from domain.office.records import Planned
from domain.office.state import Office
from domain.organisation import Organisation, Post, Unit
from store.codec import adapter
from store.hand_overs import Progress
from store.reading import Record

COLUMNS = {"kind", "at", "by", "effective_from"}


def event_view(
    line: Record[OfficeEvent], organisation: Organisation, language: Language
) -> OfficeEventView:
    """One event of the office."""
    event, by = line.event, line.event.by
    cls: type = type(event)
    data: dict[str, Any] = adapter(cls).dump_python(event, mode="json", exclude=COLUMNS)
    return OfficeEventView(
        version=line.version,
        kind=event.kind,
        words=sentence(event, organisation, language),
        at=event.at,
        recorded_at=line.recorded_at,
        effective_from=getattr(event, "effective_from", None),
        by=Named(id=by.person_id, name=actor_name(by.person_id, organisation, language)),
        post_id=by.post_id,
        command_id=str(line.command_id),
        data=data,
        hash=line.hash.hex(),
    )


def unit_view(unit: Unit, organisation: Organisation) -> UnitView:
    """A unit with its border."""
    border = organisation.borders.get(unit.unit_id, ())
    return UnitView(
        unit_id=unit.unit_id,
        kind=unit.kind,
        name=unit.name,
        setting=unit.setting,
        parent_id=unit.parent_id,
        level=unit.level,
        households=unit.households,
        closed=unit.closed,
        border=[(x / 1_000_000, y / 1_000_000) for x, y in border],
    )


def post_view(post: Post, organisation: Organisation, at: datetime) -> OfficePost:
    """A post with its holder, and who acts for it at that moment."""

    def named(person_id: str | None) -> Named | None:
        if person_id is None:
            return None
        return Named(id=person_id, name=person_name(person_id, organisation))

    return OfficePost(
        post_id=post.post_id,
        role=post.role,
        unit_id=post.unit_id,
        person=named(post.person_id) or Named(id="", name=""),
        valid_from=post.valid_from,
        valid_until=post.valid_until,
        stand_in=named(post.stand_in),
        absences=list(post.absences),
        mediator_kind=post.mediator_kind,
        acting=named(post.holder(at)),
    )


def request_view(request: PostRequested, organisation: Organisation) -> RequestView:
    """A request that waits for a second person."""
    asked, person = request.by.person_id, request.stand_in or request.person_id
    return RequestView(
        request=request.request,
        asked_by=Named(id=asked, name=person_name(asked, organisation)),
        person=Named(id=person, name=person_name(person, organisation)),
        role=request.role,
        unit=Named(id=request.unit_id, name=unit_name(request.unit_id, organisation)),
        due_at=request.due_at,
    )


def planned_view(planned: Planned, organisation: Organisation, language: Language) -> PlannedView:
    """A change that takes effect later."""
    return PlannedView(
        change=planned.number,
        words=sentence(planned.event, organisation, language),
        effective_from=planned.event.effective_from,
    )


def hand_over_views(office: Office, progress: Iterable[Progress]) -> list[HandOverView]:
    """The hand-overs asked about; those without a case have nothing to show."""
    waiting = {hand_over.post_id for hand_over in office.hand_overs}
    return [
        HandOverView(
            post_id=each.post_id,
            under_way=each.post_id in waiting,
            handed=dict(each.handed),
            gone=each.gone,
            left=each.left,
        )
        for each in progress
    ]
