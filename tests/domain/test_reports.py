"""R12.6: reports of units on record: once each, corrected by editions, nothing new without news."""

from dataclasses import replace

import pytest

from domain.access import CONSOLE
from domain.commands import Tick
from domain.report.commands import WriteReport
from domain.report.contents import Changed
from domain.report.events import ReportWritten
from domain.report.recording import Shelf
from domain.scores.measures import Measure
from domain.streams import Noun, noun_of
from domain.values import SYSTEM
from tests.domain.reporting import FIGURES, NUMBER, PAPER, Reporting, fields
from tests.domain.story import CLOCK, XU, by, event
from tests.domain.town import TOWN, local

pytestmark = pytest.mark.rule("R12.6")
CHANGED = Changed(scope="area", measure=Measure.RESPONSE, before="55/60", after="56/60")


def written() -> Reporting:
    return (
        Reporting()
        .when(by(CLOCK, "04-09 04:00", WriteReport, **fields()))
        .then(event(ReportWritten, edition=1, files=(FIGURES, PAPER), by=SYSTEM, position=300))
    )


def test_a_report_is_written_by_the_clock_and_has_its_own_number() -> None:
    assert noun_of(written().report.report_id) is Noun.REPORT
    assert NUMBER == "report-2026-03-hills"


def test_a_report_made_by_hand_says_so() -> None:
    asked = by(CLOCK, "04-09 04:00", WriteReport, **fields(by_hand=True))
    Reporting().when(asked).then(event(ReportWritten, by=CONSOLE))


def test_the_second_run_of_the_same_period_writes_nothing_new() -> None:
    again = fields(edition=2, as_of=local("04-10 04:00"), position=400)
    story = written().when(by(CLOCK, "04-10 04:00", WriteReport, **again)).then()
    assert len(story.report.editions) == 1


def test_a_correction_is_a_further_edition_and_says_what_changed() -> None:
    more = fields(edition=2, as_of=local("04-10 04:00"), matter="m2", changed=(CHANGED,))
    story = (
        written()
        .when(by(CLOCK, "04-10 04:00", WriteReport, **more))
        .then(event(ReportWritten, edition=2, changed=(CHANGED,)))
    )
    assert [each.matter for each in story.report.editions] == ["m1", "m2"]


def test_no_edition_is_of_an_earlier_moment_than_the_one_before() -> None:
    early = fields(edition=2, as_of=local("04-08 04:00"), matter="m2")
    story = written()
    story.when(by(CLOCK, "04-10 04:00", WriteReport, **early)).then_refused("not_later", "R12.6")


def test_of_two_who_write_the_same_edition_the_second_is_refused() -> None:
    other = fields(edition=1, as_of=local("04-10 04:00"), matter="m2")
    story = written()
    story.when(by(CLOCK, "04-10 04:00", WriteReport, **other)).then_refused(
        "edition_taken", "R12.6", edition="1"
    )


def test_a_period_that_is_not_over_is_not_put_on_record() -> None:
    early = fields(as_of=local("03-31 23:59"))
    Reporting().when(by(CLOCK, "04-09 04:00", WriteReport, **early)).then_refused(
        "period_not_over", "R12.6"
    )


def test_files_are_kept_before_they_are_named() -> None:
    bare = Reporting(shelf=Shelf(book=TOWN, files=frozenset({FIGURES.sha256})))
    bare.when(by(CLOCK, "04-09 04:00", WriteReport, **fields())).then_refused(
        "file_not_kept", "R12.6", sha256=PAPER.sha256
    )


def test_a_report_is_written_under_its_own_number_alone() -> None:
    Reporting().when(
        by(CLOCK, "04-09 04:00", WriteReport, **fields(unit_id="valley"))
    ).then_refused("another_report", "R12.6", report="report-2026-03-valley")


def test_nobody_writes_a_report_but_the_system() -> None:
    asked = by(XU, "04-09 04:00", WriteReport, **fields())
    Reporting().when(asked).then_forbidden("system_only", "R4.4")


def test_time_alone_changes_nothing_and_never_runs_backwards() -> None:
    story = written().when(by(CLOCK, "04-12 04:00", Tick)).then()
    late = fields(edition=2, as_of=local("04-10 04:00"), matter="m2")
    early = replace(by(CLOCK, "04-01 04:00", WriteReport, **late))
    story.when(early).then(event(ReportWritten, at="04-09 04:00"))
