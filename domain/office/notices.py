"""Who is to be told of what happens in the office: facts for the outbox, no texts."""

from domain.notices import Notice
from domain.office.events import (
    CalendarLookedAt,
    HandedOver,
    OfficeEvent,
    PostDeclined,
    PostEnded,
    PostOpened,
    PostRequested,
    StandInNamed,
)
from domain.office.records import Records
from domain.office.state import Office
from domain.organisation import Organisation
from domain.words import Role


def notices(before: Office, event: OfficeEvent, records: Records) -> tuple[Notice, ...]:
    """The messages an event owes, each receiver once."""
    organisation = records.organisation_at(records.far)
    people: list[str | None]
    match event:
        case PostOpened(person_id=person, stand_in=stand_in):
            people = [person, stand_in]
        case PostEnded(post_id=post_id) if post_id in organisation.posts:
            people = [organisation.posts[post_id].person_id]
        case StandInNamed(person_id=person):
            people = [person]
        case PostRequested(unit_id=unit_id):
            found = _administrators(organisation.path(unit_id), records)
            people = [p for p in found if p != event.by.person_id]
        case HandedOver(post_id=post_id) if event.left and post_id in organisation.posts:
            unit_id = organisation.posts[post_id].unit_id
            people = [*_administrators(organisation.path(unit_id), records)]
        case CalendarLookedAt(published=False):
            people = [*_administrators(_top(organisation), records)]
        case PostDeclined(request=request):
            people = [r.by.person_id for r in before.requests if r.request == request]
        case _:
            return ()
    told = dict.fromkeys(person for person in people if person)
    return tuple(Notice(topic=event.kind, to="person", recipient=person) for person in told)


def _top(organisation: Organisation) -> tuple[str, ...]:
    return tuple(u.unit_id for u in organisation.units.values() if u.parent_id is None)


def _administrators(units: tuple[str, ...], records: Records) -> list[str]:
    """Who administers these units now."""
    organisation, at = records.book.organisation, records.now
    posts = (p for unit in units for p in organisation.acting(unit, Role.ADMINISTRATOR, at))
    return [holder for post in posts if (holder := post.holder(at))]
