"""R6.1: the coming year's arrangement is looked for in time, and missed aloud until it is there."""

from datetime import datetime, timedelta

from domain.office.events import CalendarLookedAt, OfficeEvent
from domain.office.records import Records
from domain.office.state import Office
from domain.policy import due_after
from domain.values import SYSTEM


def look(office: Office, at: datetime, records: Records) -> tuple[OfficeEvent, ...]:
    """Look for the arrangement that must be there by now, and plan when to look again."""
    if office.look_at is not None and at < office.look_at:
        return ()
    book = records.book
    time, policy = book.calendar.working_time(()), book.policies[book.policy].office

    def begins(year: int) -> datetime:
        """When the arrangement of a year has to be there."""
        return datetime(year, 1, 1, tzinfo=time.zone) - timedelta(days=policy.calendar_days)

    this = at.astimezone(time.zone).year
    year = this if at < begins(this + 1) else this + 1
    published = book.calendar.covers(year)
    span = policy.calendar_again
    again = due_after(span.basis, span.allowance(at, time), at, time).at
    look_at = begins(year + 1) if published else again
    return (CalendarLookedAt(at=at, by=SYSTEM, year=year, published=published, look_at=look_at),)
