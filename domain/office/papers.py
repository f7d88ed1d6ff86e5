"""R3.1, R6.1: catalogue items, the calendar's years and versions of the policy."""

from datetime import date, timedelta

from domain.office import authority, timing
from domain.office.commands import (
    AddItem,
    ChangeItem,
    Holidays,
    LoadBooks,
    PublishPolicy,
    PublishYear,
    RecordSweep,
    RetireItem,
)
from domain.office.events import (
    OF_CATALOGUE,
    BooksLoaded,
    DayOff,
    ItemAdded,
    ItemChanged,
    ItemRetired,
    OfficeEvent,
    PolicyPublished,
    Swept,
    YearPublished,
)
from domain.office.records import Records
from domain.office.stating import change
from domain.office.units import open_unit
from domain.papers.findings import Findings
from domain.papers.numbers import FILE, read_policy
from domain.papers.sections import Source
from domain.refusals import Refused
from domain.values import SYSTEM
from domain.words import Stage, UnitKind

SATURDAY = 5
AROUND = timedelta(days=7)
"""New year's holiday may begin in the December before."""
LONGEST = timedelta(days=31)

# -- catalogue ---------------------------------------------------------------


def add_item(command: AddItem, records: Records) -> tuple[OfficeEvent, ...]:
    """A new kind of matter."""
    by = authority.over_all(command, records)
    if command.item_id in records.book.catalogue.items or _planned(command.item_id, records):
        raise Refused("item_exists", "R3.1", item=command.item_id)
    _need_sense(command, records)
    at = timing.effective(command, records)
    return timing.settled(change(ItemAdded, command, by, at), records)


def change_item(command: ChangeItem, records: Records) -> tuple[OfficeEvent, ...]:
    """A kind of matter as it shall be from then on."""
    by = authority.over_all(command, records)
    _need_item(command.item_id, records)
    _need_sense(command, records)
    at = timing.effective(command, records)
    return timing.settled(change(ItemChanged, command, by, at), records)


def retire_item(command: RetireItem, records: Records) -> tuple[OfficeEvent, ...]:
    """No new cases of that matter."""
    by = authority.over_all(command, records)
    _need_item(command.item_id, records)
    at = timing.effective(command, records)
    return timing.settled(change(ItemRetired, command, by, at), records)


def _planned(item_id: str, records: Records) -> bool:
    """Whether something about the item is planned: an item is stated whole, so one at a time."""
    events = (p.event for p in records.planned)
    return any(isinstance(e, OF_CATALOGUE) and getattr(e, "item_id", "") == item_id for e in events)


def _need_item(item_id: str, records: Records) -> None:
    item = records.book.catalogue.items.get(item_id)
    if item is None:
        raise Refused("unknown_item", "R3.1", item=item_id)
    if item.retired:
        raise Refused("item_retired", "R3.1", item=item_id)
    if _planned(item_id, records):
        raise Refused("item_change_planned", "R3.1", item=item_id)


def _need_sense(command: AddItem | ChangeItem, records: Records) -> None:
    """A department that is one, rungs that handle cases, one name for one class."""
    organisation = records.organisation_at(timing.effective(command, records))
    unit = open_unit(command.department_id, organisation)
    if unit.kind is not UnitKind.DEPARTMENT:
        raise Refused("not_a_department", "R3.1", unit=unit.unit_id, kind=unit.kind)
    if Stage.FIRST_CONTACT in {command.first_rung, command.owner_level}:
        raise Refused("no_handling_rung", "R3.1", rung=Stage.FIRST_CONTACT)
    for item in records.book.catalogue.items.values():
        same = item.class_id == command.class_id and item.item_id != command.item_id
        if same and item.class_name != command.class_name:
            raise Refused("class_has_another_name", "R3.1", class_id=command.class_id)


# -- calendar ----------------------------------------------------------------


def publish_year(command: PublishYear, records: Records) -> tuple[OfficeEvent, ...]:
    """A year's arrangement; clocks set before keep the calendar they were set by."""
    by = authority.over_all(command, records)
    off = _days_off(command)
    _need_make_up(command, off)
    at = timing.effective(command, records)
    event = change(
        *(YearPublished, command, by, at),
        holidays=tuple(DayOff(day=day.isoformat(), name=name) for day, name in off.items()),
        make_up_days=tuple(day.isoformat() for day in command.make_up_days),
    )
    return timing.settled(event, records)


def _days_off(command: PublishYear) -> dict[date, str]:
    off: dict[date, str] = {}
    for holiday in command.holidays:
        _need_period(holiday, command.year)
        for n in range((holiday.last - holiday.first).days + 1):
            off.setdefault(holiday.first + timedelta(days=n), holiday.name)
    if not off:
        raise Refused("no_holidays", "R6.1", year=str(command.year))
    return off


def _need_period(holiday: Holidays, year: int) -> None:
    inside = _of_year(holiday.first, year) and _of_year(holiday.last, year)
    if not inside or not timedelta() <= holiday.last - holiday.first <= LONGEST:
        raise Refused(
            "not_a_holiday_of_the_year",
            "R6.1",
            first=holiday.first.isoformat(),
            last=holiday.last.isoformat(),
        )


def _need_make_up(command: PublishYear, off: dict[date, str]) -> None:
    """Only a weekend day of the year, which is no holiday, is worked to make up."""
    days = command.make_up_days
    for day in days:
        weekend = day.weekday() >= SATURDAY and _of_year(day, command.year)
        if not weekend or day in off or days.count(day) > 1:
            raise Refused("not_a_make_up_day", "R6.1", day=day.isoformat())


def _of_year(day: date, year: int) -> bool:
    return date(year, 1, 1) - AROUND <= day <= date(year, 12, 31) + AROUND


# -- files ---------------------------------------------------------------------


def load_books(command: LoadBooks, _records: Records) -> tuple[OfficeEvent, ...]:
    """Files take the place of everything; what commands changed since is not lost unsaid."""
    authority.system(command)
    if command.changes and not command.drop:
        raise Refused("changes_would_be_lost", "R14.1", changes=str(command.changes))
    return (
        BooksLoaded(
            at=command.at,
            by=SYSTEM,
            text=command.text,
            versions=command.versions,
            book_id=command.book_id,
            dropped=command.changes,
        ),
    )


def record_sweep(command: RecordSweep, _records: Records) -> tuple[OfficeEvent, ...]:
    """What was kept long enough is gone, and that it is gone is kept."""
    authority.system(command)
    swept = Swept(
        at=command.at,
        by=SYSTEM,
        tables=command.tables,
        rows=command.rows,
        proposed=command.proposed,
    )
    return (swept,)


# -- policy ------------------------------------------------------------------


def publish_policy(command: PublishPolicy, records: Records) -> tuple[OfficeEvent, ...]:
    """A new version of the numbers; open cases keep the one they were opened under."""
    by = authority.over_all(command, records)
    findings = Findings()
    found = read_policy(Source(FILE, {FILE: command.document}, findings), findings)
    if found is None:
        fault = next(str(finding) for finding in findings if finding.level == "error")
        raise Refused("policy_unreadable", "R6.2", fault=fault)
    policy, _ = found
    if policy.version in records.book.policies:
        raise Refused("version_exists", "R6.2", version=policy.version)
    at = timing.effective(command, records)
    return (change(PolicyPublished, command, by, at, version=policy.version),)
