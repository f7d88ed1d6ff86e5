"""R7.1: who may read the words of a dispute, decided by what the case is at that moment."""

import pytest

from domain.commands import (
    Contact,
    DeclareRelation,
    Decline,
    FailMediation,
    RejectMediator,
    Reveal,
)
from domain.confidentiality import mediating, privy, readable
from domain.words import CaseType, DeclineGround
from domain.words.disputes import Relation
from tests.domain.quarrel import GAVE_UP, LI, MO, closed, drafted, formed, quarrel, talked
from tests.domain.story import CAO, MEI, Story, by, in_sus_hands, received
from tests.domain.test_panels import FIRST
from tests.domain.town import TOWN, local

pytestmark = pytest.mark.rule("R7.1")


def readers(story: Story) -> set[str]:
    """Everybody of the town who reads all of it."""
    at = story.case.last_at or local("03-02 09:00")
    organisation = story.book.organisation
    people = {post.person_id for post in organisation.posts.values()}
    return {p for p in people if privy(story.case, p, organisation.posts_of(p, at))}


def reads(story: Story, person: str) -> list[str]:
    """The kinds of events whose words that person reads."""
    at = story.case.last_at or local("03-02 09:00")
    posts = story.book.organisation.posts_of(person, at)
    may = readable(story.case, story.history, person, posts)
    return [e.kind for e, yes in zip(story.history, may, strict=True) if yes]


def test_the_handler_and_the_mediators_and_nobody_else() -> None:
    assert readers(quarrel()) == {"cao"}
    assert readers(formed()) == {"cao", "mo"}
    assert readers(closed()) == {"cao", "mo"}


def test_who_left_the_panel_or_the_rung_reads_no_more() -> None:
    gone = formed().and_then(by(LI, "03-04 09:00", RejectMediator, **FIRST))
    assert readers(gone) == {"cao"}
    up = talked().and_then(by(MO, "03-05 17:10", FailMediation, **GAVE_UP))
    assert readers(up) == {"su"}


def test_a_handler_complained_about_does_not_read_the_complaint() -> None:
    story = drafted().and_then(
        by(LI, "03-05 18:00", DeclareRelation, about="handler", relation=Relation.COMPLAINED_ABOUT)
    )
    assert readers(story) == {"mo"}


def test_the_officer_reads_what_was_before_the_mediation_and_nothing_since() -> None:
    story = formed()
    kinds = reads(story, "mei")
    assert kinds[0] == "case.registered"
    assert "mediation.opened" not in kinds
    assert kinds == [e.kind for e in story.history[: len(kinds)]]
    assert reads(story, "xu") == reads(story, "ao") == []


def test_who_must_decide_reads_what_put_the_question() -> None:
    dispute = received("stairs", case_type=CaseType.DISPUTE, parties=(Contact(name="李"),))
    asked = {"ground": DeclineGround.BEFORE_COURT, "text": "已起诉"}
    story = dispute.and_then(by(MEI, "03-02 09:30", Decline, **asked))
    assert "case.declined" in reads(story, "xu")
    assert reads(story, "xie") == []


@pytest.mark.rule("R14.5")
def test_an_auditor_reads_why_somebody_looked_and_nothing_else() -> None:
    story = formed().and_then(by(CAO, "03-03 12:00", Reveal, reason="上门核实"))
    assert reads(story, "ao") == ["case.revealed"]
    assert reads(story, "xu") == []


def test_a_request_is_no_secret_of_anybody_s() -> None:
    story = in_sus_hands()
    assert len(reads(story, "ao")) == len(story.history)
    assert "ao" in readers(story)


def test_only_a_mediator_s_post_opens_cases_by_its_panels() -> None:
    posts = TOWN.organisation.posts
    both = (posts["mediator-orchard"], posts["community-orchard"])
    assert mediating(both) == ["mediator-orchard"]
