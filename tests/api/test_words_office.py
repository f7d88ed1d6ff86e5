"""Every event of the office has a sentence in both languages, and none is for nothing."""

from typing import get_args

import pytest

from api.words import office
from domain.office.events import OfficeEvent
from domain.words import Role
from tests.domain.office_story import OFFICE_BOOK
from tests.store.samples import example

CLASSES = {c.__dataclass_fields__["kind"].default: c for c in get_args(OfficeEvent)}


@pytest.mark.parametrize("kind", sorted(CLASSES))
def test_every_event_of_the_office_has_a_sentence(kind: str) -> None:
    event = example(CLASSES[kind])
    for language in ("zh", "en"):
        told = office.sentence(event, OFFICE_BOOK.organisation, language)
        assert told
        assert "{" not in told
    assert office.EVENTS[kind][1].isascii()


def test_no_sentence_is_for_an_event_that_does_not_exist() -> None:
    assert set(office.EVENTS) == set(CLASSES)
    assert set(office.ROLES) == set(Role)
