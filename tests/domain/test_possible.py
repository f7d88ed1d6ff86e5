"""What is possible is what the decider says: nothing promised that it refuses, nothing hidden."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import possible
from domain.book import Book
from domain.case import decide, initial
from domain.commands import Actor, Command, RequestExtension, Suspend, Withdraw
from domain.possible import KINDS, OF_ARGUMENTS, OF_STATE, Possible, Scene
from domain.possible.probes import PROBES
from domain.refusals import Refused
from domain.state import Case
from domain.words import ActorKind, SuspensionGround
from tests.domain import town
from tests.domain.makers import command
from tests.domain.quarrel import asked, consented, formed, quarrel
from tests.domain.story import CAO, GAO, KEEPER, SU, Story, at_the_grid, by, in_gaos_hands
from tests.domain.test_completeness import RAISED
from tests.domain.test_delegation import ADMITTED
from tests.domain.test_delegation import at_the_street as stall
from tests.domain.town import local
from tests.domain.walkers import one, somebody
from tests.domain.walks import Walk, lived, walk, written_walk
from tests.store.lives import LIVES

SENDERS = (ActorKind.STAFF, ActorKind.RESIDENT, ActorKind.PARTNER)


def test_every_refusal_is_about_an_argument_or_about_what_the_case_is() -> None:
    raised = {code for _, code, _ in RAISED}
    assert frozenset(raised) == OF_ARGUMENTS | OF_STATE
    assert frozenset() == OF_ARGUMENTS & OF_STATE


def test_every_command_somebody_could_send_has_its_probes() -> None:
    assert set(PROBES) == set(KINDS.values())


# -- what is said before is what is decided ------------------------------------


class Asking(Walk):
    """A walk in which before every command it is asked whether it is possible."""

    def do(self, given: Command) -> None:
        if given.kind in KINDS and given.actor.kind in SENDERS and self.case.opened:
            hold(self.case, given, self.book)
        super().do(given)


def hold(case: Case, given: Command, book: Book) -> None:
    """What `decide` accepts was called possible; so what was refused before is refused by it."""
    seen = isinstance(given, Withdraw) and given.seen
    scene = Scene(case=case, actor=given.actor, at=given.at, book=book, seen=seen)
    said = possible.asked(scene, given.kind)
    try:
        decide(case, given, book)
    except Refused:
        return
    assert said is not None, f"{given.kind} was left out and accepted"
    assert said.possible, f"{given.kind} was refused ({_why(said)}) and accepted"


def _why(said: Possible) -> str:
    return said.refusal.code if said.refusal else ""


LONG = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(LONG, max_examples=120)
@given(st.data())
def test_random_lives_find_possible_whatever_they_then_do(data: st.DataObject) -> None:
    life = walk(data.draw, make=Asking)
    for _ in range(data.draw(st.integers(min_value=1, max_value=15))):
        life.step()


@settings(LONG, max_examples=150)
@given(st.data())
def test_deep_in_a_chapter_too(data: st.DataObject) -> None:
    life = written_walk(data.draw, make=Asking)
    for _ in range(data.draw(st.integers(min_value=1, max_value=10))):
        life.step()


def test_every_command_was_called_possible_and_done_in_some_written_life() -> None:
    done = sum(
        (lived(_nothing_drawn, life, make=Asking).accepted for life in LIVES.values()), Counter()
    )
    assert set(KINDS) <= set(done)


def _nothing_drawn(_: object) -> Any:
    raise AssertionError("a written life leaves nothing to chance")


@settings(LONG, max_examples=150)
@given(st.data())
def test_whatever_is_refused_before_it_is_asked_is_refused_with_any_argument(
    data: st.DataObject,
) -> None:
    draw = data.draw
    life = written_walk(draw)
    for _ in range(draw(st.integers(min_value=0, max_value=3))):
        life.step()
    actor = somebody(draw, life.case, life.book, life.now)
    if actor.kind not in SENDERS:
        actor = Actor(kind=ActorKind.RESIDENT, subject=draw(one("reporter", "party-1")))
    for kind in KINDS.values():
        hold(life.case, command(draw, kind, actor, life.now), life.book)


# -- what is said, in cases made by hand ---------------------------------------


def said(story: Story, who: Actor, when: str, kind: str) -> Possible:
    scene = Scene(case=story.case, actor=who, at=local(when), book=story.book)
    found = possible.asked(scene, kind)
    assert found is not None
    return found


def refusal(story: Story, who: Actor, when: str, kind: str) -> tuple[str, str]:
    found = said(story, who, when, kind)
    assert not found.possible
    assert found.refusal is not None
    return found.refusal.code, found.refusal.rule


@pytest.mark.rule("R4.3")
def test_before_any_progress_only_an_emergency_goes_up_and_the_reason_is_told() -> None:
    story = in_gaos_hands()
    found = said(story, GAO, "03-02 10:00", "escalate")
    assert found.possible
    assert found.refusal is not None
    assert found.refusal.code == "no_progress_recorded"


@pytest.mark.rule("§2")
def test_who_may_not_is_told_so_and_not_what_the_case_lacks() -> None:
    assert refusal(in_gaos_hands(), CAO, "03-02 10:00", "resolve") == ("not_entitled", "§2")


@pytest.mark.rule("R9.1")
def test_a_missing_photo_is_no_reason_why_a_case_could_not_be_resolved() -> None:
    assert said(in_gaos_hands(), GAO, "03-02 10:00", "resolve").possible


@pytest.mark.rule("R4.1")
def test_what_time_has_done_meanwhile_is_reckoned_with() -> None:
    story = at_the_grid()
    assert said(story, GAO, "03-02 10:00", "accept").possible
    assert refusal(story, GAO, "03-05 10:00", "accept") == ("not_entitled", "§2")


def test_a_dispute_is_not_asked_what_only_a_request_hears_nor_the_other_way() -> None:
    def kinds(story: Story, who: Actor) -> set[str]:
        scene = Scene(case=story.case, actor=who, at=local("03-03 10:00"), book=story.book)
        return {each.kind for each in possible.possible(scene)}

    request, dispute = kinds(in_gaos_hands(), GAO), kinds(quarrel(), GAO)
    assert "open_mediation" in dispute - request
    assert "propose_deliberation" in request - dispute
    assert "rate" not in request | dispute
    assert kinds(in_gaos_hands(), KEEPER) == {"report_in", "record_help"}


def test_of_a_case_that_does_not_exist_nothing_is_said() -> None:
    scene = Scene(case=initial("case-1"), actor=GAO, at=local("03-02 10:00"), book=town.TOWN)
    assert possible.possible(scene) == ()


@pytest.mark.rule("R3.2")
def test_work_goes_down_where_it_is_admitted_and_else_the_reason_is_told() -> None:
    at_eleven = "03-02 11:00"
    assert refusal(stall(), SU, at_eleven, "delegate") == ("not_admitted", "R3.2")
    assert said(stall(book=ADMITTED), SU, at_eleven, "delegate").possible
    assert said(stall("sweep"), SU, at_eleven, "delegate").possible


@pytest.mark.rule("R6.5")
def test_what_can_only_be_refused_any_more_says_why_it_cannot_be_granted() -> None:
    more = by(GAO, "03-02 11:00", RequestExtension, extend_by=town.span("1 working_hours"), text="")
    story = in_gaos_hands().and_then(more)
    assert said(story, CAO, "03-02 11:30", "decide_extension").refusal is None
    held = story.and_then(
        by(GAO, "03-02 11:15", Suspend, ground=SuspensionGround.EXPERT_APPRAISAL, text="鉴定")
    )
    found = said(held, CAO, "03-02 11:30", "decide_extension")
    assert found.possible
    assert found.refusal is not None
    assert found.refusal.code == "suspended"


@pytest.mark.rule("R7.2")
def test_a_panel_can_be_formed_while_somebody_free_is_there() -> None:
    assert refusal(asked(), CAO, "03-03 10:30", "form_panel") == ("consents_missing", "R7.1")
    assert said(consented(), CAO, "03-03 10:30", "form_panel").possible
    assert refusal(formed(), CAO, "03-03 11:30", "form_panel") == ("panel_complete", "R7.2")
