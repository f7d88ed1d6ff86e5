"""R10.4: what is reported again soon after it was resolved counts against the resolution."""

from dataclasses import replace
from typing import Any

import pytest

from domain import questions
from domain.book import Book
from domain.commands import (
    Actor,
    Appeal,
    Command,
    Contact,
    DecideAppeal,
    MarkRecurrence,
    NoteRecurrence,
    Rate,
    RecordFollowUp,
    Register,
    Resolve,
    UnmarkRecurrence,
    Withdraw,
)
from domain.crossing import MESSAGES, Sent
from domain.events import (
    AppealDecided,
    Appealed,
    Arrived,
    Recurred,
    RecurrenceMarked,
    RecurrenceUnmarked,
    Registered,
)
from domain.notices import Notice, notices
from domain.values import SYSTEM, SameMatter
from domain.words import ActorKind, CaseType, QuestionKind
from domain.words.redress import ChargeKind
from tests.domain.story import (
    BO,
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    WANG,
    XIA,
    XU,
    Outcome,
    Story,
    by,
    event,
    given,
    importer,
    in_gaos_hands,
    received,
    request,
    staff,
)
from tests.domain.town import EARLIER, IN_ORCHARD_1, IN_STONE_1, TOWN, local

pytestmark = pytest.mark.rule("R10.4")

GOOD = {"contacted": True, "solved": True, "grade": 5}
LATER = {"later": "case-2", "reported_at": local("03-20 09:00")}


def settled() -> Story:
    """Settled on Monday at eleven, and closed after a good rating."""
    return in_gaos_hands().and_then(
        by(GAO, "03-02 11:00", Resolve, text="已劝停"),
        by(MEI, "03-02 11:01", RecordFollowUp, contacted=True),
        by(RESIDENT, "03-03 10:00", Rate, **GOOD),
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
    for who in (BO, WANG):
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


def test_it_counts_for_thirty_days_after_the_case_was_closed() -> None:
    last = LATER | {"reported_at": local("04-02 09:59")}
    settled().when(by(CLOCK, "04-02 12:00", NoteRecurrence, **last)).then(Recurred)
    late = LATER | {"reported_at": local("04-02 10:00")}
    settled().when(by(CLOCK, "04-02 12:00", NoteRecurrence, **late)).then_refused(
        "recurrence_too_late", "R10.4", until="2026-04-02T02:00:00+00:00"
    )


# -- what makes it the same matter ---------------------------------------------


def neighbours(**cases: dict[str, Any]) -> Book:
    """The town with other cases beside; each is the resolved one with what is different."""
    found = {name.replace("_", "-"): fields for name, fields in cases.items()}
    known = {n: replace(EARLIER, **{"case_id": n, **fields}) for n, fields in found.items()}
    return replace(TOWN, neighbours={**TOWN.neighbours, **known})


FAR = {"case_0": {"point": IN_STONE_1}, "case_1": {"point": IN_ORCHARD_1}}
"""Two cases that lie half a degree apart."""
OTHER = {"case_0": {"class_id": "parks", "item_id": "bench"}}
MARK = {"earlier": "case-0", "text": "同一处"}


def test_the_mark_says_what_makes_it_the_same_matter() -> None:
    near = {"case_0": {"point": (120_005_000, 30_006_000)}, "case_1": {"point": IN_ORCHARD_1}}
    expected = SameMatter(
        item_id="noise",
        class_id="town",
        earlier_item="noise",
        earlier_class="town",
        metres=111,
        days=8,
    )
    story = received().under(neighbours(**near))
    story.when(by(MEI, "03-02 09:10", MarkRecurrence, **MARK)).then(
        event(RecurrenceMarked, matter=expected, decided=False, automatic=False)
    )


@pytest.mark.parametrize(("beside", "differs"), [(OTHER, "category"), (FAR, "place")])
def test_what_differs_is_no_recurrence_unless_a_supervisor_says_why(
    beside: dict[str, Any], differs: str
) -> None:
    story = received().under(neighbours(**beside))
    story.when(by(MEI, "03-02 09:10", MarkRecurrence, **MARK)).then_refused(
        "not_the_same_matter", "R10.4", differs=differs
    )
    story.when(by(XU, "03-02 09:10", MarkRecurrence, earlier="case-0")).then_refused(
        "reason_missing", "R10.4", differs=differs
    )
    told = story.when(by(XU, "03-02 09:10", MarkRecurrence, **MARK)).then(
        event(RecurrenceMarked, decided=True, text="同一处")
    )
    mark = told.last(RecurrenceMarked)
    sent = Sent(
        sender="case-1", receiver="case-2", topic=mark.kind, event=mark, command_id="c", at=mark.at
    )
    note = MESSAGES["recurrence.marked"].tell(sent)
    assert isinstance(note, NoteRecurrence)
    assert (note.decided, note.matter) == (True, mark.matter)


def test_a_supervisor_charges_nobody_of_another_branch_with_what_differs() -> None:
    elsewhere = neighbours(case_0={"class_id": "parks", "unit_id": "stone-1"})
    story = received().under(elsewhere)
    story.when(by(XU, "03-02 09:10", MarkRecurrence, **MARK)).then_refused(
        "not_the_same_matter", "R10.4", differs="category"
    )
    story.when(by(XIA, "03-02 09:10", MarkRecurrence, **MARK)).then(
        event(RecurrenceMarked, decided=True)
    )


def test_the_earlier_case_looks_itself_whether_it_is_its_matter() -> None:
    away = neighbours(case_2={"point": IN_STONE_1}, case_1={"point": IN_ORCHARD_1})
    told = settled().under(away)
    told.when(by(CLOCK, "03-20 09:10", NoteRecurrence, **LATER)).then_refused(
        "not_the_same_matter", "R10.4", differs="place"
    )
    other = SameMatter(
        item_id="bench",
        class_id="parks",
        earlier_item="noise",
        earlier_class="parks",
        metres=None,
        days=3,
    )
    claimed = LATER | {"matter": other}
    settled().when(by(CLOCK, "03-20 09:10", NoteRecurrence, **claimed)).then_refused(
        "not_the_same_matter", "R10.4", differs="category"
    )
    both = claimed | {"decided": True}
    settled().when(by(CLOCK, "03-20 09:10", NoteRecurrence, **both)).then(
        event(Recurred, later="case-2")
    )
    settled().when(
        by(CLOCK, "03-20 09:10", NoteRecurrence, **(LATER | {"later": "SW-9"}))
    ).then_refused("no_such_later", "R10.4", later="SW-9")


def test_a_case_that_was_never_resolved_charges_nobody() -> None:
    taken_back = neighbours(case_0={"resolved": False, "resolved_at": None})
    received().under(taken_back).when(by(MEI, "03-02 09:10", MarkRecurrence, **MARK)).then_refused(
        "not_resolved_before", "R10.4"
    )


# -- the same resident again -----------------------------------------------------

SAME = {"lookup": "hash-of-138"}


def again(beside: dict[str, Any], **changed: Any) -> Outcome[Story]:
    """Their matter was resolved on 20 February and closed a day later; now they come again."""
    told = request(**{"reporter_lookup": "hash-of-138", **changed})
    return given(book=neighbours(**beside)).when(by(MEI, "03-02 09:00", Register, **told))


def test_what_the_same_resident_reports_again_is_marked_by_itself() -> None:
    story = again({"case_0": SAME}).then(
        Registered,
        Arrived,
        event(RecurrenceMarked, earlier="case-0", automatic=True, reported_at="03-02 09:00"),
    )
    mark = story.last(RecurrenceMarked)
    assert mark.by == SYSTEM
    assert mark.matter is not None
    assert (mark.matter.class_id, mark.matter.days) == ("town", 8)
    assert story.case.redress.recurrence_of == "case-0"
    found = notices(story.case, story.case, mark, story.book)
    assert found[-1] == Notice(topic="recurrence.marked", to="case", recipient="case-0")


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"lookup": "another"}, id="another resident"),
        pytest.param({**SAME, "class_id": "parks"}, id="another category"),
        pytest.param({**SAME, "area": "stone-1"}, id="another community"),
        pytest.param({**SAME, "area": ""}, id="a place nobody knows"),
        pytest.param({**SAME, "point": IN_STONE_1}, id="half a degree away"),
        pytest.param({**SAME, "open": True}, id="worked on again"),
        pytest.param({**SAME, "resolved_at": None}, id="never resolved"),
        pytest.param({**SAME, "resolved_at": local("03-02 09:01")}, id="resolved after"),
        pytest.param({**SAME, "ended_at": local("01-31 09:00")}, id="thirty days ago"),
        pytest.param({**SAME, "case_type": CaseType.DISPUTE}, id="a dispute"),
    ],
)
def test_what_is_not_known_to_be_the_same_matter_is_not_marked(fields: dict[str, Any]) -> None:
    again({"case_0": fields}).then(Registered, Arrived)


def test_nothing_is_marked_of_nobody_of_a_quarrel_and_of_an_import() -> None:
    again({"case_0": {"lookup": ""}}, reporter_lookup="").then(Registered, Arrived)
    quarrel = {"case_type": CaseType.DISPUTE, "parties": (Contact(name="李"),)}
    again({"case_0": SAME}, **quarrel).then(Registered, Arrived)
    told = request(reporter_lookup="hash-of-138")
    brought = given(book=neighbours(case_0=SAME))
    brought.when(by(importer("mei"), "03-02 09:00", Register, **told)).then(Registered, Arrived)


def test_of_several_it_is_the_one_resolved_last() -> None:
    older = {**SAME, "resolved_at": local("02-10 16:00")}
    again({"case_8": older, "case_0": SAME, "case_9": older}).then(
        Registered, Arrived, event(RecurrenceMarked, earlier="case-0")
    )


@pytest.mark.rule("R11")
def test_who_resolved_it_contests_a_recurrence_once() -> None:
    told = settled().and_then(by(CLOCK, "03-20 09:10", NoteRecurrence, **LATER))
    charge = told.case.redress.charge(ChargeKind.RECURRENCE, "case-2")
    assert charge is not None
    assert (charge.unit_id, charge.person_id) == ("orchard-1", "gao")
    held = {"against": ChargeKind.RECURRENCE, "about": "case-2"}
    story = told.when(by(GAO, "03-20 10:00", Appeal, text="是另一户", **held)).then(Appealed)
    question = questions.find(story.case, QuestionKind.APPEAL, "recurrence/case-2")
    assert question is not None
    judge = staff(question.person_id or "")
    after = story.when(
        by(judge, "03-20 11:00", DecideAppeal, upheld=True, text="属实", **held)
    ).then(event(AppealDecided, upheld=True))
    assert after.case.redress.excluded(ChargeKind.RECURRENCE, "case-2")


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
    story = story.under(neighbours(case_9={}))
    story.when(by(MEI, "03-02 09:13", MarkRecurrence, earlier="case-9")).then(RecurrenceMarked)


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
        receiver="case-2",
        topic="recurrence.marked",
        event=marked().last(RecurrenceMarked),
        command_id="c",
        at=local("03-02 09:11"),
    )
    message = MESSAGES["recurrence.marked"]
    system = Actor(kind=ActorKind.SYSTEM)
    common = {"command_id": "c", "at": local("03-02 09:11"), "actor": system}
    mark = marked().last(RecurrenceMarked)
    expected: Command = NoteRecurrence(
        later="case-1",
        reported_at=local("03-02 09:00"),
        matter=mark.matter,
        **common,  # type: ignore[arg-type]
    )
    assert message.tell(told) == expected
    assert message.refused is not None
    assert message.refused(told, "no") == UnmarkRecurrence(
        refusal="no",
        **common,  # type: ignore[arg-type]
    )
