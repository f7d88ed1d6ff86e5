"""Every word of the field has a Chinese and an English one, and every event a sentence."""

from dataclasses import replace
from typing import get_args

import pytest

from api import words
from api.words.admission import STATES
from api.words.erasure import GROUNDS, REMAINS
from api.words.erasure import STATES as ERASING
from api.words.visit import OCCASIONS
from domain import words as field
from domain.access.events import AccessEvent
from domain.admission.events import AdmissionEvent
from domain.erasure.events import ErasureEvent
from domain.events import Event, MediatorLeft, MeetingRecorded
from domain.report.events import ReportEvent
from domain.visit.events import VisitEvent
from domain.words.admission import AdmissionState
from domain.words.deliberation import MeetingOutcome
from domain.words.disputes import LeavingReason
from domain.words.erasure import ErasureState, Ground, Remains
from domain.words.visit import Occasion
from store.codec import AnyEvent
from tests.domain.office_story import OFFICE_BOOK
from tests.store.samples import example

KINDS = sorted(
    cls.__dataclass_fields__["kind"].default
    for noun in (Event, AdmissionEvent, VisitEvent, AccessEvent, ErasureEvent, ReportEvent)
    for cls in get_args(noun) or (noun,)
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_event_has_a_sentence_in_both_languages(kind: str) -> None:
    chinese, english = words.EVENTS[kind]
    assert chinese
    assert english
    assert english.isascii()


def test_no_sentence_is_for_an_event_that_does_not_exist() -> None:
    assert sorted(words.EVENTS) == KINDS
    assert set(KINDS) >= words.HIDDEN_FROM_RESIDENTS


@pytest.mark.parametrize(
    "word",
    [
        *field.EscalationReason,
        *field.SuspensionGround,
        *field.ClosingReason,
    ],
)
def test_every_reason_has_a_word(word: str) -> None:
    assert word in words.REASONS


def test_every_stage_and_phase_has_a_word() -> None:
    assert set(words.STAGES) == set(field.Stage)
    assert set(words.PHASES) == set(field.Phase)


def test_every_state_of_an_admission_has_a_word() -> None:
    assert set(STATES) == set(AdmissionState)


def test_every_occasion_of_a_visit_has_a_word() -> None:
    assert set(OCCASIONS) == set(Occasion)


def test_every_word_of_an_erasure_has_its_words() -> None:
    assert (set(ERASING), set(GROUNDS)) == (set(ErasureState), set(Ground))
    assert set(REMAINS) == set(Remains)


def test_a_word_nobody_knows_is_said_as_it_is() -> None:
    assert words.say(words.STAGES, "moon", "zh") == "moon"
    assert words.say(words.STAGES, "grid", "en") == "grid"


def test_a_word_that_two_chapters_use_is_said_as_its_own_chapter_means_it() -> None:
    left = replace(example(MediatorLeft), reason=LeavingReason.REJECTED)
    meeting = replace(example(MeetingRecorded), outcome=MeetingOutcome.REJECTED)
    assert said(left) == "A mediator left: rejected by a party"
    assert said(meeting).endswith(": rejected")


def said(event: AnyEvent) -> str:
    return words.sentence(event, OFFICE_BOOK.organisation, "en")
