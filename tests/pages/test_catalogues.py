"""Every text of every page is there in Chinese and in English."""

import re

import pytest

from api.pages.catalogues import LANGUAGES, translations
from tests.pages.catalogues import said, written

PLACES = re.compile(r"%\(\w+\)s")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_templates_is_in_the_catalogues(language: str) -> None:
    missing = {
        message
        for name, messages in said().items()
        for message in messages
        if not (written(language, name).get(message) and written(language, name)[message].string)
    }
    assert missing == set(), "python -m tests.pages.catalogues, then translate"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_holds_what_no_page_says(language: str) -> None:
    for name, messages in said().items():
        assert {message.id for message in written(language, name) if message.id} == messages


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_stands_in_every_translation(language: str) -> None:
    for name, messages in said().items():
        for message in messages:
            told = str(written(language, name)[message].string)
            assert sorted(PLACES.findall(told)) == sorted(PLACES.findall(message))


def test_a_page_finds_its_texts() -> None:
    assert translations("zh").gettext("Sign in") == "登录"
    assert translations("en", "staff").gettext("Sign in") == "Sign in"


def test_one_word_of_english_may_be_two_in_chinese_at_two_desks() -> None:
    assert translations("zh", "staff").gettext("Place") == "地点"
    assert translations("zh", "watch").gettext("Place") == "位次"
