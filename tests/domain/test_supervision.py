"""R4.6: a supervisor orders at any time, and is answered."""

import pytest

from domain.case import evolve, initial
from domain.commands import (
    AnswerSupervision,
    Register,
    Resolve,
    Supervise,
    Suspend,
    Tick,
    Withdraw,
)
from domain.events import (
    ClockBroken,
    ClockWarned,
    Event,
    SupervisionAnswered,
    SupervisionOrdered,
)
from domain.notices import Notice, notices
from domain.state import Running
from domain.words import ClockKind, SuspensionGround
from tests.domain.story import (
    CAO,
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    WEI,
    XIA,
    XIE,
    XU,
    Story,
    at_the_grid,
    by,
    event,
    given,
    in_gaos_hands,
    in_sus_hands,
    in_weis_hands,
    received,
    request,
    staff,
)
from tests.domain.town import local, said

pytestmark = pytest.mark.rule("R4.6")

SEE = {"text": "请尽快到场并报告"}
ANSWER = {"text": "已安排今日到场"}
PAN = staff("pan")


def ordered() -> Story:
    """Xu of Bridge street ordered at eleven."""
    return in_gaos_hands().and_then(by(XU, "03-02 11:00", Supervise, **SEE))


def test_a_supervisor_over_the_unit_orders_and_the_order_has_its_own_clock() -> None:
    before = in_gaos_hands()
    story = before.when(by(XU, "03-02 11:00", Supervise, **SEE)).then(
        event(SupervisionOrdered, unit_id="bridge", person_id="xu", clock_id=None, **SEE)
    )
    assert story.clock(ClockKind.SUPERVISION).due_at == local("03-04 11:00")
    assert story.clock(ClockKind.HANDLE) == before.clock(ClockKind.HANDLE)
    assert story.case.stint == before.case.stint


def test_at_any_time_while_the_case_is_open() -> None:
    held = in_gaos_hands().and_then(
        by(GAO, "03-02 10:10", Suspend, ground=SuspensionGround.EXPERT_APPRAISAL, text="鉴定")
    )
    for story in (received(), at_the_grid(), held, in_sus_hands()):
        story.when(by(XIE, "03-02 10:20", Supervise, **SEE)).then(SupervisionOrdered)


def test_a_case_that_is_resolved_or_closed_is_not_ordered_about() -> None:
    done = in_gaos_hands().and_then(by(GAO, "03-02 10:30", Resolve, text="已办"))
    done.when(by(XU, "03-02 11:00", Supervise, **SEE)).then_refused("not_open", "R4.6")
    gone = in_gaos_hands().and_then(by(RESIDENT, "03-02 10:30", Withdraw))
    gone.when(by(XU, "03-02 11:00", Supervise, **SEE)).then_refused("case_closed", "R9")


def test_the_order_is_answered_not_ignored() -> None:
    story = (
        ordered()
        .when(by(GAO, "03-02 11:30", AnswerSupervision, **ANSWER))
        .then(SupervisionAnswered)
    )
    story.when(by(XU, "03-02 11:40", Supervise, **SEE)).then(SupervisionOrdered)


def test_nobody_orders_again_while_their_own_order_waits() -> None:
    ordered().when(by(XU, "03-02 11:10", Supervise, **SEE)).then_refused("order_open", "R4.6")


def test_a_higher_supervisor_orders_while_a_lower_ones_order_is_open() -> None:
    story = (
        ordered()
        .when(by(XIE, "03-02 14:00", Supervise, **SEE))
        .then(event(SupervisionOrdered, unit_id="east", person_id="xie"))
    )
    due = {r.clock.clock_id: said(r.clock.due_at)[5:] for r in waiting(story)}
    assert due == {"supervision-1": "03-04 11:00", "supervision-2": "03-04 14:00"}
    answered = story.and_then(by(GAO, "03-02 15:00", AnswerSupervision, **ANSWER))
    assert not waiting(answered)
    assert told(answered, SupervisionAnswered) == ["mei", "xu", "xie"]


def broken_meanwhile() -> Story:
    """Xia ordered on Tuesday; the handling clock broke on Thursday at ten, and Xie was asked."""
    ordered_by_xia = in_weis_hands().and_then(by(XIA, "03-03 10:30", Supervise, **SEE))
    return ordered_by_xia.at("03-05 10:00")


@pytest.mark.rule("R4.4")
def test_an_order_is_owed_by_its_own_time_whatever_breaks_meanwhile() -> None:
    story = broken_meanwhile()
    assert [r.clock.clock_id for r in waiting(story)] == ["supervision-1", "supervision-2"]
    late = story.at("03-05 10:30")
    assert late.last(ClockBroken).clock_id == "supervision-1"
    assert [r.clock.clock_id for r in waiting(late)] == ["supervision-2", "supervision-3"]


def test_who_gave_an_order_that_was_replaced_hears_the_answer() -> None:
    story = in_weis_hands().and_then(by(XIE, "03-03 10:30", Supervise, **SEE)).at("03-05 10:40")
    assert [o.person_id for o in story.all(SupervisionOrdered)] == ["xie", "xia", "xia"]
    answered = story.and_then(by(WEI, "03-05 11:00", AnswerSupervision, **ANSWER))
    assert told(answered, SupervisionAnswered) == ["mei", "xia", "xie"]
    assert not waiting(answered)


def waiting(story: Story) -> list[Running]:
    """The clocks of the orders that wait."""
    clocks = story.case.clocks
    return [r for r in clocks if r.clock.kind is ClockKind.SUPERVISION and r.stopped_at is None]


def test_only_supervisors_over_the_unit_order() -> None:
    for who in (GAO, CAO, MEI, PAN):
        in_gaos_hands().when(by(who, "03-02 11:00", Supervise, **SEE)).then_forbidden(
            "not_entitled", "§2"
        )
    in_weis_hands().when(by(XU, "03-02 11:00", Supervise, **SEE)).then_forbidden(
        "not_entitled", "§2"
    )


def test_nobody_orders_themselves() -> None:
    story = given(by(XU, "03-02 09:00", Register, **request()))
    story.when(by(XU, "03-02 09:10", Supervise, **SEE)).then_forbidden("own_handling", "R4.6")
    story.when(by(XIE, "03-02 09:10", Supervise, **SEE)).then(SupervisionOrdered)


@pytest.mark.rule("R4.4")
def test_an_unanswered_order_goes_to_the_superior_above_who_gave_it() -> None:
    held = in_sus_hands().and_then(by(XIE, "03-02 11:00", Supervise, **SEE))
    story = held.when(by(CLOCK, "03-04 11:00", Tick)).then(
        *(ClockWarned, ClockWarned, ClockWarned, ClockBroken),
        event(SupervisionOrdered, unit_id="city", person_id="xia"),
    )
    again = story.at("03-06 11:00")
    assert again.last(SupervisionOrdered).person_id == "xia"


def test_the_city_s_order_has_nobody_above() -> None:
    story = in_sus_hands().and_then(by(XIA, "03-02 11:00", Supervise, **SEE)).at("03-04 11:00")
    assert story.last(SupervisionOrdered).person_id == "xia"


def told(story: Story, kind: type[Event]) -> list[str]:
    case, found = initial("case-1"), tuple[Notice, ...]()
    for happened in story.history:
        before, case = case, evolve(case, happened)
        if isinstance(happened, kind):
            found = notices(before, case, happened, story.book)
    return [notice.recipient for notice in found]


def test_who_ordered_is_told_of_the_answer() -> None:
    assert told(ordered(), SupervisionOrdered) == ["gao", "bridge", "xu"]
    story = ordered().and_then(by(GAO, "03-02 11:30", AnswerSupervision, **ANSWER))
    assert told(story, SupervisionAnswered) == ["mei", "xu"]
