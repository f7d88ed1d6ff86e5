"""R10.4: what is reported again soon after it was resolved counts against the resolution."""

import pytest

from domain.commands import (
    Actor,
    Command,
    MarkRecurrence,
    NoteRecurrence,
    Rate,
    Resolve,
    UnmarkRecurrence,
    Withdraw,
)
from domain.crossing import MESSAGES, Sent
from domain.events import Recurred, RecurrenceMarked, RecurrenceUnmarked
from domain.notices import Notice, notices
from domain.words import ActorKind
from tests.domain.story import (
    BO,
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    XU,
    Story,
    by,
    event,
    in_gaos_hands,
    received,
)
from tests.domain.town import local

pytestmark = pytest.mark.rule("R10.4")

GOOD = {"contacted": True, "solved": True, "grade": 5}
LATER = {"later": "case-2", "reported_at": local("03-20 09:00")}


def settled() -> Story:
    """Settled on Monday at eleven, and closed after a good rating."""
    return in_gaos_hands().and_then(
        by(GAO, "03-02 11:00", Resolve, text="已劝停"), by(RESIDENT, "03-03 10:00", Rate, **GOOD)
    )


def marked() -> Story:
    return received().and_then(by(MEI, "03-02 09:10", MarkRecurrence, earlier="case-0"))


def test_the_officer_says_of_a_new_case_that_it_was_resolved_before() -> None:
    story = (
        received()
        .when(by(MEI, "03-02 09:10", MarkRecurrence, earlier="case-0", text="同一处"))
        .then(event(RecurrenceMarked, earlier="case-0", reported_at="03-02 09:00"))
    )
    assert story.case.redress.recurrence_of == "case-0"
    found = notices(story.case, story.case, story.last(RecurrenceMarked), story.book)
    assert found[-1] == Notice(topic="recurrence.marked", to="case", recipient="case-0")


def test_who_is_in_charge_may_say_so_too_and_nobody_else() -> None:
    in_gaos_hands().when(by(GAO, "03-02 10:10", MarkRecurrence, earlier="case-0")).then(
        RecurrenceMarked
    )
    for who in (BO, XU):
        received().when(by(who, "03-02 09:10", MarkRecurrence, earlier="case-0")).then_forbidden(
            "not_entitled", "§2"
        )


def test_a_case_recurs_once_and_not_of_itself() -> None:
    received().when(by(MEI, "03-02 09:10", MarkRecurrence, earlier="case-1")).then_refused(
        "recurs_itself", "R10.4"
    )
    marked().when(by(MEI, "03-02 09:11", MarkRecurrence, earlier="case-9")).then_refused(
        "already_marked", "R10.4", earlier="case-0"
    )


@pytest.mark.parametrize("nothing", ["office", "admission-1", "case-9"])
def test_what_it_recurs_of_is_a_case(nothing: str) -> None:
    received().when(by(MEI, "03-02 09:10", MarkRecurrence, earlier=nothing)).then_refused(
        "no_such_earlier", "R10.4", earlier=nothing
    )


def test_the_earlier_case_hears_of_it_also_when_it_is_closed() -> None:
    story = (
        settled()
        .when(by(CLOCK, "03-20 09:10", NoteRecurrence, **LATER))
        .then(event(Recurred, later="case-2", round=1))
    )
    assert story.case.redress.recurred == ("case-2",)
    story.when(by(CLOCK, "03-20 09:11", NoteRecurrence, **LATER)).then_refused(
        "already_noted", "R10.4", later="case-2"
    )


def test_it_counts_for_thirty_days_after_the_resolution() -> None:
    last = LATER | {"reported_at": local("04-01 10:59")}
    settled().when(by(CLOCK, "04-01 12:00", NoteRecurrence, **last)).then(Recurred)
    late = LATER | {"reported_at": local("04-01 11:00")}
    settled().when(by(CLOCK, "04-01 12:00", NoteRecurrence, **late)).then_refused(
        "recurrence_too_late", "R10.4", until="2026-04-01T03:00:00+00:00"
    )


def test_what_was_not_resolved_before_is_no_recurrence() -> None:
    earlier = LATER | {"reported_at": local("03-02 10:30")}
    settled().when(by(CLOCK, "03-20 09:10", NoteRecurrence, **earlier)).then_refused(
        "not_resolved_before", "R10.4"
    )
    in_gaos_hands().when(by(CLOCK, "03-02 10:40", NoteRecurrence, **earlier)).then_refused(
        "not_resolved_before", "R10.4"
    )
    taken_back = in_gaos_hands().and_then(by(RESIDENT, "03-02 11:00", Withdraw))
    taken_back.when(by(CLOCK, "03-20 09:10", NoteRecurrence, **LATER)).then_refused(
        "not_resolved_before", "R10.4"
    )


def test_what_the_earlier_case_refuses_is_unmarked_with_the_reason() -> None:
    story = (
        marked()
        .when(by(CLOCK, "03-02 09:11", UnmarkRecurrence, refusal="recurrence_too_late"))
        .then(event(RecurrenceUnmarked, earlier="case-0", refusal="recurrence_too_late"))
    )
    story.when(by(CLOCK, "03-02 09:12", UnmarkRecurrence, refusal="x")).then_refused(
        "not_marked", "R10.4"
    )
    story.when(by(MEI, "03-02 09:13", MarkRecurrence, earlier="SW-LEAD")).then(RecurrenceMarked)


def test_only_cases_tell_each_other() -> None:
    settled().when(by(MEI, "03-20 09:10", NoteRecurrence, **LATER)).then_forbidden(
        "cases_only", "R10.4"
    )
    marked().when(by(MEI, "03-20 09:10", UnmarkRecurrence, refusal="x")).then_forbidden(
        "cases_only", "R10.4"
    )


def test_what_one_case_tells_the_other_is_a_command_to_it() -> None:
    told = Sent(
        sender="case-1",
        topic="recurrence.marked",
        event=marked().last(RecurrenceMarked),
        command_id="c",
        at=local("03-02 09:11"),
    )
    message = MESSAGES["recurrence.marked"]
    system = Actor(kind=ActorKind.SYSTEM)
    common = {"command_id": "c", "at": local("03-02 09:11"), "actor": system}
    expected: Command = NoteRecurrence(
        later="case-1",
        reported_at=local("03-02 09:00"),
        **common,  # type: ignore[arg-type]
    )
    assert message.tell(told) == expected
    assert message.refused is not None
    assert message.refused(told, "no") == UnmarkRecurrence(
        refusal="no",
        **common,  # type: ignore[arg-type]
    )
