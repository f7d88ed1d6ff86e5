"""R3.1, R6.1, R6.2: catalogue, calendar and policy are changed by the city's administrators."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sample
from domain.commands import Register
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
    BooksLoaded,
    ItemAdded,
    ItemChanged,
    ItemRetired,
    PolicyPublished,
    Swept,
    YearPublished,
)
from domain.words import Belonging, DeadlineClass, Stage
from tests.domain.office_story import AI, AN, given
from tests.domain.story import CLOCK, MEI, by, event, request
from tests.domain.story import given as a_case
from tests.domain.town import local

pytestmark = pytest.mark.rule("R3.1", "R6.1", "R6.2")
POLICY = (Path(next(iter(sample.__path__))) / "policy.toml").read_text()
JUNE = {"effective_from": local("06-01 00:00")}


def matter(item_id: str = "drone", **changed: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "item_id": item_id,
        "class_id": "town",
        "class_name": "Town matters",
        "name": "Drones",
        "belonging": Belonging.NOT_COMMUNITY,
        "owner_level": Stage.DEPARTMENT,
        "department_id": "works",
        "first_rung": Stage.STREET,
        "deadline": DeadlineClass.SIMPLE,
    }
    return fields | changed


# -- catalogue ---------------------------------------------------------------


def test_a_new_matter_is_in_the_catalogue_at_once() -> None:
    after = given().when(by(AI, "03-02 10:00", AddItem, **matter())).then(ItemAdded)
    assert after.book.catalogue.items["drone"].deadline is DeadlineClass.SIMPLE
    assert after.book.catalogue.version == "catalogue-1+2"
    after.when(by(AI, "03-02 10:01", AddItem, **matter())).then_refused("item_exists", "R3.1")


def test_a_matter_is_stated_anew_from_june() -> None:
    change = by(AI, "03-02 10:00", ChangeItem, **matter("noise"), **JUNE)
    after = given().when(change).then(event(ItemChanged, effective_from="06-01 00:00"))
    assert after.book.catalogue.items["noise"].first_rung is Stage.GRID
    june = after.turned(local("06-01 00:00"))
    assert june.book.catalogue.items["noise"].first_rung is Stage.STREET
    again = by(AI, "03-02 10:01", ChangeItem, **matter("noise"))
    after.when(again).then_refused("item_change_planned", "R3.1")


def test_a_retired_matter_takes_no_new_case_and_keeps_the_open_ones() -> None:
    after = given().when(by(AI, "03-02 10:00", RetireItem, item_id="noise")).then(ItemRetired)
    register = by(MEI, "03-02 11:00", Register, **request("noise"))
    a_case(book=after.book).when(register).then_refused("item_retired", "R3.1")
    after.when(by(AI, "03-02 10:01", RetireItem, item_id="noise")).then_refused(
        "item_retired", "R3.1"
    )


def test_an_item_must_make_sense() -> None:
    add = by(AI, "03-02 10:00", AddItem, **matter(department_id="bridge"))
    given().when(add).then_refused("not_a_department", "R3.1", kind="street")
    add = by(AI, "03-02 10:00", AddItem, **matter(department_id="atlantis"))
    given().when(add).then_refused("unknown_unit", "§2")
    add = by(AI, "03-02 10:00", AddItem, **matter(first_rung=Stage.FIRST_CONTACT))
    given().when(add).then_refused("no_handling_rung", "R3.1")
    add = by(AI, "03-02 10:00", AddItem, **matter(class_name="Other"))
    given().when(add).then_refused("class_has_another_name", "R3.1")
    change = by(AI, "03-02 10:00", ChangeItem, **matter("nothing"))
    given().when(change).then_refused("unknown_item", "R3.1")


def test_the_catalogue_is_the_city_s() -> None:
    for command in (
        by(AN, "03-02 10:00", AddItem, **matter()),
        by(AN, "03-02 10:00", RetireItem, item_id="noise"),
        by(AN, "03-02 10:00", PublishPolicy, document=POLICY),
        by(AN, "03-02 10:00", PublishYear, **year()),
    ):
        given().when(command).then_forbidden("not_entitled", "§2")


# -- calendar ----------------------------------------------------------------


def year(**changed: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "year": 2027,
        "source": "notice for 2027",
        "holidays": (
            Holidays(first=date(2026, 12, 31), last=date(2027, 1, 2), name="元旦"),
            Holidays(first=date(2027, 10, 1), last=date(2027, 10, 7), name="国庆节"),
        ),
        "make_up_days": (date(2027, 10, 9),),
    }
    return fields | changed


def test_a_published_year_counts_from_then_on() -> None:
    assert not given().book.calendar.covers(2027)
    after = given().when(by(AI, "03-02 10:00", PublishYear, **year())).then(YearPublished)
    calendar = after.book.calendar
    assert calendar.covers(2027)
    assert calendar.version == "calendar-1+2"
    time = calendar.working_time(())
    assert time.is_working_day(date(2027, 10, 9))
    assert not time.is_working_day(date(2027, 10, 4))


def test_a_year_is_revised_without_touching_the_others() -> None:
    story = given(by(AI, "03-02 10:00", PublishYear, **year()))
    revised = year(make_up_days=(date(2027, 10, 10),))
    after = story.and_then(by(AI, "03-02 11:00", PublishYear, **revised))
    years = {y.year: y for y in after.book.calendar.years}
    assert years[2027].make_up_days == (date(2027, 10, 10),)
    assert years[2026] == {y.year: y for y in story.book.calendar.years}[2026]


def test_an_arrangement_must_make_sense() -> None:
    none = by(AI, "03-02 10:00", PublishYear, **year(holidays=()))
    given().when(none).then_refused("no_holidays", "R6.1")
    other = (Holidays(first=date(2028, 5, 1), last=date(2028, 5, 5), name="x"),)
    given().when(by(AI, "03-02 10:00", PublishYear, **year(holidays=other))).then_refused(
        "not_a_holiday_of_the_year", "R6.1"
    )
    back = (Holidays(first=date(2027, 5, 5), last=date(2027, 5, 1), name="x"),)
    given().when(by(AI, "03-02 10:00", PublishYear, **year(holidays=back))).then_refused(
        "not_a_holiday_of_the_year", "R6.1"
    )
    for day in (date(2027, 10, 8), date(2027, 10, 2), date(2028, 5, 6)):
        made = by(AI, "03-02 10:00", PublishYear, **year(make_up_days=(day,)))
        given().when(made).then_refused("not_a_make_up_day", "R6.1", day=day.isoformat())


# -- policy ------------------------------------------------------------------


def test_a_policy_is_published_as_a_whole_document() -> None:
    after = (
        given()
        .when(by(AI, "03-02 10:00", PublishPolicy, document=POLICY, **JUNE))
        .then(event(PolicyPublished, document=POLICY, effective_from="06-01 00:00"))
    )
    again = by(AI, "03-02 10:01", PublishPolicy, document=POLICY)
    after.when(again).then_refused("version_exists", "R6.2")


def test_a_policy_with_a_fault_is_refused_with_its_place() -> None:
    broken = POLICY.replace("half_percent = 50", "half_percent = 500")
    assert broken != POLICY
    publish = by(AI, "03-02 10:00", PublishPolicy, document=broken)
    given().when(publish).then_refused("policy_unreadable", "R6.2")
    refused = given().when(publish).refused
    assert refused is not None
    assert refused.details["fault"].startswith("policy.toml:")


# -- files -------------------------------------------------------------------


def test_files_that_are_put_in_force_are_an_event() -> None:
    load = by(CLOCK, "03-02 10:00", LoadBooks, versions=("town-2",), book_id=9, changes=0)
    given().when(load).then(event(BooksLoaded, versions=("town-2",), dropped=0))
    claim = by(AI, "03-02 10:00", LoadBooks, versions=("town-2",), book_id=9, changes=0)
    given().when(claim).then_forbidden("system_only", "R4.4")


def test_files_do_not_silently_undo_what_commands_changed() -> None:
    files = {"versions": ("town-2",), "book_id": 9, "changes": 3}
    load = by(CLOCK, "03-02 10:00", LoadBooks, **files)
    given().when(load).then_refused("changes_would_be_lost", "R14.1", changes="3")
    meant = by(CLOCK, "03-02 10:00", LoadBooks, **files, drop=True)
    given().when(meant).then(event(BooksLoaded, dropped=3))


@pytest.mark.rule("R14.4")
def test_what_was_kept_long_enough_is_gone_and_that_it_is_gone_is_an_event() -> None:
    gone = {"tables": ("deliveries", "inbox"), "rows": (700, 12), "proposed": 3}
    given().when(by(CLOCK, "03-02 03:20", RecordSweep, **gone)).then(event(Swept, **gone))
    given().when(by(AI, "03-02 03:20", RecordSweep, **gone)).then_forbidden("system_only", "R4.4")
