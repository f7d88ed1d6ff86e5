"""R14.4: who asks that somebody be forgotten, who agrees, what stands against it, how it ends."""

from dataclasses import replace

import pytest

from domain.commands import EraseSubject, Tick
from domain.erasure.commands import (
    ApproveErasure,
    NoteErased,
    NoteKept,
    RefuseErasure,
    RequestErasure,
    Target,
    WithdrawErasure,
)
from domain.erasure.events import (
    ErasureApproved,
    ErasureCarriedOut,
    ErasureDelayed,
    ErasureOverdue,
    ErasurePassedUp,
    ErasureRefused,
    ErasureRequested,
    ErasureTakenUp,
    ErasureWarned,
    ErasureWithdrawn,
    TargetErased,
    TargetKept,
)
from domain.erasure.notices import notices
from domain.words import ClosingReason, Role
from domain.words.erasure import ErasureState, Ground, Remains
from tests.domain.forgetting import AN, AO, ASKED, PIA, PO, Forgetting, knowing, not_yet, requested
from tests.domain.rated import excluded
from tests.domain.story import CLOCK, GAO, MEI, SU, XIE, Story, at_the_grid, by, event, staff
from tests.domain.test_erasing import among, taken_back
from tests.domain.town import POSTS, post, said, town

pytestmark = pytest.mark.rule("R14.4")

CLOSED = taken_back()
KNOWN = knowing(CLOSED)
HIM = Target(case_id="case-1")
SWEPT = {"target": HIM, "keys": 2, "histories": 1, "rows": 3}
PROPOSED = {**ASKED, "ground": Ground.PERIOD_OVER, "text": "保存期满"}


def lead(case_id: str = "SW-9", story: Story = CLOSED) -> Story:
    return replace(story, case=replace(story.case, case_id=case_id))


# -- asking ------------------------------------------------------------------


def test_a_data_protection_officer_asks_and_another_has_five_working_days() -> None:
    story = (
        not_yet(KNOWN)
        .when(by(PO, "03-16 09:00", RequestErasure, **ASKED))
        .then(event(ErasureRequested, targets=(HIM,), unit_id="bridge", proposed=False))
    )
    question = story.erasure.question
    assert question is not None
    assert (question.person_id, question.barred) == ("pia", ("mei", "po"))
    assert story.erasure.asked is not None
    assert said(story.erasure.asked.clock.due_at) == "2026-03-20 17:30"
    assert [(n.topic, n.recipient) for n in notices(story.erasure, story.erasure, story.history[0])]


def test_where_no_other_officer_is_an_administrator_has_to_decide() -> None:
    posts = tuple(p for p in POSTS if p.person_id != "pia")
    book = knowing(CLOSED, book=town(posts=posts))
    question = requested(book).erasure.question
    assert question is not None
    assert (question.unit_id, question.person_id) == ("east", "an")


def test_nobody_else_asks_that_somebody_be_forgotten() -> None:
    for who in (AN, AO, XIE, SU, MEI):
        not_yet(KNOWN).when(by(who, "03-16 09:00", RequestErasure, **ASKED)).then_forbidden(
            "not_entitled", "§2"
        )


def test_an_officer_of_another_branch_does_not_ask() -> None:
    posts = (*POSTS, post("privacy-hills", "ping", Role.DATA_PROTECTION, "hills"))
    book = knowing(CLOSED, book=town(posts=posts))
    not_yet(book).when(by(staff("ping"), "03-16 09:00", RequestErasure, **ASKED)).then_forbidden(
        "not_entitled", "§2"
    )


def test_an_erasure_is_asked_for_once_and_for_somebody() -> None:
    requested(KNOWN).when(by(PO, "03-16 10:00", RequestErasure, **ASKED)).then_refused(
        "erasure_exists", "R14.4", erasure="erasure-1"
    )
    not_yet(KNOWN).when(
        by(PO, "03-16 09:00", RequestErasure, **{**ASKED, "targets": ()})
    ).then_refused("targets_missing", "R14.4")


def test_it_is_about_somebody_who_is_there() -> None:
    for target, code in (
        (Target(case_id="SW-8"), "no_such_case"),
        (Target(case_id="case-1", subject="party-1"), "no_such_subject"),
    ):
        outcome = not_yet(KNOWN).when(
            by(PO, "03-16 09:00", RequestErasure, **{**ASKED, "targets": (target,)})
        )
        assert outcome.refused is not None
        assert outcome.refused.code == code
    strange = {**ASKED, "targets": (Target(case_id="SW-8"),)}
    not_yet(KNOWN).when(by(PO, "03-16 09:00", RequestErasure, **strange)).then_refused(
        "no_such_case", "R14.4", case="SW-8"
    )
    party = {**ASKED, "targets": (Target(case_id="case-1", subject="party-1"),)}
    not_yet(KNOWN).when(by(PO, "03-16 09:00", RequestErasure, **party)).then_refused(
        "no_such_subject", "R14.4", subject="party-1"
    )


def test_nobody_is_forgotten_twice() -> None:
    gone = CLOSED.and_then(
        by(CLOCK, "03-16 08:00", EraseSubject, subject="reporter", erasure_id="erasure-0")
    )
    not_yet(knowing(gone)).when(by(PO, "03-16 09:00", RequestErasure, **ASKED)).then_refused(
        "already_erased", "R14.4", case="case-1"
    )


def test_nobody_is_forgotten_in_a_case_that_is_open_here_or_in_its_lead() -> None:
    open_ = knowing(at_the_grid())
    not_yet(open_).when(by(PO, "03-16 09:00", RequestErasure, **ASKED)).then_refused(
        "case_open", "R14.4", case="case-1"
    )
    carried = knowing(CLOSED, lead(story=at_the_grid()), leads=("SW-9",))
    not_yet(carried).when(by(PO, "03-16 09:00", RequestErasure, **ASKED)).then_refused(
        "case_open", "R14.4", case="case-1", where="SW-9"
    )


def test_nobody_is_forgotten_while_they_may_ask_for_reconsideration() -> None:
    """The rating was left out on Tuesday the 3rd; they may ask for fifteen days."""
    story = knowing(excluded())
    not_yet(story).when(by(PO, "03-17 09:00", RequestErasure, **ASKED)).then_refused(
        "right_open", "R14.4", case="case-1"
    )
    not_yet(story).when(by(PO, "06-16 09:00", RequestErasure, **ASKED)).then(ErasureRequested)


def test_what_a_court_has_is_held_for_three_years() -> None:
    case = replace(CLOSED.case, closing=ClosingReason.REFERRED)
    held = knowing(replace(CLOSED, case=case))
    not_yet(held).when(by(PO, "03-16 09:00", RequestErasure, **ASKED)).then_refused(
        "legal_hold", "R14.4", case="case-1"
    )
    not_yet(held).when(by(PO, "2029-03-16 09:00", RequestErasure, **ASKED)).then(ErasureRequested)


def test_who_had_the_case_in_hand_neither_asks_nor_agrees() -> None:
    posts = (*POSTS, post("privacy-mei", "mei", Role.DATA_PROTECTION, "east"))
    book = knowing(CLOSED, book=town(posts=posts))
    not_yet(book).when(by(MEI, "03-16 09:00", RequestErasure, **ASKED)).then_forbidden(
        "own_matter", "R14.4"
    )
    requested(book).when(by(MEI, "03-16 10:00", ApproveErasure)).then_forbidden(
        "own_matter", "R14.4"
    )


def test_a_joined_resident_is_forgotten_where_they_came() -> None:
    own = replace(CLOSED.case, case_id="SW-2")
    book = knowing(among(CLOSED, "SW-2"), replace(CLOSED, case=own))
    asked = {**ASKED, "targets": (Target(case_id="case-1", subject="SW-2"),)}
    story = not_yet(book).and_then(by(PO, "03-16 09:00", RequestErasure, **asked))
    assert story.erasure.targets == (Target(case_id="SW-2", subject="reporter"),)


# -- agreeing ----------------------------------------------------------------


def test_a_second_person_agrees_and_it_is_carried_out_within_a_day() -> None:
    for who in (PIA, AN, AO):
        story = (
            requested(KNOWN)
            .when(by(who, "03-16 10:00", ApproveErasure, text="同意"))
            .then(event(ErasureApproved, due_at="03-17 10:00"))
        )
        assert story.erasure.state is ErasureState.UNDER_WAY
        assert story.erasure.left == (HIM,)
        assert not story.erasure.over


def test_who_asked_does_not_agree() -> None:
    requested(KNOWN).when(by(PO, "03-16 10:00", ApproveErasure)).then_forbidden(
        "asked_for_it", "R14.4"
    )
    requested(KNOWN).when(by(PO, "03-16 10:00", RefuseErasure, text="不")).then_forbidden(
        "asked_for_it", "R14.4"
    )


def test_nobody_agrees_who_does_not_protect_administer_or_audit() -> None:
    for who in (XIE, GAO, MEI):
        outcome = requested(KNOWN).when(by(who, "03-16 10:00", ApproveErasure))
        assert outcome.refused is not None
        assert outcome.refused.forbidden


def test_a_case_that_came_back_meanwhile_is_not_agreed_to() -> None:
    back = requested(KNOWN).under(knowing(at_the_grid()))
    back.when(by(PIA, "03-16 10:00", ApproveErasure)).then_refused("case_open", "R14.4")


def test_one_no_ends_it() -> None:
    story = (
        requested(KNOWN)
        .when(by(PIA, "03-16 10:00", RefuseErasure, text="仍需留存"))
        .then(ErasureRefused)
    )
    assert (story.erasure.state, story.erasure.over) == (ErasureState.REFUSED, True)
    story.when(by(PIA, "03-16 11:00", ApproveErasure)).then_refused(
        "not_awaiting_approval", "R14.4", state="refused"
    )


def test_who_asked_takes_it_back() -> None:
    story = requested(KNOWN)
    story.when(by(PIA, "03-16 10:00", WithdrawErasure)).then_forbidden("not_your_erasure", "R14.4")
    gone = story.when(by(PO, "03-16 10:00", WithdrawErasure)).then(ErasureWithdrawn)
    assert gone.erasure.over
    gone.when(by(PO, "03-16 11:00", WithdrawErasure)).then_refused(
        "not_awaiting_approval", "R14.4", state="withdrawn"
    )


def test_what_was_never_asked_for_is_not_agreed_to() -> None:
    not_yet(KNOWN).when(by(PIA, "03-16 10:00", ApproveErasure)).then_refused(
        "no_such_erasure", "R14.4", erasure="erasure-1"
    )


# -- not deciding ------------------------------------------------------------


def test_who_does_not_decide_is_warned_then_has_a_breach_and_another_is_asked() -> None:
    late = (
        requested(KNOWN)
        .when(by(CLOCK, "03-20 17:30", Tick))
        .then(ErasureWarned, ErasureWarned, ErasureWarned, ErasureOverdue, ErasurePassedUp)
    )
    question = late.erasure.question
    assert question is not None
    assert question.person_id == "an"
    late.when(by(PIA, "03-23 10:00", ApproveErasure)).then(ErasureApproved)


def test_time_alone_is_no_persons_command() -> None:
    requested(KNOWN).when(by(PIA, "03-16 10:00", Tick)).then_forbidden("system_only", "R4.4")


# -- proposed by time --------------------------------------------------------


def test_what_time_proposes_is_taken_up_by_one_and_agreed_to_by_another() -> None:
    story = (
        not_yet(KNOWN)
        .when(by(CLOCK, "03-16 09:00", RequestErasure, **PROPOSED))
        .then(event(ErasureRequested, proposed=True, ground=Ground.PERIOD_OVER))
    )
    question = story.erasure.question
    assert question is not None
    assert question.person_id == "po"
    story.when(by(AO, "03-16 10:00", ApproveErasure)).then_forbidden("not_entitled", "§2")
    taken = story.when(by(PO, "03-16 10:00", ApproveErasure)).then(ErasureTakenUp)
    taken.when(by(PO, "03-16 10:10", ApproveErasure)).then_forbidden("asked_for_it", "R14.4")
    taken.when(by(AO, "03-16 11:00", ApproveErasure)).then(ErasureApproved)


def test_what_time_proposes_is_refused_by_one() -> None:
    story = not_yet(KNOWN).and_then(by(CLOCK, "03-16 09:00", RequestErasure, **PROPOSED))
    story.when(by(AO, "03-16 10:00", RefuseErasure, text="留存")).then(ErasureRefused)


# -- carrying out ------------------------------------------------------------


def agreed(*targets: Target) -> Forgetting:
    book = knowing(CLOSED, lead("SW-2"))
    return requested(book, targets=targets or (HIM,)).and_then(
        by(PIA, "03-16 10:00", ApproveErasure)
    )


def test_it_is_carried_out_with_the_last_of_those_it_names() -> None:
    other = Target(case_id="SW-2")
    one = (
        agreed(HIM, other)
        .when(by(CLOCK, "03-16 10:01", NoteErased, **SWEPT, remains=(Remains.BACKUPS,)))
        .then(event(TargetErased, keys=2, rows=3))
    )
    kept = one.when(by(CLOCK, "03-16 10:02", NoteKept, target=other, refusal="case_open")).then(
        event(TargetKept, refusal="case_open"),
        event(
            ErasureCarriedOut,
            erased=1,
            kept=1,
            keys=2,
            histories=1,
            rows=3,
            remains=(Remains.BACKUPS,),
        ),
    )
    assert (kept.erasure.state, kept.erasure.over) == (ErasureState.CARRIED_OUT, True)


def test_what_is_noted_twice_or_was_never_asked_for_is_refused() -> None:
    done = agreed().and_then(by(CLOCK, "03-16 10:01", NoteErased, **SWEPT))
    done.when(by(CLOCK, "03-16 10:02", NoteErased, **SWEPT)).then_refused(
        "not_to_be_erased", "R14.4", case="case-1"
    )
    requested(KNOWN).when(by(CLOCK, "03-16 10:02", NoteErased, **SWEPT)).then_refused(
        "not_to_be_erased", "R14.4", case="case-1"
    )
    agreed().when(by(PIA, "03-16 10:02", NoteErased, **SWEPT)).then_forbidden("system_only", "R4.4")


def test_who_asked_hears_that_it_takes_longer_than_a_day() -> None:
    late = (
        agreed()
        .when(by(CLOCK, "03-17 10:00", Tick))
        .then(event(ErasureDelayed, due_at="03-17 10:00", left=1))
    )
    assert not late.erasure.over
    assert {n.recipient for n in notices(late.erasure, late.erasure, late.history[-1])} == {
        "po",
        "pia",
    }
    late.when(by(CLOCK, "03-18 10:00", NoteErased, **SWEPT)).then(TargetErased, ErasureCarriedOut)
