"""R4.4, R11: a breach and a rating are held against who owed it, not who has it by then."""

from dataclasses import replace

import pytest

from domain.commands import (
    Accept,
    AcceptTransfer,
    Assign,
    HandOver,
    Rate,
    Register,
    Resolve,
    Transfer,
)
from domain.events import ClockBroken, DutyCheckPassedUp, DutyFellDue
from domain.organisation import Post
from domain.words import Role
from domain.words.redress import ChargeKind
from tests.domain import quarrel
from tests.domain.story import (
    CLOCK,
    GAN,
    GAO,
    MEI,
    RESIDENT,
    WANG,
    WEI,
    Story,
    by,
    given,
    in_gaos_hands,
    in_weis_hands,
    request,
)
from tests.domain.town import POSTS, local, post, town

pytestmark = pytest.mark.rule("R4.4", "R11")
BAD = {"contacted": True, "solved": False, "grade": 1}


def held(story: Story, kind: ChargeKind, about: str) -> str:
    """Unit and person it is held against."""
    charge = story.case.redress.charge(kind, about)
    assert charge is not None, [c.name for c in story.case.redress.charges]
    return f"{charge.unit_id} {charge.person_id}"


def ending(post_id: str, when: str) -> tuple[Post, ...]:
    """All posts, that one until then."""
    until = local(when)
    return tuple(replace(p, valid_until=until) if p.post_id == post_id else p for p in POSTS)


def test_who_was_asked_to_check_a_duty_and_did_not_owes_it() -> None:
    story = quarrel.closed().at("04-21 09:00").at("04-30 18:00").at("05-10 18:00").at("05-20 18:00")
    assert story.last(DutyFellDue).person_id == "cao"
    asked = [passed.person_id for passed in story.all(DutyCheckPassedUp)][:2]
    assert asked == ["xu", "xie"]
    assert held(story, ChargeKind.BREACH, "duty_check-1") == "orchard cao"
    assert held(story, ChargeKind.BREACH, "duty_check-2") == "bridge xu"
    assert held(story, ChargeKind.BREACH, "duty_check-3") == "east xie"


def test_who_left_before_a_duty_fell_due_does_not_owe_its_check() -> None:
    successor = post("community-2", "chen", Role.COMMUNITY_WORKER, "orchard")
    posts = (*ending("community-orchard", "03-20 00:00"), successor)
    story = quarrel.closed().under(town(posts=posts)).at("04-21 09:00").at("04-30 18:00")
    assert held(story, ChargeKind.BREACH, "duty_check-1") == "orchard chen"


def test_a_rating_is_held_against_who_resolved_though_the_post_went_to_another() -> None:
    story = in_gaos_hands().and_then(by(GAO, "03-02 11:00", Resolve, text="已劝停"))
    story = story.under(town(posts=ending("grid-1", "03-03 00:00"))).and_then(
        by(CLOCK, "03-03 09:00", Assign, instead_of="grid-1"),
        by(RESIDENT, "03-03 10:00", Rate, **BAD),
    )
    assert story.case.stint.person_id == "guo"
    assert held(story, ChargeKind.RATING, "1/reporter") == "orchard-1 gao"


def test_a_rating_is_held_against_the_stand_in_who_resolved() -> None:
    story = in_gaos_hands()
    away = replace(
        next(p for p in POSTS if p.post_id == "grid-1"),
        absences=((local("03-02 10:30"), local("03-04 00:00")),),
    )
    posts = tuple(away if p.post_id == "grid-1" else p for p in POSTS)
    story = story.under(town(posts=posts)).and_then(
        by(GAN, "03-02 11:00", Resolve, text="已劝停"), by(RESIDENT, "03-02 12:00", Rate, **BAD)
    )
    assert held(story, ChargeKind.RATING, "1/reporter") == "orchard-1 gan"


@pytest.mark.rule("R4.6")
def test_an_unanswered_order_is_held_against_the_turn_it_was_given_in() -> None:
    story = in_weis_hands().at("03-09 18:00")
    story = (
        story.and_then(
            by(WEI, "03-10 09:00", Transfer, unit_id="works", text="属道路"),
            by(WANG, "03-10 10:00", AcceptTransfer),
        )
        .at("03-20 18:00")
        .at("03-30 18:00")
    )
    assert held(story, ChargeKind.BREACH, "supervision-1") == "water wei"
    assert held(story, ChargeKind.YELLOW_CARD, "supervision-1") == "water wei"


def friday_with_gao() -> Story:
    """Accepted on Friday at ten, due on Monday at ten; that week Gao is away and Gan stands in."""
    return given(
        by(MEI, "03-06 09:00", Register, **request()),
        by(MEI, "03-06 09:30", HandOver),
        by(GAO, "03-06 10:00", Accept),
    )


def test_a_breach_is_held_against_the_stand_in_of_who_is_away() -> None:
    story = friday_with_gao().at("03-09 12:00")
    assert held(story, ChargeKind.BREACH, "handle-2") == "orchard-1 gan"
    assert story.last(ClockBroken).person_id == "gan"


def test_where_nobody_stands_in_a_breach_is_held_against_who_had_the_case() -> None:
    posts = tuple(replace(p, stand_in=None) if p.post_id == "grid-1" else p for p in POSTS)
    story = friday_with_gao().under(town(posts=posts)).at("03-09 12:00")
    assert held(story, ChargeKind.BREACH, "handle-2") == "orchard-1 gao"
