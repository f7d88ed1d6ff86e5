"""§2, R1.1: a post that ends by its date hands its cases over by itself, wherever it is from."""

from dataclasses import replace
from typing import Any

import pytest

from domain.commands import Tick
from domain.office.commands import CancelChange, ChangePost, EndPost, LoadBooks, OpenPost
from domain.office.events import (
    BooksLoaded,
    ChangeCancelled,
    HandOverBegun,
    HandOverCalledOff,
    HandOverPlanned,
    PostChanged,
    PostEnded,
    PostOpened,
)
from domain.office.records import Work
from tests.domain.office_story import AI, ASH, OFFICE_BOOK, OfficeStory, given, staffed
from tests.domain.story import CLOCK, by, event
from tests.domain.test_office_posts import JUNE, worker
from tests.domain.town import local

pytestmark = pytest.mark.rule("§2", "R1.1")
LAST = {"valid_until": local("03-06 12:00")}


def test_a_post_opened_until_a_day_hands_its_cases_over_on_that_day() -> None:
    story = (
        given()
        .when(by(ASH, "03-02 10:00", OpenPost, **worker(**LAST)))
        .then(PostOpened, event(HandOverPlanned, post_id="grid-new", starts_at="03-06 12:00"))
    )
    story = replace(story, work={"grid-new": Work(in_charge=3)})
    before = story.when(by(CLOCK, "03-06 11:59", Tick)).then()
    assert before.office.errands() == ()
    assert before.office.next_due() == local("03-06 12:00")
    over = before.when(by(CLOCK, "03-06 12:00", Tick)).then(event(HandOverBegun, in_charge=3))
    assert over.office.errands() == ("grid-new",)


def test_a_last_day_set_later_plans_the_hand_over_and_moves_it_when_it_moves() -> None:
    work = {"works-1": Work(in_charge=2)}
    change = by(AI, "03-02 10:00", ChangePost, post_id="works-1", **LAST)
    story = (
        given(work=work)
        .when(change)
        .then(PostChanged, event(HandOverPlanned, starts_at="03-06 12:00"))
    )
    for when, last in (("03-02 11:00", "03-20 12:00"), ("03-02 12:00", "03-04 12:00")):
        story = story.when(
            by(AI, when, ChangePost, post_id="works-1", valid_until=local(last))
        ).then(PostChanged, event(HandOverPlanned, starts_at=last))
        assert [h.at for h in story.office.hand_overs] == [local(last)]


def test_a_last_day_taken_back_takes_the_hand_over_with_it() -> None:
    for command, kind in (
        (
            by(ASH, "03-02 10:00", OpenPost, **worker(valid_until=local("07-01 00:00")), **JUNE),
            PostOpened,
        ),
        (
            by(
                AI,
                "03-02 10:00",
                ChangePost,
                post_id="works-1",
                valid_until=local("07-01 00:00"),
                **JUNE,
            ),
            PostChanged,
        ),
    ):
        story = given().when(command).then(kind, event(HandOverPlanned, starts_at="07-01 00:00"))
        cancel = by(AI, "03-02 11:00", CancelChange, change=story.change(kind))
        after = story.when(cancel).then(ChangeCancelled, HandOverCalledOff)
        assert after.office.hand_overs == ()


def test_an_end_brought_forward_by_hand_replaces_the_one_by_date() -> None:
    work = {"clerk-bridge": Work(in_charge=1)}
    story = given(by(ASH, "03-02 10:00", ChangePost, post_id="clerk-bridge", **LAST), work=work)
    end = by(ASH, "03-02 11:00", EndPost, post_id="clerk-bridge", successor="clerk-bridge-2")
    after = story.when(end).then(PostEnded, HandOverPlanned, HandOverBegun)
    assert [(h.successor, h.begun) for h in after.office.hand_overs] == [("clerk-bridge-2", True)]
    free = given(by(ASH, "03-02 10:00", ChangePost, post_id="clerk-bridge", **LAST))
    assert free.when(end).then(PostEnded, HandOverCalledOff).office.hand_overs == ()


def test_the_last_who_can_answer_gets_no_last_day_while_cases_are_open() -> None:
    change = by(ASH, "03-02 10:00", ChangePost, post_id="street-bridge", **LAST)
    work = {"street-bridge": Work(in_charge=1)}
    given(work=work).when(change).then_refused("nobody_to_hand_over_to", "§2", unit="bridge")


def loaded(until: str, **facts: Any) -> OfficeStory:
    """An office whose files say that Gao's post ends then."""
    found = staffed()
    posts = {**found.posts, "grid-1": replace(found.posts["grid-1"], valid_until=local(until))}
    book = replace(OFFICE_BOOK, organisation=replace(found, posts=posts))
    return given(book=book, **facts)


FILES: dict[str, Any] = {"versions": ("town-2",), "book_id": 9, "changes": 0}


def test_a_post_that_ends_by_the_files_hands_its_cases_over_as_well() -> None:
    load = by(CLOCK, "03-02 10:00", LoadBooks, **FILES)
    story = (
        loaded("03-06 12:00", work={"grid-1": Work(in_charge=3)})
        .when(load)
        .then(BooksLoaded, event(HandOverPlanned, starts_at="03-06 12:00"))
    )
    story.when(by(CLOCK, "03-06 12:00", Tick)).then(event(HandOverBegun, in_charge=3))


def test_a_post_that_files_end_on_a_day_that_is_past_hands_over_at_once() -> None:
    story = loaded("02-27 12:00", work={"grid-1": Work(officer=1)})
    plan = story.when(by(CLOCK, "03-02 10:00", Tick)).then(
        event(HandOverPlanned, post_id="grid-1", starts_at="03-02 10:00")
    )
    plan.when(by(CLOCK, "03-02 10:00", Tick)).then(event(HandOverBegun, officer=1))
    loaded("02-27 12:00").when(by(CLOCK, "03-02 10:00", Tick)).then()


def test_files_that_know_no_last_day_any_more_take_the_hand_over_back() -> None:
    story = loaded("03-06 12:00").at("03-02 10:00")
    assert len(story.office.hand_overs) == 1
    story = replace(story, book=OFFICE_BOOK)
    after = story.when(by(CLOCK, "03-02 11:00", LoadBooks, **FILES)).then(
        BooksLoaded, HandOverCalledOff
    )
    assert after.office.hand_overs == ()
